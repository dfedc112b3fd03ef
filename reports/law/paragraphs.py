"""The demands of lag (2023:196), one function for each paragraph: pure, with the day as an argument."""

import datetime

from agreements.access import Capability as AgreementCapability
from agreements.models import Agreement, Seat
from agreements.models.situation_pictures import RENEWED_AFTER_YEARS
from documents.date_steps import years_later
from documents.swedish_dates import date_words, number_word
from documents.swedish_words import counted, joined, upper_first
from focus_areas.access import Capability
from reports.access import Capability as ReportCapability
from reports.law.evidence import Evidence, GroupThen, PictureThen, SeatThen
from reports.law.follow_up_day import plan_followed_up
from reports.law.rows import Clock, Link, Mend, Row, State, day_words, decided_words, worst

# 6 §: the plan's follow-up, like the picture's renewal, at least every second year.
YEARS_BETWEEN = RENEWED_AFTER_YEARS
# 13 § says continuously and sets no day; the portal asks for a report at least once a year (ADR 20).
YEARS_BETWEEN_REPORTS = 1
NAMES_SHOWN = 3


def paragraph(number: str) -> str:
    return f"{number}\u00a0{'§§' if '–' in number else '§'}"


def some(names: list[str]) -> str:
    """The first few, and how many more there are."""
    if len(names) <= NAMES_SHOWN:
        return joined(names)
    return f"{', '.join(names[:NAMES_SHOWN])} och {counted(len(names) - NAMES_SHOWN, 'till', 'till')}"


# --- 4 §, 5 §, 6 §: the picture and the plan ---


def situation_picture(evidence: Evidence, *, today: datetime.date) -> Row:
    picture, missing = evidence.picture(on=today), ()
    if picture is None:
        missing = ("Ingen lägesbild är fastställd.",)
    elif picture.missing_parts:
        missing = (f"I lägesbilden saknas {joined(picture.missing_parts)}.",)
    return Row(
        key="lagesbild",
        question="Har kommunen en lägesbild med kartläggning, annat som har betydelse och analys?",
        shown_on=picture.adopted_on if picture else None,
        paragraph=paragraph("4"),
        title="Lägesbild",
        demand="En lägesbild av brotten i kommunen: en kartläggning av dem och vad de leder till, annat som har "
        "betydelse, och en analys av båda.",
        state=State.LACKING if missing else State.MET,
        evidence=picture_links(picture),
        missing=missing,
        mend=mend_picture(evidence) if missing else None,
    )


def picture_links(picture: PictureThen | None) -> tuple[Link, ...]:
    if picture is None:
        return ()
    text = f"{picture.name}, fastställd {date_words(picture.adopted_on)}"
    return (Link(text, "agreements:picture_detail", picture.id),)


def mend_picture(evidence: Evidence) -> Mend:
    draft = evidence.working_material
    capability = str(AgreementCapability.CHANGE_PICTURE)
    if draft:
        return Mend("Fortsätt på arbetsmaterialet", "agreements:picture_detail", draft.id, capability=capability)
    text = "Börja nästa lägesbild" if evidence.pictures else "Skriv en lägesbild"
    return Mend(text, "agreements:picture_create", evidence.agreement.id, capability=capability)


