"""Rows of the red thread for tests: pictures, indicators, causes, plans, communication, evaluation, renewal."""

import datetime
from decimal import Decimal

from django.core.files.base import ContentFile

from accounts.models import User
from agreements.models import (
    Agreement,
    Indicator,
    IndicatorValue,
    LinkedPlan,
    PendingIndicatorFile,
    PictureDocument,
    PictureSource,
    Problem,
    Seat,
    SituationPicture,
)
from focus_areas.models import (
    ActionPlan,
    Activity,
    ActivityChoice,
    Cause,
    CauseAnalysis,
    CommunicationItem,
    CommunicationPlan,
    Evaluation,
    Finding,
    Goal,
    GoalChoice,
    GoalCriterion,
    Grant,
    PlannedFollowUp,
    Recommendation,
    Renewal,
    SeatChoice,
)
from focus_areas.operations.renewals import keep_choices
from reports.models import CouncilReport
from tests.factories import TODAY, at, author

# Trygghetsindex of Burlöv as the police published it, and of the local police area where it was found.
SAFETY_INDEX = {2019: ("2.16", "1.66"), 2020: ("2.25", "1.69"), 2021: ("2.03", None), 2022: ("2.22", "1.57")}


def make_picture(agreement: Agreement, *, adopted_on: datetime.date | None = None, **fields) -> SituationPicture:
    """Working material; adopted when `adopted_on` is given."""
    if adopted_on:
        fields = {
            "state": SituationPicture.State.ADOPTED,
            "adopted_on": adopted_on,
            "adopted_by": "Kommunstyrelsen",
            "paragraph": "§ 112",
            "reference_number": "KS/2022:523",
        } | fields
    return SituationPicture.objects.create(
        agreement=agreement,
        **{
            "title": "Lägesbild hösten 2022" if adopted_on else "Lägesbild, arbetsmaterial",
            "mapping": "Anmälda brott minskar utom i centrala Arlöv.",
            "other_information": "Medborgardialogen visar oro kring stationen.",
            "analysis": "Otryggheten är störst på kvällen och på få platser.",
        }
        | fields,
    )


def make_problem(picture: SituationPicture, title: str | None = None, **fields) -> Problem:
    number = picture.problems.count() + 1
    return Problem.objects.create(
        situation_picture=picture,
        title=title or f"Otrygghet på kvällen, plats {number}",
        **{"is_common": 2, "is_rising": 1, "is_prioritised": True, "trend": Problem.Trend.RISING} | fields,
    )


def make_source(picture: SituationPicture, **fields) -> PictureSource:
    number = picture.sources.count() + 1
    return PictureSource.objects.create(
        situation_picture=picture,
        **{"title": f"Källa {number}", "comment": "Gav antal och platser."} | fields,
    )


def make_picture_document(picture: SituationPicture, *, by: User | None = None) -> PictureDocument:
    document = PictureDocument(
        situation_picture=picture,
        title="Enkäten",
        file_name="enkat.pdf",
        content_type="application/pdf",
        size=8,
        added_by=by or author(),
    )
    document.file.save("enkat.pdf", ContentFile(b"%PDF-1.7"))
    return document


def make_linked_plan(agreement: Agreement, **fields) -> LinkedPlan:
    number = agreement.linkedplans.count() + 1
    return LinkedPlan.objects.create(
        agreement=agreement, **{"title": f"Plan {number}", "subject": LinkedPlan.Subject.DRUGS} | fields
    )


def make_indicator(agreement: Agreement, *, with_values: bool = True, **fields) -> Indicator:
    """The safety index: 0–6, low is good; with four years of Burlöv beside the local police area."""
    number = agreement.indicators.count() + 1
    indicator = Indicator.objects.create(
        agreement=agreement,
        **{
            "name": "Trygghetsindex" if number == 1 else f"Trygghetsindex {number}",
            "source": "Polisens trygghetsmätning",
            "unit": "index",
            "scale_lowest": Decimal("0"),
            "scale_highest": Decimal("6"),
            "lower_is_better": True,
        }
        | fields,
    )
    for year, (own, district) in SAFETY_INDEX.items() if with_values else ():
        make_value(indicator, year, own)
        if district:
            make_value(indicator, year, district, comparison="LPO Kävlinge")
    return indicator


def make_value(indicator: Indicator, year: int, value: str, **fields) -> IndicatorValue:
    return IndicatorValue.objects.create(indicator=indicator, year=year, value=Decimal(value), **fields)


def make_pending_indicator_file(agreement: Agreement, *, by: User) -> PendingIndicatorFile:
    content = "indikator;år;värde;jämförelse;delområde;kön;källa;anmärkning\nTrygghetsindex;2023;1,76;;;;;\n"
    return PendingIndicatorFile.objects.create(
        agreement=agreement, uploaded_by=by, file_name="varden.csv", content=content.encode()
    )


