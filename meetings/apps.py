from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "möten"

    def ready(self):
        from meetings import access  # noqa: F401 -- registers the capabilities
