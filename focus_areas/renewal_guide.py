"""What the renewal guide shows: what there is to choose about, what has been chosen, and what is left."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from agreements.models import Agreement, Membership, Seat
from documents.swedish_dates import date_range_words, number_word
from documents.swedish_words import counted, joined, upper_first
from focus_areas.models import (
    Activity,
    ActivityChoice,
    FollowUp,
    Goal,
    Renewal,
    SeatChoice,
)
from focus_areas.progress import Standing, goal_progress
from focus_areas.promises import read_promises
from focus_areas.renewal_periods import Period, election_between, is_elected

MOST_NAMED = 5


def period_of(thing: Agreement | Renewal) -> Period:
    return Period(thing.starts_on, thing.ends_on)


# --- What there is to choose about ---


def activities_to_choose(agreement: Agreement) -> QuerySet[Activity]:
    """The old period's activities with what there is to decide from: the latest report, and the latest follow-up."""
    newest = FollowUp.objects.filter(activity=OuterRef("pk")).latest_first()
    return (
        Activity.objects.of(agreement)
        .select_related("focus_area")
        .with_latest_update()
        .annotate(
            latest_conclusion=Subquery(newest.values("conclusion")[:1]),
            latest_followed_up_on=Subquery(newest.values("followed_up_on")[:1]),
        )
        .in_order()
    )


def goals_to_choose(agreement: Agreement) -> QuerySet[Goal]:
    return (
        Goal.objects.filter(focus_area__agreement=agreement)
        .select_related("focus_area", "indicator", "parent")
        .order_by("focus_area__number", "focus_area_id", "pk")
    )


def seats_to_choose(agreement: Agreement, *, on: datetime.date) -> QuerySet[Seat]:
    """The old period's seats, group by group, with who holds them that day."""
    return (
        Seat.objects.filter(group__agreement=agreement)
        .select_related("group", "organisation")
        .with_holder(on=on)
        .order_by("group_id", "pk")
    )


# --- What the guide suggests ---

ENDED = {
    Activity.Status.COMPLETED: "Aktiviteten är genomförd.",
    Activity.Status.CANCELLED: "Aktiviteten avbröts under perioden.",
}


def suggested_activity_choice(activity: Activity) -> dict[str, str]:
    """What is finished is ended, unless somebody says otherwise; about the rest nothing is suggested."""
    if reason := ENDED.get(activity.status):
        return {"choice": ActivityChoice.Choice.END, "reason": reason}
    return {"choice": "", "reason": ""}


def suggested_seat_choice(seat: Seat, *, new: Period) -> str:
    """The holder goes along, unless an election comes between for one who is elected; a vacant seat stays vacant."""
    holding = seat.holding
    if holding is None:
        return SeatChoice.Choice.VACATE
    if is_elected(seat.title) and election_between(holding.starts_on, new.starts_on):
        return SeatChoice.Choice.VACATE
    return SeatChoice.Choice.KEEP


# --- What is left ---


def missing_choices(renewal: Renewal, *, on: datetime.date) -> list[str]:
    """Sentences about what has to be chosen before a draft can be made; empty when all has been."""
    agreement = renewal.agreement
    activities = Activity.objects.of(agreement).select_related("focus_area").in_order()
    goals = Goal.objects.filter(focus_area__agreement=agreement)
    seats = Seat.objects.filter(group__agreement=agreement).select_related("organisation")
    sentences = [
        f"Välj vad som ska hända med {noun}: {named(names)}."
        for noun, names in (
            ("aktiviteterna", list(map(str, unchosen(activities, renewal.activity_choices, "activity")))),
            ("målen", [f"”{goal}”" for goal in unchosen(goals, renewal.goal_choices, "goal")]),
            (
                "platserna",
                [f"{seat.title} ({seat.organisation})" for seat in unchosen(seats, renewal.seat_choices, "seat")],
            ),
        )
        if names
    ]
    if not coordinator_goes_along(renewal, on=on):
        sentences.append(
            "Låt minst en plats som brottsförebyggande samordnare följa med sin innehavare. "
            "Annars kan ingen arbeta vidare med utkastet."
        )
    return sentences


def unchosen(things: QuerySet, choices, link: str) -> QuerySet:
    return things.exclude(pk__in=choices.values(link))


def named(names: list[str]) -> str:
    more = [f"{len(names) - MOST_NAMED} till"] if len(names) > MOST_NAMED else []
    return joined([*names[:MOST_NAMED], *more])


def coordinator_goes_along(renewal: Renewal, *, on: datetime.date) -> bool:
    """Whether somebody who coordinates today keeps the seat, so that there is somebody to work on the draft."""
    kept = renewal.seat_choices.filter(choice=SeatChoice.Choice.KEEP, seat__function=Seat.Function.COORDINATOR)
    return Membership.objects.held(on=on).filter(seat__in=kept.values("seat"), user__is_active=True).exists()


# --- The guide's steps ---


@dataclass(frozen=True)
class Step:
    """One step: what it is called, how far it has come in words, and where it is done."""

    title: str
    words: str
    is_done: bool
    link_label: str = ""
    url: str = ""
    is_next: bool = False