def action_plan(evidence: Evidence, *, today: datetime.date) -> Row:
    plan = evidence.plan(on=today)
    lacking, notes, links = [], [], []
    if plan is None:
        lacking.append("Ingen åtgärdsplan är beslutad.")
    else:
        decision = decided_words(plan.decided_by, plan.decided_on, plan.paragraph, plan.reference_number)
        links.append(Link(f"{plan.title}, version {plan.version}: {decision}", "focus_areas:plan_detail", plan.id))
        picture = evidence.picture_behind(plan)
        if plan.based_on_id is None:
            lacking.append("Det är inte angivet vilken lägesbild planen vilar på.")
        elif picture is not None:
            links.append(Link(f"vilar på {picture.name}", "agreements:picture_detail", picture.id))
            newest = evidence.picture(on=today)
            if newest and newest.id != picture.id:
                notes.append("Planen vilar på en äldre lägesbild än den som gäller.")
        unknown = [name for name, value in decision_facts(plan).items() if not value]
        if unknown:
            notes.append(f"{upper_first(joined(unknown))} är inte {'angiven' if len(unknown) == 1 else 'angivna'}.")
    return Row(
        key="atgardsplan",
        question="Har kommunen beslutat en åtgärdsplan som vilar på lägesbilden?",
        shown_on=plan.decided_on if plan else None,
        paragraph=paragraph("5"),
        title="Åtgärdsplan",
        demand="Ett beslut om en åtgärdsplan som vilar på lägesbilden.",
        state=State.LACKING if lacking else State.MET,
        evidence=tuple(links),
        missing=(*lacking, *notes),
        mend=mend_plan(evidence) if lacking or notes else None,
    )


def decision_facts(plan) -> dict[str, str]:
    return {"beslutets paragraf": plan.paragraph, "planens diarienummer": plan.reference_number}


def mend_plan(evidence: Evidence) -> Mend:
    draft = evidence.plan_draft
    if draft:
        capability = str(Capability.ADOPT_PLAN)
        return Mend("Gå till utkastet", "focus_areas:plan_detail", draft.id, capability=capability)
    text = "Börja nästa version av planen" if evidence.plans else "Ta fram en åtgärdsplan"
    return Mend(text, "focus_areas:plan_create", evidence.agreement.id, capability=str(Capability.PLAN))


def picture_updated(evidence: Evidence, *, today: datetime.date) -> Row:
    clock = picture_clock(evidence, today=today)
    state = clock.state if clock else State.LACKING
    picture = evidence.picture(on=today)
    return Row(
        key="lagesbilden-uppdaterad",
        question="Är lägesbilden uppdaterad de senaste två åren?",
        shown_on=picture.adopted_on if picture else None,
        paragraph=paragraph("6"),
        title="Lägesbilden uppdaterad",
        demand="Lägesbilden uppdateras minst vartannat år, eller tidigare när det behövs.",
        state=state,
        evidence=picture_links(picture),
        missing=() if state is State.MET else (late_picture_words(clock, today),),
        mend=None if state is State.MET else mend_picture(evidence),
        clock=clock,
    )


def picture_clock(evidence: Evidence, *, today: datetime.date) -> Clock | None:
    picture = evidence.picture(on=today)
    if picture is None:
        return None
    return Clock(
        title="Uppdatera lägesbilden",
        last_on=picture.adopted_on,
        due_on=years_later(picture.adopted_on, YEARS_BETWEEN),
        today=today,
        rule=f"Minst vartannat år, {paragraph('6')}. Senast fastställd {date_words(picture.adopted_on)}.",
    )


def late_picture_words(clock: Clock | None, today: datetime.date) -> str:
    if clock is None:
        return "Det finns ingen fastställd lägesbild att uppdatera."
    if clock.state is State.LACKING:
        return f"En ny lägesbild skulle ha fastställts senast {date_words(clock.due_on)}, {clock.words}."
    return f"En ny lägesbild ska fastställas senast {date_words(clock.due_on)}, {clock.words}."


def plan_follow_up(evidence: Evidence, *, today: datetime.date) -> Row:
    clock = plan_clock(evidence, today=today)
    state = clock.state if clock else State.LACKING
    overview = Mend(
        "Se vad som är kvar att följa upp",
        "focus_areas:follow_up_overview",
        evidence.agreement.id,
        capability=str(Capability.PLAN),
    )
    return Row(
        key="planen-uppfoljd",
        question="Följs åtgärdsplanen upp minst vartannat år?",
        shown_on=clock.last_on if clock else None,
        paragraph=paragraph("6"),
        title="Åtgärdsplanen uppföljd",
        demand="Åtgärdsplanen följs upp minst vartannat år, eller tidigare när det behövs.",
        state=state,
        evidence=follow_up_links(evidence, today=today),
        missing=never_followed_up(evidence, today=today)
        if state is State.MET
        else follow_up_missing(evidence, clock, today=today),
        mend=None if state is State.MET else (overview if clock else mend_plan(evidence)),
        clock=clock,
    )


