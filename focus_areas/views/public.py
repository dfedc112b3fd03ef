"""The page for residents: no sign-in, the same for everybody, kept ready."""

import hashlib
import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from focus_areas.public import newest_change, read_public_page
from privacy.leaving import PersonalDataLeaving, refuse_personal_data_in_document

logger = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600
BROWSERS_KEEP_SECONDS = 300


def version_of_page(request, pk: int) -> str:
    """Which version of the page would be shown now; another as soon as anything that it shows has changed."""
    shown = repr((newest_change(pk), timezone.localdate()))
    return f'"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=version_of_page)
def public_page(request, pk: int):
    """What is being done, for those who live in the municipality. 404 unless an activity has been opened to them."""
    key = f"public-page-{pk}-{version_of_page(request, pk)}"
    html = cache.get(key)
    if html is None:
        page = read_public_page(pk, today=timezone.localdate())
        if page is None:
            raise Http404
        html = render_to_string("focus_areas/public_page.html", {"page": page, "portal_name": settings.PORTAL_NAME})
        try:
            refuse_personal_data_in_document(html)
        except PersonalDataLeaving:
            logger.error("The page for residents of agreement %s holds a personal number and is not shown", pk)
            raise Http404 from None
        cache.set(key, html, KEPT_SECONDS)
    response = HttpResponse(html)
    patch_cache_control(response, public=True, max_age=BROWSERS_KEEP_SECONDS)
    return response
