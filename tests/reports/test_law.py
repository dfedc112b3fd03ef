"""The law's demands, judged on fixed days: every sentence, and the days on either side of a limit."""

import datetime
from dataclasses import replace

import pytest

from agreements.models import Agreement, Seat
from focus_areas.models import ActionPlan
from reports.law import State, judge
from reports.law.evidence import Evidence, GroupThen, RenewalThen
from reports.law.rows import day_words, state_of
from tests.reports.evidence import (
    ALL_MET,
    CHAIR,
    COORDINATOR,
    COUNCIL,
    HELD,
    PICTURE,
    PLAN,
    POLICE,
    REPORT,
    TODAY,
    WALKS,
    day,
    row_of,
    with_agreement,
)

MET, SOON, LACKING = State.MET, State.SOON, State.LACKING
EMPTY = Evidence(agreement=replace(ALL_MET.agreement, state=Agreement.State.DRAFT, has_purpose=False))


def test_everything_is_met_when_everything_is_there():
    judgement = judge(ALL_MET, today=TODAY)

    assert [row.key for row in judgement.wanting()] == []
    assert judgement.headline == "Alla nio krav är uppfyllda."
    assert judgement.rest == "Överenskommelsens egna sex löften är uppfyllda."
    assert [row.paragraph.replace("\u00a0", " ") for row in judgement.paragraphs] == [
        *("4 §", "5 §", "6 §", "6 §", "7 §", "9 §", "10 §", "11–12 §§", "13 §", "14 §")
    ]


def test_nothing_is_met_when_nothing_is_there():
    judgement = judge(EMPTY, today=TODAY)

    assert judgement.headline == "Inget av nio krav är uppfyllt."
    assert judgement.rest == "Nio har en brist. Av överenskommelsens egna löften är ett av sex uppfyllt."
    assert all(row.missing and row.mend for row in judgement.wanting())
    assert judgement.clocks == ()


def test_cameras_are_a_possibility_and_not_counted():
    row = row_of("kameror", EMPTY)

    assert row.state is State.OPTIONAL
    assert row.missing == ()
    assert row not in judge(EMPTY, today=TODAY).demands


# --- Limits: the very day, the day after, sixty days before, a leap day ---


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        ("2024-11-21", MET, "om 2 månader"),
        ("2024-11-22", SOON, "om 60 dagar"),
        ("2025-01-20", SOON, "i morgon"),
        ("2025-01-21", SOON, "i dag"),
        ("2025-01-22", LACKING, "i går"),
        ("2025-01-23", LACKING, "för 2 dagar sedan"),
        ("2025-03-22", LACKING, "för 60 dagar sedan"),
        ("2027-01-22", LACKING, "för 2 år sedan"),
    ],
)
def test_clock_turns_on_its_days(today, state, words):
    due_on = day("2025-01-21")

    assert state_of(due_on, day(today)) is state
    assert day_words(due_on, day(today)) == words


@pytest.mark.parametrize(
    ("adopted_on", "today", "state", "due_on"),
    [
        # A leap day has no fellow two years on: the last of February is the last day.
        ("2024-02-29", "2026-02-28", SOON, "2026-02-28"),
        ("2024-02-29", "2026-03-01", LACKING, "2026-02-28"),
        ("2022-02-28", "2024-02-28", SOON, "2024-02-28"),
        ("2022-02-28", "2024-02-29", LACKING, "2024-02-28"),
        ("2022-10-03", "2024-08-03", MET, "2024-10-03"),
        ("2022-10-03", "2024-08-04", SOON, "2024-10-03"),
        ("2022-10-03", "2024-10-03", SOON, "2024-10-03"),
        ("2022-10-03", "2024-10-04", LACKING, "2024-10-03"),
        # Adopted on a day that has not come: it does not count yet.
        ("2026-11-24", "2026-11-23", LACKING, None),
    ],
)
def test_picture_is_due_two_years_after_it_was_adopted(adopted_on, today, state, due_on):
    evidence = replace(ALL_MET, pictures=(replace(PICTURE, adopted_on=day(adopted_on)),))

    row = row_of("lagesbilden-uppdaterad", evidence, today=day(today))

    assert row.state is state
    assert row.due_on == (day(due_on) if due_on else None)
    assert row_of("lagesbilden-reviderad", evidence, today=day(today)).state is state


