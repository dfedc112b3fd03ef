from django.conf import settings
from django.utils.functional import SimpleLazyObject

from agreements.models import Agreement


def portal(request):
    """The portal's name, and the agreement that the menu and the foot of the page speak of."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "menu_agreement": SimpleLazyObject(lambda: agreement_for_menu(request)),
        "menu_place": getattr(request.resolver_match, "app_name", "") if request.resolver_match else "",
    }


def agreement_for_menu(request) -> Agreement | None:
    """The agreement of the page's subject; else the newest that the person sees."""
    subject = getattr(request, "subject", None)
    if subject is not None and hasattr(subject, "agreement"):
        return subject.agreement
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return Agreement.objects.visible_to(user).select_related("municipality").first()
