"""The SMARTA reviewer: its verdicts on real wordings, what it notices, and what it says."""

import datetime
from decimal import Decimal

import pytest

from focus_areas.models import GoalCriterion
from focus_areas.smarta import CHECKS, DEFAULT, Criterion, GoalDraft, Verdict, review_goal
from tests.focus_areas.goal_wordings import DISAGREED, LATER, OWN, REAL

SIGNS = {Verdict.OK: "+", Verdict.MISSING: "-", Verdict.UNSURE: "?"}


def signs(statement: str, **fields) -> str:
    return "".join(SIGNS[one.verdict] for one in review_goal(GoalDraft(statement, **fields)).letters)


def only(check: str, statement: str, **fields) -> tuple[str, str]:
    """The verdict and the advice by one check alone."""
    (letter,) = review_goal(GoalDraft(statement, **fields), [Criterion("Ordet", check)]).letters
    return SIGNS[letter.verdict], letter.advice


# --- Judged by hand ---


@pytest.mark.parametrize(("statement", "judged", "fields"), [*REAL, *OWN, *LATER])
def test_reviewer_judges_as_by_hand(statement, judged, fields):
    assert signs(statement, **fields) == judged


@pytest.mark.parametrize(("statement", "judged", "found"), DISAGREED)
def test_what_the_reviewer_gets_wrong_is_known(statement, judged, found):
    assert signs(statement) == found
    assert judged != found


def test_the_table_has_enough_real_wordings():
    assert len(REAL) >= 40
    assert len({statement for statement, _, _ in REAL}) == len(REAL)


# --- Verbs ---


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        ("Vi verkar för trygghet", "verkar för"),
        ("Kommunen ska i dialog med alla som bor och verkar här värna om tryggheten", "värna om"),
        ("Tryggheten främjas", "främjas"),
        ("Vi arbetar med grannsamverkan", "arbetar med"),
        ("ARBETA FÖR FRED", "ARBETA FÖR"),
        ("Arbetet ska bidra till trygghet", "bidra till"),
        ("Socialförvaltningen stöder familjer", "stöder"),
        ("Stärka det förebyggande arbetet", "Stärka det förebyggande arbetet"),
        ("Fortsatt samverkan", "Fortsatt"),
        ("Ökad medvetenhet om brott", "Ökad medvetenhet"),
        ("Parterna strävar efter tillit", "strävar efter"),
        ("Insatsen syftar till lugn", "syftar till"),
        ("Uppmärksamma risker", "Uppmärksamma"),
        ("Se över möjligheterna", "Se över"),
        ("Titta på belysningen", "Titta på"),
        ("Ta ett helhetsgrepp", "Ta ett helhetsgrepp"),
    ],
)
def test_weak_verb_is_noticed_however_it_is_bent(statement, noticed):
    assert noticed in review_goal(GoalDraft(statement)).weak_verbs


@pytest.mark.parametrize(
    "statement",
    ["Minska antalet inbrott", "Verkan av vandringarna ska mätas", "Arbetsgruppen möts", "Stödet till elever mäts"],
)
def test_other_words_are_not_taken_for_weak_verbs(statement):
    assert review_goal(GoalDraft(statement)).weak_verbs == ()


@pytest.mark.parametrize(
    ("statement", "praised"),
    [
        ("Inbrotten minskar", "minskar"),
        ("Tryggheten har ökat", "ökat"),
        ("Halvera väntetiden", "Halvera"),
        ("Indexet sänks", "sänks"),
        ("Höja andelen", "Höja"),
        ("En rutin utvecklas", "utvecklas"),
        ("Färre otrygga platser", "Färre"),
    ],
)
def test_verb_of_movement_is_praised(statement, praised):
    assert review_goal(GoalDraft(statement)).movement_verbs == (praised,)


@pytest.mark.parametrize("statement", ["Öka medvetenheten", "Utveckla samverkan", "Minst fyra möten", "Ett minne"])
def test_movement_in_name_only_is_not_praised(statement):
    assert review_goal(GoalDraft(statement)).movement_verbs == ()


def test_remarks_name_the_verbs():
    review = review_goal(GoalDraft("Verka för att minska inbrotten"))

    assert review.verb_remarks == (
        "Svagt: ”verka för” säger inte vad som blir annorlunda. Pröva minska, öka, utveckla eller höja.",
        "Bra: ”minska” säger åt vilket håll det ska gå.",
    )


# --- Numbers and dates in the text ---


@pytest.mark.parametrize(
    "statement",
    [
        "Sänka indexet från 2,22 till 1,80",
        "Hålla minst fyra vandringar",
        "Hälften av butikerna",
        "Nå 4 000 timmar",
        "Minst en vandring",
        "Tjugo gårdar",
        "Minska inbrotten med 20 procent",
    ],
)
def test_numbers_in_the_text_count_as_measurable(statement):
    assert only("measurable", statement)[0] == "+"


