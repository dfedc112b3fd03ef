"""Who is sent an issued report, who has read it, and what is waiting to be read."""

import datetime
from dataclasses import dataclass

from accounts.models import User
from agreements.access import confirmed_seat, roles_of
from agreements.models import Group, Membership
from reports.access import GRANTS, Capability
from reports.models import Report, ReportDelivery, ReportReading

NO_ADDRESS = "Ingen e-postadress är inlagd."
CANNOT_SIGN_IN = "Kan inte logga in i portalen, och får därför ingen länk."


@dataclass(frozen=True)
class Receiver:
    """A person who is to have the report, and the first of the groups that make it so."""

    user: User
    group: Group

    @property
    def why_not_mailed(self) -> str:
        return why_not_mailed(self.user)


def why_not_mailed(user: User) -> str:
    """Why there is no use in sending a link, in Swedish; empty where there is."""
    if not user.email:
        return NO_ADDRESS
    return "" if user.can_sign_in else CANNOT_SIGN_IN


def receivers_of(report: Report, *, on: datetime.date) -> list[Receiver]:
    """Each person once who holds a seat that day in a receiving group and may read the report; one query."""
    holdings = (
        Membership.objects.held(on=on)
        .filter(seat__group__in=report.recipients.all(), user__is_active=True)
        .select_related("user", "seat__group", "seat__organisation__parent__parent", "confirmed_for")
        .order_by("seat__group__kind", "seat__group_id", "seat_id", "pk")
    )
    reaches = GRANTS[Capability.READ_REPORT]
    people = {}
    for holding in holdings:
        if any(role in reaches and reaches[role](holding.seat, report) for role in roles_of(confirmed_seat(holding))):
            people.setdefault(holding.user_id, Receiver(holding.user, holding.seat.group))
    return list(people.values())


@dataclass(frozen=True)
class ReaderRow:
    """What is known of one person and the report: sent or not, read or not."""

    user: User
    group: Group | None
    delivery: ReportDelivery | None
    reading: ReportReading | None
    # Still holds a seat in a receiving group, so that the link can be sent again.
    is_receiver: bool
    # What stands in the way of a mail before one is tried.
    obstacle: str = ""

    @property
    def sent_at(self) -> datetime.datetime | None:
        return self.delivery.sent_at if self.delivery else None

    @property
    def why_not_sent(self) -> str:
        if self.sent_at:
            return ""
        return self.delivery.error if self.delivery and self.delivery.error else self.obstacle

    @property
    def waits_for_mail(self) -> bool:
        """Whether a new try could reach the person."""
        return self.is_receiver and not self.sent_at and not self.obstacle


@dataclass(frozen=True)
class Readers:
    unread: tuple[ReaderRow, ...]
    read: tuple[ReaderRow, ...]

    @property
    def rows(self) -> tuple[ReaderRow, ...]:
        return self.unread + self.read

    @property
    def receiver_count(self) -> int:
        return sum(row.group is not None for row in self.rows)

    @property
    def receivers_who_read(self) -> int:
        return sum(row.group is not None for row in self.read)

    @property
    def waiting_count(self) -> int:
        return sum(row.waits_for_mail for row in self.rows)


def readers_of(report: Report, *, on: datetime.date) -> Readers:
    """Everybody who is to have the report, was sent it or has read it, by name, but who issued it; three queries."""
    receivers = {one.user.pk: one for one in receivers_of(report, on=on)}
    deliveries = {one.user_id: one for one in report.deliveries.select_related("user", "group")}
    readings = {one.user_id: one for one in report.readings.select_related("user")}
    rows = []
    for key in (receivers.keys() | deliveries.keys() | readings.keys()) - {report.issued_by_id}:
        receiver, delivery, reading = receivers.get(key), deliveries.get(key), readings.get(key)
        known = receiver or delivery
        row = ReaderRow(
            user=(known or reading).user,
            group=known.group if known else None,
            delivery=delivery,
            reading=reading,
            is_receiver=receiver is not None,
            obstacle=receiver.why_not_mailed if receiver else "",
        )
        rows.append(row)
    rows.sort(key=lambda row: (row.user.full_name.casefold(), row.user.pk))
    return Readers(
        unread=tuple(row for row in rows if row.reading is None),
        read=tuple(
            sorted((row for row in rows if row.reading), key=lambda row: (row.reading.first_read_at, row.reading.pk))
        ),
    )
