from django.urls import path

from reports.views import council_reports, follow_up_reports, law

app_name = "reports"

follow_up_patterns = [
    path("rapporter/", follow_up_reports.ReportList.as_view(), name="report_list"),
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
law_patterns = [
    path("overenskommelser/<int:pk>/lagkrav/", law.LawPage.as_view(), name="law_page"),
    path("overenskommelser/<int:pk>/lagkrav/enkat.csv", law.LawSurvey.as_view(), name="law_survey"),
]
council_report_patterns = [
    path(
        "overenskommelser/<int:pk>/fullmaktigerapporter/ny/",
        council_reports.CouncilReportCreate.as_view(),
        name="council_report_create",
    ),
    path(
        "fullmaktigerapporter/<int:pk>/andra/",
        council_reports.CouncilReportUpdate.as_view(),
        name="council_report_update",
    ),
    path(
        "fullmaktigerapporter/<int:pk>/ta-bort/",
        council_reports.CouncilReportDelete.as_view(),
        name="council_report_delete",
    ),
]

urlpatterns = [*follow_up_patterns, *law_patterns, *council_report_patterns]
