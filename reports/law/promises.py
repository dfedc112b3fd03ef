"""What the agreement itself promises beyond the law, one function for each promise: pure, the day as an argument."""

import datetime

from documents.swedish_dates import date_words
from documents.swedish_words import counted, upper_first
from focus_areas.access import Capability
from reports.law.evidence import Evidence
from reports.law.paragraphs import end_clock, is_replaced, mend_agreement, picture_updated, some
from reports.law.rows import Clock, Link, Mend, Row, State, day_words

AGREED = "Överenskommelsen"


def picture_revised(evidence: Evidence, *, today: datetime.date) -> Row:
    """The same clock as the law's, as the agreement says it."""
    row = picture_updated(evidence, today=today)
    return Row(
        key="lagesbilden-reviderad",
        paragraph=AGREED,
        title="Lägesbilden reviderad",
        demand="Parterna ser över den gemensamma lägesbilden minst vartannat år.",
        state=row.state,
        evidence=row.evidence,
        missing=row.missing,
        mend=row.mend,
        clock=row.clock,
    )


def measurable_goals(evidence: Evidence, *, today: datetime.date) -> Row:
    goals = evidence.goals
    unmeasured = [goal for goal in goals if not goal.is_measured]
    measured = len(goals) - len(unmeasured)
    mend = None
    if not goals:
        missing = ("Inga mål är inlagda.",)
    elif unmeasured:
        # The red thread names them all, and what each lacks.
        missing = (f"{upper_first(counted(len(unmeasured), 'mål', 'mål', neuter=True))} mäts inte än.",)
        mend = Mend(
            "Ange hur målen mäts", "focus_areas:red_thread", evidence.agreement.id, capability=str(Capability.PLAN)
        )
    else:
        missing = ()
    return Row(
        key="mal",
        paragraph=AGREED,
        title="Mätbara mål",
        demand="Målen är specifika, mätbara, avgränsade, realistiska och tidsatta. Här räknas de som har ett målvärde "
        "och något som mäter det, själva eller genom sina delmål.",
        state=State.LACKING if missing else State.MET,
        evidence=(
            (Link(f"{measured} av {len(goals)} mål mäts", "focus_areas:red_thread", evidence.agreement.id),)
            if goals
            else ()
        ),
        missing=missing,
        mend=mend or (mend_no_goals(evidence) if missing else None),
    )


def mend_no_goals(evidence: Evidence) -> Mend:
    plan = str(Capability.PLAN)
    if evidence.focus_areas:
        first = evidence.focus_areas[0].id
        return Mend("Lägg till mål", "focus_areas:focus_area_detail", first, capability=plan)
    return Mend("Gå till åtgärdsplanen", "focus_areas:action_plan", evidence.agreement.id, capability=plan)


def communication_plan(evidence: Evidence, *, today: datetime.date) -> Row:
    plan = next(iter(evidence.joint_plans), None)
    clock, missing, mend = None, (), None
    if plan is None:
        missing = ("Ingen gemensam kommunikationsplan är inlagd.",)
        state = State.LACKING
        mend = Mend(
            "Skriv kommunikationsplanen",
            "focus_areas:communication_plan_create",
            evidence.agreement.id,
            capability=str(Capability.PLAN),
        )
    elif plan.ends_on:
        clock = Clock(
            title="Förnya kommunikationsplanen",
            last_on=plan.starts_on or min(today, plan.ends_on),
            due_on=plan.ends_on,
            today=today,
            rule="Kommunikationsplanens sista dag.",
        )
        state = clock.state
        if state is not State.MET:
            verb = "gick" if state is State.LACKING else "går"
            missing = (f"Kommunikationsplanen {verb} ut {date_words(plan.ends_on)}, {clock.words}.",)
            mend = Mend(
                "Ändra kommunikationsplanen",
                "focus_areas:communication_plan_update",
                plan.id,
                capability=str(Capability.PLAN),
            )
    else:
        state = State.MET
    return Row(
        key="kommunikationsplan",
        paragraph=AGREED,
        title="Kommunikationsplan",
        demand="Parterna har en gemensam plan för hur de informerar, inåt och utåt.",
        state=state,
        evidence=(Link(plan.title, "focus_areas:communication_plan_detail", plan.id),) if plan else (),
        missing=missing,
        mend=mend,
        clock=clock,
    )


