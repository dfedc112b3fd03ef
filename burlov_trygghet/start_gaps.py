"""What a coordinator has left to fill in, counted: dates and people of activities, and seats that nobody holds."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery

from agreements.models import Agreement, Group, Membership, Seat
from documents.swedish_words import counted, upper_first
from focus_areas.models import Activity

LACKS = (
    ("starts_on", "startdag"),
    ("responsible_id", "ansvarig person"),
    ("next_follow_up_on", "dag för nästa uppföljning"),
)
NAMED = 3


@dataclass(frozen=True)
class Gap:
    """Something that lacks something: how many, and where to fill it in."""

    words: str
    things: Sequence[Activity | Group]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.things)


def gaps(agreement: Agreement, activities: Sequence[Activity], *, today: datetime.date) -> list[Gap]:
    """What to fill in next; one query for the seats."""
    found = []
    under_way = [activity for activity in activities if not activity.is_finished]
    for name, what in LACKS:
        lacking = [activity for activity in under_way if getattr(activity, name) is None]
        if lacking:
            count = len(lacking)
            words = f"{upper_first(counted(count, 'aktivitet', 'aktiviteter'))} saknar {what}"
            found.append(Gap(words, lacking[:NAMED], count))
    for group in groups_with_vacant_seats(agreement, today=today):
        seats = upper_first(counted(group.vacant_count, "plats", "platser"))
        found.append(Gap(f"{seats} utan innehavare", [group], 1))
    return found


def groups_with_vacant_seats(agreement: Agreement, *, today: datetime.date) -> list[Group]:
    """The groups with `vacant_count` seats that nobody holds on that day."""
    held = Membership.objects.held(on=today).filter(seat=OuterRef("pk"))
    vacant = Seat.objects.filter(~Exists(held), group=OuterRef("pk")).order_by().values("group")
    counted_seats = Subquery(vacant.annotate(count=Count("pk")).values("count"))
    return list(agreement.groups.annotate(vacant_count=counted_seats).filter(vacant_count__gt=0).order_by("pk"))