def test_burlovs_picture_is_overdue_since_the_autumn_of_2024():
    picture = replace(
        PICTURE, title="Lägesbild hösten 2022", reference_number="KS/2022:523", adopted_on=day("2022-10-03")
    )

    row = row_of("lagesbilden-uppdaterad", replace(ALL_MET, pictures=(picture,)))

    assert row.state is LACKING
    assert row.missing == ("En ny lägesbild skulle ha fastställts senast 3 oktober 2024, för 2 år sedan.",)
    assert [link.text for link in row.evidence] == ["Lägesbild hösten 2022 (KS/2022:523), fastställd 3 oktober 2022"]
    assert (row.mend.text, row.mend.route) == ("Börja nästa lägesbild", "agreements:picture_create")


def test_picture_that_is_soon_due_says_when():
    evidence = replace(ALL_MET, pictures=(replace(PICTURE, adopted_on=day("2024-12-09")),))

    row = row_of("lagesbilden-uppdaterad", evidence)

    assert row.missing == ("En ny lägesbild ska fastställas senast 9 december 2026, om 16 dagar.",)


def test_newest_picture_counts_and_working_material_is_where_to_go_on():
    older = replace(PICTURE, id=2, adopted_on=day("2022-10-03"))
    draft = replace(PICTURE, id=3, adopted_on=None)

    assert row_of("lagesbilden-uppdaterad", replace(ALL_MET, pictures=(older, PICTURE))).state is MET
    mend = row_of("lagesbilden-uppdaterad", replace(ALL_MET, pictures=(older, draft))).mend
    assert (mend.route, mend.key) == ("agreements:picture_detail", 3)


# --- 4 § and 5 § ---


@pytest.mark.parametrize(
    ("pictures", "missing"),
    [
        ((), "Ingen lägesbild är fastställd."),
        ((replace(PICTURE, adopted_on=None),), "Ingen lägesbild är fastställd."),
        ((replace(PICTURE, missing_parts=("analys",)),), "I lägesbilden saknas analys."),
        (
            (replace(PICTURE, missing_parts=("kartläggning", "annat som har betydelse", "analys")),),
            "I lägesbilden saknas kartläggning, annat som har betydelse och analys.",
        ),
    ],
)
def test_picture_needs_its_three_parts(pictures, missing):
    row = row_of("lagesbild", replace(ALL_MET, pictures=pictures))

    assert (row.state, row.missing) == (LACKING, (missing,))


@pytest.mark.parametrize(
    ("plan", "state", "missing"),
    [
        (PLAN, MET, ()),
        (replace(PLAN, state=ActionPlan.State.DRAFT, decided_on=None), LACKING, ("Ingen åtgärdsplan är beslutad.",)),
        (replace(PLAN, decided_on=day("2026-11-24")), LACKING, ("Ingen åtgärdsplan är beslutad.",)),
        (
            replace(PLAN, based_on_id=None),
            LACKING,
            ("Det är inte angivet vilken lägesbild planen vilar på.",),
        ),
        (replace(PLAN, paragraph=""), MET, ("Beslutets paragraf är inte angiven.",)),
        (
            replace(PLAN, paragraph="", reference_number=""),
            MET,
            ("Beslutets paragraf och planens diarienummer är inte angivna.",),
        ),
    ],
)
def test_plan_is_decided_and_rests_on_a_picture(plan, state, missing):
    row = row_of("atgardsplan", replace(ALL_MET, plans=(plan,)))

    assert (row.state, row.missing) == (state, missing)


def test_plan_says_who_decided_and_what_it_rests_on():
    links = [link.text for link in row_of("atgardsplan").evidence]

    assert links == [
        "Åtgärdsplan, version 1: Kommunstyrelsen 13 april 2026, § 48, KS/2026:2",
        "vilar på Lägesbild 2026 (KS/2026:1)",
    ]


def test_plan_on_an_older_picture_says_so():
    older = replace(PICTURE, id=9, adopted_on=day("2022-10-03"))
    evidence = replace(ALL_MET, pictures=(older, PICTURE), plans=(replace(PLAN, based_on_id=9),))

    row = row_of("atgardsplan", evidence)

    assert (row.state, row.missing) == (MET, ("Planen vilar på en äldre lägesbild än den som gäller.",))