def plan_clock(evidence: Evidence, *, today: datetime.date) -> Clock | None:
    found = plan_followed_up(evidence, on=today)
    if found is None:
        return None
    latest = (
        f"Senaste uppföljningen som båda har godkänt: {date_words(found.latest_on)}."
        if found.latest_on
        else "Ingen uppföljning är godkänd av båda parter."
    )
    if found.latest_on and found.counts_from != found.latest_on:
        latest += f" Fristen räknas från {date_words(found.counts_from)}, efter den aktivitet som har väntat längst."
    return Clock(
        title="Följ upp åtgärdsplanen",
        last_on=found.counts_from,
        due_on=years_later(found.counts_from, YEARS_BETWEEN),
        today=today,
        rule=f"Minst vartannat år, {paragraph('6')}. {latest}",
    )


def follow_up_links(evidence: Evidence, *, today: datetime.date) -> tuple[Link, ...]:
    found = plan_followed_up(evidence, on=today)
    if found is None or found.latest_on is None:
        return ()
    text = f"Senaste uppföljningen som båda har godkänt, {date_words(found.latest_on)}"
    return (Link(text, "focus_areas:follow_up_overview", evidence.agreement.id),)


def follow_up_missing(evidence: Evidence, clock: Clock | None, *, today: datetime.date) -> tuple[str, ...]:
    found = plan_followed_up(evidence, on=today)
    if clock is None or found is None:
        return ("Det finns ingen beslutad åtgärdsplan att följa upp.",)
    verb = "skulle ha varit" if clock.state is State.LACKING else "ska vara"
    sentences = [f"Hela planen {verb} uppföljd senast {date_words(clock.due_on)}, {clock.words}."]
    oldest = [activity.name for activity in found.oldest if activity not in found.never]
    if oldest:
        sentences.append(f"Längst sedan uppföljda: {some(oldest)}.")
    return (*sentences, *never_followed_up(evidence, today=today))


def never_followed_up(evidence: Evidence, *, today: datetime.date) -> tuple[str, ...]:
    """Said of a plan within its time, too: that the whole of it has been followed up would not be true."""
    found = plan_followed_up(evidence, on=today)
    if found is None or not found.never:
        return ()
    return (f"Aldrig uppföljda av båda parter: {some([activity.name for activity in found.never])}.",)


# --- 7 §, 9 §, 10 §: with whom ---


def other_plans(evidence: Evidence, *, today: datetime.date) -> Row:
    mend = Mend(
        "Lägg in en annan plan",
        "agreements:linked_plan_create",
        evidence.agreement.id,
        capability=str(AgreementCapability.MANAGE),
    )
    return Row(
        key="andra-planer",
        question="Hänger arbetet ihop med kartläggning och planering enligt andra lagar?",
        paragraph=paragraph("7"),
        title="Andra planer",
        demand="Arbetet hänger ihop med kartläggning och planering enligt andra lagar.",
        state=State.MET if evidence.linked_plans else State.LACKING,
        evidence=tuple(
            Link(plan.title, "agreements:picture_overview", evidence.agreement.id, "#andra-planer")
            for plan in evidence.linked_plans
        ),
        missing=() if evidence.linked_plans else ("Det är inte angivet vilka andra planer arbetet hänger ihop med.",),
        mend=None if evidence.linked_plans else mend,
    )


