"""Since the last report, as a person writes it down: what two reports knew, and what a reader should be told."""

import datetime

from reports.content.facts import ActivityFact, AskedFact, CommitmentFact, DateMove, Facts, GoalFact
from reports.content.since_last import PreviousReport
from reports.content.since_last.activities import NO_REASON
from tests.reports.scenario import day

JUNE = datetime.datetime(2026, 6, 30, 22, 0, tzinfo=datetime.UTC)
NOVEMBER = datetime.datetime(2026, 11, 20, 22, 0, tzinfo=datetime.UTC)
LAST = PreviousReport(
    report_id=41,
    title="Uppföljning första halvåret 2026",
    reference_number="KS/2026:411",
    issued_on="1 september 2026",
    as_of="30 juni 2026",
)
STATUS = {
    "not_started": "Ej påbörjad",
    "ongoing": "Pågår",
    "delayed": "Försenad",
    "paused": "Pausad",
    "completed": "Genomförd",
    "cancelled": "Avbruten",
}
ASSESSMENT = {"": "Ej bedömd", "green": "Enligt plan", "yellow": "Mindre avvikelse", "red": "Större avvikelse"}
OUTCOME = {
    "kept": "Hållet",
    "likely": "Väntas hållas",
    "unlikely": "Väntas inte hållas",
    "not_kept": "Inte hållet",
    "not_reported": "Utfall saknas",
    "in_words": "Följs upp i ord",
}


def activity(key: int, title: str, **fields) -> ActivityFact:
    status, assessment = fields.pop("status", "ongoing"), fields.pop("assessment", "green")
    return ActivityFact(
        **{
            "id": key,
            "number": f"1.{key}",
            "title": title,
            "focus_area_id": 1,
            "focus_area": "Fokusområde 1",
            "status": status,
            "status_label": STATUS[status],
            "assessment": assessment,
            "assessment_label": ASSESSMENT[assessment],
            "reason": "",
            "starts_on": day(1, 1),
            "ends_on": day(12, 31),
            "next_follow_up_on": day(12, 15),
            "followed_up_on": None,
        }
        | fields
    )


def commitment(key: int, activity_id: int, text: str, **fields) -> CommitmentFact:
    outcome = fields.pop("outcome", "likely")
    return CommitmentFact(
        **{
            "id": key,
            "activity_id": activity_id,
            "party": "Kommunen",
            "who": "Kommunen",
            "text": text,
            "comparison": "at_least",
            "planned": 4,
            "unit": "möten",
            "promise": "minst 4 möten",
            "done": 2,
            "done_words": "2",
            "outcome": outcome,
            "outcome_label": OUTCOME[outcome],
            "starts_on": day(1, 1),
            "ends_on": day(12, 31),
            "is_counted": True,
        }
        | fields
    )


def goal(key: int, statement: str, **fields) -> GoalFact:
    return GoalFact(
        **{
            "id": key,
            "focus_area_id": 1,
            "focus_area": "Fokusområde 1",
            "statement": statement,
            "kind": "production",
            "unit": "möten",
            "baseline": None,
            "now": None,
            "target": None,
            "now_words": "5",
            "target_words": "10 möten",
            "now_of": "",
            "standing": "on_the_way",
            "standing_label": "På väg",
            "due_on": day(12, 31),
        }
        | fields
    )


def facts(*things, as_of=JUNE, removed=()) -> Facts:
    def of(kind):
        return tuple(thing for thing in things if isinstance(thing, kind))

    return Facts(as_of, of(ActivityFact), of(CommitmentFact), of(GoalFact), of(AskedFact), tuple(removed))


def moved(field: str, was, now, at, reason: str = "") -> DateMove:
    return DateMove(field, was, now, at, reason)


AUTUMN = datetime.datetime(2026, 9, 3, 9, 0, tzinfo=datetime.UTC)
SAME_DAY, LATER_SAME_DAY = AUTUMN.replace(hour=11), AUTUMN.replace(hour=15)
SPRING = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)

