from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "organisationer och personer"

    def ready(self):
        from accounts import history, interrupted_forms

        # Django saves the person at every sign-in; the history of people is for what is known about them.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(history.note_sign_in, dispatch_uid="note_sign_in")
        user_logged_in.connect(interrupted_forms.note_kept_forms, dispatch_uid="note_kept_forms")
        post_migrate.connect(make_cache_table, sender=self, dispatch_uid="make_cache_table")


def make_cache_table(*, using: str, **kwargs) -> None:
    """Receiver: `migrate` makes the cache's table too, which has no migration of its own. Made already, it is left."""
    call_command("createcachetable", database=using, verbosity=0)
