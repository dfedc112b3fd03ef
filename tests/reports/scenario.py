"""Burlöv's plan with half a year of made-up work, written down on the days it says."""

import datetime

from accounts.history import recording
from accounts.models import Organisation
from agreements.models import Agreement, Definition
from focus_areas.models import Activity, FollowUp, Goal
from tests.factories import (
    at,
    make_activity,
    make_agreement,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_log_entry,
    make_organisation,
    make_person,
    make_police,
    make_status_update,
    organisation_of,
)

REGISTERED = datetime.date(2025, 12, 1)
STARTS_ON = datetime.date(2026, 1, 1)
ENDS_ON = datetime.date(2026, 6, 30)

GREEN, YELLOW, RED = Activity.Assessment.GREEN, Activity.Assessment.YELLOW, Activity.Assessment.RED
ONGOING, DELAYED, PAUSED = Activity.Status.ONGOING, Activity.Status.DELAYED, Activity.Status.PAUSED

PLAN = [
    (
        "Genom preventiva åtgärder förebygga att ungdomar hamnar i drogberoende, kriminalitet och utanförskap",
        [("SSPU-gruppen", "UKF SF", "Polisen"), ("TuBen", "SF", "UKF Polisen BBAB")],
    ),
    (
        "Förebygga och minska våld i nära relation och våld mot barn",
        [
            ("Våld i nära relation och hedersrelaterat våld", "SF", "Polisen"),
            ("Våld och misshandel mot barn", "SF", "UKF Polisen"),
        ],
    ),
    (
        "Öka känslan av trygghet och förebygga mängdbrott",
        [
            ("Livet mellan husen", "KLF", "Polisen BBAB"),
            ("Företag mot brott", "KLF", "Polisen"),
            ("Trygghetsvandringar", "KLF", "Polisen"),
            ("Avhopparverksamhet", "Polisen", "SF"),
            ("Grannsamverkan", "Polisen", "KLF"),
        ],
    ),
]


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def build_plan() -> Agreement:
    """The agreement with three focus areas and nine activities, registered on the first of December 2025."""
    with recording(at=at(REGISTERED)):
        agreement = make_agreement(police=make_police("Lokalpolisområde Kävlinge"))
        name_administrations(agreement)
        agreement.organisations.add(make_organisation("Föreningslivet", kind=Organisation.Kind.CIVIL_SOCIETY))
        Definition.objects.create(
            agreement=agreement,
            term="Trygghetsvandring",
            text="En vandring där boende och ansvariga går tillsammans och skriver ned vad som behöver göras",
        )
        for title, activities in PLAN:
            focus_area = make_focus_area(agreement, title=title)
            for name, leads, participants in activities:
                make_activity(
                    focus_area,
                    title=name,
                    lead=[organisation_of(agreement, short) for short in leads.split()],
                    participants=[organisation_of(agreement, short) for short in participants.split()],
                    starts_on=day(1, 1),
                    ends_on=day(12, 31),
                    next_follow_up_on=day(9, 15),
                )
    return agreement


def name_administrations(agreement: Agreement) -> None:
    for organisation in agreement.municipality.children.all():
        if organisation.short_name == "UKF":
            organisation.name = "Utbildning- och kulturförvaltningen"
            organisation.save()


def activity_of(agreement: Agreement, title: str) -> Activity:
    return Activity.objects.of(agreement).select_related("focus_area__agreement").get(title=title)


def build_burlov() -> Agreement:
    """The plan, with goals, promises, log, status and follow-ups up to the summer of 2026."""
    agreement = build_plan()
    work(agreement)
    return agreement


def work(agreement: Agreement) -> None:
    with recording(at=at(day(12, 15, 2025))):
        promise(agreement)
    report(agreement)
    log(agreement)
    follow_up(agreement)


