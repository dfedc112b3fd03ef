from django.urls import path

from reports.views import issuing

urlpatterns = [
    path("rapporter/<int:pk>/utfarda/", issuing.ReportIssue.as_view(), name="report_issue"),
    path("rapporter/<int:pk>/utfardande/", issuing.ReportIssuing.as_view(), name="report_issuing"),
    path("rapporter/<int:pk>/rapport.pdf", issuing.ReportPdf.as_view(), name="report_pdf"),
    path("rapporter/<int:pk>/data.json", issuing.ReportData.as_view(), name="report_data"),
]
