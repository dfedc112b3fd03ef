from django.urls import path

from focus_areas.views import plans

of_agreement = [
    path("overenskommelser/<int:pk>/planversioner/", plans.PlanListView.as_view(), name="plan_list"),
    path("overenskommelser/<int:pk>/planversioner/ny/", plans.PlanCreateView.as_view(), name="plan_create"),
]

of_plan = [
    path("planversioner/<int:pk>/", plans.PlanDetailView.as_view(), name="plan_detail"),
    path("planversioner/<int:pk>/andra/", plans.PlanUpdateView.as_view(), name="plan_update"),
    path("planversioner/<int:pk>/anta/", plans.PlanAdoptView.as_view(), name="plan_adopt"),
    path("planversioner/<int:pk>/ta-bort/", plans.PlanDeleteView.as_view(), name="plan_delete"),
    path("planversioner/<int:pk>/skillnader/", plans.PlanDifferenceView.as_view(), name="plan_difference"),
    path("planversioner/<int:pk>/plan.pdf", plans.PlanPdfView.as_view(), name="plan_pdf"),
    path("planversioner/<int:pk>/excel/", plans.PlanExportView.as_view(), name="plan_export"),
]

urlpatterns = of_agreement + of_plan
