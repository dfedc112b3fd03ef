"""What residents may read about the work: chosen activities and what has been told outwards. No people, no inner words,
no small counts of people.

Lag (2023:196), 12 §: the coordination function helps to inform the residents.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery

from accounts.history import history_table
from accounts.models import Organisation
from agreements.models import Agreement, Area, Party
from documents.date_steps import months_later
from focus_areas.models import Activity, CommunicationItem, FocusArea, ProcessLead
from privacy.small_counts import mask_small_counts_in_text

TOLD_MONTHS = 12
TOLD_SHOWN = 12
# What may change the page: the newest change of any of these makes another version of it.
SHOWN = (Agreement, Party, Organisation, Area, FocusArea, Activity, ProcessLead, CommunicationItem)


@dataclass(frozen=True)
class PublicActivity:
    """An activity in words for residents; who leads it by organisation, never by person."""

    title: str
    text: str
    status: str
    led_by: str
    areas: str


@dataclass(frozen=True)
class PublicFocusArea:
    title: str
    activities: tuple[PublicActivity, ...]


@dataclass(frozen=True)
class Told:
    """Something that has been told outwards."""

    message: str
    channel: str
    on: datetime.date


@dataclass(frozen=True)
class PublicPage:
    agreement_pk: int
    municipality: str
    parties: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    has_example_work: bool
    focus_areas: tuple[PublicFocusArea, ...]
    told: tuple[Told, ...]


def newest_change(agreement_pk: int) -> tuple | None:
    """Which version of the page would be shown now, in one query; None where there is no such agreement."""
    newest = {
        f"newest_{model._meta.model_name}": Subquery(
            history_table(model).objects.order_by("-history_id").values("history_id")[:1]
        )
        for model in SHOWN
    }
    return Agreement.objects.filter(pk=agreement_pk).annotate(**newest).values_list("pk", *newest).first()


def read_public_page(agreement_pk: int, *, today: datetime.date) -> PublicPage | None:
    """Return what residents may read; None unless the agreement is adopted and an activity has been opened to them."""
    agreement = (
        Agreement.objects.filter(pk=agreement_pk, state=Agreement.State.ADOPTED).select_related("municipality").first()
    )
    activities = public_activities(agreement) if agreement else []
    if not activities:
        return None
    by_focus_area: dict[FocusArea, list[PublicActivity]] = {}
    for activity in activities:
        by_focus_area.setdefault(activity.focus_area, []).append(public_activity(activity))
    parties = agreement.parties.select_related("organisation__parent__parent")
    return PublicPage(
        agreement_pk=agreement.pk,
        municipality=agreement.municipality.name,
        parties=" och ".join(str(party.organisation.name) for party in parties),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        has_example_work=agreement.has_example_work,
        focus_areas=tuple(
            PublicFocusArea(mask_small_counts_in_text(focus_area.title), tuple(shown))
            for focus_area, shown in by_focus_area.items()
        ),
        told=tuple(told_outwards(agreement, today=today)),
    )


def has_public_page(agreement_pk: int) -> bool:
    """Whether residents have a page to read: the agreement is adopted and an activity has been opened to them."""
    adopted = Agreement.objects.filter(pk=agreement_pk, state=Agreement.State.ADOPTED)
    return opened_activities().filter(focus_area__agreement__in=adopted).exists()


def opened_activities() -> QuerySet[Activity]:
    return Activity.objects.filter(is_public=True).exclude(status=Activity.Status.CANCELLED)


def public_activities(agreement: Agreement) -> list[Activity]:
    return list(
        opened_activities()
        .of(agreement)
        .select_related("focus_area")
        .prefetch_related("areas")
        .with_actors()
        .in_order()
    )


def public_activity(activity: Activity) -> PublicActivity:
    return PublicActivity(
        title=mask_small_counts_in_text(activity.title),
        text=mask_small_counts_in_text(activity.public_text),
        status=activity.status,
        led_by=", ".join(dict.fromkeys(organisation.name for organisation in activity.lead_organisations)),
        areas=", ".join(area.name for area in activity.areas.all()),
    )


def told_outwards(agreement: Agreement, *, today: datetime.date) -> list[Told]:
    """What was told outwards during the last year and is not about an activity that residents may not see."""
    items = CommunicationItem.objects.filter(
        plan__agreement=agreement,
        direction=CommunicationItem.Direction.EXTERNAL,
        done_on__gt=months_later(today, -TOLD_MONTHS),
        done_on__lte=today,
    ).exclude(activity__is_public=False)
    newest_first = items.order_by("-done_on", "-pk")[:TOLD_SHOWN]
    return [
        Told(mask_small_counts_in_text(item.message), mask_small_counts_in_text(item.channel), item.done_on)
        for item in newest_first
    ]
