"""Search over everything a person may see. Every word has to be there; case does not matter, å and Å included.

What is searched for is written as texts are stored (ADR 32): an å in two parts finds the å in one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet

from accounts.forms import PortalFormMixin
from agreements.access import Capability as AgreementCapability
from agreements.models import Agreement, Group, Indicator, Problem
from agreements.people import organisations_visible_to, people_visible_to
from documents.written_text import plain_line
from focus_areas.models import Activity, CommunicationItem, FocusArea, FollowUp, Goal, LogEntry, StatusUpdate
from meetings.access import Capability, readable_among
from meetings.models import ActionPoint, Decision, Meeting, Observation, UpcomingEvent

LONGEST_LIST = 10
WEEK = re.compile(r"\bv(?:ecka|\.)?\s*(\d{1,2})\b", re.IGNORECASE)


class SearchForm(PortalFormMixin, forms.Form):
    marks_optional = False

    q = forms.CharField(
        label="Sök efter", min_length=2, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


@dataclass(frozen=True)
class Place:
    """Where to look for things of one kind: among which, and in which of their fields."""

    heading: str
    things: QuerySet
    fields: tuple[str, ...]
    words: str | None = None


@dataclass(frozen=True)
class Hits:
    """What was found of one kind; `there_are_more` when the list was cut."""

    heading: str
    things: list
    there_are_more: bool


def containing(words: str, *fields: str) -> Q:
    """A condition: each word is found in at least one of the fields."""
    condition = Q()
    for word in plain_line(words).split():
        pattern = re.escape(word)
        in_any = Q()
        for field in fields:
            in_any |= Q(**{f"{field}__iregex": pattern})
        condition &= in_any
    return condition


def search(*, user, words: str, agreements: list[Agreement]) -> list[Hits]:
    """Return what was found, kind by kind, one query each; kinds without hits are left out.

    `agreements` are those that the person sees.
    """
    hits = []
    for place in [
        *places_in_the_plan(user, agreements),
        *places_at_the_meetings(user, words, agreements),
        *places_in_the_registers(user),
    ]:
        searched = containing(words if place.words is None else place.words, *place.fields)
        found = list(place.things.filter(searched)[: LONGEST_LIST + 1])
        if found:
            hits.append(Hits(place.heading, found[:LONGEST_LIST], len(found) > LONGEST_LIST))
    return hits


def places_in_the_plan(user, agreements: list[Agreement]) -> Iterable[Place]:
    """The plan and what it rests on; a picture's working material only where the person works with it."""
    working_with = [one for one in agreements if user.has_perm(AgreementCapability.CHANGE_PICTURE, one)]
    readable = Q(situation_picture__adopted_on__isnull=False) | Q(situation_picture__agreement__in=working_with)
    return (
        Place(
            "Problem",
            Problem.objects.visible_to(user).filter(readable).order_by("-situation_picture_id", "pk"),
            ("title", "description"),
        ),
        Place("Indikatorer", Indicator.objects.visible_to(user), ("name", "description", "source")),
        Place(
            "Aktiviteter",
            Activity.objects.visible_to(user).select_related("focus_area"),
            ("title", "background", "method", "target_group"),
        ),
        Place("Fokusområden", FocusArea.objects.visible_to(user), ("title", "description")),
        Place("Mål", Goal.objects.visible_to(user).select_related("focus_area"), ("statement",)),
        Place("Logg", LogEntry.objects.visible_to(user).select_related("activity"), ("text",)),
        Place(
            "Lägesrapporter",
            StatusUpdate.objects.visible_to(user).select_related("activity"),
            ("text", "next_step", "reason"),
        ),
        Place(
            "Kommunikation",
            CommunicationItem.objects.visible_to(user).select_related("plan", "activity"),
            ("message", "audience"),
        ),
        Place("Uppföljningar", FollowUp.objects.visible_to(user).select_related("activity"), ("findings",)),
    )


def places_at_the_meetings(user, words: str, agreements: list[Agreement]) -> Iterable[Place]:
    """Meetings of the groups whose meetings the person reads; observations where they are read."""
    groups = readable_among(user, Group.objects.visible_to(user).select_related("agreement"))
    observed = [agreement for agreement in agreements if user.has_perm(Capability.READ_OBSERVATIONS, agreement)]
    week = WEEK.search(words)
    meetings = Meeting.objects.filter(group__in=groups).select_related("group")
    return (
        Place(
            "Möten",
            meetings.filter(starts_at__week=week[1]) if week else meetings,
            ("group__name", "group__also_known_as", "place"),
            words=WEEK.sub("", words) if week else None,
        ),
        Place(
            "Beslut",
            Decision.objects.filter(group__in=groups).select_related("group").newest_first(),
            ("text",),
        ),
        Place(
            "Åtgärdspunkter",
            ActionPoint.objects.visible_to(user)
            .filter(Q(group__in=groups) | Q(responsible=user))
            .select_related("group", "activity"),
            ("text", "outcome"),
        ),
        Place(
            "Iakttagelser",
            Observation.objects.filter(agreement__in=observed).select_related("category", "area").latest_first(),
            ("text", "place", "category__name", "area__name"),
        ),
        Place(
            "Händelser",
            UpcomingEvent.objects.filter(agreement__in=observed).order_by("-starts_on", "-pk"),
            ("title", "place", "note"),
        ),
    )


def places_in_the_registers(user) -> Iterable[Place]:
    return (
        Place("Grupper", Group.objects.visible_to(user), ("name", "also_known_as", "mandate")),
        Place("Personer", people_visible_to(user), ("full_name", "title")),
        Place("Organisationer", organisations_visible_to(user), ("name", "short_name")),
        Place("Överenskommelser", Agreement.objects.visible_to(user), ("title", "reference_number", "purpose")),
    )
