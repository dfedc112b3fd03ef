"""Search over everything a person may see. Every word has to be there; case does not matter, å and Å included."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet

from accounts.forms import PortalFormMixin
from agreements.models import Agreement, Group
from agreements.people import organisations_visible_to, people_visible_to
from focus_areas.models import Activity, FocusArea, FollowUp, Goal, LogEntry, StatusUpdate

LONGEST_LIST = 10


class SearchForm(PortalFormMixin, forms.Form):
    marks_optional = False

    q = forms.CharField(
        label="Sök efter", min_length=2, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


@dataclass(frozen=True)
class Hits:
    """What was found of one kind; `there_are_more` when the list was cut."""

    heading: str
    things: list
    there_are_more: bool


def containing(words: str, *fields: str) -> Q:
    """A condition: each word is found in at least one of the fields."""
    condition = Q()
    for word in words.split():
        pattern = re.escape(word)
        in_any = Q()
        for field in fields:
            in_any |= Q(**{f"{field}__iregex": pattern})
        condition &= in_any
    return condition


def search(*, user, words: str) -> list[Hits]:
    """Return what was found, kind by kind, one query each; kinds without hits are left out."""
    places: Iterable[tuple[str, QuerySet, tuple[str, ...]]] = [
        (
            "Aktiviteter",
            Activity.objects.visible_to(user).select_related("focus_area"),
            ("title", "background", "method", "target_group"),
        ),
        ("Fokusområden", FocusArea.objects.visible_to(user), ("title", "description")),
        ("Mål", Goal.objects.visible_to(user).select_related("focus_area"), ("statement",)),
        ("Logg", LogEntry.objects.visible_to(user).select_related("activity"), ("text",)),
        (
            "Lägesrapporter",
            StatusUpdate.objects.visible_to(user).select_related("activity"),
            ("text", "next_step", "reason"),
        ),
        ("Uppföljningar", FollowUp.objects.visible_to(user).select_related("activity"), ("findings",)),
        ("Grupper", Group.objects.visible_to(user), ("name", "also_known_as", "mandate")),
        ("Personer", people_visible_to(user), ("full_name", "title")),
        ("Organisationer", organisations_visible_to(user), ("name", "short_name")),
        ("Överenskommelser", Agreement.objects.visible_to(user), ("title", "reference_number", "purpose")),
    ]
    hits = []
    for heading, things, fields in places:
        found = list(things.filter(containing(words, *fields))[: LONGEST_LIST + 1])
        if found:
            hits.append(Hits(heading, found[:LONGEST_LIST], len(found) > LONGEST_LIST))
    return hits
