from django.urls import path

from focus_areas.views import communication, public

urlpatterns = [
    path(
        "overenskommelser/<int:pk>/kommunikation/",
        communication.CommunicationListView.as_view(),
        name="communication_list",
    ),
    path(
        "overenskommelser/<int:pk>/kommunikationsplaner/ny/",
        communication.CommunicationPlanCreateView.as_view(),
        name="communication_plan_create",
    ),
    path(
        "kommunikationsplaner/<int:pk>/",
        communication.CommunicationPlanDetailView.as_view(),
        name="communication_plan_detail",
    ),
    path(
        "kommunikationsplaner/<int:pk>/andra/",
        communication.CommunicationPlanUpdateView.as_view(),
        name="communication_plan_update",
    ),
    path(
        "kommunikationsplaner/<int:pk>/ta-bort/",
        communication.CommunicationPlanDeleteView.as_view(),
        name="communication_plan_delete",
    ),
    path(
        "kommunikationsplaner/<int:pk>/insatser/ny/",
        communication.CommunicationItemCreateView.as_view(),
        name="communication_item_create",
    ),
    path(
        "insatser/<int:pk>/andra/",
        communication.CommunicationItemUpdateView.as_view(),
        name="communication_item_update",
    ),
    path(
        "insatser/<int:pk>/klar/",
        communication.CommunicationItemFinishView.as_view(),
        name="communication_item_finish",
    ),
    path(
        "insatser/<int:pk>/ta-bort/",
        communication.CommunicationItemDeleteView.as_view(),
        name="communication_item_delete",
    ),
    path("invanare/<int:pk>/", public.public_page, name="public_page"),
]
