from django.urls import path

from focus_areas.views import causes, red_thread

of_problem = [
    path("problem/<int:pk>/orsaker/", causes.CauseAnalysisView.as_view(), name="cause_analysis"),
    path("problem/<int:pk>/orsaker/borja/", causes.CauseAnalysisStartView.as_view(), name="cause_analysis_start"),
    path("problem/<int:pk>/orsaker/andra/", causes.CauseAnalysisUpdateView.as_view(), name="cause_analysis_update"),
    path("problem/<int:pk>/orsaker/ny/", causes.CauseCreateView.as_view(), name="cause_create"),
    path("orsaker/<int:pk>/andra/", causes.CauseUpdateView.as_view(), name="cause_update"),
    path("orsaker/<int:pk>/ta-bort/", causes.CauseDeleteView.as_view(), name="cause_delete"),
]

of_thread = [
    path("overenskommelser/<int:pk>/roda-traden/", red_thread.RedThreadView.as_view(), name="red_thread"),
    path("overenskommelser/<int:pk>/barnets-basta/", red_thread.ChildInterestsView.as_view(), name="child_interests"),
    path(
        "fokusomraden/<int:pk>/barnets-basta/",
        red_thread.ChildSummaryUpdateView.as_view(),
        name="child_summary_update",
    ),
]

urlpatterns = of_problem + of_thread
