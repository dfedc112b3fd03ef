"""Örat mot marken: observations, trends, what is coming, and the words for it."""

from django.urls import path

from meetings.views import looking_ahead, observations, one_step, trends

observation_urls = [
    path(
        "overenskommelser/<int:pk>/iakttagelser/",
        observations.ObservationListView.as_view(),
        name="observation_list",
    ),
    path(
        "overenskommelser/<int:pk>/iakttagelser/nya/",
        observations.ObservationCreateView.as_view(),
        name="observation_create",
    ),
    path("iakttagelser/<int:pk>/", observations.ObservationDetailView.as_view(), name="observation_detail"),
    path("iakttagelser/<int:pk>/andra/", observations.ObservationUpdateView.as_view(), name="observation_update"),
    path("iakttagelser/<int:pk>/ta-bort/", observations.ObservationDeleteView.as_view(), name="observation_delete"),
    path(
        "moten/<int:pk>/inget-att-rapportera/",
        observations.NothingToReportView.as_view(),
        name="nothing_to_report",
    ),
]

step_urls = [
    path(
        "iakttagelser/<int:pk>/atgardspunkt/",
        one_step.ObservationActionPointView.as_view(),
        name="observation_action_point",
    ),
    path(
        "iakttagelser/<int:pk>/dagordningspunkt/",
        one_step.ObservationAgendaItemView.as_view(),
        name="observation_agenda_item",
    ),
    path("iakttagelser/<int:pk>/logga/", one_step.ObservationLogEntryView.as_view(), name="observation_log_entry"),
    path(
        "overenskommelser/<int:pk>/trender/atgardspunkt/",
        one_step.TrendActionPointView.as_view(),
        name="trend_action_point",
    ),
    path(
        "overenskommelser/<int:pk>/trender/dagordningspunkt/",
        one_step.TrendAgendaItemView.as_view(),
        name="trend_agenda_item",
    ),
    path(
        "overenskommelser/<int:pk>/trender/logga/",
        one_step.TrendLogEntryView.as_view(),
        name="trend_log_entry",
    ),
]

trend_urls = [
    path("overenskommelser/<int:pk>/trender/", trends.TrendListView.as_view(), name="trend_list"),
    path("moten/<int:pk>/trender/diskuterad/", trends.TrendDiscussView.as_view(), name="trend_discuss"),
]

event_urls = [
    path("overenskommelser/<int:pk>/framat/", looking_ahead.EventListView.as_view(), name="event_list"),
    path("overenskommelser/<int:pk>/framat/ny/", looking_ahead.EventCreateView.as_view(), name="event_create"),
    path("handelser/<int:pk>/andra/", looking_ahead.EventUpdateView.as_view(), name="event_update"),
    path("handelser/<int:pk>/ta-bort/", looking_ahead.EventDeleteView.as_view(), name="event_delete"),
]

word_urls = [
    path("overenskommelser/<int:pk>/kategorier/", looking_ahead.CategoryListView.as_view(), name="category_list"),
    path(
        "overenskommelser/<int:pk>/kategorier/ny/",
        looking_ahead.CategoryCreateView.as_view(),
        name="category_create",
    ),
    path("kategorier/<int:pk>/andra/", looking_ahead.CategoryUpdateView.as_view(), name="category_update"),
    path("overenskommelser/<int:pk>/delomraden/nytt/", looking_ahead.AreaCreateView.as_view(), name="area_create"),
    path("delomraden/<int:pk>/andra/", looking_ahead.AreaUpdateView.as_view(), name="area_update"),
]

urlpatterns = [*observation_urls, *step_urls, *trend_urls, *event_urls, *word_urls]
