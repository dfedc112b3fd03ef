"""What the page about a problem's causes shows: by leg, drawn and listed, with the activities that they explain."""

from dataclasses import dataclass

from django.db.models import Prefetch

from agreements.models import Problem
from focus_areas.fishbone import Fishbone, Leg, draw
from focus_areas.models import Activity, Cause, CauseAnalysis


@dataclass(frozen=True)
class LegOfCauses:
    label: str
    question: str
    causes: list[Cause]


QUESTIONS = {
    Cause.Leg.VICTIM: "Vem drabbas, och varför just de?",
    Cause.Leg.OFFENDER: "Vem begår brottet eller stör, och varför?",
    Cause.Leg.PLACE: "Var och när händer det, och vad på platsen gör det möjligt?",
}


def analysis_of(problem: Problem) -> CauseAnalysis | None:
    """The problem's analysis with its causes, and the activities that refer to them; three queries."""
    activities = Activity.objects.select_related("focus_area").in_order()
    causes = Cause.objects.prefetch_related(Prefetch("activities", queryset=activities))
    return CauseAnalysis.objects.filter(problem=problem).prefetch_related(Prefetch("causes", queryset=causes)).first()


def legs_of(analysis: CauseAnalysis | None) -> list[LegOfCauses]:
    """The three legs, in the order of the fishbone; risks before what protects, the best known first."""
    causes = sorted(
        analysis.causes.all() if analysis else [],
        key=lambda cause: (cause.kind == Cause.Kind.PROTECTIVE, -cause.evidence, cause.pk),
    )
    return [
        LegOfCauses(leg.label, QUESTIONS[leg], [cause for cause in causes if cause.leg == leg]) for leg in Cause.Leg
    ]


def fishbone_of(problem: Problem, legs: list[LegOfCauses]) -> Fishbone:
    return draw(
        problem.title,
        [Leg(leg.label, [(cause.title, cause.kind == Cause.Kind.PROTECTIVE) for cause in leg.causes]) for leg in legs],
    )
