"""What somebody was writing when their session ended is kept until they have signed in again."""

import time

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme

SESSION_KEY = "interrupted_form"
KEPT_FOR_SECONDS = 30 * 60
LONGEST_KEPT = 50_000


class LoginRequiredMiddleware(DjangoLoginRequiredMiddleware):
    """Everybody signs in; public pages opt out by name. A form sent too late is kept for the same browser."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        # Who asks is not looked up for what is public: a calendar's answer touches no session and varies by no cookie.
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        # Only what such a page can show again: a password is never kept.
        has_page = getattr(getattr(resolve(request.path).func, "view_class", None), "keeps_interrupted", False)
        # Not `request.body`: it cannot be read once a form with files has been. The files have to be chosen again.
        written = request.POST.urlencode()
        if has_page and len(written) <= LONGEST_KEPT:
            request.session[SESSION_KEY] = {"path": request.path, "data": written, "at": time.time()}
            messages.info(request, "Du har loggats ut. Det du skrev finns kvar när du har loggat in igen.")
            return redirect_to_login(request.path)
        return redirect_to_login(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer.split(request.get_host(), 1)[-1] or "/"
    return "/"


def take_interrupted(request: HttpRequest) -> QueryDict | None:
    """Return what was being written on this page when the session ended, once; None if nothing was."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if time.time() - kept["at"] > KEPT_FOR_SECONDS:
        return None
    return QueryDict(kept["data"])
