import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agreements.models import Group
from meetings.feeds import hash_of
from meetings.models import CalendarFeed

SECRET_BYTES = 32


@transaction.atomic
def issue_address(*, group: Group | None, by: User) -> str:
    """Give a person's own calendar, or a group's, a new secret; an address that it had stops working.

    Returns:
        the secret, which is kept nowhere and cannot be shown again.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.update_or_create(
        user=by,
        group=group,
        defaults={"secret_hash": hash_of(secret), "created_at": timezone.now(), "read_at": None},
    )
    return secret


def revoke_address(*, feed: CalendarFeed, by: User) -> None:
    """The address stops working at once; other addresses of the person stay."""
    CalendarFeed.objects.filter(pk=feed.pk, user=by).delete()
