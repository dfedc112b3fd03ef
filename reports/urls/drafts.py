from django.urls import path

from reports.views import drafts

urlpatterns = [
    path("overenskommelser/<int:pk>/rapporter/ny/", drafts.ReportCreate.as_view(), name="report_create"),
    path("rapporter/<int:pk>/", drafts.ReportDetail.as_view(), name="report_detail"),
    path("rapporter/<int:pk>/andra/", drafts.ReportUpdate.as_view(), name="report_update"),
    path("rapporter/<int:pk>/polisens-kommentar/", drafts.PoliceComment.as_view(), name="report_police_comment"),
    path("rapporter/<int:pk>/insamlat/", drafts.ReportGathered.as_view(), name="report_gathered"),
    path("rapporter/<int:pk>/utkast.pdf", drafts.ReportDraftPdf.as_view(), name="report_draft_pdf"),
    path("rapporter/<int:pk>/ta-bort/", drafts.ReportDelete.as_view(), name="report_delete"),
    path("rapporter/<int:pk>/ratta/", drafts.ReportCorrect.as_view(), name="report_correct"),
]