# --- 6 §: the plan followed up ---


def followed(*days: str, **fields):
    return replace(WALKS, followed_up=tuple(day(text) for text in days), **fields)


OLD_PLAN = replace(PLAN, decided_on=day("2024-05-27"))


@pytest.mark.parametrize(
    ("activities", "due_on", "state"),
    [
        # Never followed up: two years from the decision.
        ((followed(),), "2026-05-27", LACKING),
        ((followed(starts_on=day("2025-03-01")),), "2027-03-01", MET),
        ((followed("2024-12-03"),), "2026-12-03", SOON),
        ((followed("2024-11-23"),), "2026-11-23", SOON),
        ((followed("2024-11-22"),), "2026-11-22", LACKING),
        # The latest one counts; one dated later than today does not.
        ((followed("2024-06-01", "2026-02-01"),), "2028-02-01", MET),
        ((followed("2024-06-01", "2026-12-01"),), "2026-06-01", LACKING),
        # The plan is followed up when the last of its activities is.
        ((followed("2026-09-01"), followed("2024-12-10", id=2)), "2026-12-10", SOON),
        # Finished, and not begun: not counted.
        ((followed("2026-09-01"), followed(id=2, is_finished=True)), "2028-09-01", MET),
        ((followed("2026-09-01"), followed(id=2, starts_on=day("2026-11-24"))), "2028-09-01", MET),
        # All finished: from the latest follow-up there is, else from the decision.
        ((followed("2025-01-10", is_finished=True),), "2027-01-10", SOON),
        ((), "2026-05-27", LACKING),
    ],
)
def test_plan_is_followed_up_when_all_of_it_is(activities, due_on, state):
    row = row_of("planen-uppfoljd", replace(ALL_MET, plans=(OLD_PLAN,), activities=activities))

    assert (row.due_on, row.state) == (day(due_on), state)


def test_new_version_of_the_plan_follows_nothing_up():
    old = replace(OLD_PLAN, state=ActionPlan.State.REPLACED)
    new = replace(PLAN, id=2, version=2, decided_on=day("2026-10-01"))

    row = row_of("planen-uppfoljd", replace(ALL_MET, plans=(new, old), activities=(followed(),)))

    assert row.due_on == day("2026-05-27")


def test_plan_that_is_late_names_what_was_followed_up_longest_ago():
    activities = (followed("2024-06-10", name="1.1 TuBen"), followed(id=2, name="1.2 SSPU-gruppen"))

    row = row_of("planen-uppfoljd", replace(ALL_MET, plans=(OLD_PLAN,), activities=activities))

    assert row.missing == (
        "Hela planen skulle ha varit uppföljd senast 27 maj 2026, för 6 månader sedan.",
        "Aldrig uppföljda av båda parter: 1.2 SSPU-gruppen.",
    )
    assert [link.text for link in row.evidence] == ["Senaste uppföljningen som båda har godkänt, 10 juni 2024"]


def test_plan_within_its_time_names_what_nobody_has_followed_up():
    activities = (followed("2026-06-10", name="1.1 TuBen"), followed(id=2, name="1.2 SSPU-gruppen"))

    row = row_of("planen-uppfoljd", replace(ALL_MET, activities=activities))

    assert row.state is State.MET
    assert row.missing == ("Aldrig uppföljda av båda parter: 1.2 SSPU-gruppen.",)
    assert "Fristen räknas från" in row.clock.rule


def test_plan_that_is_soon_due_names_the_one_that_decides():
    activities = (followed("2024-12-03", name="1.1 TuBen"),)

    row = row_of("planen-uppfoljd", replace(ALL_MET, plans=(OLD_PLAN,), activities=activities))

    assert row.missing == (
        "Hela planen ska vara uppföljd senast 3 december 2026, om 10 dagar.",
        "Längst sedan uppföljda: 1.1 TuBen.",
    )


def test_plan_that_is_not_decided_cannot_be_followed_up():
    row = row_of("planen-uppfoljd", replace(ALL_MET, plans=()))

    assert (row.state, row.due_on) == (LACKING, None)
    assert row.missing == ("Det finns ingen beslutad åtgärdsplan att följa upp.",)
    assert row.mend.route == "focus_areas:plan_create"


