import datetime

import pytest

from accounts.models import Organisation
from agreements.models import Agreement, Group, Seat
from focus_areas import workbook
from focus_areas.models import Activity, Commitment, FocusArea, Goal, ProcessLead
from focus_areas.workbook import FieldChange, RowChange
from tests.factories import at, make_person
from tests.focus_areas.workbooks import as_xlsx, as_yaml, faults, load, row_counts, tables

pytestmark = pytest.mark.django_db


def activities(**changes) -> list[dict]:
    """The two activities, with the first one changed."""
    first, second = tables()["activities"]
    return [first | changes, second]


def changed_rows(outcome) -> list[RowChange]:
    assert outcome.faults == []
    return outcome.changes.rows


# --- Everything at once ---


def test_load_makes_everything_that_the_file_says():
    outcome = load(tables())
    agreement = Agreement.objects.get()
    first = Activity.objects.with_actors().get(title="Fältarbete")

    assert outcome.agreement == agreement
    assert outcome.faults == []
    assert outcome.changes.summary == "Nytt: 37. Ändrat: 0. Oförändrat: 0."
    assert sorted(str(one) for one in agreement.organisations.all()) == [
        "Lokalpolisområde Lund",
        "Lunds kommun",
        "Polisen",
        "SF",
    ]
    assert [section.heading for section in agreement.sections.all()] == ["Ansvar", "Barnen"]
    assert Group.objects.get(name="Arbetsgruppen").parent.name == "Styrgruppen"
    assert Seat.objects.get().organisation.short_name == "SF"
    assert Goal.objects.get(statement="Fyra träffar").parent.statement == "Fler trygga"
    assert [str(one) for one in first.lead_organisations] == ["SF", "Polisen"]
    assert [str(one) for one in first.participant_organisations] == ["Lunds kommun"]
    assert (first.working_group.name, first.goals.get().statement) == ("Arbetsgruppen", "Fler trygga")
    assert sorted(area.name for area in first.areas.all()) == ["Norr", "Söder"]
    assert sorted(Commitment.objects.values_list("activity__title", "text", "planned", "is_joint")) == [
        ("Fältarbete", "Kvällar ute", 10, False),
        ("Vandringar", "Vandra tillsammans", None, True),
    ]


@pytest.mark.parametrize(("write", "name"), [(as_yaml, "b.yaml"), (as_xlsx, "b.xlsx"), (as_yaml, "b.YML")])
def test_load_twice_changes_nothing(write, name):
    workbook.load(write(tables()), name)
    before = row_counts()

    outcome = workbook.load(write(tables()), name)

    assert outcome.faults == []
    assert (outcome.changes.rows, outcome.changes.unchanged_count) == ([], 37)
    assert row_counts() == before


def test_dry_run_tells_and_changes_nothing():
    before = row_counts()

    outcome = load(tables(), dry_run=True)

    assert len(outcome.changes.new) == 37
    assert row_counts() == before


def test_history_says_who_when_and_from_which_file():
    person, moment = make_person("Ulla Norén"), at(datetime.date(2026, 3, 2))
    load(tables(), by=person, at=moment)

    histories = [model.history.all() for model in (Agreement, Organisation, FocusArea, Activity, ProcessLead)]
    rows = [row for history in histories for row in history]

    assert len(rows) == 18
    assert {(row.history_user, row.history_change_reason, row.history_date) for row in rows} == {
        (person, "Inläst från bok.yaml", moment)
    }


# --- What differs ---


def test_changed_cells_are_changed_and_told():
    load(tables())

    outcome = load(tables(activities=activities(background="Många är ute.", process_lead=["Polisen", "SF"])))

    activity = Activity.objects.with_actors().get(title="Fältarbete")
    assert changed_rows(outcome) == [
        RowChange(
            "Aktiviteter",
            1,
            "1.1 Fältarbete",
            is_new=False,
            fields=(
                FieldChange("Leds av", "SF, Polisen", "Polisen, SF"),
                FieldChange("Bakgrund", "", "Många är ute."),
            ),
        )
    ]
    assert activity.background == "Många är ute."
    assert [str(one) for one in activity.lead_organisations] == ["Polisen", "SF"]
    assert activity.history.count() == 5


def test_empty_cell_empties_the_value():
    load(tables())

    load(tables(activities=activities(areas=[], working_group=None, participants=None)))

    activity = Activity.objects.get(title="Fältarbete")
    assert (activity.areas.count(), activity.working_group, activity.participations.count()) == (0, None, 0)


