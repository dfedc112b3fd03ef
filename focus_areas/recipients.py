"""Who is asked about an activity: the responsible person, else the coordinator; those who are here and have mail."""

import datetime
from dataclasses import dataclass

from accounts.models import User
from agreements.models import Agreement, Membership, Seat
from focus_areas.models import Activity

NOBODY = (
    "Ingen kan påminnas. Aktiviteten saknar en ansvarig som är med i arbetet och har e-post, "
    "och det gör samordnaren också."
)


@dataclass(frozen=True)
class Recipients:
    """Who of an agreement can be asked: those with a seat in it that day, and its coordinators among them."""

    seated: frozenset[int]
    coordinators: tuple[User, ...]

    def of(self, activity: Activity) -> User | None:
        """Whom to ask about the activity; None when nobody can be."""
        responsible = activity.responsible
        if responsible and responsible.pk in self.seated and can_be_mailed(responsible):
            return responsible
        return self.coordinators[0] if self.coordinators else None

    def coordinator_beside(self, person: User) -> User | None:
        """Who answers what the person asks about a mail: a coordinator that is somebody else."""
        return next((one for one in self.coordinators if one != person), None)


def can_be_mailed(person: User) -> bool:
    return person.is_active and bool(person.email)


def recipients_in(agreement: Agreement, *, on: datetime.date) -> Recipients:
    """Fetch whom can be asked, in one query."""
    holdings = (
        Membership.objects.held(on=on)
        .filter(seat__group__agreement=agreement)
        .select_related("user", "seat")
        .order_by("starts_on", "pk")
    )
    people = {holding.user_id: holding.user for holding in holdings}
    coordinating = [one.user_id for one in holdings if one.seat.function == Seat.Function.COORDINATOR]
    return Recipients(
        seated=frozenset(people),
        coordinators=tuple(people[pk] for pk in dict.fromkeys(coordinating) if can_be_mailed(people[pk])),
    )