def written_agreement(evidence: Evidence, *, today: datetime.date) -> Row:
    agreement = evidence.agreement
    lacking = []
    if agreement.state == Agreement.State.DRAFT:
        lacking.append("Överenskommelsen är ett utkast.")
    if agreement.starts_on and agreement.starts_on > today:
        lacking.append(f"Överenskommelsen börjar gälla först {date_words(agreement.starts_on)}.")
    if agreement.ends_on and agreement.ends_on < today:
        lacking.append(
            f"Överenskommelsen gick ut {date_words(agreement.ends_on)}, {day_words(agreement.ends_on, today)}."
        )
    elif agreement.state == Agreement.State.CLOSED:
        lacking.append("Överenskommelsen är avslutad.")
    if not agreement.has_purpose:
        lacking.append("Överenskommelsens syfte är inte angivet.")
    if not evidence.focus_areas:
        lacking.append("Överenskommelsen har inga fokusområden.")
    signed_on = evidence.signed_on()
    notes = [] if signed_on else ["Dagen för undertecknandet är inte angiven."]
    clock = end_clock(evidence, today=today)
    is_ending = clock is not None and clock.state is State.SOON and not is_replaced(evidence)
    if is_ending:
        notes.insert(0, f"Överenskommelsen går ut {date_words(agreement.ends_on)}, {clock.words}.")
    signed = f", undertecknad {date_words(signed_on)}" if signed_on else ""
    return Row(
        key="overenskommelse",
        question="Finns en gällande skriftlig överenskommelse som anger syften och områden?",
        shown_on=signed_on,
        paragraph=paragraph("9"),
        title="Överenskommelse",
        demand="En skriftlig överenskommelse med berörda aktörer, som minst anger syften och områden.",
        state=worst(State.LACKING if lacking else State.MET, State.SOON if is_ending else State.MET),
        evidence=(Link(f"{agreement.name}{signed}", "agreements:agreement_detail", agreement.id),),
        missing=(*lacking, *notes),
        mend=mend_agreement(evidence) if lacking or is_ending else None,
        clock=clock,
    )


def is_replaced(evidence: Evidence) -> bool:
    """Another agreement has been adopted to follow this one."""
    return any(other.state != Agreement.State.DRAFT for other in evidence.successors)


def end_clock(evidence: Evidence, *, today: datetime.date) -> Clock | None:
    agreement = evidence.agreement
    if agreement.ends_on is None:
        return None
    return Clock(
        title="Förnya överenskommelsen",
        last_on=agreement.starts_on or min(today, agreement.ends_on),
        due_on=agreement.ends_on,
        today=today,
        rule="Överenskommelsens sista dag.",
    )


def mend_agreement(evidence: Evidence) -> Mend:
    agreement = evidence.agreement
    if agreement.state == Agreement.State.DRAFT:
        manage = str(AgreementCapability.MANAGE)
        return Mend("Gå till överenskommelsen", "agreements:agreement_detail", agreement.id, capability=manage)
    renew = str(Capability.RENEW)
    if evidence.renewals:
        return Mend("Fortsätt förnyelsen", "focus_areas:renewal_detail", evidence.renewals[0].id, capability=renew)
    return Mend("Börja förnyelsen", "focus_areas:renewal_start", agreement.id, capability=renew)


def strategic_council(evidence: Evidence, *, today: datetime.date) -> Row:
    lacking, notes, links = [], [], []
    mend = None
    if not evidence.councils:
        lacking.append("Ingen styrgrupp är inlagd.")
        mend = Mend(
            "Lägg in styrgruppen",
            "agreements:group_create",
            evidence.agreement.id,
            capability=str(AgreementCapability.MANAGE),
        )
    for group in evidence.councils:
        links.append(council_link(group, today=today))
        group_lacking, group_notes = council_words(group, today=today)
        lacking += group_lacking
        notes += group_notes
        if group_lacking or group_notes:
            manage = str(AgreementCapability.MANAGE)
            mend = mend or Mend("Se över platserna", "agreements:group_detail", group.id, capability=manage)
    return Row(
        key="rad",
        question="Finns ett strategiskt råd som kommunen leder, med ledande befattningar?",
        paragraph=paragraph("10"),
        title="Strategiskt råd",
        demand="Ett strategiskt råd som kommunen leder, där andra aktörer företräds av personer i ledande befattning.",
        state=State.LACKING if lacking else State.MET,
        evidence=tuple(links),
        missing=(*lacking, *notes),
        mend=mend,
    )


