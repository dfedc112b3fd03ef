"""What the example adds to the plan before the year begins: areas, groups, goals, facts and what is promised."""

import datetime
from dataclasses import dataclass, field

from agreements.models import Group
from burlov_trygghet.demo.cast import NEIGHBOURS_GROUP, WALKS_GROUP
from focus_areas.models import Activity, Commitment, Goal

D = datetime.date
YEAR_STARTS, YEAR_ENDS = D(2026, 1, 1), D(2026, 12, 31)

AREAS = ("Arlöv", "Åkarp", "Burlövs station")

WORKING_GROUPS = {
    WALKS_GROUP: "Planerar vandringarna, samlar in synpunkterna och ser till att varje plats får ett svar.",
    NEIGHBOURS_GROUP: "Hjälper nya områden i gång och håller kontakt med ombuden i de gamla.",
}
WORKING_GROUP_KIND = Group.Kind.WORKING


@dataclass(frozen=True)
class PlannedGoal:
    key: str
    focus_area: int
    kind: str
    statement: str
    baseline: str | None = None
    target: str | None = None
    unit: str = ""
    due_on: datetime.date | None = YEAR_ENDS
    parent: str = ""


GOALS = (
    PlannedGoal(
        "narkotika",
        1,
        Goal.Kind.EFFECT,
        "En mindre andel av eleverna i årskurs 9 har provat narkotika",
        unit="procent",
        due_on=D(2027, 6, 30),
    ),
    PlannedGoal(
        "sspu",
        1,
        Goal.Kind.PRODUCTION,
        "Hålla tio samverkansmöten i SSPU-gruppen",
        "0",
        "10",
        "möten",
        parent="narkotika",
    ),
    PlannedGoal(
        "foraldrar", 1, Goal.Kind.PRODUCTION, "Genomföra fyra föräldrakvällar", "0", "4", "kvällar", parent="narkotika"
    ),
    PlannedGoal("utbilda", 2, Goal.Kind.PRODUCTION, "Utbilda personal vid sex tillfällen", "0", "6", "tillfällen"),
    PlannedGoal("analys", 2, Goal.Kind.PROCESS, "En fördjupad analys av våld mot barn är färdig"),
    PlannedGoal("index", 3, Goal.Kind.EFFECT, "Sänka trygghetsindex (0–6, lågt är bra)", "2.22", "1.80", "index"),
    PlannedGoal(
        "vandringar",
        3,
        Goal.Kind.PRODUCTION,
        "Gå trygghetsvandringar tillsammans med boende",
        "0",
        "3",
        "vandringar",
        parent="index",
    ),
    PlannedGoal("grannar", 3, Goal.Kind.PROCESS, "Fler områden har en aktiv grannsamverkan", "11", "15", "områden"),
)


@dataclass(frozen=True)
class Facts:
    """What the plan for 2026 says about an activity, beyond the agreement."""

    responsible: str
    effect: str
    follow_up_method: str
    months: int
    next_on: datetime.date
    ends_on: datetime.date = YEAR_ENDS
    areas: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    target_group: str = ""
    working_group: str = ""
    approach: str = ""
    funding: tuple[str, int] | None = None
    is_public: bool = False


SITUATIONAL, SOCIAL, BOTH = Activity.Approach.SITUATIONAL, Activity.Approach.SOCIAL, Activity.Approach.BOTH

FACTS = {
    "1.1": Facts(
        "beredning",
        "Skolan, socialtjänsten, polisen och fritiden ser samma mönster tidigare och möter det tillsammans.",
        "Antal möten och en enkät till gruppens medlemmar.",
        6,
        D(2026, 6, 16),
        goals=("sspu", "narkotika"),
        target_group="Barn och unga i riskzon, på gruppnivå",
        approach=SOCIAL,
    ),
    "1.2": Facts(
        "beredning",
        "Unga och föräldrar hittar rätt stöd, och platser där unga far illa upptäcks tidigt.",
        "Antal kvällar, besök och pass, och vad de ledde till.",
        6,
        D(2026, 6, 8),
        areas=("Arlöv", "Åkarp"),
        goals=("foraldrar", "narkotika"),
        target_group="Alla barn och unga i kommunen, och deras föräldrar",
        approach=SOCIAL,
        is_public=True,
    ),
    "2.1": Facts(
        "beredning",
        "Personalen känner igen våld och hedersförtryck och vet vad de ska göra.",
        "Antal tillfällen och deltagarnas egen skattning före och efter.",
        12,
        D(2026, 11, 9),
        goals=("utbilda",),
        target_group="Personal inom socialtjänst, skola och vård",
        approach=SOCIAL,
    ),
    "2.2": Facts(
        "beredning",
        "Kommunen och polisen vet hur våldet mot barn ser ut och var signalerna fastnar.",
        "Analysen läggs fram i beredningsgruppen.",
        6,
        D(2026, 5, 12),
        ends_on=D(2026, 10, 31),
        goals=("analys", "utbilda"),
        target_group="Personal i förskola, skola och elevhälsa",
        approach=SOCIAL,
    ),
    "3.1": Facts(
        "samordnare",
        "Boende känner igen varandra, använder gården och säger ifrån tidigt.",
        "Antal dialoger och vilka förslag som blir av.",
        6,
        D(2026, 5, 28),
        areas=("Arlöv",),
        goals=("index",),
        target_group="Boende i två av Burlövs Bostäders områden",
        approach=BOTH,
        funding=("Burlövs Bostäder", 60_000),
        is_public=True,
    ),
    "3.2": Facts(
        "samordnare",
        "Stölder och skadegörelse i centrum och i industriområdena minskar.",
        "Antal möten och företagens svar på höstens enkät.",
        12,
        D(2026, 11, 18),
        areas=("Arlöv", "Burlövs station"),
        goals=("index",),
        target_group="Handel och industri",
        approach=SITUATIONAL,
        is_public=True,
    ),
    "3.3": Facts(
        "samordnare",
        "Mörka stråk och skymd sikt blir åtgärdade, och fler går gärna ut på kvällen.",
        "Hur många synpunkter som är åtgärdade inom tre månader.",
        6,
        D(2026, 6, 15),
        areas=("Arlöv", "Åkarp"),
        goals=("vandringar", "index"),
        target_group="Boende och alla som rör sig på platserna",
        working_group=WALKS_GROUP,
        approach=SITUATIONAL,
        is_public=True,
    ),
    "3.4": Facts(
        "kommunpolis",
        "Den som vill lämna kriminaliteten vet vart man vänder sig och får ett första möte snabbt.",
        "Om rutinen finns och hur många som har hört av sig.",
        6,
        D(2026, 5, 19),
        target_group="Personer som vill lämna kriminalitet",
        approach=SOCIAL,
    ),
    "3.5": Facts(
        "kommunpolis",
        "Fler bostadsområden har ombud som håller i, och inbrotten blir färre.",
        "Antal områden med ombud och anmälda inbrott.",
        6,
        D(2026, 5, 25),
        areas=("Åkarp",),
        goals=("grannar",),
        target_group="Boende i småhus och radhus",
        working_group=NEIGHBOURS_GROUP,
        approach=SITUATIONAL,
        is_public=True,
    ),
}


