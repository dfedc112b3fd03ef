from django.urls import path

from reports.views import follow_up_reports, listing

urlpatterns = [
    path("rapporter/", listing.ReportList.as_view(), name="report_list"),
    path(
        "overenskommelser/<int:pk>/uppfoljningsrapport/",
        follow_up_reports.FollowUpReport.as_view(),
        name="follow_up_report",
    ),
    path(
        "overenskommelser/<int:pk>/uppfoljningsrapport.pdf",
        follow_up_reports.FollowUpReportPdf.as_view(),
        name="follow_up_report_pdf",
    ),
]
