from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from burlov_trygghet import views

urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("sok/", views.SearchView.as_view(), name="search"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("konto/", include("accounts.urls")),
    path("", include("agreements.urls")),
    path("", include("focus_areas.urls")),
    path("", include("meetings.urls")),
    path("", include("reports.urls")),
    # Django's own form takes any number of guesses at the old password.
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="admin_password_change",
    ),
    path("admin/", admin.site.urls),
]

handler403 = "burlov_trygghet.views.refused"
handler404 = "burlov_trygghet.views.not_found"
handler500 = "burlov_trygghet.views.server_error"