# --- 7 § and 9 § ---


def test_other_plans_are_named():
    assert [link.text for link in row_of("andra-planer").evidence] == ["ANDTS-plan"]
    assert row_of("andra-planer", replace(ALL_MET, linked_plans=())).missing == (
        "Det är inte angivet vilka andra planer arbetet hänger ihop med.",
    )


@pytest.mark.parametrize(
    ("fields", "state", "missing"),
    [
        ({}, MET, ()),
        ({"state": Agreement.State.DRAFT}, LACKING, ("Överenskommelsen är ett utkast.",)),
        ({"state": Agreement.State.CLOSED}, LACKING, ("Överenskommelsen är avslutad.",)),
        (
            {"starts_on": day("2026-11-24")},
            LACKING,
            ("Överenskommelsen börjar gälla först 24 november 2026.",),
        ),
        ({"ends_on": day("2026-11-22")}, LACKING, ("Överenskommelsen gick ut 22 november 2026, i går.",)),
        ({"ends_on": day("2026-11-23")}, SOON, ("Överenskommelsen går ut 23 november 2026, i dag.",)),
        ({"ends_on": day("2026-12-31")}, SOON, ("Överenskommelsen går ut 31 december 2026, om 38 dagar.",)),
        ({"ends_on": day("2027-01-22")}, SOON, ("Överenskommelsen går ut 22 januari 2027, om 60 dagar.",)),
        ({"ends_on": day("2027-01-23")}, MET, ()),
        ({"ends_on": None}, MET, ()),
        ({"has_purpose": False}, LACKING, ("Överenskommelsens syfte är inte angivet.",)),
    ],
)
def test_agreement_is_in_force_with_purpose(fields, state, missing):
    row = row_of("overenskommelse", with_agreement(**fields))

    assert (row.state, row.missing) == (state, missing)


def test_agreement_needs_areas_and_says_when_its_signing_is_not_known():
    row = row_of("overenskommelse", replace(ALL_MET, focus_areas=()))
    assert (row.state, row.missing) == (LACKING, ("Överenskommelsen har inga fokusområden.",))

    unsigned = replace(with_agreement(signed_on=None), parties_signed=(day("2025-12-10"), None))
    row = row_of("overenskommelse", unsigned)
    assert (row.state, row.missing) == (MET, ("Dagen för undertecknandet är inte angiven.",))

    by_parties = replace(with_agreement(signed_on=None), parties_signed=(day("2025-12-09"), day("2025-12-10")))
    assert row_of("overenskommelse", by_parties).evidence[0].text == (
        "Överenskommelsen KS/2025:305, undertecknad 10 december 2025"
    )


# --- 10 § and 11–12 §§ ---


@pytest.mark.parametrize(
    ("seats", "state", "missing"),
    [
        ((CHAIR, POLICE), MET, ()),
        ((POLICE,), LACKING, ("Styrgruppen har ingen plats för ordförande.",)),
        ((replace(CHAIR, holdings=()), POLICE), LACKING, ("Ordföranden i Styrgruppen är inte utsedd.",)),
        (
            (replace(CHAIR, holdings=((day("2023-07-01"), day("2026-11-22")),)), POLICE),
            LACKING,
            ("Ordföranden i Styrgruppen är inte utsedd.",),
        ),
        ((replace(CHAIR, holdings=((day("2023-07-01"), TODAY),)), POLICE), MET, ()),
        (
            (replace(CHAIR, is_municipal=False, is_leading_position=True), POLICE),
            LACKING,
            ("Ordföranden i Styrgruppen kommer inte från kommunen.",),
        ),
        ((CHAIR,), LACKING, ("Ingen utanför kommunen sitter i Styrgruppen.",)),
        (
            (CHAIR, replace(POLICE, is_leading_position=False)),
            LACKING,
            ("Inte ledande befattning: Lokalpolisområdeschef, LPO Kävlinge.",),
        ),
        (
            (CHAIR, replace(POLICE, is_leading_position=None)),
            MET,
            ("Om befattningen är ledande är inte angivet för en plats: Lokalpolisområdeschef, LPO Kävlinge.",),
        ),
        (
            (CHAIR, POLICE, replace(POLICE, id=7, title="Chef", organisation="BBAB", holdings=())),
            MET,
            ("Vakant plats: Chef, BBAB.",),
        ),
    ],
)
def test_council_is_led_by_the_municipality_with_leading_people(seats, state, missing):
    row = row_of("rad", replace(ALL_MET, councils=(GroupThen(1, "Styrgruppen", seats),)))

    assert (row.state, row.missing) == (state, missing)


