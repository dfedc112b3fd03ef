from django.urls import path

from reports.views import reading

urlpatterns = [
    path("rapporter/<int:pk>/lasare/", reading.ReportReaders.as_view(), name="report_readers"),
    path("rapporter/<int:pk>/skicka/", reading.ReportDeliver.as_view(), name="report_deliver"),
]
