from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "möten"

    def ready(self):
        from meetings import access, open_work  # noqa: F401 -- register capabilities, and what people are to do
