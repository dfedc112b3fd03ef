from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "rapporter"

    def ready(self):
        from reports import access  # noqa: F401 -- registers the capabilities
