from django.apps import AppConfig


class FocusAreasConfig(AppConfig):
    name = "focus_areas"
    verbose_name = "fokusområden och åtgärdsplan"

    def ready(self):
        from focus_areas import access, open_work  # noqa: F401 -- register capabilities, and what people are to do
