from focus_areas.urls import (
    activities,
    causes,
    communication,
    evaluations,
    follow_ups,
    goals,
    pictures,
    plans,
    renewals,
)

app_name = "focus_areas"

urlpatterns = [
    *activities.urlpatterns,
    *causes.urlpatterns,
    *goals.urlpatterns,
    *pictures.urlpatterns,
    *plans.urlpatterns,
    *follow_ups.urlpatterns,
    *communication.urlpatterns,
    *evaluations.urlpatterns,
    *renewals.urlpatterns,
]
