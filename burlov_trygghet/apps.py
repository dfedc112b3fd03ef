from django.apps import AppConfig


class BurlovTrygghetConfig(AppConfig):
    name = "burlov_trygghet"
    verbose_name = "Burlöv trygghet"