def promise(agreement: Agreement) -> None:
    police = organisation_of(agreement, "Polisen")
    year = {"starts_on": day(1, 1), "ends_on": day(12, 31)}
    sspu, tuben, violence, children, houses, companies, walks, leavers, neighbours = (
        activity_of(agreement, title) for _, activities in PLAN for title, _, _ in activities
    )
    first, second, third = agreement.focus_areas.in_order()
    make_goal(first, statement="Minska andelen elever i årskurs 9 som provat narkotika", due_on=day(12, 31))
    meetings = make_goal(
        first, kind=Goal.Kind.PRODUCTION, statement="Hålla tio samverkansmöten", baseline=0, target=10, unit="möten"
    )
    make_goal(second, kind=Goal.Kind.PROCESS, statement="Färdigställa en fördjupad analys", due_on=day(9, 30))
    walk_goal = make_goal(
        third,
        kind=Goal.Kind.PRODUCTION,
        statement="Genomföra fyra trygghetsvandringar",
        baseline=0,
        target=4,
        unit="vandringar",
        due_on=day(12, 31),
    )
    sspu.goals.add(meetings)
    walks.goals.add(walk_goal)
    make_commitment(sspu, text="Samverkansmöten", planned=10, unit="möten", goal=meetings, **year)
    make_commitment(sspu, police, text="Deltar i möten", planned=10, unit="möten", comparison="about", **year)
    make_commitment(tuben, text="Föräldrakvällar", planned=4, unit="kvällar", comparison="exactly", **year)
    make_commitment(tuben, is_joint=True, text="Kvällspass", planned=12, unit="pass", **year)
    make_commitment(violence, text="Utbildningstillfällen", planned=3, unit="tillfällen", **year)
    make_commitment(violence, police, text="Medverkan vid utbildning", planned=2, unit="tillfällen", **year)
    make_commitment(children, is_joint=True, text="Fördjupad analys", planned=1, unit="analys", **year)
    make_commitment(houses, text="Utveckla boendedialoger", planned=None, outcome="Två dialoger är förberedda", **year)
    make_commitment(companies, text="Frukostmöten", planned=4, unit="möten", **year)
    make_commitment(walks, text="Trygghetsvandringar", planned=4, unit="vandringar", goal=walk_goal, **year)
    make_commitment(walks, police, text="Deltar i vandringar", planned=2, unit="vandringar", **year)
    make_commitment(leavers, police, text="Stöd till den som vill lämna", planned=5, unit="personer", **year)
    make_commitment(leavers, police, text="Gemensam rutin", planned=None, **year)
    make_commitment(neighbours, police, text="Uppstartsmöten", planned=4, unit="möten", **year)


def report(agreement: Agreement) -> None:
    updates = [
        ("SSPU-gruppen", ONGOING, GREEN, 6, 17, "Gruppen träffas som planerat och modellen används i alla skolor."),
        ("TuBen", ONGOING, YELLOW, 6, 12, "Kvällspassen går bra. Föräldrakvällarna drar få."),
        ("Våld i nära relation och hedersrelaterat våld", ONGOING, GREEN, 6, 10, "Utbildningarna är hållna."),
        ("Våld och misshandel mot barn", DELAYED, RED, 6, 2, "Uttaget ur polisens statistik är beställt."),
        ("Livet mellan husen", PAUSED, YELLOW, 4, 2, "Arbetet vilar."),
        ("Företag mot brott", ONGOING, GREEN, 6, 16, "Tre frukostmöten är hållna med butiker i Arlöv."),
        ("Trygghetsvandringar", ONGOING, GREEN, 6, 20, "Tre vandringar är gjorda."),
        ("Avhopparverksamhet", DELAYED, RED, 6, 5, "Ett utkast till rutin finns."),
    ]
    extra = {
        "SSPU-gruppen": {"next_step": "Sista mötet före sommaren är hållet. Hösten börjar 25 augusti."},
        "TuBen": {"reason": "Två föräldrakvällar ställdes in för att få var anmälda."},
        "Våld och misshandel mot barn": {
            "reason": "Statistiken kom inte i juni som planerat, så analysen kan börja först i december.",
            "next_step": "Styrgruppen behöver flytta slutdatumet eller minska omfattningen.",
            "decision_requested": "flytta slutdatum för den fördjupade analysen till 30 april 2027",
        },
        "Livet mellan husen": {
            "reason": "Processledning efter den inledande fasen är inte utsedd.",
            "decision_requested": "utse processledning efter den inledande fasen",
        },
        "Avhopparverksamhet": {
            "reason": "Kostnadsfördelningen är inte avgjord, så rutinen kan inte fastställas.",
            "decision_requested": "avgöra hur kostnaden för 2027 fördelas mellan parterna",
        },
    }
    for title in ("TuBen", "Våld och misshandel mot barn"):
        make_status_update(activity_of(agreement, title), text="Igång.", written_at=at(day(12, 20, 2025)))
    for title, status, assessment, month, number, text in updates:
        make_status_update(
            activity_of(agreement, title),
            status,
            assessment,
            text=text,
            written_at=at(day(month, number)),
            **extra.get(title, {}),
        )