def test_rows_left_out_are_left_alone_and_can_be_referred_to():
    load(tables())
    first, _ = tables()["activities"]

    outcome = load(
        tables(sections=[], parties=[], areas=[], groups=[], seats=[], focus_areas=[], goals=[], activities=[first])
    )

    assert changed_rows(outcome) == []
    assert (Activity.objects.count(), Seat.objects.count(), Goal.objects.count()) == (2, 1, 2)


def test_activities_trade_numbers():
    both = [{"focus_area": "1", "number": 1, "title": "A"}, {"focus_area": "1", "number": 2, "title": "B"}]
    load(tables(activities=both, commitments=[]))

    outcome = load(
        tables(activities=[both[0] | {"number": 2}, both[1] | {"number": 1}], commitments=[]),
    )

    assert len(changed_rows(outcome)) == 2
    assert dict(Activity.objects.values_list("title", "number")) == {"A": 2, "B": 1}
    assert [row.number for row in Activity.objects.get(title="A").history.order_by("history_id")] == [1, 2]


def test_focus_area_is_met_by_its_number_when_its_title_is_corrected():
    load(tables())
    before = FocusArea.objects.get(number=2)

    corrected = [{"number": 1, "title": "Unga"}, {"number": 2, "title": "Platser och parker"}]
    load(tables(focus_areas=corrected))

    assert FocusArea.objects.get(title="Platser och parker") == before
    assert FocusArea.objects.count() == 2


def test_sections_follow_the_order_of_the_rows():
    load(tables())

    outcome = load(tables(sections=list(reversed(tables()["sections"]))))

    assert len(changed_rows(outcome)) == 2
    assert [section.heading for section in Agreement.objects.get().sections.all()] == ["Barnen", "Ansvar"]


def test_draft_without_a_number_is_met_by_its_title_and_gets_one():
    row = tables()["agreement"][0]
    load(tables(agreement=[row | {"reference_number": None}]))

    load(tables())

    assert Agreement.objects.get().reference_number == "KS 2024/7"


def test_same_title_with_another_number_is_another_agreement():
    load(tables())
    row = tables()["agreement"][0]

    load(tables(agreement=[row | {"reference_number": "KS 2028/1", "predecessor": "KS 2024/7"}]))

    assert Agreement.objects.get(reference_number="KS 2028/1").predecessor.reference_number == "KS 2024/7"
    assert Organisation.objects.count() == 4


def test_organisations_may_stand_in_any_order_and_be_named_by_path():
    organisations = [
        {"name": "Fältgruppen", "kind": "unit", "parent": "Eslövs kommun / Socialförvaltningen"},
        {"name": "Socialförvaltningen", "kind": "administration", "parent": "Eslövs kommun"},
        *tables()["organisations"],
        {"name": "Eslövs kommun", "kind": "municipality"},
    ]

    load(tables(organisations=organisations))

    assert [one.name for one in Organisation.objects.get(name="Fältgruppen").lineage] == [
        "Fältgruppen",
        "Socialförvaltningen",
        "Eslövs kommun",
    ]


def test_many_rows_need_no_more_queries_than_few(django_assert_max_num_queries):
    many = [{"focus_area": "1", "title": f"Aktivitet {n}", "process_lead": ["SF"]} for n in range(100)]
    promised = [{"activity": f"Aktivitet {n}", "organisation": "SF", "text": "Möten"} for n in range(100)]
    everything = tables(activities=many, commitments=promised)
    assert load(everything).faults == []

    # Two of them ask which organisations the municipality keeps, and which are nobody's.
    with django_assert_max_num_queries(32):
        assert changed_rows(load(everything)) == []


# --- The locks ---


@pytest.fixture
def adopted():
    row = tables()["agreement"][0]
    changed = tables(agreement=[row | {"state": "adopted", "starts_on": datetime.date(2024, 1, 1)}])
    load(changed)
    return changed


LOCK = "Överenskommelsen är fastställd och kan inte ändras."


