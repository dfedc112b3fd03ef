from django.urls import path

from meetings.views import calendars

urlpatterns = [
    path("moten/<int:pk>/mote.ics", calendars.MeetingIcs.as_view(), name="meeting_ics"),
    path("kalender/", calendars.CalendarList.as_view(), name="calendar_list"),
    path("kalender/ny/", calendars.CalendarCreate.as_view(), name="calendar_create"),
    path("kalender/<int:pk>/aterkalla/", calendars.CalendarRevoke.as_view(), name="calendar_revoke"),
    path("kalender/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
]
