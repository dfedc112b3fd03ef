import re

from django.http import Http404
from django.middleware.gzip import GZipMiddleware

from burlov_trygghet.views import not_found


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
