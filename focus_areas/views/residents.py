"""What pages for residents have in common: no sign-in, the same for everybody, kept ready until something changes."""

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from privacy.leaving import PersonalDataLeaving, refuse_personal_data_in_document

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600
# Short, so that what has been taken back is soon gone.
BROWSERS_KEEP_SECONDS = 300


def version_of(shown: object) -> str:
    """An ETag of what the page shows; another as soon as any of it has changed."""
    return f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'


def kept_page(*, key: str, template: str, read: Callable[[], object | None]) -> HttpResponse:
    """Answer with the page that is kept under the key, or make it of what `read` gives.

    Raises:
        Http404: there is nothing to read, or it holds a personal number.
    """
    html = cache.get(key)
    if html is None:
        page = read()
        if page is None:
            raise Http404
        html = render_to_string(template, {"page": page, "portal_name": settings.PORTAL_NAME})
        try:
            refuse_personal_data_in_document(html)
        except PersonalDataLeaving:
            logger.error("%s holds a personal number and is not shown", key)
            raise Http404 from None
        cache.set(key, html, KEPT_SECONDS)
    return kept_by_browsers(HttpResponse(html))


def kept_by_browsers(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=BROWSERS_KEEP_SECONDS)
    return response
