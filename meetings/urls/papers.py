from django.urls import path

from meetings.views import papers

urlpatterns = [
    path("moten/<int:pk>/kallelse.pdf", papers.MeetingCallPdf.as_view(), name="meeting_call_pdf"),
    path("moten/<int:pk>/protokoll.pdf", papers.MeetingMinutesPdf.as_view(), name="meeting_minutes_pdf"),
    path("moten/<int:pk>/skicka-kallelse/", papers.CallSend.as_view(), name="call_send"),
    path("moten/<int:pk>/skicka-protokoll/", papers.MinutesSend.as_view(), name="minutes_send"),
]