# What it is, what the last report knew, what this one knows, and what a reader should be told.
TABLE = [
    ("nothing", [activity(1, "TuBen")], [activity(1, "TuBen")], []),
    (
        "new activity",
        [activity(1, "TuBen")],
        [activity(1, "TuBen"), activity(2, "Nattvandring"), commitment(1, 2, "Vandringar")],
        [
            (
                "Ny aktivitet",
                "1.2 Nattvandring",
                "Fokusområde 1, 1 januari–31 december 2026, ett åtagande",
                "",
            )
        ],
    ),
    (
        "removed activity, and what was promised in it goes with it",
        [activity(1, "TuBen", status="paused"), commitment(1, 1, "Pass")],
        [],
        [("Struken aktivitet", "1.1 TuBen", "Status i förra rapporten: pausad", "")],
    ),
    (
        "removed and entered anew under another key",
        [activity(1, "TuBen", status="ongoing")],
        [activity(9, "tuben", number="1.1", status="delayed", reason="Personal saknas.")],
        [
            ("Inlagd på nytt", "1.1 tuben", "Ströks och lades in igen", ""),
            ("Ny status", "1.1 tuben", "Pågår till försenad", "Personal saknas."),
            ("Nytt namn", "1.1 tuben", "Hette ”TuBen”", ""),
        ],
    ),
    (
        "removed and taken back, with its own key",
        [activity(1, "TuBen")],
        [activity(1, "TuBen")],
        [],
    ),
    (
        "carried over from another",
        [activity(1, "TuBen")],
        [activity(9, "TuBen på kvällar", number="1.1", carried_over_from=1)],
        [("Nytt namn", "1.1 TuBen på kvällar", "Hette ”TuBen”", "")],
    ),
    (
        "renumbered: the same activity, and another has its number",
        [activity(1, "TuBen", number="1.1"), activity(2, "Lov", number="1.2")],
        [activity(2, "Lov", number="1.1"), activity(1, "TuBen", number="1.2")],
        [
            ("Nytt nummer", "1.1 Lov", "1.2 till 1.1", ""),
            ("Nytt nummer", "1.2 TuBen", "1.1 till 1.2", ""),
        ],
    ),
    (
        "moved to another focus area",
        [activity(1, "TuBen")],
        [activity(1, "TuBen", number="3.1", focus_area_id=3, focus_area="Fokusområde 3")],
        [("Annat fokusområde", "3.1 TuBen", "Fokusområde 1 till fokusområde 3", "")],
    ),
    (
        "delayed",
        [activity(1, "TuBen")],
        [activity(1, "TuBen", status="delayed", reason="Statistiken kom inte.")],
        [("Ny status", "1.1 TuBen", "Pågår till försenad", "Statistiken kom inte.")],
    ),
    (
        "finished",
        [activity(1, "TuBen", assessment="")],
        [activity(1, "TuBen", assessment="", status="completed", reason="Allt är gjort.", next_follow_up_on=None)],
        [("Genomförd", "1.1 TuBen", "Pågår till genomförd", "Allt är gjort.")],
    ),
    (
        "cancelled",
        [activity(1, "TuBen", status="not_started", assessment="")],
        [activity(1, "TuBen", status="cancelled", assessment="", reason="Pengarna är slut.")],
        [("Avbruten", "1.1 TuBen", "Ej påbörjad till avbruten", "Pengarna är slut.")],
    ),
    (
        "begun again",
        [activity(1, "TuBen", status="completed")],
        [activity(1, "TuBen", status="ongoing")],
        [("Ny status", "1.1 TuBen", "Genomförd till pågår", "")],
    ),
    (
        "worse, better and for the first time assessed",
        [activity(1, "A", assessment="yellow"), activity(2, "B", assessment="red"), activity(3, "C", assessment="")],
        [
            activity(1, "A", assessment="red", reason="Kostnaden är inte avgjord."),
            activity(2, "B", assessment="green", reason="Alla utbildningar är hållna."),
            activity(3, "C", assessment="green"),
        ],
        [
            ("Sämre bedömning", "1.1 A", "Mindre avvikelse till större avvikelse", "Kostnaden är inte avgjord."),
            ("Bättre bedömning", "1.2 B", "Större avvikelse till enligt plan", "Alla utbildningar är hållna."),
            ("Ny bedömning", "1.3 C", "Ej bedömd till enligt plan", ""),
        ],
    ),
    (
        "end moved, with the reason",
        [activity(1, "TuBen")],
        [
            activity(
                1,
                "TuBen",
                ends_on=day(4, 30, 2027),
                moves=(moved("ends_on", day(12, 31), day(4, 30, 2027), AUTUMN, "Statistiken kom inte i juni"),),
            )
        ],
        [
            (
                "Flyttat datum",
                "1.1 TuBen",
                "Slutdatum: 31 december 2026 till 30 april 2027",
                "Statistiken kom inte i juni.",
            )
        ],
    ),
    (
        "moved twice the same day: from the first to the last, with both reasons",
        [activity(1, "TuBen")],
        [
            activity(
                1,
                "TuBen",
                ends_on=day(3, 31, 2027),
                moves=(
                    moved("ends_on", day(10, 31), day(12, 31), SPRING, "Hör till förra rapporten."),
                    moved("ends_on", day(12, 31), day(4, 30, 2027), SAME_DAY, "Statistiken dröjer."),
                    moved("ends_on", day(4, 30, 2027), day(3, 31, 2027), LATER_SAME_DAY, "En månad räcker."),
                ),
            )
        ],
        [
            (
                "Flyttat datum",
                "1.1 TuBen",
                "Slutdatum: 31 december 2026 till 31 mars 2027",
                "Statistiken dröjer. En månad räcker.",
            )
        ],
    ),
    (
        "moved and moved back",
        [activity(1, "TuBen")],
        [
            activity(
                1,
                "TuBen",
                moves=(
                    moved("ends_on", day(12, 31), day(4, 30, 2027), SAME_DAY, "Fel."),
                    moved("ends_on", day(4, 30, 2027), day(12, 31), LATER_SAME_DAY, "Rättat."),
                ),
            )
        ],
        [],
    ),
    (
        "moved without a reason, set for the first time, and taken away",
        [activity(1, "TuBen", ends_on=None, next_follow_up_on=None), activity(2, "Lov")],
        [activity(1, "TuBen", starts_on=day(2, 1), next_follow_up_on=None), activity(2, "Lov", ends_on=None)],
        [
            ("Flyttat datum", "1.1 TuBen", "Startdatum: 1 januari 2026 till 1 februari 2026", NO_REASON),
            ("Flyttat datum", "1.2 Lov", "Slutdatum: 31 december 2026, nu inget", NO_REASON),
            ("Nytt datum", "1.1 TuBen", "Slutdatum: 31 december 2026", ""),
        ],
    ),
    (
        "the next follow-up moved, and the next one after one that was held",
        [activity(1, "TuBen"), activity(2, "Lov")],
        [
            activity(1, "TuBen", next_follow_up_on=day(2, 15, 2027)),
            activity(2, "Lov", next_follow_up_on=day(2, 15, 2027), followed_up_on=day(9, 15)),
        ],
        [("Flyttat datum", "1.1 TuBen", "Nästa uppföljning: 15 december 2026 till 15 februari 2027", "")],
    ),
    (
        "promises: new, kept, broken, changed, moved and removed",
        [
            activity(1, "TuBen"),
            commitment(1, 1, "Frukostmöten"),
            commitment(2, 1, "Pass", party="Gemensamt", who="Gemensamt"),
            commitment(3, 1, "Besök"),
            commitment(4, 1, "Kvällar"),
            commitment(5, 1, "Samtal", done=None, done_words=""),
        ],
        [
            activity(1, "TuBen"),
            commitment(1, 1, "Frukostmöten", outcome="kept", done=4, done_words="4"),
            commitment(2, 1, "Pass", party="Gemensamt", who="Gemensamt", outcome="not_kept"),
            commitment(3, 1, "Besök", promise="minst 6 besök"),
            commitment(
                4,
                1,
                "Kvällar",
                ends_on=day(6, 30, 2027),
                moves=(moved("ends_on", day(12, 31), day(6, 30, 2027), AUTUMN, "Ett halvår till."),),
            ),
            commitment(6, 1, "Vandringar", who="Polisen", promise=""),
        ],
        [
            (
                "Flyttat datum",
                "1.1 TuBen",
                "Kommunen, kvällar, sista dag: 31 december 2026 till 30 juni 2027",
                "Ett halvår till.",
            ),
            ("Nytt åtagande", "1.1 TuBen", "Polisen: Vandringar", ""),
            ("Hållet åtagande", "1.1 TuBen", "Kommunen: Frukostmöten, minst 4 möten. Gjort: 4.", ""),
            ("Inte hållet åtagande", "1.1 TuBen", "Gemensamt: Pass, minst 4 möten. Gjort: 2.", ""),
            (
                "Ändrat åtagande",
                "1.1 TuBen",
                "Kommunen: Besök, minst 4 möten. Nu: Kommunen: Besök, minst 6 besök.",
                "",
            ),
            (
                "Struket åtagande",
                "1.1 TuBen",
                "Kommunen: Samtal, minst 4 möten. Utfallet är inte redovisat.",
                "",
            ),
        ],
    ),
    (
        "goals: new, reworded, with another target and day, and removed",
        [goal(1, "Tio möten"), goal(2, "Fyra kvällar"), goal(3, "En analys")],
        [goal(1, "Tolv möten", target_words="12 möten"), goal(3, "En analys", due_on=None), goal(4, "Två pass")],
        [
            ("Flyttat datum", "Fokusområde 1", "En analys, senast: 31 december 2026, nu inget", ""),
            ("Nytt mål", "Fokusområde 1", "Två pass", ""),
            ("Ändrat mål", "Fokusområde 1", "Tolv möten. Löd: ”Tio möten”", ""),
            ("Ändrat mål", "Fokusområde 1", "Tolv möten. Målvärde: 10 möten till 12 möten", ""),
            ("Struket mål", "Fokusområde 1", "Fyra kvällar", ""),
        ],
    ),
]
