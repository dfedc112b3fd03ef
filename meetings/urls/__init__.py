from meetings.urls import calendars, leading, papers, planning, situation

app_name = "meetings"

urlpatterns = [
    *planning.urlpatterns,
    *leading.urlpatterns,
    *situation.urlpatterns,
    *papers.urlpatterns,
    *calendars.urlpatterns,
]