@pytest.mark.parametrize(
    ("sheet", "rows", "place"),
    [
        ("sections", [{"heading": "Ansvar", "text": "Ingen svarar."}], "Blad sections, rad 1, kolumn text"),
        ("sections", [{"heading": "Nytt", "text": "Till sist."}], "Blad sections, rad 1, kolumn heading"),
        ("definitions", [{"term": "Trygghet", "text": "Annat."}], "Blad definitions, rad 1, kolumn text"),
        (
            "parties",
            [{"organisation": "Lunds kommun", "signatory_name": "Bo Ek"}],
            "Blad parties, rad 1, kolumn signatory_name",
        ),
        ("parties", [{"organisation": "SF"}], "Blad parties, rad 1, kolumn organisation"),
        ("focus_areas", [{"number": 1, "title": "Äldre"}], "Blad focus_areas, rad 1, kolumn title"),
        ("focus_areas", [{"number": 9, "title": "Unga"}], "Blad focus_areas, rad 1, kolumn number"),
        ("focus_areas", [{"title": "Äldre"}], "Blad focus_areas, rad 1, kolumn title"),
    ],
)
def test_adopted_agreement_does_not_change_its_own_words(adopted, sheet, rows, place):
    before = row_counts()

    assert faults(adopted | {sheet: rows, "goals": [], "activities": [], "commitments": []}) == [f"{place}: {LOCK}"]
    assert row_counts() == before


@pytest.mark.parametrize(
    ("column", "value"), [("title", "Tryggare Lund"), ("ends_on", datetime.date(2029, 1, 1)), ("state", "closed")]
)
def test_adopted_agreement_does_not_change_itself(adopted, column, value):
    adopted["agreement"][0][column] = value

    assert faults(adopted) == [f"Blad agreement, rad 1, kolumn {column}: {LOCK}"]


def test_adopted_agreement_takes_new_descriptions_activities_and_groups(adopted):
    adopted["focus_areas"][0]["description"] = "De unga."
    adopted["activities"].append({"focus_area": "2", "title": "Belysning"})
    adopted["groups"].append({"name": "Örat mot marken", "kind": "situation"})

    assert len(changed_rows(load(adopted))) == 3


def test_closed_agreement_does_not_change_at_all(adopted):
    Agreement.objects.update(state="closed")
    adopted["agreement"][0]["state"] = None
    adopted["activities"][1]["background"] = "Mörkt."

    assert faults(adopted) == [
        "Blad activities, rad 2, kolumn background: Överenskommelsen är avslutad och kan inte ändras."
    ]


def test_state_of_a_draft_is_not_changed_by_a_file():
    load(tables())
    row = tables()["agreement"][0]

    assert faults(tables(agreement=[row | {"state": "adopted"}])) == [
        "Blad agreement, rad 1, kolumn state: Tillståndet ändras på överenskommelsens sida, inte i filen."
    ]


# --- Whose organisations ---


def renamed() -> dict:
    return tables(
        organisations=[
            *tables()["organisations"][:3],
            tables()["organisations"][3] | {"short_name": "LPO Lund"},
        ]
    )


def test_coordinator_does_not_change_an_organisation_that_others_keep(other_agreement):
    agreement = load(tables()).agreement
    Organisation.objects.filter(name="Polisen").update(keeper=other_agreement.municipality)

    assert faults(renamed(), by=make_person("Ulla Norén"), expected_agreement=agreement) == [
        "Blad organisations, rad 4, kolumn short_name: Organisationen hålls inte av kommunen och ändras inte härifrån."
    ]
    assert faults(renamed(), by=make_person("Nina Falk", is_superuser=True), expected_agreement=agreement) == []


def test_coordinator_changes_an_organisation_of_their_own():
    agreement = load(tables()).agreement

    assert faults(renamed(), by=make_person("Ulla Norén"), expected_agreement=agreement) == []
    assert Organisation.objects.get(name="Lokalpolisområde Lund").short_name == "LPO Lund"


def test_organisation_never_becomes_or_ceases_to_be_the_police():
    load(tables())
    other = tables(
        organisations=[*tables()["organisations"][:3], tables()["organisations"][3] | {"kind": "other"}],
    )

    assert faults(other) == [
        "Blad organisations, rad 4, kolumn kind: "
        "En organisation kan inte bli polis, eller sluta vara det. Lägg in en ny."
    ]


def test_file_for_another_agreement_is_refused(agreement):
    before = row_counts()

    assert faults(tables(), expected_agreement=agreement) == [
        "Blad agreement, rad 1, kolumn reference_number: Filen gäller en annan överenskommelse än den här."
    ]
    assert row_counts() == before
