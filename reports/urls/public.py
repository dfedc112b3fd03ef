from django.urls import path

from reports.views import public

urlpatterns = [
    path("invanare/<int:pk>/rapporter/", public.public_reports, name="public_reports"),
    path("invanare/rapporter/<int:pk>/rapport.pdf", public.public_report_pdf, name="public_report_pdf"),
]