def test_council_must_be_there_and_is_told_with_its_seats():
    assert row_of("rad", replace(ALL_MET, councils=())).missing == ("Ingen styrgrupp är inlagd.",)
    assert [link.text for link in row_of("rad").evidence] == ["Styrgruppen, två platser varav två tillsatta"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, ()),
        ({"coordinators": ()}, ("Ingen samordnare är inlagd.",)),
        ({"coordinators": (replace(COORDINATOR, holdings=()),)}, ("Platsen som samordnare är vakant.",)),
        ({"told_residents_on": ()}, ()),
        ({"activities": ()}, ()),
        (
            {"told_residents_on": (day("2026-11-24"),), "activities": ()},
            ("Inget är gjort för att informera invånarna, och ingen aktivitet visas för dem.",),
        ),
    ],
)
def test_somebody_coordinates_and_residents_are_told(fields, missing):
    row = row_of("samordning", replace(ALL_MET, **fields))

    assert (row.state, row.missing) == (LACKING if missing else MET, missing)


def test_coordination_is_shown_by_seat_items_and_public_page():
    assert [link.text for link in row_of("samordning").evidence] == [
        "Samordnare, KLF",
        "En insats utåt, senast 1 oktober 2026",
        "Sidan för invånarna, en aktivitet",
    ]


# --- 13 § ---


@pytest.mark.parametrize(
    ("reported_on", "state", "missing"),
    [
        ("2026-06-15", MET, ()),
        ("2026-01-23", MET, ()),
        ("2026-01-22", SOON, ("Nästa rapport bör lämnas senast 22 januari 2027, om 60 dagar.",)),
        ("2025-11-23", SOON, ("Nästa rapport bör lämnas senast 23 november 2026, i dag.",)),
        ("2025-11-22", LACKING, ("Mer än ett år har gått sedan rapporten 22 november 2025.",)),
        ("2026-11-24", LACKING, ("Ingen rapport till fullmäktige är inlagd.",)),
    ],
)
def test_council_is_reported_to_at_least_once_a_year(reported_on, state, missing):
    evidence = replace(ALL_MET, council_reports=(replace(REPORT, reported_on=day(reported_on)),))

    row = row_of("fullmaktige", evidence)

    assert (row.state, row.missing) == (state, missing)


def test_words_count_what_is_not_met():
    evidence = replace(
        with_agreement(ends_on=day("2026-12-31")),
        council_reports=(),
        pictures=(replace(PICTURE, adopted_on=day("2024-12-01")),),
        renewals=(RenewalThen(4, "Överenskommelse 2027–2030"),),
    )

    judgement = judge(evidence, today=TODAY)

    assert judgement.headline == "Sex av nio krav är uppfyllda."
    assert judgement.rest == (
        "Två förfaller snart och ett har en brist. Av överenskommelsens egna löften är fyra av sex uppfyllda."
    )
    assert [row.key for row in judgement.wanting()] == [
        *("fullmaktige", "lagesbilden-uppdaterad", "overenskommelse", "lagesbilden-reviderad", "fornyelse")
    ]


def test_clocks_run_from_the_last_time():
    clocks = judge(ALL_MET, today=TODAY).clocks

    assert [(clock.title, clock.last_on, clock.due_on, clock.percent) for clock in clocks] == [
        ("Följ upp åtgärdsplanen", day("2026-09-15"), day("2028-09-15"), 9),
        ("Uppdatera lägesbilden", day("2026-03-02"), day("2028-03-02"), 36),
        ("Rapportera till fullmäktige", day("2026-06-15"), day("2027-06-15"), 44),
    ]


def test_council_and_seats_are_of_the_day():
    later = datetime.date(2023, 6, 30)

    assert HELD[0][0] > later
    assert row_of("rad", replace(ALL_MET, councils=(COUNCIL,)), today=later).state is LACKING
    assert CHAIR.function == Seat.Function.CHAIR
