from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "organisationer och personer"

    def ready(self):
        from accounts import history  # noqa: F401 -- connects the receiver that signs history rows
