"""What is shown to somebody who is signed in is kept by no browser."""

from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest, HttpResponse

NO_STORE = "private, no-store"
# Not "cookies": that would also empty the other services of the municipality's domain, and forget the known browser.
CLEARED_AT_SIGN_OUT = '"cache", "storage"'


class NoStoreMiddleware:
    """No browser keeps a page of somebody who is signed in; what it has kept goes when they sign out.

    Pages, partials, downloads, redirects and faults alike. What is public and shown to nobody in particular stays as
    its view says; static files never come here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        has_signed_out = getattr(request, "has_signed_out", False)
        if has_signed_out:
            response.headers["Clear-Site-Data"] = CLEARED_AT_SIGN_OUT
        if has_signed_out or asks_to_sign_in(request) or is_shown_to_a_person(request, response):
            response.headers["Cache-Control"] = NO_STORE
        return response


def asks_to_sign_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def is_shown_to_a_person(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer looked at who asks, and somebody is signed in. Does not look by itself: that costs a query."""
    if "public" in response.headers.get("Cache-Control", ""):
        return False
    session = getattr(request, "session", None)
    return session is not None and session.accessed and request.user.is_authenticated


def note_sign_out(sender, request, user, **kwargs) -> None:
    """Receiver: remember on the request that somebody who was signed in has signed out."""
    request.has_signed_out = user is not None


user_logged_out.connect(note_sign_out, dispatch_uid="note_sign_out")
