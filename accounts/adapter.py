from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from accounts.sign_in_limits import (
    OF_RESET_MAILS,
    TooManyAttempts,
    count_attempt,
    count_sign_in,
    remember_browser,
)
from documents.mail import MACHINE_HEADERS

TOO_MANY = "För många försök härifrån. Försök igen {until}, eller välj ett nytt lösenord med länken Glömt lösenordet."


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the coordinator; nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "invalid_login": "E-postadressen eller lösenordet stämmer inte.",
        "incorrect_password": "Lösenordet stämmer inte.",
    }

    def render_mail(self, template_prefix, email, context, headers=None):
        return super().render_mail(template_prefix, email, context, headers=MACHINE_HEADERS | (headers or {}))

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        try:
            self.attempt = count_sign_in(request, credentials.get("email", ""))
        except TooManyAttempts as full:
            raise ValidationError(TOO_MANY.format(until=full.words), code="too_many_login_attempts") from None

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            self.attempt.was_right()
        return user

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        remember_browser(request, response, user)
        return response

    def send_password_reset_mail(self, user, email, context):
        """Ten mails a day are enough: whoever asks for more has them in the mailbox already, and they still work."""
        try:
            count_attempt([(OF_RESET_MAILS, str(user.pk))])
        except TooManyAttempts:
            return
        super().send_password_reset_mail(user, email, context)
