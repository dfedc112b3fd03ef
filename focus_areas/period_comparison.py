"""Two periods side by side: what was carried over, what was ended and why, and what is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from agreements.models import Agreement
from focus_areas.models import Activity, FocusArea, Goal, Renewal
from focus_areas.models.renewals import RenewalChoice

NEW = "Ny"
CONTINUES = "Fortsätter"
NOT_CARRIED = "Inte förd över"


@dataclass(frozen=True)
class Pair:
    """A thing of the old period and what became of it in the new one; one of the two may be missing."""

    old: Activity | Goal | None
    new: Activity | Goal | None
    outcome: str
    reason: str = ""


@dataclass
class FocusAreaPair:
    """A focus area of either period, with the goals and activities of both."""

    old: FocusArea | None
    new: FocusArea | None
    goals: list[Pair] = field(default_factory=list)
    activities: list[Pair] = field(default_factory=list)

    @property
    def is_renamed(self) -> bool:
        return bool(self.old and self.new and str(self.old) != str(self.new))


@dataclass(frozen=True)
class Comparison:
    """Both agreements, the renewal that led from one to the other where there was one, and what they hold."""

    old: Agreement
    new: Agreement
    renewal: Renewal | None
    focus_areas: list[FocusAreaPair]
    continued: int
    ended: int
    added: int

    @property
    def both(self) -> tuple[Agreement, Agreement]:
        return self.old, self.new


def neighbours(agreement: Agreement, *, user) -> list[Agreement]:
    """The agreements before and after this one that the person may see, the newest first."""
    visible = Agreement.objects.visible_to(user)
    return list(visible.filter(predecessor=agreement) | visible.filter(pk=agreement.predecessor_id))


def compare_periods(one: Agreement, other: Agreement) -> Comparison:
    """Read two agreements, one the other's predecessor, side by side; a fixed number of queries."""
    old, new = (other, one) if one.predecessor_id == other.pk else (one, other)
    renewal = Renewal.objects.filter(agreement=old, successor=new).first()
    choices = choices_of(renewal)
    pairs = pair_focus_areas(old, new)
    by_old = {pair.old.pk: pair for pair in pairs if pair.old}
    by_new = {pair.new.pk: pair for pair in pairs if pair.new}

    def place(thing_pairs: Iterable[Pair], name: str) -> list[Pair]:
        placed = list(thing_pairs)
        for pair in placed:
            home = by_old[pair.old.focus_area_id] if pair.old else by_new[pair.new.focus_area_id]
            getattr(home, name).append(pair)
        return placed

    place(pair_things(goals_in(old), goals_in(new), choices["goal"]), "goals")
    activities = place(pair_things(activities_in(old), activities_in(new), choices["activity"]), "activities")
    return Comparison(
        old=old,
        new=new,
        renewal=renewal,
        focus_areas=pairs,
        continued=sum(bool(pair.old and pair.new) for pair in activities),
        ended=sum(pair.new is None for pair in activities),
        added=sum(pair.old is None for pair in activities),
    )


def choices_of(renewal: Renewal | None) -> dict[str, dict[int, RenewalChoice]]:
    if renewal is None:
        return {"goal": {}, "activity": {}}
    return {
        "goal": {choice.goal_id: choice for choice in renewal.goal_choices.all()},
        "activity": {choice.activity_id: choice for choice in renewal.activity_choices.all()},
    }


def activities_in(agreement: Agreement) -> QuerySet[Activity]:
    return Activity.objects.of(agreement).select_related("focus_area").in_order()


def goals_in(agreement: Agreement) -> QuerySet[Goal]:
    return Goal.objects.filter(focus_area__agreement=agreement).select_related("focus_area").order_by("pk")


def pair_focus_areas(old: Agreement, new: Agreement) -> list[FocusAreaPair]:
    """In the old agreement's order, those that are new last."""
    newer = list(new.focus_areas.in_order())
    carried = {focus_area.carried_over_from_id: focus_area for focus_area in newer if focus_area.carried_over_from_id}
    pairs = [FocusAreaPair(focus_area, carried.get(focus_area.pk)) for focus_area in old.focus_areas.in_order()]
    paired = {pair.new.pk for pair in pairs if pair.new}
    return pairs + [FocusAreaPair(None, focus_area) for focus_area in newer if focus_area.pk not in paired]


def pair_things(old: Iterable, new: Iterable, choices: dict[int, RenewalChoice]) -> list[Pair]:
    """Each old thing with all that was made of it, then what is new."""
    new = list(new)
    old = list(old)
    carried: dict[int, list] = {}
    for thing in new:
        carried.setdefault(thing.carried_over_from_id, []).append(thing)
    pairs = []
    for thing in old:
        choice = choices.get(thing.pk)
        made = carried.get(thing.pk, [])
        pairs += [Pair(thing, one, outcome(choice, is_there=True), reason(choice)) for one in made]
        if not made:
            pairs.append(Pair(thing, None, outcome(choice, is_there=False), reason(choice)))
    known = {thing.pk for thing in old}
    return pairs + [Pair(None, thing, NEW) for thing in new if thing.carried_over_from_id not in known]


def outcome(choice: RenewalChoice | None, *, is_there: bool) -> str:
    """What was chosen, unless the draft has been changed since so that it says otherwise."""
    if is_there:
        return choice.get_choice_display() if choice and choice.choice != choice.Choice.END else CONTINUES
    return choice.get_choice_display() if choice and choice.choice == choice.Choice.END else NOT_CARRIED


def reason(choice: RenewalChoice | None) -> str:
    return choice.reason if choice else ""
