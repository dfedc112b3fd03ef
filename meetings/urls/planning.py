from django.urls import path

from meetings.views import agenda, meeting_list, planning

meeting_urls = [
    path("moten/", meeting_list.MeetingListView.as_view(), name="meeting_list"),
    path("grupper/<int:pk>/moten/nytt/", planning.MeetingCreateView.as_view(), name="meeting_create"),
    path("moten/<int:pk>/andra/", planning.MeetingUpdateView.as_view(), name="meeting_update"),
    path("moten/<int:pk>/stall-in/", planning.MeetingCancelView.as_view(), name="meeting_cancel"),
]

series_urls = [
    path("grupper/<int:pk>/motesserier/ny/", planning.SeriesCreateView.as_view(), name="series_create"),
    path("motesserier/<int:pk>/", planning.SeriesDetailView.as_view(), name="series_detail"),
    path("motesserier/<int:pk>/andra/", planning.SeriesUpdateView.as_view(), name="series_update"),
    path("motesserier/<int:pk>/skapa-moten/", planning.SeriesGenerateView.as_view(), name="series_generate"),
]

group_urls = [
    path("grupper/<int:pk>/dagordningsmall/", agenda.AgendaTemplateView.as_view(), name="agenda_template_update"),
    path("grupper/<int:pk>/punkter/", agenda.BacklogView.as_view(), name="backlog"),
    path("grupper/<int:pk>/punkter/ny/", agenda.BacklogItemCreateView.as_view(), name="backlog_item_create"),
]

item_urls = [
    path("moten/<int:pk>/punkter/ny/", agenda.AgendaItemCreateView.as_view(), name="agenda_item_create"),
    path("punkter/<int:pk>/andra/", agenda.AgendaItemUpdateView.as_view(), name="agenda_item_update"),
    path("punkter/<int:pk>/flytta/<str:direction>/", agenda.AgendaItemMoveView.as_view(), name="agenda_item_move"),
    path("punkter/<int:pk>/nasta-mote/", agenda.AgendaItemCarryView.as_view(), name="agenda_item_carry"),
    path("punkter/<int:pk>/vantelista/", agenda.AgendaItemShelveView.as_view(), name="agenda_item_shelve"),
    path("punkter/<int:pk>/ta-upp/", agenda.AgendaItemScheduleView.as_view(), name="agenda_item_schedule"),
    path("punkter/<int:pk>/ta-bort/", agenda.AgendaItemDeleteView.as_view(), name="agenda_item_delete"),
]

urlpatterns = [*meeting_urls, *series_urls, *group_urls, *item_urls]