def steps_of(renewal: Renewal) -> list[Step]:
    """The guide's steps with what is done and what is left; a fixed number of queries."""
    agreement = renewal.agreement
    activities = how_far(Activity.objects.of(agreement), renewal.activity_choices)
    goals = how_far(Goal.objects.filter(focus_area__agreement=agreement), renewal.goal_choices)
    seats = how_far(Seat.objects.filter(group__agreement=agreement), renewal.seat_choices)
    has_closing = bool(renewal.closing_statement.strip())
    period = date_range_words(renewal.starts_on, renewal.ends_on)
    steps = [
        Step("Den nya perioden", f"{period}.", True, "Ändra perioden", address("update", renewal)),
        Step(
            "Aktiviteterna",
            in_words(*activities, "aktivitet", "aktiviteter"),
            activities[0] == activities[1],
            "Välj för aktiviteterna",
            address("activities", renewal),
        ),
        Step(
            "Målen",
            in_words(*goals, "mål", "mål", neuter=True),
            goals[0] == goals[1],
            "Välj för målen",
            address("goals", renewal),
        ),
        Step(
            "Platserna",
            in_words(*seats, "plats", "platser"),
            seats[0] == seats[1],
            "Välj för platserna",
            address("seats", renewal),
        ),
        Step(
            "Slutord om perioden",
            "Skrivet." if has_closing else "Inte skrivet än. Det kan också skrivas senare.",
            has_closing,
            "Skriv slutordet" if not has_closing else "Ändra slutordet",
            address("closing", renewal),
        ),
    ]
    # The closing statement can wait: it is never what has to be done next.
    following = next((step for step in steps[:-1] if not step.is_done), None)
    return [replace(step, is_next=step is following) for step in steps]


def address(step: str, renewal: Renewal) -> str:
    return reverse(f"focus_areas:renewal_{step}", args=[renewal.pk])


def how_far(things: QuerySet, choices) -> tuple[int, int]:
    return choices.count(), things.count()


def in_words(chosen: int, total: int, singular: str, plural: str, *, neuter: bool = False) -> str:
    if not total:
        return f"Inga {plural} att välja för."
    if chosen >= total:
        return f"Valt för {'alla ' if total > 1 else ''}{counted(total, singular, plural, neuter=neuter)}."
    left = counted(total - chosen, singular, plural, neuter=neuter)
    return f"{upper_first(left)} kvar av {number_word(total, neuter=neuter)}."


# --- The closing statement ---


def closing_words(agreement: Agreement, *, today: datetime.date) -> str:
    """The old period's figures in words, to begin the closing statement with."""
    paragraphs = [activities_in_words(agreement), promises_in_words(agreement, today=today), goals_in_words(agreement)]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def activities_in_words(agreement: Agreement) -> str:
    counts = Activity.objects.of(agreement).aggregate(
        all=Count("pk"), **{status: Count("pk", filter=Q(status=status)) for status in Activity.Status.values}
    )
    if not counts["all"]:
        return "Perioden hade inga aktiviteter."
    words = [
        f"{counts[status]} {ones if counts[status] == 1 else several}"
        for status, ones, several in (
            (Activity.Status.COMPLETED, "är genomförd", "är genomförda"),
            (Activity.Status.ONGOING, "pågick", "pågick"),
            (Activity.Status.DELAYED, "var försenad", "var försenade"),
            (Activity.Status.PAUSED, "var pausad", "var pausade"),
            (Activity.Status.CANCELLED, "är avbruten", "är avbrutna"),
            (Activity.Status.NOT_STARTED, "var inte påbörjad", "var inte påbörjade"),
        )
        if counts[status]
    ]
    heading = upper_first(counted(counts["all"], "aktivitet", "aktiviteter"))
    return f"{heading} stod i planen. När slutordet skrevs: {joined(words)}."


def promises_in_words(agreement: Agreement, *, today: datetime.date) -> str:
    """All together, then per party and jointly those with a number that have been kept."""
    promises = read_promises(agreement, today=today)
    kept = [f"{party.heading} {party.short}" for party in promises.parties if party.promised]
    sentences = [f"{promises.total.sentence}."] if promises.total.sentence else ["Inga åtaganden gavs."]
    if kept:
        sentences.append(f"Hållna av dem som har ett antal: {joined(kept)}.")
    return " ".join(sentences)


# Where a goal can be said to have been reached or not: it has a target, and a value to set against it.
JUDGED = {Standing.REACHED, Standing.NOT_REACHED, Standing.ON_THE_WAY, Standing.UNMOVED, Standing.MOVING_AWAY}


def goals_in_words(agreement: Agreement) -> str:
    progress = goal_progress(goals_to_choose(agreement))
    if not progress:
        return "Perioden hade inga mål."
    judged = [one for one in progress if one.standing in JUDGED]
    unmeasured = len(progress) - len(judged)
    sentences = []
    if judged:
        reached = sum(one.standing == Standing.REACHED for one in judged)
        sentences.append(f"{reached} av {len(judged)} mål med ett uppmätt värde är nådda.")
    if unmeasured:
        goals = counted(unmeasured, "mål", "mål", neuter=True)
        sentences.append(f"För {goals} finns inget uppmätt värde att jämföra med.")
    return " ".join(sentences)


# --- After the draft ---


def to_rewrite(renewal: Renewal) -> list[Activity]:
    """The draft's activities that were to go on changed, for whoever now writes the change."""
    changed = renewal.activity_choices.filter(choice=ActivityChoice.Choice.CHANGE)
    return list(
        Activity.objects.of(renewal.successor)
        .filter(carried_over_from__in=changed.values("activity"))
        .select_related("focus_area")
        .in_order()
    )
