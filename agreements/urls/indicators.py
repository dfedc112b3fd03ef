from django.urls import path

from agreements.views import indicators

indicator_urls = [
    path("overenskommelser/<int:pk>/indikatorer/", indicators.IndicatorList.as_view(), name="indicator_list"),
    path("overenskommelser/<int:pk>/indikatorer/ny/", indicators.IndicatorCreate.as_view(), name="indicator_create"),
    path("indikatorer/<int:pk>/", indicators.IndicatorDetail.as_view(), name="indicator_detail"),
    path("indikatorer/<int:pk>/andra/", indicators.IndicatorUpdate.as_view(), name="indicator_update"),
    path("indikatorer/<int:pk>/ta-bort/", indicators.IndicatorDelete.as_view(), name="indicator_delete"),
    path("indikatorer/<int:pk>/csv/", indicators.IndicatorExport.as_view(), name="indicator_export"),
]
value_urls = [
    path("indikatorer/<int:pk>/varden/nytt/", indicators.IndicatorValueCreate.as_view(), name="indicator_value_create"),
    path("varden/<int:pk>/andra/", indicators.IndicatorValueUpdate.as_view(), name="indicator_value_update"),
    path("varden/<int:pk>/ta-bort/", indicators.IndicatorValueDelete.as_view(), name="indicator_value_delete"),
]
file_urls = [
    path(
        "overenskommelser/<int:pk>/indikatorer/las-in/", indicators.IndicatorImport.as_view(), name="indicator_import"
    ),
    path("inlasningar/<int:pk>/", indicators.IndicatorImportPreview.as_view(), name="indicator_import_preview"),
    path(
        "inlasningar/<int:pk>/bekrafta/", indicators.IndicatorImportConfirm.as_view(), name="indicator_import_confirm"
    ),
]

urlpatterns = [*indicator_urls, *value_urls, *file_urls]
