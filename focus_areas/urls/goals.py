from django.urls import path

from focus_areas.views import goals, promises

of_goals = [
    path("fokusomraden/<int:pk>/mal/nytt/", goals.GoalCreateView.as_view(), name="goal_create"),
    path("fokusomraden/<int:pk>/mal/granska/", goals.GoalReviewView.as_view(), name="goal_review"),
    path("mal/<int:pk>/", goals.GoalDetailView.as_view(), name="goal_detail"),
    path("mal/<int:pk>/andra/", goals.GoalUpdateView.as_view(), name="goal_update"),
    path("mal/<int:pk>/ta-bort/", goals.GoalDeleteView.as_view(), name="goal_delete"),
    path("overenskommelser/<int:pk>/malkriterier/", goals.GoalCriteriaView.as_view(), name="goal_criteria"),
]

of_promises = [
    path("overenskommelser/<int:pk>/lovat-och-hallet/", promises.PromisesView.as_view(), name="promises"),
    path(
        "overenskommelser/<int:pk>/lovat-och-hallet/excel/",
        promises.PromisesExportView.as_view(),
        name="promises_export",
    ),
]

urlpatterns = of_goals + of_promises
