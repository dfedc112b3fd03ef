"""Goals: their pages, what is refused, the reviewer beside the form, and the agreement's own criteria."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.history import latest_version
from focus_areas.models import Goal, GoalCriterion
from focus_areas.operations import remove_goal, save_goal
from tests.factories import (
    as_person,
    make_activity,
    make_commitment,
    make_focus_area,
    make_goal,
    make_log_entry,
    organisation_of,
)
from tests.thread_factories import make_goal_criterion, make_indicator, make_picture, make_problem, make_value

pytestmark = pytest.mark.django_db

WRITTEN = {"kind": "effect", "statement": "Sänka trygghetsindex i Arlöv"}


@pytest.fixture
def focus_area(agreement):
    return make_focus_area(agreement)


@pytest.fixture
def index(agreement):
    """2,44 (2017) to 2,22 (2022); 0–6, low is good."""
    return make_indicator(agreement)


def address(name: str, thing) -> str:
    return reverse(f"focus_areas:{name}", args=[thing.pk])


def create(client, focus_area, **data):
    return client.post(address("goal_create", focus_area), WRITTEN | data)


def errors_of(response) -> dict:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


# --- Writing a goal ---


def test_goal_follows_its_indicators_unit(client, coordinator, focus_area, index):
    as_person(client, coordinator)

    response = create(client, focus_area, indicator=index.pk, baseline="2,22", target="1,80", unit="poäng")

    goal = Goal.objects.get()
    assert response.url == address("goal_detail", goal)
    assert (goal.unit, goal.baseline, goal.target) == ("index", Decimal("2.22"), Decimal("1.80"))
    assert goal.history.get().history_user == coordinator


def test_goal_from_a_gap_is_for_its_problem_and_the_activity_for_its_goal(client, coordinator, agreement, focus_area):
    problem = make_problem(make_picture(agreement))
    goal = make_goal(focus_area)
    as_person(client, coordinator)

    goal_form = client.get(address("goal_create", focus_area), {"problem": problem.pk}).text
    activity_form = client.get(address("activity_create", focus_area), {"mal": goal.pk}).text

    assert f'<option value="{problem.pk}" selected>' in goal_form
    assert re.search(rf'name="goals" value="{goal.pk}"[^>]*checked', activity_form)


def test_baseline_is_taken_from_the_indicators_latest_own_value(client, coordinator, focus_area, index):
    make_value(index, 2023, "1.54", comparison="LPO Kävlinge")
    make_value(index, 2024, "1.20", sex="women")
    as_person(client, coordinator)

    create(client, focus_area, indicator=index.pk, takes_latest="on", target="1,80")

    assert Goal.objects.get().baseline == Decimal("2.22")


def test_commitments_measure_the_goal_and_give_it_their_unit(client, agreement, coordinator, focus_area):
    walks, other = (make_commitment(make_activity(focus_area)) for _ in range(2))
    as_person(client, coordinator)

    create(client, focus_area, commitments=[walks.pk], target="4")

    goal = Goal.objects.get()
    walks.refresh_from_db()
    other.refresh_from_db()
    assert (walks.goal, other.goal, goal.unit) == (goal, None, "vandringar")
    assert walks.history.first().history_user == coordinator


def test_commitment_that_is_unticked_measures_no_longer(client, coordinator, focus_area):
    goal = make_goal(focus_area, target=4, unit="vandringar")
    walks = make_commitment(make_activity(focus_area), goal=goal)
    as_person(client, coordinator)

    client.post(address("goal_update", goal), WRITTEN | {"version": latest_version(goal)})

    walks.refresh_from_db()
    assert walks.goal is None


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        (
            {"baseline": "4", "target": "4"},
            "target",
            "Målvärdet är detsamma som utgångsvärdet. Ange vad som ska bli annorlunda.",
        ),
        ({"baseline": "4"}, "target", "Ange målvärdet när ett utgångsvärde är angivet."),
        (
            {"with": "index", "baseline": "2,22", "target": "2,80"},
            "target",
            "För indikatorn är lågt bra, men målvärdet är högre än utgångsvärdet.",
        ),
        ({"with": "index", "target": "7"}, "target", "Värdet ligger utanför indikatorns skala, 0–6."),
        (
            {"with": "index", "takes_latest": "on", "baseline": "3", "target": "1"},
            "baseline",
            "Indikatorns senaste värde är 2,22. Välj ett av dem.",
        ),
        ({"takes_latest": "on"}, "indicator", "Välj indikatorn som utgångsvärdet ska hämtas från."),
        ({"target": "många"}, "target", None),
        ({"due_on": "snart"}, "due_on", "Skriv ett datum, till exempel 2026-11-23."),
        ({"statement": ""}, "statement", "Fyll i mål."),
        ({"statement": "ö" * 301}, "statement", None),
    ],
)
def test_contradictions_are_refused_beside_their_field(client, coordinator, focus_area, index, data, field, message):
    as_person(client, coordinator)
    if data.get("with"):
        data = data | {"indicator": index.pk}

    response = create(client, focus_area, **data)

    assert field in errors_of(response)
    assert message is None or errors_of(response)[field] == [message]
    assert not Goal.objects.exists()


def test_one_kind_of_measure_is_enough(client, coordinator, focus_area, index):
    walks = make_commitment(make_activity(focus_area))
    as_person(client, coordinator)

    response = create(client, focus_area, indicator=index.pk, commitments=[walks.pk], target="1")

    assert errors_of(response) == {"commitments": ["Välj en indikator eller åtaganden som mått, inte båda."]}


def test_commitments_of_another_unit_are_not_added_up(client, coordinator, focus_area):
    walks = make_commitment(make_activity(focus_area))
    meetings = make_commitment(walks.activity, unit="möten", text="Möten")
    as_person(client, coordinator)

    response = create(client, focus_area, commitments=[walks.pk, meetings.pk], target="4", unit="vandringar")

    assert errors_of(response) == {
        "commitments": ["”Möten” räknar möten, och målet vandringar. De går inte att lägga ihop."]
    }


def test_counted_goal_starts_from_nothing(client, coordinator, focus_area):
    walks = make_commitment(make_activity(focus_area))
    as_person(client, coordinator)

    response = create(client, focus_area, commitments=[walks.pk], baseline="11", target="15")

    assert list(errors_of(response)) == ["baseline"]


def test_nothing_of_elsewhere_can_be_chosen(client, agreement, other_agreement, coordinator, focus_area):
    elsewhere, abroad = make_focus_area(agreement), make_focus_area(other_agreement)
    strange = {
        "parent": make_goal(elsewhere).pk,
        "indicator": make_indicator(other_agreement).pk,
        "problem": make_problem(make_picture(other_agreement)).pk,
        "commitments": [make_commitment(make_activity(abroad)).pk],
    }
    make_indicator(agreement)
    make_commitment(make_activity(focus_area))
    as_person(client, coordinator)

    response = create(client, focus_area, **strange)

    assert set(errors_of(response)) == set(strange)
    assert errors_of(response)["parent"] == ["Välj ett mål i samma fokusområde."]


def test_model_refuses_what_belongs_elsewhere(agreement, other_agreement, focus_area):
    strangers = {
        "parent": make_goal(make_focus_area(agreement)),
        "indicator": make_indicator(other_agreement),
        "problem": make_problem(make_picture(other_agreement)),
    }

    for name, stranger in strangers.items():
        with pytest.raises(ValidationError) as refused:
            Goal(focus_area=focus_area, kind="effect", statement="Nytt", **{name: stranger}).full_clean()
        assert set(refused.value.message_dict) == {name}


def test_database_refuses_a_goal_that_goes_nowhere(focus_area):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_goal(focus_area, baseline=4, target=4)


def test_sub_goal_is_not_due_after_what_it_leads_to(client, coordinator, focus_area):
    above = make_goal(focus_area, due_on=datetime.date(2026, 12, 31))
    as_person(client, coordinator)

    response = create(client, focus_area, parent=above.pk, due_on="2027-01-01")

    assert errors_of(response) == {"due_on": ["Ett delmål ska vara nått senast samma dag som målet ovanför."]}


def test_problem_of_working_material_is_offered_to_those_who_may_read_it(client, agreement, coordinator, focus_area):
    adopted = make_problem(make_picture(agreement, adopted_on=datetime.date(2022, 10, 3)))
    make_problem(make_picture(agreement))
    as_person(client, coordinator)

    offered = client.get(address("goal_create", focus_area)).context["form"].fields["problem"].queryset

    assert list(offered) == [adopted]


# --- Its page ---


def test_page_shows_where_the_goal_stands(client, reader, focus_area, index):
    goal = make_goal(
        focus_area,
        statement="Sänka trygghetsindex",
        indicator=index,
        baseline=Decimal("2.44"),
        target=Decimal("1.80"),
        due_on=datetime.date(2026, 12, 31),
    )
    sub_goal = make_goal(focus_area, parent=goal, kind="production", statement="Gå fyra vandringar")
    activity = make_activity(focus_area, title="Vandringar")
    activity.goals.add(goal)

    page = as_person(client, reader).get(address("goal_detail", goal)).content.decode()

    assert "<b>På väg.</b>" in page
    assert "Senaste värdet 2,22 index (2022)." in page
    assert "34 procent av vägen" in page
    assert sub_goal.statement in page
    assert str(activity) in page
    assert "Specifika" in page
    assert "Ändra målet" not in page


def test_page_counts_what_is_done_for_commitments(client, reader, focus_area):
    goal = make_goal(focus_area, target=4, unit="vandringar")
    walks = make_commitment(make_activity(focus_area), goal=goal)
    make_log_entry(walks.activity, commitment=walks, quantity=5)

    page = as_person(client, reader).get(address("goal_detail", goal)).content.decode()

    assert "<b>Nått.</b>" in page
    assert "<b>5</b> av minst 4" in page


def test_problem_of_working_material_is_not_told_to_readers(client, agreement, coordinator, reader, focus_area):
    problem = make_problem(make_picture(agreement), "Hemlig otrygghet")
    goal = make_goal(focus_area, problem=problem)

    told = [
        problem.title in as_person(client, who).get(address("goal_detail", goal)).content.decode()
        for who in (coordinator, reader)
    ]

    assert told == [True, False]


def test_page_asks_as_much_for_more(client, coordinator, agreement, focus_area, index, django_assert_num_queries):
    goal = make_goal(focus_area, indicator=index)

    def add():
        make_goal(focus_area, parent=goal, indicator=make_indicator(agreement))
        activity = make_activity(focus_area, lead=[organisation_of(agreement, "Polisen")])
        activity.goals.add(goal)
        make_commitment(activity, goal=goal)

    add()
    as_person(client, coordinator).get(address("goal_detail", goal))
    with CaptureQueriesContext(connection) as few:
        client.get(address("goal_detail", goal))
    add()
    add()

    assert len(few) <= 25
    with django_assert_num_queries(len(few)):
        client.get(address("goal_detail", goal))


# --- Taking it away ---


def test_goal_that_nothing_hangs_on_is_taken_away(client, coordinator, focus_area):
    goal = make_goal(focus_area)

    response = as_person(client, coordinator).post(address("goal_delete", goal))

    assert response.url == focus_area.get_absolute_url()
    assert not Goal.objects.exists()
    assert Goal.history.filter(history_type="-", history_user=coordinator).count() == 1


def test_goal_that_something_hangs_on_stays(client, coordinator, focus_area):
    goal = make_goal(focus_area)
    make_goal(focus_area, parent=goal)
    activity = make_activity(focus_area)
    activity.goals.add(goal)
    make_commitment(activity, goal=goal)

    response = as_person(client, coordinator).post(address("goal_delete", goal), follow=True)

    assert response.request["PATH_INFO"] == address("goal_detail", goal)
    message = "Målet kan inte tas bort: det har delmål, aktiviteter och åtaganden. Flytta eller ändra dem först."
    assert message in response.content.decode()
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_goal_carried_into_the_next_agreement_stays(agreement, other_agreement, coordinator, focus_area):
    goal = make_goal(focus_area)
    make_goal(make_focus_area(other_agreement), carried_over_from=goal)

    with pytest.raises(ValidationError, match="mål i nästa överenskommelse"):
        remove_goal(goal=goal, by=coordinator)


# --- The reviewer beside the form ---


def test_review_is_swapped_in_while_writing(client, coordinator, focus_area, index):
    as_person(client, coordinator)
    data = WRITTEN | {"statement": "Verka för trygghet", "indicator": index.pk, "target": "x"}

    page = client.post(address("goal_review", focus_area), data, headers={"HX-Request": "true"}).content.decode()

    assert '<p id="granskning-kort" hx-swap-oob="innerHTML">' in page
    assert "”verka för” talar om arbetet." in page
    assert "Indikatorns senaste värde är 2,22 (2022)." in page
    assert "<html" not in page
    assert not Goal.objects.exists()


def test_button_shows_the_review_and_loses_nothing(client, coordinator, focus_area):
    as_person(client, coordinator)
    walks = make_commitment(make_activity(focus_area))
    data = WRITTEN | {"target": "två", "due_on": "", "unit": "möten", "commitments": [walks.pk], "review": "1"}

    response = create(client, focus_area, **data)

    form = response.context["form"]
    page = response.content.decode()
    assert {name: form[name].value() for name in ("statement", "target", "unit")} == {
        "statement": WRITTEN["statement"],
        "target": "två",
        "unit": "möten",
    }
    assert form["commitments"].value() == [str(walks.pk)]
    assert "Fel:" not in page
    assert "Ange en sista dag." in page
    assert not Goal.objects.exists()


def test_asking_for_a_review_changes_nothing_that_is_saved(client, coordinator, focus_area):
    goal = make_goal(focus_area)
    as_person(client, coordinator)

    response = client.post(
        address("goal_update", goal), WRITTEN | {"review": "1", "version": str(latest_version(goal))}
    )

    goal.refresh_from_db()
    assert response.status_code == 200
    assert goal.statement != WRITTEN["statement"]
    assert f'name="version" value="{latest_version(goal)}"' in response.content.decode()


def test_weak_goal_is_saved_all_the_same(client, coordinator, focus_area):
    as_person(client, coordinator)

    create(client, focus_area, statement="Verka för trygghet")

    assert Goal.objects.get().statement == "Verka för trygghet"


@pytest.mark.parametrize("data", [{}, {"statement": "<script>"}, {"statement": "1" * 90_000}, {"indicator": "abc"}])
def test_review_takes_anything(client, coordinator, focus_area, data):
    response = as_person(client, coordinator).post(address("goal_review", focus_area), data)

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


# --- The agreement's own criteria ---

CRITERIA = {
    "label_specific": "Specifika",
    "place_specific": "1",
    "label_accepted": "Accepterade",
    "place_accepted": "2",
    "label_owned": "Ansvar",
    "place_owned": "3",
}


def names(agreement) -> list[tuple]:
    return list(agreement.goal_criteria.values_list("label", "check_for"))


def test_agreement_names_its_own_criteria(client, agreement, coordinator, focus_area):
    goal = make_goal(focus_area)
    as_person(client, coordinator)

    client.post(address("goal_criteria", agreement), CRITERIA)
    page = client.get(address("goal_detail", goal)).content.decode()

    assert names(agreement) == [("Specifika", "specific"), ("Accepterade", "accepted"), ("Ansvar", "owned")]
    assert "Accepterade" in page
    assert "Realistiska" not in page
    assert GoalCriterion.history.first().history_user == coordinator


def test_names_can_change_places(client, agreement, coordinator):
    make_goal_criterion(agreement, "Accepterade", "accepted")
    make_goal_criterion(agreement, "Ansvar", "owned")
    as_person(client, coordinator)
    swapped = {"label_accepted": "Ansvar", "place_accepted": "2", "label_owned": "Accepterade", "place_owned": "1"}

    client.post(address("goal_criteria", agreement), swapped | {"seen": "accepted:Accepterade|owned:Ansvar"})

    assert names(agreement) == [("Accepterade", "owned"), ("Ansvar", "accepted")]


@pytest.mark.parametrize("data", [{}, {"all": "default"}])
def test_no_criteria_or_the_default_ones_are_the_agreements_words(client, agreement, coordinator, data):
    make_goal_criterion(agreement, "Ansvar", "owned")
    as_person(client, coordinator)
    if data:
        labels = ("Specifika", "Mätbara", "Avgränsade", "Realistiska", "Tidsatta")
        checks = ("specific", "measurable", "bounded", "realistic", "timed")
        pairs = list(zip(checks, labels, strict=True))
        data = {f"label_{check}": label for check, label in pairs}
        data |= {f"place_{check}": number for number, (check, _) in enumerate(pairs, start=1)}

    client.post(address("goal_criteria", agreement), data | {"seen": "owned:Ansvar"})

    assert names(agreement) == []


def test_two_criteria_are_not_called_the_same(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.post(address("goal_criteria", agreement), CRITERIA | {"label_owned": "specifika"})

    assert errors_of(response) == {"label_owned": ["Två kriterier kan inte heta likadant."]}
    assert names(agreement) == []


def test_criteria_that_a_colleague_changed_are_not_written_over(client, agreement, coordinator):
    as_person(client, coordinator)
    opened = client.get(address("goal_criteria", agreement)).context["form"]["seen"].value()
    make_goal_criterion(agreement, "Ansvar", "owned")

    refused = client.post(address("goal_criteria", agreement), CRITERIA | {"seen": opened})
    kept = names(agreement)
    client.post(address("goal_criteria", agreement), CRITERIA | {"seen": refused.context["form"]["seen"].value()})

    assert "Någon annan ändrade kriterierna" in refused.content.decode()
    assert kept == [("Ansvar", "owned")]
    assert len(names(agreement)) == 3


# --- The wrong person, the wrong time ---


@pytest.mark.parametrize("name", ["goal_create", "goal_review", "goal_update", "goal_delete", "goal_criteria"])
def test_reader_changes_nothing(client, agreement, coordinator, reader, focus_area, name):
    thing = {"goal_create": focus_area, "goal_review": focus_area, "goal_criteria": agreement}.get(name)
    goal = make_goal(focus_area)

    response = as_person(client, reader).post(address(name, thing or goal), WRITTEN)

    assert response.status_code == 403
    assert "Vänd dig till" in response.content.decode()
    assert Goal.objects.get().statement == goal.statement


def test_operations_keep_commitments_when_none_are_given(coordinator, focus_area):
    goal = make_goal(focus_area)
    walks = make_commitment(make_activity(focus_area), goal=goal)

    save_goal(goal=goal, by=coordinator)

    walks.refresh_from_db()
    assert walks.goal == goal