def child_interests(evidence: Evidence, *, today: datetime.date) -> Row:
    weighed = [area for area in evidence.focus_areas if is_weighed(area, evidence, today=today)]
    left = [area for area in evidence.focus_areas if area not in weighed]
    if not evidence.focus_areas:
        missing = ("Överenskommelsen har inga fokusområden.",)
    elif left:
        missing = (f"Barnets bästa är inte prövat i {some([area.name for area in left])}.",)
    else:
        missing = ()
    total = len(evidence.focus_areas)
    mend = Mend(
        "Pröva barnets bästa", "focus_areas:child_interests", evidence.agreement.id, capability=str(Capability.PLAN)
    )
    return Row(
        key="barnets-basta",
        paragraph=AGREED,
        title="Barnets bästa",
        demand="Barnets bästa är prövat i varje fokusområde: sammanfattat för området, eller prövat i alla dess "
        "aktiviteter.",
        state=State.LACKING if missing else State.MET,
        evidence=(
            (
                Link(
                    f"Prövat i {len(weighed)} av {total} fokusområden",
                    "focus_areas:child_interests",
                    evidence.agreement.id,
                ),
            )
            if total
            else ()
        ),
        missing=missing,
        mend=mend if missing else None,
    )


def is_weighed(area, evidence: Evidence, *, today: datetime.date) -> bool:
    if area.has_child_summary:
        return True
    activities = [activity for activity in evidence.activities if activity.focus_area_id == area.id]
    return bool(activities) and all(
        activity.children_weighed_on and activity.children_weighed_on <= today for activity in activities
    )


def follow_up_planned(evidence: Evidence, *, today: datetime.date) -> Row:
    activities = [activity for activity in evidence.activities if not activity.is_finished]
    without_day = [activity for activity in activities if not activity.says_when]
    without_way = [activity for activity in activities if not activity.says_how]
    missing = []
    if not evidence.activities:
        missing.append("Planen har inga aktiviteter.")
    if without_day:
        missing.append(f"Det står inte när de följs upp: {some([activity.name for activity in without_day])}.")
    if without_way:
        missing.append(f"Det står inte hur de följs upp: {some([activity.name for activity in without_way])}.")
    planned = len([activity for activity in activities if activity.says_when and activity.says_how])
    overview = ("focus_areas:follow_up_overview", evidence.agreement.id)
    return Row(
        key="uppfoljning-planerad",
        paragraph=AGREED,
        title="Uppföljningen planerad",
        demand="Åtgärdsplanen säger när och hur varje aktivitet följs upp.",
        state=State.LACKING if missing else State.MET,
        evidence=(Link(f"Planerat för {planned} av {len(activities)} aktiviteter", *overview),) if activities else (),
        missing=tuple(missing),
        mend=Mend("Planera uppföljningen", *overview, capability=str(Capability.PLAN)) if missing else None,
    )


def renewal(evidence: Evidence, *, today: datetime.date) -> Row:
    agreement = evidence.agreement
    clock = end_clock(evidence, today=today)
    links = [Link(other.name, "agreements:agreement_detail", other.id) for other in evidence.successors]
    links += [Link(f"Förnyelsen: {begun.title}", "focus_areas:renewal_detail", begun.id) for begun in evidence.renewals]
    state = State.MET if clock is None or is_replaced(evidence) else clock.state
    missing = () if state is State.MET else (ending_words(evidence, clock, today=today),)
    if not missing and clock is None:
        missing = ("Överenskommelsen har ingen sista dag angiven.",)
    return Row(
        key="fornyelse",
        paragraph=AGREED,
        title="Överenskommelsens slut",
        demand="Överenskommelsen förnyas innan den går ut, så att arbetet inte avstannar.",
        state=state,
        evidence=tuple(links) or (Link(agreement.name, "agreements:agreement_detail", agreement.id),),
        missing=missing,
        mend=None if state is State.MET else mend_agreement(evidence),
        clock=clock,
    )


def ending_words(evidence: Evidence, clock: Clock, *, today: datetime.date) -> str:
    """Överenskommelsen går ut 31 december 2026, om 38 dagar, och ingen förnyelse är påbörjad."""
    verb = "gick" if clock.state is State.LACKING else "går"
    begun = (
        "förnyelsen är påbörjad men inte klar"
        if evidence.renewals or evidence.successors
        else ("ingen förnyelse är påbörjad")
    )
    day = clock.due_on
    return f"Överenskommelsen {verb} ut {date_words(day)}, {day_words(day, today)}, och {begun}."


PROMISES = (picture_revised, measurable_goals, communication_plan, child_interests, follow_up_planned, renewal)
