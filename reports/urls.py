from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("rapporter/", views.ReportList.as_view(), name="report_list"),
    path(
        "overenskommelser/<int:pk>/uppfoljningsrapport/",
        views.FollowUpReport.as_view(),
        name="follow_up_report",
    ),
    path(
        "overenskommelser/<int:pk>/uppfoljningsrapport.pdf",
        views.FollowUpReportPdf.as_view(),
        name="follow_up_report_pdf",
    ),
]
