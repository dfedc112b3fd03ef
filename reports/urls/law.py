from django.urls import path

from reports.views import council_reports, law

urlpatterns = [
    path("overenskommelser/<int:pk>/lagkrav/", law.LawPage.as_view(), name="law_page"),
    path("overenskommelser/<int:pk>/lagkrav/enkat.csv", law.LawSurvey.as_view(), name="law_survey"),
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
