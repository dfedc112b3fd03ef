from focus_areas.urls import (
    activities,
    causes,
    communication,
    evaluations,
    follow_ups,
    goals,
    plans,
    renewals,
)

app_name = "focus_areas"

urlpatterns = [
    *activities.urlpatterns,
    *causes.urlpatterns,
    *goals.urlpatterns,
    *plans.urlpatterns,
    *follow_ups.urlpatterns,
    *communication.urlpatterns,
    *evaluations.urlpatterns,
    *renewals.urlpatterns,
]