def council_link(group: GroupThen, *, today: datetime.date) -> Link:
    held = sum(seat.is_held(on=today) for seat in group.seats)
    held_words = f"{number_word(held)} tillsatta" if held > 1 else ("en tillsatt" if held else "ingen tillsatt")
    seats = counted(len(group.seats), "plats", "platser")
    return Link(f"{group.name}, {seats} varav {held_words}", "agreements:group_detail", group.id)


def council_words(group: GroupThen, *, today: datetime.date) -> tuple[list[str], list[str]]:
    """What a council lacks, and what is not known of it."""
    lacking, notes = [], []
    chairs = [seat for seat in group.seats if seat.function == Seat.Function.CHAIR]
    held_chairs = [seat for seat in chairs if seat.is_held(on=today)]
    if not chairs:
        lacking.append(f"{group.name} har ingen plats för ordförande.")
    elif not held_chairs:
        lacking.append(f"Ordföranden i {group.name} är inte utsedd.")
    elif not any(seat.is_municipal for seat in held_chairs):
        lacking.append(f"Ordföranden i {group.name} kommer inte från kommunen.")
    others = [seat for seat in group.seats if not seat.is_municipal]
    if not any(seat.is_held(on=today) for seat in others):
        lacking.append(f"Ingen utanför kommunen sitter i {group.name}.")
    not_leading = [seat.name for seat in others if seat.is_leading_position is False]
    if not_leading:
        lacking.append(f"Inte ledande befattning: {some(not_leading)}.")
    unknown = [seat for seat in others if seat.is_leading_position is None]
    if unknown:
        seats = counted(len(unknown), "plats", "platser")
        notes.append(
            f"Om befattningen är ledande är inte angivet för {seats}: {some([seat.name for seat in unknown])}."
        )
    vacant = [seat.name for seat in group.seats if seat not in chairs and not seat.is_held(on=today)]
    if vacant:
        notes.append(f"{'Vakant plats' if len(vacant) == 1 else 'Vakanta platser'}: {some(vacant)}.")
    return lacking, notes


# --- 11–12 §§, 13 §, 14 §: who coordinates and who leads ---


def coordination(evidence: Evidence, *, today: datetime.date) -> Row:
    held = [seat for seat in evidence.coordinators if seat.is_held(on=today)]
    told = [day for day in evidence.told_residents_on if day <= today]
    public = [activity for activity in evidence.activities if activity.is_public]
    missing, mend = [], None
    agreement_id = evidence.agreement.id
    if not told and not public:
        missing.append("Inget är gjort för att informera invånarna, och ingen aktivitet visas för dem.")
        mend = Mend(
            "Planera en insats utåt",
            "focus_areas:communication_list",
            agreement_id,
            capability=str(Capability.PLAN),
        )
    if not held:
        vacant = evidence.coordinators
        missing.insert(0, "Platsen som samordnare är vakant." if vacant else "Ingen samordnare är inlagd.")
        manage = str(AgreementCapability.MANAGE)
        mend = (
            Mend("Tillsätt samordnaren", "agreements:group_detail", vacant[0].group_id, capability=manage)
            if vacant
            else Mend("Se över grupperna", "agreements:agreement_detail", agreement_id, capability=manage)
        )
    return Row(
        key="samordning",
        question="Finns en samordningsfunktion som också informerar invånarna?",
        shown_on=max(told, default=None),
        paragraph=paragraph("11–12"),
        title="Samordning",
        demand="Någon samordnar och stöder arbetet, är kontaktpunkt och hjälper till att informera invånarna.",
        state=State.LACKING if missing else State.MET,
        evidence=coordination_links(evidence, held, told, len(public)),
        missing=tuple(missing),
        mend=mend,
    )