@pytest.mark.parametrize(
    "statement",
    [
        "Elever i årskurs 9 mår bra",
        "Unga 13–18 år mår bra",
        "Det blir lugnt efter kl. 20",
        "Lagens 6 § följs",
        "Det blir lugnt 2027",
        "Det blir lugnt den 4 maj",
        "Läget (0–6) är gott",
        "17-åringar mår bra",
    ],
)
def test_other_numbers_do_not(statement):
    assert only("measurable", statement)[0] == "-"


@pytest.mark.parametrize(
    ("statement", "sign"),
    [
        ("Klart senast 2026", "+"),
        ("Klart före den 1 juli", "+"),
        ("Klart 2026-12-31", "+"),
        ("Färre inbrott än 2022", "-"),
        ("Färre inbrott jämfört med 2022", "-"),
        ("Utbilda i 2000 timmar", "-"),
        ("Mötas varje månad", "?"),
        ("Klart till hösten", "?"),
        ("Klart så snart som möjligt", "-"),
    ],
)
def test_dates_in_the_text_count_as_timed(statement, sign):
    assert only("timed", statement)[0] == sign


def test_day_that_has_been_is_asked_about():
    past, today = datetime.date(2026, 6, 30), datetime.date(2026, 11, 23)

    assert only("timed", "Klart", due_on=past, today=today) == ("?", "Dagen har redan varit. Ska målet ha en ny?")
    assert only("timed", "Klart", due_on=today, today=today)[0] == "+"


# --- Realistic: asked about, never refused ---


@pytest.mark.parametrize(
    ("baseline", "target", "sign"),
    [("10", "9", "+"), ("10", "6", "+"), ("10", "5.9", "?"), ("10", "14", "+"), ("10", "30", "?"), ("0", "4", "?")],
)
def test_long_leap_is_asked_about(baseline, target, sign):
    assert only("realistic", "Nå dit", baseline=Decimal(baseline), target=Decimal(target))[0] == sign


def test_goal_that_is_reached_is_asked_about():
    verdict = only(
        "realistic",
        "Sänka",
        baseline=Decimal("2.22"),
        target=Decimal("1.80"),
        latest=Decimal("1.76"),
        lower_is_better=True,
    )

    assert verdict == ("?", "Senaste värdet är 1,76: målet är redan nått. Vad är nästa mål?")


@pytest.mark.parametrize(
    ("statement", "baseline", "target", "lower_is_better", "sign"),
    [
        ("Minska inbrotten", "10", "12", True, "?"),
        ("Öka tryggheten", "2.22", "1.80", True, "+"),
        ("Öka andelen", "40", "30", False, "?"),
    ],
)
def test_words_against_numbers_are_asked_about(statement, baseline, target, lower_is_better, sign):
    values = {"baseline": Decimal(baseline), "target": Decimal(target), "lower_is_better": lower_is_better}

    assert only("realistic", statement, **values)[0] == sign


def test_realistic_is_never_missing():
    judged = [signs(statement, **fields)[3] for statement, _, fields in [*REAL, *OWN, *LATER]]

    assert set(judged) == {"+", "?"}


# --- Criteria ---


def test_default_is_the_agreements_words():
    labels = [one.label for one in review_goal(GoalDraft("")).letters]

    assert labels == ["Specifika", "Mätbara", "Avgränsade", "Realistiska", "Tidsatta"]
    assert [one.label for one in review_goal(GoalDraft(""), ()).letters] == labels
    assert [one.label for one in DEFAULT] == labels


def test_every_check_that_can_be_chosen_exists():
    assert set(CHECKS) == set(GoalCriterion.Check.values)


@pytest.mark.parametrize(
    ("check", "statement", "fields", "sign"),
    [
        ("accepted", "Gå fyra vandringar", {"has_commitment": True}, "+"),
        ("accepted", "Gå fyra vandringar", {}, "?"),
        ("owned", "Gå fyra vandringar", {"has_commitment": True}, "+"),
        ("owned", "Gå fyra vandringar", {"has_owner": True}, "+"),
        ("owned", "Socialförvaltningen går fyra vandringar", {}, "+"),
        ("owned", "Gå fyra vandringar", {}, "-"),
    ],
)
def test_other_municipalities_letters(check, statement, fields, sign):
    assert only(check, statement, **fields)[0] == sign


def test_summary_is_one_sentence_of_what_is_missing():
    review = review_goal(GoalDraft("Minska inbrotten i Åkarp"))

    assert review.summary == "2 av 5 kriterier är klara. Det saknas för mätbara och tidsatta."


@pytest.mark.parametrize(
    "statement", ["", " ", "?!", "ö" * 300, "och och och", "1" * 300, "<b>minska</b>", "från till"]
)
def test_strange_text_is_judged_like_any_other(statement):
    assert len(signs(statement)) == 5


def test_advice_is_swedish_sentences():
    advice = [
        one.advice
        for statement, _, fields in [*REAL, *OWN]
        for one in review_goal(GoalDraft(statement, **fields)).letters
    ]

    assert all(text[-1] in ".?" for text in advice)
    assert max(map(len, advice)) <= 150
