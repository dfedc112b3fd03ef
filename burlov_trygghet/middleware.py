import re
from contextlib import ExitStack

from allauth.account.adapter import get_adapter
from django.http import Http404
from django.middleware.gzip import GZipMiddleware

from burlov_trygghet.views import busy, not_found
from documents.costly import Busy, costly_work


class NotFoundMiddleware:
    """What a person may not see is answered with the portal's own page, on a trial with DEBUG too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return not_found(request, exception) if isinstance(exception, Http404) else None


class CompressionMiddleware(GZipMiddleware):
    """Compress pages and other text. PDF, ZIP and workbooks are compressed already, static files by WhiteNoise.

    Django hides the length of what is compressed behind random bytes, so that a secret on a page cannot be guessed from
    how well the page is compressed together with what an attacker puts in its address (BREACH).
    """

    TEXT = re.compile(r"text/|application/json\b|image/svg\+xml\b")

    def process_response(self, request, response):
        is_text = self.TEXT.match(response.get("Content-Type", ""))
        return super().process_response(request, response) if is_text and not response.streaming else response


class CostlyMiddleware:
    """Say when to try again where something costly cannot begin now, and let few sign in at once from one address."""

    SIGN_INS_AT_ONCE = 2
    PATIENCE = 2

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with ExitStack() as request.held:
            return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Forms that need no sign-in reckon with passwords and send mail."""
        if request.method != "POST" or getattr(view_func, "login_required", True):
            return None
        address = f"address-{get_adapter().get_client_ip(request)}"
        work = costly_work(address, patience=self.PATIENCE, alone=False, at_once=self.SIGN_INS_AT_ONCE)
        try:
            request.held.enter_context(work)
        except Busy as error:
            return busy(request, error)
        return None

    def process_exception(self, request, exception):
        return busy(request, exception) if isinstance(exception, Busy) else None