def log(agreement: Agreement) -> None:
    rows = [
        ("SSPU-gruppen", "Samverkansmöten", 6, "Möte med skolor och socialtjänst.", 1, 8),
        ("SSPU-gruppen", "Deltar i möten", 5, "Polisen deltog.", 1, None),
        ("TuBen", "Föräldrakvällar", 2, "Föräldrakväll om stöd i vardagen.", 1, 3),
        ("TuBen", "Kvällspass", 3, "Gemensamt pass vid stationen.", 3, None),
        ("Våld i nära relation och hedersrelaterat våld", "Utbildningstillfällen", 3, "Utbildning.", 1, 24),
        ("Våld i nära relation och hedersrelaterat våld", "Medverkan vid utbildning", 2, "Polisen deltog.", 1, None),
        ("Företag mot brott", "Frukostmöten", 3, "Frukostmöte med butiker i centrala Arlöv.", 1, 14),
        ("Trygghetsvandringar", "Trygghetsvandringar", 3, "Vandring i Åkarp och vid Sockerbitstorget.", 1, 21),
        ("Trygghetsvandringar", "Deltar i vandringar", 3, "Polisen gick med.", 1, None),
        ("Avhopparverksamhet", "Stöd till den som vill lämna", 1, "Samtal om stöd.", 2, None),
        ("Grannsamverkan", "Uppstartsmöten", 1, "Uppstartsmöte i Åkarp.", 1, 12),
    ]
    for title, promised, times, text, quantity, participants in rows:
        activity = activity_of(agreement, title)
        commitment = activity.commitments.get(text=promised)
        for turn in range(times):
            happened_on = day(1 + turn % 6, 7 + turn * 2)
            make_log_entry(
                activity,
                commitment=commitment,
                happened_on=happened_on,
                text=text,
                quantity=quantity,
                participant_count=participants,
                written_at=at(happened_on + datetime.timedelta(days=1)),
            )


def follow_up(agreement: Agreement) -> None:
    walks = activity_of(agreement, "Trygghetsvandringar")
    coordinator = make_person("Maja Samordnare", title="Brottsförebyggande samordnare", password=None)
    found = make_follow_up(
        walks,
        by=coordinator,
        followed_up_on=day(5, 12),
        kind=FollowUp.Kind.PRODUCTION,
        findings="Belysningen vid gångtunneln är åtgärdad. 21 av 34 synpunkter är klara.",
        next_on=day(11, 10),
        approved_for=("municipality",),
        written_at=at(day(5, 13)),
    )
    with recording(at=at(day(5, 14))):
        found.approvals.create(side="police", approved_by=coordinator, dissent="Vandringarna bör gå senare på kvällen.")
    late = activity_of(agreement, "Grannsamverkan")
    late.next_follow_up_on = day(6, 1)
    with recording(at=at(day(2, 1))):
        late.save()