def coordination_links(
    evidence: Evidence, held: list[SeatThen], told: list[datetime.date], public: int
) -> tuple[Link, ...]:
    names = {seat.name: seat.group_id for seat in held}
    links = [Link(name, "agreements:group_detail", group_id) for name, group_id in names.items()]
    if told:
        text = f"{upper_first(counted(len(told), 'insats', 'insatser'))} utåt, senast {date_words(max(told))}"
        links.append(Link(text, "focus_areas:communication_list", evidence.agreement.id))
    if public:
        text = f"Sidan för invånarna, {counted(public, 'aktivitet', 'aktiviteter')}"
        links.append(Link(text, "focus_areas:public_page", evidence.agreement.id))
    return tuple(links)


def council_report(evidence: Evidence, *, today: datetime.date) -> Row:
    report = evidence.council_report(on=today)
    clock = council_clock(evidence, today=today)
    state = clock.state if clock else State.LACKING
    missing = {
        State.MET: (),
        State.SOON: (f"Nästa rapport bör lämnas senast {date_words(clock.due_on)}, {clock.words}.",) if clock else (),
        State.LACKING: (
            f"Mer än ett år har gått sedan rapporten {date_words(report.reported_on)}."
            if report
            else "Ingen rapport till fullmäktige är inlagd.",
        ),
    }[state]
    mend = Mend(
        "Lägg in en rapport till fullmäktige",
        "reports:council_report_create",
        evidence.agreement.id,
        capability=str(ReportCapability.REGISTER_COUNCIL_REPORT),
    )
    return Row(
        key="fullmaktige",
        question="Har arbetet rapporterats till fullmäktige det senaste året?",
        shown_on=report.reported_on if report else None,
        paragraph=paragraph("13"),
        title="Rapport till fullmäktige",
        demand="Kommunstyrelsen, eller den nämnd som fullmäktige har valt, leder arbetet och rapporterar löpande till "
        "fullmäktige.",
        state=state,
        evidence=(council_report_link(evidence, report),) if report else (),
        missing=missing,
        mend=None if state is State.MET else mend,
        clock=clock,
    )


def council_report_link(evidence: Evidence, report) -> Link:
    text = f"{report.title}, {decided_words('', report.reported_on, report.paragraph, report.reference_number)}"
    return Link(text, "reports:law_page", evidence.agreement.id, "#fullmaktige")


def council_clock(evidence: Evidence, *, today: datetime.date) -> Clock | None:
    report = evidence.council_report(on=today)
    if report is None:
        return None
    return Clock(
        title="Rapportera till fullmäktige",
        last_on=report.reported_on,
        due_on=years_later(report.reported_on, YEARS_BETWEEN_REPORTS),
        today=today,
        rule=f"Löpande, {paragraph('13')}. Lagen anger ingen frist; portalen räknar med minst en rapport om året.",
    )


def cameras(evidence: Evidence, *, today: datetime.date) -> Row:
    return Row(
        key="kameror",
        paragraph=paragraph("14"),
        title="Kameror",
        demand="Kommunen får bevaka platser dit allmänheten har tillträde med kamera, för tryggheten där. Det är en "
        "möjlighet, inget krav. Görs det läggs det in som en aktivitet.",
        state=State.OPTIONAL,
    )


PARAGRAPHS = (
    situation_picture,
    action_plan,
    picture_updated,
    plan_follow_up,
    other_plans,
    written_agreement,
    strategic_council,
    coordination,
    council_report,
    cameras,
)
