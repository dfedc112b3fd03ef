"""Names that the portal knows, and that nobody should have as a password."""

from accounts.models import Organisation, User
from agreements.models import Agreement, Area

MOST_NAMES = 500


def names_in_the_portal(user: User | None) -> list[str]:
    """Return names of the person's agreements, areas and organisations; of the newest ones for who sees none yet."""
    agreements = Agreement.objects.visible_to(user) if user is not None and user.pk else Agreement.objects.none()
    if not agreements.exists():
        agreements = Agreement.objects.all()
    keys = list(agreements.order_by("-pk").values_list("pk", flat=True)[:20])
    titles = Agreement.objects.filter(pk__in=keys).values_list("title", flat=True)
    areas = Area.objects.filter(agreement__in=keys).values_list("name", flat=True)
    organisations = Organisation.objects.filter(parent__isnull=True).order_by("-pk").values_list("name", flat=True)
    return [name for names in (titles, areas, organisations) for name in names[:MOST_NAMES]]
