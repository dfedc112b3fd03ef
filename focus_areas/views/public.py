"""The page for residents."""

from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from focus_areas.public import newest_change, read_public_page
from focus_areas.views.residents import kept_page, version_of


def version_of_page(request, pk: int) -> str:
    """Which version of the page would be shown now; another as soon as anything that it shows has changed."""
    return version_of((newest_change(pk), timezone.localdate()))


@login_not_required
@require_safe
@condition(etag_func=version_of_page)
def public_page(request, pk: int):
    """What is being done, for those who live in the municipality. 404 unless an activity has been opened to them."""
    return kept_page(
        key=f"public-page-{pk}-{version_of_page(request, pk)}",
        template="focus_areas/public_page.html",
        read=lambda: read_public_page(pk, today=timezone.localdate()),
    )
