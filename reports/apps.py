from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "rapporter"

    def ready(self):
        from reports import access  # noqa: F401 -- registers the capabilities
        from reports.write_once import guard_issued_rows, let_tables_be_built_anew

        pre_migrate.connect(let_tables_be_built_anew, sender=self)
        post_migrate.connect(guard_issued_rows, sender=self)
