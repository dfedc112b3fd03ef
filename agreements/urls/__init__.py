from agreements.urls import agreements, indicators, pictures

app_name = "agreements"

urlpatterns = [*agreements.urlpatterns, *pictures.urlpatterns, *indicators.urlpatterns]
