"""Signing in and one's own account. allauth's views under Swedish paths, and only those that are used here."""

from allauth.account import views as allauth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from accounts import email_pages, views

sign_in_urls = [
    path("logga-in/", allauth_views.login, name="account_login"),
    path("logga-ut/", allauth_views.logout, name="account_logout"),
    path("avstangt/", allauth_views.account_inactive, name="account_inactive"),
]
password_urls = [
    path("losenord/", views.PasswordChange.as_view(), name="account_change_password"),
    path("glomt-losenord/", views.PasswordReset.as_view(), name="account_reset_password"),
    path("glomt-losenord/skickat/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "nytt-losenord/klart/", allauth_views.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^nytt-losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(views.PasswordFromLink.as_view()),
        name="account_reset_password_from_key",
    ),
]

urlpatterns = [
    path("", views.AccountDetail.as_view(), name="account_detail"),
    path("avbrutet/", views.InterruptedFormView.as_view(), name="interrupted_form"),
    path("e-post/", email_pages.OwnEmailChange.as_view(), name="email_change"),
    path("e-post/<str:key>/", email_pages.EmailChangeConfirm.as_view(), name="email_change_confirm"),
    *sign_in_urls,
    *password_urls,
]
