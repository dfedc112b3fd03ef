from django.urls import path

from focus_areas.views import periods, renewals

of_agreement = [
    path("overenskommelser/<int:pk>/fornyelse/ny/", renewals.RenewalStart.as_view(), name="renewal_start"),
    path("overenskommelser/<int:pk>/jamfor-perioder/", periods.PeriodComparison.as_view(), name="period_comparison"),
    path("overenskommelser/<int:pk>/bilaga.pdf", periods.AnnexPdf.as_view(), name="annex_pdf"),
    path("overenskommelser/<int:pk>/bilaga.xlsx", periods.AnnexWorkbook.as_view(), name="annex_workbook"),
]

of_renewal = [
    path("fornyelser/<int:pk>/", renewals.RenewalDetail.as_view(), name="renewal_detail"),
    path("fornyelser/<int:pk>/andra/", renewals.RenewalUpdate.as_view(), name="renewal_update"),
    path("fornyelser/<int:pk>/aktiviteter/", renewals.RenewalActivities.as_view(), name="renewal_activities"),
    path("fornyelser/<int:pk>/mal/", renewals.RenewalGoals.as_view(), name="renewal_goals"),
    path("fornyelser/<int:pk>/platser/", renewals.RenewalSeats.as_view(), name="renewal_seats"),
    path("fornyelser/<int:pk>/slutord/", renewals.RenewalClosing.as_view(), name="renewal_closing"),
    path("fornyelser/<int:pk>/gor-utkast/", renewals.RenewalFinish.as_view(), name="renewal_finish"),
    path("fornyelser/<int:pk>/ta-bort/", renewals.RenewalDelete.as_view(), name="renewal_delete"),
]

urlpatterns = of_agreement + of_renewal
