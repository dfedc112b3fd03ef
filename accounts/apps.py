from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "organisationer och personer"

    def ready(self):
        from accounts import history

        # Django saves the person at every sign-in; the history of people is for what is known about them.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(history.note_sign_in, dispatch_uid="note_sign_in")
