from django.urls import path

from meetings.views import action_points, decisions, leading, minutes, requested_decisions

meeting_urls = [
    path("moten/<int:pk>/", leading.MeetingDetailView.as_view(), name="meeting_detail"),
    path("moten/<int:pk>/oppna/", leading.MeetingOpenView.as_view(), name="meeting_open"),
    path("moten/<int:pk>/angra-oppnandet/", leading.MeetingUnopenView.as_view(), name="meeting_unopen"),
    path("moten/<int:pk>/avsluta/", leading.MeetingCloseView.as_view(), name="meeting_close"),
    path("moten/<int:pk>/historik/", leading.MeetingHistoryView.as_view(), name="meeting_history"),
]

attendance_urls = [
    path("moten/<int:pk>/narvaro/", leading.AttendanceUpdateView.as_view(), name="attendance_update"),
    path("moten/<int:pk>/gaster/ny/", leading.GuestCreateView.as_view(), name="guest_create"),
    path("moten/<int:pk>/ersattare/ny/", leading.SubstituteCreateView.as_view(), name="substitute_create"),
    path("narvaro/<int:pk>/ta-bort/", leading.AttendanceDeleteView.as_view(), name="attendance_delete"),
]

minutes_urls = [
    path("moten/<int:pk>/anteckningar/", minutes.MinutesListView.as_view(), name="minutes_list"),
    path("punkter/<int:pk>/anteckningar/", minutes.MinutesUpdateView.as_view(), name="minutes_update"),
    path("punkter/<int:pk>/anteckningar/spara/", minutes.MinutesSaveView.as_view(), name="minutes_save"),
    path("moten/<int:pk>/till-justering/", leading.SendForReviewView.as_view(), name="minutes_send_for_review"),
    path("moten/<int:pk>/fran-justering/", leading.TakeBackView.as_view(), name="minutes_take_back"),
    path("moten/<int:pk>/justera/", leading.ApproveView.as_view(), name="minutes_approve"),
    path("moten/<int:pk>/tillagg/nytt/", leading.AddendumCreateView.as_view(), name="addendum_create"),
]

decision_urls = [
    path("moten/<int:pk>/beslut/nytt/", decisions.DecisionCreateView.as_view(), name="decision_create"),
    path(
        "moten/<int:pk>/begarda-beslut/",
        requested_decisions.RequestedDecisionScheduleView.as_view(),
        name="requested_decision_schedule",
    ),
    path("beslut/<int:pk>/andra/", decisions.DecisionUpdateView.as_view(), name="decision_update"),
    path("overenskommelser/<int:pk>/beslut/", decisions.DecisionListView.as_view(), name="decision_list"),
]

action_point_urls = [
    path(
        "moten/<int:pk>/atgardspunkter/ny/", action_points.ActionPointCreateView.as_view(), name="action_point_create"
    ),
    path(
        "overenskommelser/<int:pk>/atgardspunkter/",
        action_points.ActionPointListView.as_view(),
        name="action_point_list",
    ),
    path("atgardspunkter/<int:pk>/", action_points.ActionPointDetailView.as_view(), name="action_point_detail"),
    path("atgardspunkter/<int:pk>/andra/", action_points.ActionPointUpdateView.as_view(), name="action_point_update"),
    path("atgardspunkter/<int:pk>/klar/", action_points.ActionPointFinishView.as_view(), name="action_point_finish"),
    path("atgardspunkter/<int:pk>/oppna/", action_points.ActionPointReopenView.as_view(), name="action_point_reopen"),
]

urlpatterns = [*meeting_urls, *attendance_urls, *minutes_urls, *decision_urls, *action_point_urls]