@dataclass(frozen=True)
class Promise:
    """A commitment of the year; `by` is municipality, police, joint or an organisation's short name."""

    key: str
    activity: str
    by: str
    text: str
    comparison: str = ""
    planned: int | None = None
    unit: str = ""
    goal: str = ""
    starts_on: datetime.date = YEAR_STARTS
    decided: datetime.date = field(default=D(2025, 12, 10))
    reason: str = ""


AT_LEAST, NUMBER, ABOUT = Commitment.Comparison.AT_LEAST, Commitment.Comparison.NUMBER, Commitment.Comparison.ABOUT

PROMISES = (
    Promise("sspu-moten", "1.1", "municipality", "Samverkansmöten", AT_LEAST, 10, "möten", goal="sspu"),
    Promise("sspu-polis", "1.1", "police", "Deltar i samverkansmöten", AT_LEAST, 10, "möten"),
    Promise("foraldrakvallar", "1.2", "municipality", "Föräldrakvällar", AT_LEAST, 4, "kvällar", goal="foraldrar"),
    Promise("skolbesok", "1.2", "police", "Skolbesök", AT_LEAST, 8, "besök"),
    Promise(
        "kvallspass",
        "1.2",
        "joint",
        "Kvällspass där unga vistas",
        ABOUT,
        12,
        "pass",
        starts_on=D(2026, 6, 12),
        decided=D(2026, 6, 12),
        reason="Beredningsgruppens beslut 12 juni 2026, § 7",
    ),
    Promise("trygghetsvardar", "1.2", "KLF", "Trygghetsvärdarnas besök på skolgårdar", AT_LEAST, 8, "besök"),
    Promise("utbildning", "2.1", "municipality", "Utbildningstillfällen", AT_LEAST, 6, "tillfällen", goal="utbilda"),
    Promise("utbildning-polis", "2.1", "police", "Medverkan i utbildningarna", NUMBER, 2, "tillfällen"),
    Promise("analys", "2.2", "joint", "Fördjupad analys av statistiken", NUMBER, 1, "analys"),
    Promise("utbildning-skola", "2.2", "municipality", "Utbildningstillfällen i skolan", AT_LEAST, 3, "tillfällen"),
    Promise("dialoger", "3.1", "municipality", "Boendedialoger", AT_LEAST, 4, "dialoger"),
    Promise("besiktning", "3.1", "BBAB", "Trygghetsbesiktning av gårdarna", NUMBER, 1, "besiktning"),
    Promise("forslag", "3.1", "BBAB", "Prövar de boendes förslag till gemensamma ytor"),
    Promise("frukost", "3.2", "municipality", "Frukostmöten med företag", NUMBER, 4, "möten"),
    Promise("frukost-polis", "3.2", "police", "Medverkan vid frukostmöten", AT_LEAST, 4, "möten"),
    Promise("vandringar", "3.3", "joint", "Trygghetsvandringar", AT_LEAST, 3, "vandringar", goal="vandringar"),
    Promise("platsansvariga", "3.3", "KLF", "Uppföljningsmöten med platsansvariga", AT_LEAST, 4, "möten"),
    Promise("synpunkter", "3.3", "municipality", "Åtgärdar synpunkter inom tre månader"),
    Promise("rutin", "3.4", "police", "Rutin för den som vill lämna kriminalitet", NUMBER, 1, "rutin"),
    Promise("planering", "3.4", "joint", "Planeringsmöten", AT_LEAST, 6, "möten"),
    Promise("stod", "3.4", "SF", "Erbjuder ett första samtal inom en vecka"),
    Promise("uppstart", "3.5", "police", "Uppstartsmöten i nya områden", AT_LEAST, 4, "möten"),
    Promise("information", "3.5", "municipality", "Informationstillfällen", NUMBER, 2, "tillfällen"),
)