def make_cause(problem: Problem, title: str | None = None, **fields) -> Cause:
    analysis, _ = CauseAnalysis.objects.get_or_create(problem=problem)
    return Cause.objects.create(
        analysis=analysis,
        title=title or f"Mörka stråk {analysis.causes.count() + 1}",
        **{"leg": Cause.Leg.PLACE, "kind": Cause.Kind.RISK, "evidence": Cause.Evidence.EXPERIENCE} | fields,
    )


def make_goal_criterion(agreement: Agreement, label: str, check_for: str, **fields) -> GoalCriterion:
    return GoalCriterion.objects.create(
        agreement=agreement,
        label=label,
        check_for=check_for,
        **{"position": agreement.goal_criteria.count()} | fields,
    )


def make_plan(agreement: Agreement, **fields) -> ActionPlan:
    """A draft of the next version."""
    version = agreement.action_plans.count() + 1
    return ActionPlan.objects.create(
        agreement=agreement, **{"version": version, "title": f"Åtgärdsplan {2022 + version}"} | fields
    )


def make_planned_follow_up(activity: Activity, **fields) -> PlannedFollowUp:
    number = activity.planned_follow_ups.count()
    return PlannedFollowUp.objects.create(
        activity=activity,
        **{
            "kind": PlannedFollowUp._meta.get_field("kind").choices[0][0],
            "what": "Antal vandringar och deltagare",
            "how": "Loggen och en enkät till deltagarna",
            "due_on": TODAY + datetime.timedelta(days=10 + number),
        }
        | fields,
    )


def make_grant(activity: Activity, **fields) -> Grant:
    return Grant.objects.create(
        activity=activity,
        **{
            "source": "Brottsförebyggande rådet",
            "amount": Decimal("150000"),
            "report_due_on": TODAY + datetime.timedelta(days=30),
        }
        | fields,
    )


def make_evaluation(agreement: Agreement, **fields) -> Evaluation:
    number = agreement.evaluations.count() + 1
    return Evaluation.objects.create(
        agreement=agreement,
        **{"title": f"Utvärdering {number}", "done_by": "Malmö universitet", "done_on": datetime.date(2025, 5, 5)}
        | fields,
    )


def make_finding(evaluation: Evaluation, **fields) -> Finding:
    return Finding.objects.create(
        evaluation=evaluation,
        **{"level": Finding.Level.TACTICAL, "text": "Uppdragen till arbetsgrupperna är otydliga."} | fields,
    )


def make_recommendation(evaluation: Evaluation, **fields) -> Recommendation:
    return Recommendation.objects.create(evaluation=evaluation, **{"text": "Skriv uppdrag för varje grupp."} | fields)


def make_communication_plan(agreement: Agreement, **fields) -> CommunicationPlan:
    number = agreement.communication_plans.count() + 1
    return CommunicationPlan.objects.create(
        agreement=agreement, **{"title": f"Kommunikationsplan {number}", "is_joint": number == 1} | fields
    )


def make_communication_item(plan: CommunicationPlan, **fields) -> CommunicationItem:
    return CommunicationItem.objects.create(
        plan=plan,
        **{
            "direction": CommunicationItem.Direction.EXTERNAL,
            "audience": "Boende i Arlöv",
            "message": "Vi går en trygghetsvandring i höst.",
            "channel": "Kommunens webbplats",
            "due_on": TODAY + datetime.timedelta(days=5),
        }
        | fields,
    )


def make_council_report(agreement: Agreement, **fields) -> CouncilReport:
    number = agreement.council_reports.count() + 1
    return CouncilReport.objects.create(
        agreement=agreement,
        **{"title": f"Rapport {number}/2026", "reported_on": datetime.date(2026, 6, 15), "paragraph": "§ 61"} | fields,
    )


def make_renewal(agreement: Agreement, *, by: User | None = None, **fields) -> Renewal:
    return Renewal.objects.create(
        agreement=agreement,
        created_by=by or author(),
        created_at=at(TODAY),
        **{
            "title": "Samverkansöverenskommelse 2027–2030",
            "starts_on": datetime.date(2027, 1, 1),
            "ends_on": datetime.date(2030, 12, 31),
        }
        | fields,
    )


def choose_for_all(renewal: Renewal, *, by: User, choice: str = "continue", reason: str = "") -> None:
    """Choose the same for every activity and goal, and let each seat go along with its holder."""
    agreement = renewal.agreement
    things = (
        (ActivityChoice, "activity", Activity.objects.of(agreement), {"choice": choice, "reason": reason}),
        (GoalChoice, "goal", Goal.objects.filter(focus_area__agreement=agreement), {"choice": choice}),
        (SeatChoice, "seat", Seat.objects.filter(group__agreement=agreement), {"choice": "keep"}),
    )
    for model, link, rows, values in things:
        keep_choices(renewal=renewal, model=model, link=link, choices={row: values for row in rows}, by=by)
