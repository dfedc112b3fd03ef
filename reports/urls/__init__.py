"""The reports' addresses, room by room."""

from reports.urls import archive, drafts, follow_up, issuing, law, public, reading

app_name = "reports"

urlpatterns = [
    *follow_up.urlpatterns,
    *drafts.urlpatterns,
    *issuing.urlpatterns,
    *reading.urlpatterns,
    *archive.urlpatterns,
    *public.urlpatterns,
    *law.urlpatterns,
]
