from allauth.account.adapter import DefaultAccountAdapter

from documents.mail import MACHINE_HEADERS


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the coordinator; nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "invalid_login": "E-postadressen eller lösenordet stämmer inte.",
        "too_many_login_attempts": "För många försök. Vänta fem minuter och försök igen.",
        "incorrect_password": "Lösenordet stämmer inte.",
    }

    def render_mail(self, template_prefix, email, context, headers=None):
        return super().render_mail(template_prefix, email, context, headers=MACHINE_HEADERS | (headers or {}))

    def is_open_for_signup(self, request):
        return False
