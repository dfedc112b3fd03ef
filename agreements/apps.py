from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = "överenskommelser"

    def ready(self):
        from agreements import access  # noqa: F401 -- registers the capabilities
