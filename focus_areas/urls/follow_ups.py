from django.urls import path

from focus_areas.views import follow_up_plan, grants

of_follow_up_plan = [
    path(
        "overenskommelser/<int:pk>/uppfoljning/",
        follow_up_plan.FollowUpOverviewView.as_view(),
        name="follow_up_overview",
    ),
    path("aktiviteter/<int:pk>/paminn/", follow_up_plan.ActivityRemindView.as_view(), name="activity_remind"),
    path(
        "aktiviteter/<int:pk>/uppfoljningsplan/ny/",
        follow_up_plan.PlannedFollowUpCreateView.as_view(),
        name="planned_follow_up_create",
    ),
    path(
        "planerade-uppfoljningar/<int:pk>/andra/",
        follow_up_plan.PlannedFollowUpUpdateView.as_view(),
        name="planned_follow_up_update",
    ),
    path(
        "planerade-uppfoljningar/<int:pk>/ta-bort/",
        follow_up_plan.PlannedFollowUpDeleteView.as_view(),
        name="planned_follow_up_delete",
    ),
]

of_grants = [
    path("overenskommelser/<int:pk>/bidrag/", grants.GrantListView.as_view(), name="grant_list"),
    path("aktiviteter/<int:pk>/bidrag/nytt/", grants.GrantCreateView.as_view(), name="grant_create"),
    path("bidrag/<int:pk>/andra/", grants.GrantUpdateView.as_view(), name="grant_update"),
    path("bidrag/<int:pk>/ta-bort/", grants.GrantDeleteView.as_view(), name="grant_delete"),
]

urlpatterns = of_follow_up_plan + of_grants
