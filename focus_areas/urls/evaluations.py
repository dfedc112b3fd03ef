from django.urls import path

from focus_areas.views import evaluations

urlpatterns = [
    path(
        "overenskommelser/<int:pk>/utvarderingar/",
        evaluations.EvaluationListView.as_view(),
        name="evaluation_list",
    ),
    path(
        "overenskommelser/<int:pk>/utvarderingar/ny/",
        evaluations.EvaluationCreateView.as_view(),
        name="evaluation_create",
    ),
    path("utvarderingar/<int:pk>/", evaluations.EvaluationDetailView.as_view(), name="evaluation_detail"),
    path("utvarderingar/<int:pk>/andra/", evaluations.EvaluationUpdateView.as_view(), name="evaluation_update"),
    path(
        "utvarderingar/<int:pk>/slutsatser/ny/",
        evaluations.FindingCreateView.as_view(),
        name="finding_create",
    ),
    path("slutsatser/<int:pk>/andra/", evaluations.FindingUpdateView.as_view(), name="finding_update"),
    path("slutsatser/<int:pk>/ta-bort/", evaluations.FindingDeleteView.as_view(), name="finding_delete"),
    path(
        "utvarderingar/<int:pk>/rekommendationer/ny/",
        evaluations.RecommendationCreateView.as_view(),
        name="recommendation_create",
    ),
    path(
        "rekommendationer/<int:pk>/andra/",
        evaluations.RecommendationUpdateView.as_view(),
        name="recommendation_update",
    ),
    path(
        "rekommendationer/<int:pk>/ta-bort/",
        evaluations.RecommendationDeleteView.as_view(),
        name="recommendation_delete",
    ),
]
