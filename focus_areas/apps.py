from django.apps import AppConfig


class FocusAreasConfig(AppConfig):
    name = "focus_areas"
    verbose_name = "fokusområden och åtgärdsplan"

    def ready(self):
        from focus_areas import access  # noqa: F401 -- registers the capabilities
