"""Loading what the plan rests on: situation pictures, problems, indicators and causes."""

from typing import Any

from agreements import sheets
from agreements.models import Indicator, IndicatorValue, LinkedPlan, PictureSource, Problem, SituationPicture
from agreements.models.indicators import LAST_YEAR
from focus_areas.models import Cause, CauseAnalysis
from focus_areas.sheets import CAUSE_ANALYSES, CAUSES
from focus_areas.workbook.agreement_sheets import PartLoader
from focus_areas.workbook.references import analysis_tiers, cause_tiers, problem_tiers
from focus_areas.workbook.rows import Entry, SheetLoader

ADOPTED = "Lägesbilden är fastställd och kan inte ändras. Gör en ny version i portalen."
ADOPTED_ELSEWHERE = "En lägesbild fastställs på sin sida, inte i filen."
NOT_ADOPTED_YET = "Dagen ligger i framtiden. Lägg in lägesbilden när den är fastställd."
ONE_DRAFT = "En överenskommelse har högst ett arbetsmaterial till lägesbild."


class LinkedPlanLoader(PartLoader):
    sheet = sheets.LINKED_PLANS
    model = LinkedPlan
    key = ("title",)


class PictureLoader(PartLoader):
    """A picture that is new to the portal comes in the state that the file says; an adopted one never changes."""

    sheet = sheets.PICTURES
    model = SituationPicture
    key = ("title", "reference_number")
    links = {"supersedes": sheets.PICTURES}

    def tiers(self, thing: Any) -> tuple:
        return (thing.title,), (str(thing),)

    def compare(self, entry: Entry) -> None:
        stored = entry.thing.state
        if entry.cells["state"] is None:
            entry.cells["state"] = stored
        super().compare(entry)
        if not entry.is_new and "state" in entry.new_values and stored == SituationPicture.State.DRAFT:
            self.fault(entry, "state", ADOPTED_ELSEWHERE)

    def check_lock(self, entry: Entry) -> None:
        super().check_lock(entry)
        state = entry.old_values.get("state", entry.thing.state)
        if not entry.is_new and state == SituationPicture.State.ADOPTED:
            for name in entry.new_values:
                self.fault(entry, name, ADOPTED)

    def check(self, entry: Entry) -> None:
        super().check(entry)
        adopted_on = entry.new_values.get("adopted_on")
        if adopted_on and adopted_on > self.loading.today:
            self.fault(entry, "adopted_on", NOT_ADOPTED_YET)

    def check_unique(self) -> None:
        pictures = [*self.left_alone, *(entry.thing for entry in self.entries)]
        drafts = [picture for picture in pictures if picture.state == SituationPicture.State.DRAFT]
        for entry in self.entries:
            if len(drafts) > 1 and entry.new_values and entry.thing in drafts[1:]:
                self.fault(entry, "state", ONE_DRAFT)


class PicturePartLoader(SheetLoader):
    """Rows that belong to a picture, and stand still when it does."""

    owner = ""
    key = ("situation_picture", "title")
    links = {"situation_picture": sheets.PICTURES}

    def existing(self):
        agreement = self.loading.agreement
        if not agreement or not agreement.pk:
            return self.model.objects.none()
        return self.model.objects.filter(situation_picture__agreement=agreement).select_related("situation_picture")

    def check_lock(self, entry: Entry) -> None:
        super().check_lock(entry)
        picture = self.fields["situation_picture"].get_cached_value(entry.thing, default=None)
        if picture is None or not picture.is_adopted or not picture.pk or self.is_from_this_file(picture):
            return
        for name in ("title",) if entry.is_new else entry.new_values:
            self.fault(entry, name, ADOPTED)

    def is_from_this_file(self, picture: SituationPicture) -> bool:
        return id(picture) in self.loading.new_things

    def describe(self, thing: Any) -> str:
        return f"{thing}, {thing.situation_picture}"


class SourceLoader(PicturePartLoader):
    sheet = sheets.SOURCES
    model = PictureSource

    def tiers(self, thing: Any) -> tuple:
        return ()


class ProblemLoader(PicturePartLoader):
    sheet = sheets.PROBLEMS
    model = Problem
    lists = {"areas": sheets.AREAS}

    def existing(self):
        return super().existing().prefetch_related("areas")

    def tiers(self, thing: Any) -> tuple:
        return problem_tiers(thing)


class IndicatorLoader(PartLoader):
    sheet = sheets.INDICATORS
    model = Indicator
    key = ("name",)


class IndicatorValueLoader(SheetLoader):
    sheet = sheets.INDICATOR_VALUES
    model = IndicatorValue
    owner = ""
    key = ("indicator", "comparison", "area", "sex", "year")
    links = {"indicator": sheets.INDICATORS, "area": sheets.AREAS}

    def existing(self):
        agreement = self.loading.agreement
        if not agreement or not agreement.pk:
            return self.model.objects.none()
        return self.model.objects.filter(indicator__agreement=agreement).select_related("indicator")

    def check(self, entry: Entry) -> None:
        super().check(entry)
        year = entry.new_values.get("year")
        if year and self.loading.today.year < year <= LAST_YEAR:
            self.fault(entry, "year", f"År {year} har inte varit än.")

    def tiers(self, thing: Any) -> tuple:
        return ()


class OfPictureLoader(SheetLoader):
    """Rows about the causes of a problem; they go on living when the picture is adopted."""

    owner = ""
    path = ""

    def existing(self):
        agreement = self.loading.agreement
        if not agreement or not agreement.pk:
            return self.model.objects.none()
        found = self.model.objects.filter(**{f"{self.path}__situation_picture__agreement": agreement})
        return found.select_related(f"{self.path}__situation_picture")


class CauseAnalysisLoader(OfPictureLoader):
    sheet = CAUSE_ANALYSES
    model = CauseAnalysis
    path = "problem"
    key = ("problem",)
    links = {"problem": sheets.PROBLEMS}

    def tiers(self, thing: Any) -> tuple:
        return analysis_tiers(thing)


class CauseLoader(OfPictureLoader):
    sheet = CAUSES
    model = Cause
    path = "analysis__problem"
    key = ("analysis", "title")
    links = {"analysis": CAUSE_ANALYSES}

    def tiers(self, thing: Any) -> tuple:
        return cause_tiers(thing)

    def describe(self, thing: Any) -> str:
        return f"{thing}, {thing.analysis.problem}"
