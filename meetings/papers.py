"""A meeting's call (kallelse) and minutes (protokoll) as PDF, in the follow-up report's style."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from accounts.models import User
from agreements.models import Membership
from documents.pdf import render_pdf
from documents.swedish_dates import date_words
from documents.swedish_words import counted, upper_first
from meetings.minutes import MinutesContent, collect_minutes, without_internal
from meetings.models import ActionPoint, AgendaItem, Meeting
from privacy.leaving import refuse_personal_data_in_document

STYLESHEETS = ("reports/report.css", "meetings/papers.css")
CALL, MINUTES = "kallelse", "protokoll"


@dataclass(frozen=True)
class CallItem:
    """An item of the agenda with its number on the meeting's page."""

    number: int
    item: AgendaItem


def render_call(meeting: Meeting, *, on: datetime.date, by: User | None = None, leaves_out: bool = False) -> bytes:
    """Return the call as PDF/UA; `leaves_out` leaves out the items marked internal.

    Raises:
        PersonalDataLeaving: a text in it holds a personal number.
    """
    return printed(call_html(meeting, on=on, by=by, leaves_out=leaves_out), online_address=meeting.online_address)


def render_minutes(meeting: Meeting, *, on: datetime.date, by: User | None = None, leaves_out: bool = False) -> bytes:
    """Return the minutes as PDF/UA: as they were approved, else as they stand; addenda come last.

    Raises:
        PersonalDataLeaving: a text in them holds a personal number.
    """
    return printed(minutes_html(meeting, on=on, by=by, leaves_out=leaves_out))


def printed(html: str, *, online_address: str = "") -> bytes:
    # The digits of a meeting's address are nobody's number.
    shown = escape(online_address)
    refuse_personal_data_in_document(html.replace(shown, "") if shown else html)
    return render_pdf(html, stylesheets=STYLESHEETS)


def call_html(meeting: Meeting, *, on: datetime.date, by: User | None = None, leaves_out: bool = False) -> str:
    items = [CallItem(number, item) for number, item in enumerate(meeting.agenda_items.all(), 1)]
    shown = [one for one in items if not (leaves_out and one.item.is_internal)]
    points = ActionPoint.objects.open_at(meeting).open().exclude(meeting=meeting)
    points = points.select_related("responsible", "organisation", "agenda_item").by_due_date()
    context = paper_context(meeting, group=meeting.group.name, on=on, by=by) | {
        "kind": "Kallelse",
        "version": "Inställt möte" if meeting.is_cancelled else f"Upprättad {date_words(on)}",
        "state": f"Mötet är inställt: {meeting.cancelled_because}" if meeting.is_cancelled else "",
        "is_warning": meeting.is_cancelled,
        "agreement": str(meeting.agreement),
        "reference_number": meeting.agreement.reference_number,
        "place": meeting.place,
        "online_address": meeting.online_address,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "left_out": left_out_words(len(items) - len(shown)) if leaves_out else "",
        "items": shown,
        "has_presenters": any(one.item.presenter for one in shown),
        "minutes_planned": sum(one.item.duration_minutes or 0 for one in shown),
        "called": holdings_on_day(meeting),
        "points": [
            point for point in points if not (leaves_out and point.agenda_item and point.agenda_item.is_internal)
        ],
    }
    return render_to_string("meetings/papers/call.html", context)


def minutes_html(meeting: Meeting, *, on: datetime.date, by: User | None = None, leaves_out: bool = False) -> str:
    whole = collect_minutes(meeting)
    content = without_internal(whole) if leaves_out else whole
    state = state_of(meeting, whole)
    addenda = list(meeting.addenda.select_related("written_by"))
    shown = [one for one in addenda if not (leaves_out and one.is_internal)]
    left_out = left_out_words(len(whole.items) - len(content.items)) if leaves_out else ""
    if len(shown) < len(addenda):
        left_out += " Interna tillägg är utelämnade."
    context = paper_context(meeting, group=content.group, on=on, by=by) | {
        "kind": "Protokoll",
        "version": state.version,
        "state": state.sentence,
        "is_warning": not meeting.is_approved,
        "agreement": content.agreement,
        "reference_number": content.reference_number,
        "place": content.place,
        "starts_at": content.starts_at,
        "ends_at": content.ends_at,
        "left_out": left_out,
        "content": content,
        "attendance": [
            (heading, people)
            for heading, people in (
                ("Närvarande", content.present),
                ("Ersättare", content.substitutes),
                ("Gäster", content.guests),
                ("Frånvarande", content.absent),
                ("Inte antecknad", content.unknown),
            )
            if people
        ],
        "addenda": shown,
    }
    return render_to_string("meetings/papers/minutes.html", context)


def paper_context(meeting: Meeting, *, group: str, on: datetime.date, by: User | None) -> dict:
    """What both papers say about themselves."""
    return {
        "group": group,
        "day": meeting.day,
        "printed_on": on,
        "printed_by": by.full_name if by else "",
        "is_example": meeting.agreement.has_example_work,
        "portal_name": settings.PORTAL_NAME,
    }


@dataclass(frozen=True)
class MinutesState:
    """How far the minutes have come: on the first page in a sentence, in the margin in a few words."""

    version: str
    sentence: str


def state_of(meeting: Meeting, content: MinutesContent) -> MinutesState:
    if meeting.is_cancelled:
        return MinutesState("Inställt möte", f"Mötet är inställt: {meeting.cancelled_because}")
    if content.approved_at is not None:
        approved = date_words(timezone.localdate(content.approved_at))
        return MinutesState(f"Justerat den {approved}", f"Justerat av {content.approved_by} den {approved}.")
    draft = "Ojusterat utkast"
    if meeting.is_under_review:
        return MinutesState(draft, f"{draft}. Skickat på justering av {content.sent_for_review_by}.")
    if meeting.is_held:
        return MinutesState(draft, f"{draft}.")
    return MinutesState(draft, f"{draft}. Mötet {'pågår' if meeting.is_under_way else 'är inte genomfört än'}.")


def left_out_words(count: int) -> str:
    """Say that internal items have been left out, and how many there were."""
    if count == 0:
        return "Utan interna punkter. Mötet hade inga."
    items = upper_first(counted(count, "intern punkt", "interna punkter"))
    are = "är utelämnad" if count == 1 else "är utelämnade"
    return f"Utan interna punkter. {items} {are}, med beslut och åtgärdspunkter."


def holdings_on_day(meeting: Meeting) -> list[Membership]:
    """Who is called to the meeting: who has a seat in the group on its day."""
    holdings = Membership.objects.taking_part_in(meeting.group, on=meeting.day)
    return list(holdings.select_related("user", "seat__organisation"))


def paper_name(kind: str, meeting: Meeting, *, leaves_out: bool = False) -> str:
    """protokoll-beredningsgruppen-2026-11-23.pdf, or …-utan-interna.pdf"""
    group = slugify(meeting.group.name) or f"grupp-{meeting.group_id}"
    return f"{kind}-{group}-{meeting.day.isoformat()}{'-utan-interna' if leaves_out else ''}.pdf"
