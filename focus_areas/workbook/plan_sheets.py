"""Loading the plan: focus areas, goals, activities and commitments."""

from typing import Any

from agreements.sheets import AREAS, GROUPS, INDICATORS, ORGANISATIONS, PROBLEMS
from focus_areas import operations, sheets
from focus_areas.models import Activity, Commitment, FocusArea, Goal, Participation, ProcessLead
from focus_areas.workbook.identity import identity, identity_of_link
from focus_areas.workbook.references import activity_tiers, focus_area_tiers, goal_tiers
from focus_areas.workbook.rows import Entry, SheetLoader

GOAL_LINK = Goal._meta.get_field("focus_area")
ACTIVITY_LINK = Activity._meta.get_field("focus_area")


class FocusAreaLoader(SheetLoader):
    sheet = sheets.FOCUS_AREAS
    model = FocusArea
    key = ("title",)
    lists = {"problems": PROBLEMS}
    locked = frozenset({"number", "title"})
    unique = ("focus_area_number_unique_in_agreement",)
    numbered = "number"

    def __init__(self, *args):
        super().__init__(*args)
        self.first_with_number: dict[int | None, FocusArea] = {}

    def existing(self):
        agreement = self.loading.agreement
        if not agreement or not agreement.pk:
            return ()
        return FocusArea.objects.filter(agreement=agreement).prefetch_related("problems")

    def match(self) -> None:
        """By heading first; what no heading meets is met by its number, so that a heading can be corrected."""
        super().match()
        by_number = {thing.number: thing for thing in self.left_alone if thing.number is not None}
        for entry in self.entries:
            if entry.is_new and not entry.is_duplicate and self.is_named(entry):
                stored = by_number.pop(entry.cells["number"], None)
                if stored is not None:
                    self.begin(entry, stored)
                    self.left_alone.remove(stored)

    def tiers(self, thing: Any) -> tuple:
        """Of two rows with the same number the first is meant: the second has its fault already."""
        numbers, titles, both = focus_area_tiers(thing)
        first = self.first_with_number.setdefault(thing.number, thing)
        return numbers if first is thing else (), titles, both


class WithinFocusArea(SheetLoader):
    """Rows that name their focus area, and mean goals of that one where several have the same words."""

    owner = ""

    def of_agreement(self, path: str):
        agreement = self.loading.agreement
        if not agreement or not agreement.pk:
            return self.model.objects.none()
        return self.model.objects.filter(**{path: agreement})

    def focus_area_of(self, entry: Entry) -> tuple | None:
        """What tells the row's focus area from others, as far as it is known."""
        return identity(entry.new_values.get("focus_area"))

    def nearest(self, entry: Entry):
        own = self.focus_area_of(entry)
        return lambda thing: isinstance(thing, Goal) and identity_of_link(thing, GOAL_LINK) == own


class GoalLoader(WithinFocusArea):
    sheet = sheets.GOALS
    model = Goal
    key = ("focus_area", "statement")
    links = {
        "focus_area": sheets.FOCUS_AREAS,
        "parent": sheets.GOALS,
        "problem": PROBLEMS,
        "indicator": INDICATORS,
    }

    def existing(self):
        return self.of_agreement("focus_area__agreement").select_related("focus_area")

    def focus_area_of(self, entry: Entry) -> tuple | None:
        return identity_of_link(entry.thing, GOAL_LINK) if entry.thing else None

    def tiers(self, thing: Any) -> tuple:
        return goal_tiers(thing)


class ActivityLoader(WithinFocusArea):
    sheet = sheets.ACTIVITIES
    model = Activity
    key = ("focus_area", "title")
    links = {"focus_area": sheets.FOCUS_AREAS, "working_group": GROUPS}
    lists = {
        "process_lead": ORGANISATIONS,
        "participants": ORGANISATIONS,
        "areas": AREAS,
        "goals": sheets.GOALS,
        "causes": sheets.CAUSES,
    }
    ordered = frozenset({"process_lead", "participants"})
    unique = ("activity_number_unique_in_focus_area",)
    numbered = "number"
    actors = {"process_lead": ProcessLead, "participants": Participation}

    def existing(self):
        stored = self.of_agreement("focus_area__agreement").select_related("focus_area")
        return stored.select_for_update(of=("self",)).with_actors().prefetch_related("areas", "goals", "causes")

    def tiers(self, thing: Any) -> tuple:
        return activity_tiers(thing)

    def stored_list(self, entry: Entry, name: str) -> list:
        if name == "process_lead" and not entry.is_new:
            return entry.thing.lead_organisations
        if name == "participants" and not entry.is_new:
            return entry.thing.participant_organisations
        return super().stored_list(entry, name)

    def save(self, entry: Entry) -> None:
        lists = {name: entry.new_values[name] for name in self.lists if name in entry.new_values}
        if any(one.pk is None for things in lists.values() for one in things):
            return
        if entry.is_new:
            operations.save_activity(
                activity=entry.thing,
                by=self.loading.by,
                process_lead=lists.get("process_lead"),
                participants=lists.get("participants"),
            )
            self.save_lists(entry)
        else:
            super().save(entry)
            for name, link in self.actors.items():
                if name in lists:
                    operations.set_actors(activity=entry.thing, link=link, organisations=lists[name])
            if lists.keys() & self.actors.keys() and not entry.new_values.keys() - self.lists.keys():
                # A new version of the activity, so that a form opened before this does not write over it.
                entry.thing.save()


class CommitmentLoader(WithinFocusArea):
    sheet = sheets.COMMITMENTS
    model = Commitment
    key = ("activity", "organisation", "starts_on", "text")
    links = {"activity": sheets.ACTIVITIES, "organisation": ORGANISATIONS, "goal": sheets.GOALS}

    def existing(self):
        return self.of_agreement("activity__focus_area__agreement")

    def plain_value(self, entry: Entry, name: str) -> Any:
        """A number with an empty cell beside it is just that number, as `Commitment.clean` has it."""
        value = super().plain_value(entry, name)
        if name == "comparison" and not value and entry.cells["planned"] is not None:
            return Commitment.Comparison.NUMBER.value
        return value

    def focus_area_of(self, entry: Entry) -> tuple | None:
        activity = entry.new_values.get("activity")
        return identity_of_link(activity, ACTIVITY_LINK) if activity else None

    def tiers(self, thing: Any) -> tuple:
        return ()

    def describe(self, thing: Any) -> str:
        return f"{thing}, {thing.activity}"
