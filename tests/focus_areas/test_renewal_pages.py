"""The renewal guide's pages: each step, what is refused there, and two who choose at the same time."""

import datetime
import uuid

import pytest
from django.urls import reverse

from agreements.models import Agreement, Group, Seat
from focus_areas.models import Activity, Goal, Renewal
from tests.factories import (
    LAST_DAY,
    TODAY,
    as_person,
    group_of,
    make_activity,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_status_update,
    seat_person,
)
from tests.thread_factories import choose_for_all, make_renewal


@pytest.fixture
def renewal(agreement, coordinator) -> Renewal:
    return make_renewal(agreement, by=coordinator)


@pytest.fixture
def coordinating(client, coordinator):
    return as_person(client, coordinator)


def page(name: str, thing) -> str:
    return reverse(f"focus_areas:{name}", args=[thing.pk])


def sent(**values) -> dict:
    return {"submission_key": str(uuid.uuid4())} | values


def text_of(response) -> str:
    return response.content.decode()


PERIOD = {
    "title": "Samverkansöverenskommelse 2027–2030",
    "reference_number": "",
    "starts_on": "2027-01-01",
    "ends_on": "2030-12-31",
}

# --- Beginning ---


def test_start_suggests_the_period_after_this_one(coordinating, agreement):
    form = coordinating.get(page("renewal_start", agreement)).context["form"]

    assert (form["title"].value(), form["starts_on"].value(), form["ends_on"].value()) == (
        "Samverkansöverenskommelse 2027–2030",
        datetime.date(2027, 1, 1),
        datetime.date(2030, 12, 31),
    )


def test_start_begins_a_renewal_and_goes_to_its_guide(coordinating, coordinator, agreement):
    response = coordinating.post(page("renewal_start", agreement), sent(**PERIOD))

    renewal = Renewal.objects.get()
    assert response.headers["Location"] == page("renewal_detail", renewal)
    assert (renewal.agreement, renewal.created_by, renewal.ends_on) == (
        agreement,
        coordinator,
        datetime.date(2030, 12, 31),
    )


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"starts_on": "2026-12-31"}, "starts_on", "börjar innan den gamla är slut, 31 december 2026"),
        ({"starts_on": "2023-07-01"}, "starts_on", "efter den gamlas första dag"),
        ({"ends_on": "2026-12-31"}, "ends_on", "kan inte vara före den första"),
        ({"reference_number": "KS/2023:305"}, "reference_number", "redan en överenskommelse med det diarienumret"),
        ({"title": ""}, "title", "Fyll i"),
        ({"starts_on": "nyår"}, "starts_on", "Skriv ett datum"),
        ({"title": "Ö" * 251}, "title", "250 tecken"),
    ],
)
def test_start_refuses_what_cannot_be_a_period(coordinating, agreement, values, field, message):
    response = coordinating.post(page("renewal_start", agreement), sent(**PERIOD | values))

    assert message in " ".join(response.context["form"].errors[field])
    assert not Renewal.objects.exists()


def test_agreement_is_renewed_once(coordinating, agreement, renewal):
    answers = [
        coordinating.get(page("renewal_start", agreement)),
        coordinating.post(page("renewal_start", agreement), sent(**PERIOD)),
    ]

    assert [answer.headers["Location"] for answer in answers] == [renewal.get_absolute_url()] * 2
    assert Renewal.objects.count() == 1
    assert "redan påbörjad av Maja Lind" in text_of(coordinating.get(renewal.get_absolute_url()))


def test_closed_agreement_is_renewed(coordinating, agreement):
    Agreement.objects.filter(pk=agreement.pk).update(state="closed")

    coordinating.post(page("renewal_start", agreement), sent(**PERIOD))

    assert Renewal.objects.get().agreement == agreement


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "steering_member", "reader"])
def test_only_the_coordinator_renews(request, client, agreement, renewal, who):
    as_person(client, request.getfixturevalue(who))

    answers = {
        client.get(page("renewal_start", agreement)).status_code,
        client.get(renewal.get_absolute_url()).status_code,
        client.post(page("renewal_finish", renewal)).status_code,
    }

    assert answers == {403}


# --- The way to it ---


@pytest.mark.parametrize(
    ("ends_on", "shown"), [(LAST_DAY, True), (datetime.date(2027, 11, 23), True), (datetime.date(2027, 11, 24), False)]
)
def test_agreements_page_leads_to_the_guide_when_it_ends_within_a_year(coordinating, agreement, ends_on, shown):
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=ends_on)

    content = text_of(coordinating.get(agreement.get_absolute_url()))

    assert (page("renewal_start", agreement) in content) is shown


def test_reader_sees_no_way_to_the_guide(client, reader, agreement, renewal):
    content = text_of(as_person(client, reader).get(agreement.get_absolute_url()))

    assert page("renewal_start", agreement) not in content
    assert renewal.get_absolute_url() not in content


# --- The guide ---


def test_guide_says_what_is_left(coordinating, agreement, renewal):
    focus_area = make_focus_area(agreement)
    make_activity(focus_area)
    make_activity(focus_area)

    response = coordinating.get(renewal.get_absolute_url())

    assert [(step.words, step.is_done, step.is_next) for step in response.context["steps"]] == [
        ("1 januari 2027–31 december 2030.", True, False),
        ("Två aktiviteter kvar av två.", False, True),
        ("Inga mål att välja för.", True, False),
        ("En plats kvar av en.", False, False),
        ("Inte skrivet än. Det kan också skrivas senare.", False, False),
    ]
    assert page("renewal_finish", renewal) not in text_of(response)


def test_guide_offers_the_draft_when_all_is_chosen(coordinating, coordinator, agreement, renewal):
    make_activity(make_focus_area(agreement))
    choose_for_all(renewal, by=coordinator)

    response = coordinating.get(renewal.get_absolute_url())

    assert response.context["missing"] == []
    assert page("renewal_finish", renewal) in text_of(response)


# --- Activities ---


def test_activities_are_chosen_partly(coordinating, coordinator, agreement, renewal):
    focus_area = make_focus_area(agreement)
    first, second = make_activity(focus_area), make_activity(focus_area)

    response = coordinating.post(
        page("renewal_activities", renewal),
        sent(**{f"choice_{first.pk}": "change", f"reason_{first.pk}": "Fler områden."}),
        follow=True,
    )

    choice = renewal.activity_choices.get()
    assert (choice.activity, choice.choice, choice.reason) == (first, "change", "Fler områden.")
    assert choice.history.get().history_user == coordinator
    assert "Valen är sparade. En aktivitet är kvar." in text_of(response)
    assert second.title in str(response.context["missing"])


def test_change_and_end_without_a_reason_are_refused_and_nothing_is_lost(coordinating, agreement, renewal):
    focus_area = make_focus_area(agreement)
    first, second, third = (make_activity(focus_area) for _ in range(3))

    response = coordinating.post(
        page("renewal_activities", renewal),
        sent(
            **{
                f"choice_{first.pk}": "end",
                f"choice_{second.pk}": "change",
                f"reason_{second.pk}": "Fler områden.",
                f"choice_{third.pk}": "continue",
            }
        ),
    )

    form = response.context["form"]
    assert form.errors == {f"reason_{first.pk}": ["Skriv varför ”1.1 Trygghetsvandringar” avslutas."]}
    assert form[f"reason_{second.pk}"].value() == "Fler områden."
    assert form[f"choice_{third.pk}"].value() == "continue"
    assert not renewal.activity_choices.exists()


def test_quick_start_continues_with_all_that_is_not_finished(coordinating, coordinator, agreement, renewal):
    focus_area = make_focus_area(agreement)
    going, chosen, finished = (make_activity(focus_area) for _ in range(3))
    make_status_update(finished, Activity.Status.COMPLETED, by=coordinator)

    coordinating.post(
        page("renewal_activities", renewal),
        sent(snabbstart="1", **{f"choice_{chosen.pk}": "end", f"reason_{chosen.pk}": "Andra tar över."}),
    )

    choices = renewal.activity_choices.order_by("activity")
    assert list(choices.values_list("activity", "choice", "reason")) == [
        (going.pk, "continue", ""),
        (chosen.pk, "end", "Andra tar över."),
    ]


def test_finished_activity_is_suggested_to_end(coordinating, coordinator, agreement, renewal):
    activity = make_activity(make_focus_area(agreement))
    make_status_update(activity, Activity.Status.COMPLETED, by=coordinator)

    form = coordinating.get(page("renewal_activities", renewal)).context["form"]

    assert (form[f"choice_{activity.pk}"].value(), form[f"reason_{activity.pk}"].value()) == (
        "end",
        "Aktiviteten är genomförd.",
    )


def test_activities_page_shows_what_to_decide_from(coordinating, coordinator, agreement, renewal):
    activity = make_activity(make_focus_area(agreement))
    make_status_update(activity, assessment=Activity.Assessment.YELLOW, by=coordinator, text="Två av fyra är gjorda.")
    make_follow_up(activity, by=coordinator, conclusion="adjust")

    content = text_of(coordinating.get(page("renewal_activities", renewal)))

    for words in ("Mindre avvikelse", "Två av fyra är gjorda.", "15 oktober 2026: Justera."):
        assert words in content


@pytest.mark.parametrize(
    "values",
    [
        {"choice": "bort"},
        {"choice": "end", "reason": "s" * 1001},
        {"choice": "end", "reason": "Personen 19121212-1212 slutade."},
        {"choice": "end", "reason": "\x00"},
    ],
)
def test_choice_that_cannot_be_is_refused(coordinating, agreement, renewal, values):
    activity = make_activity(make_focus_area(agreement))

    response = coordinating.post(
        page("renewal_activities", renewal), sent(**{f"{name}_{activity.pk}": one for name, one in values.items()})
    )

    assert response.context["form"].errors
    assert not renewal.activity_choices.exists()


def test_activity_of_another_agreement_cannot_be_chosen(coordinating, other_agreement, renewal):
    strange = make_activity(make_focus_area(other_agreement))

    coordinating.post(page("renewal_activities", renewal), sent(**{f"choice_{strange.pk}": "continue"}))

    assert not renewal.activity_choices.exists()


def test_who_chooses_second_is_shown_both_choices(coordinating, coordinator, agreement, renewal):
    activity = make_activity(make_focus_area(agreement))
    version = coordinating.get(page("renewal_activities", renewal)).context["version"]
    choose_for_all(renewal, by=coordinator, choice="change", reason="Fler områden.")

    posted = {f"choice_{activity.pk}": "end", f"reason_{activity.pk}": "Klar."}
    response = coordinating.post(page("renewal_activities", renewal), sent(version=version, **posted))

    assert response.status_code == 409
    assert [(one.theirs, one.mine) for one in response.context["differences"]] == [
        ("Fortsätter ändrad", "Avslutas"),
        ("Fler områden.", "Klar."),
    ]
    assert renewal.activity_choices.get().choice == "change"


def test_two_who_choose_about_different_activities_do_not_meet(coordinating, coordinator, agreement, renewal):
    focus_area = make_focus_area(agreement)
    first = make_activity(focus_area)
    version = coordinating.get(page("renewal_activities", renewal)).context["version"]
    choose_for_all(renewal, by=coordinator)
    second = make_activity(focus_area)

    coordinating.post(page("renewal_activities", renewal), sent(version=version, **{f"choice_{second.pk}": "continue"}))

    assert set(renewal.activity_choices.values_list("activity", "choice")) == {
        (first.pk, "continue"),
        (second.pk, "continue"),
    }


# --- Goals and seats ---


def test_goal_to_change_needs_new_words_or_a_new_target(coordinating, agreement, renewal):
    goal = make_goal(make_focus_area(agreement))

    refused = coordinating.post(page("renewal_goals", renewal), sent(**{f"choice_{goal.pk}": "change"}))
    coordinating.post(
        page("renewal_goals", renewal), sent(**{f"choice_{goal.pk}": "change", f"new_target_{goal.pk}": "1,5"})
    )

    assert list(refused.context["form"].errors) == [f"new_statement_{goal.pk}"]
    assert str(renewal.goal_choices.get().new_target) == "1.50"


def test_new_target_that_is_the_baseline_is_refused(coordinating, agreement, renewal):
    goal = make_goal(make_focus_area(agreement), baseline=4, target=8)

    response = coordinating.post(
        page("renewal_goals", renewal), sent(**{f"choice_{goal.pk}": "change", f"new_target_{goal.pk}": "4"})
    )

    assert list(response.context["form"].errors) == [f"new_target_{goal.pk}"]


def test_all_goals_are_carried_over_with_one_button(coordinating, agreement, renewal):
    focus_area = make_focus_area(agreement)
    make_goal(focus_area)
    ended = make_goal(focus_area)

    coordinating.post(page("renewal_goals", renewal), sent(snabbstart="1", **{f"choice_{ended.pk}": "end"}))

    assert set(renewal.goal_choices.values_list("goal", "choice")) == {
        (Goal.objects.exclude(pk=ended.pk).get().pk, "continue"),
        (ended.pk, "end"),
    }


def test_elected_seats_are_suggested_to_go_along_vacant_after_the_election(coordinating, agreement, renewal):
    steering = group_of(agreement, Group.Kind.STEERING)
    holders = {
        title: seat_person(agreement, group=steering)
        for title in ("Kommunstyrelsens ordförande", "Kommundirektör", "Oppositionsföreträdare")
    }
    for title, holder in holders.items():
        Seat.objects.filter(memberships__user=holder).update(title=title)
    holders["Oppositionsföreträdare"].memberships.update(starts_on=TODAY)

    form = coordinating.get(page("renewal_seats", renewal)).context["form"]

    suggested = {row.thing.title: row.fields["choice"].value() for row in form.rows()}
    assert suggested == {
        "Plats 1": "keep",
        "Kommunstyrelsens ordförande": "vacate",
        "Kommundirektör": "keep",
        "Oppositionsföreträdare": "keep",
    }


# --- The end ---


def test_closing_statement_begins_with_the_periods_figures(coordinating, coordinator, agreement, renewal):
    activity = make_activity(make_focus_area(agreement))
    make_status_update(activity, Activity.Status.COMPLETED, by=coordinator)

    form = coordinating.get(page("renewal_closing", renewal)).context["form"]
    coordinating.post(page("renewal_closing", renewal), sent(closing_statement="Vi gjorde det vi skulle."))

    assert form["closing_statement"].value() == (
        "En aktivitet stod i planen. När slutordet skrevs: 1 är genomförd.\n\n"
        "Inga åtaganden gavs.\n\n"
        "Perioden hade inga mål."
    )
    renewal.refresh_from_db()
    assert renewal.closing_statement == "Vi gjorde det vi skulle."


def test_draft_is_made_with_one_button_and_a_second_press_changes_nothing(
    coordinating, coordinator, agreement, renewal
):
    make_activity(make_focus_area(agreement))
    choose_for_all(renewal, by=coordinator, choice="change", reason="Fler områden.")

    first = coordinating.post(page("renewal_finish", renewal), follow=True)
    second = coordinating.post(page("renewal_finish", renewal), follow=True)

    draft = Agreement.objects.get(predecessor=agreement)
    assert "Utkastet är gjort. Den gamla överenskommelsen är orörd." in text_of(first)
    assert "redan gjort" in text_of(second)
    changed = Activity.objects.of(draft).get()
    assert second.context["to_rewrite"] == [changed]
    assert text_of(second).count('class="btn btn-primary"') == 1


def test_finish_says_what_is_missing(coordinating, agreement, renewal):
    response = coordinating.post(page("renewal_finish", renewal), follow=True)

    assert "Välj vad som ska hända med platserna: Plats 1 (KLF)." in text_of(response)
    assert not Agreement.objects.filter(predecessor=agreement).exists()


def test_steps_are_closed_once_the_draft_is_made(coordinating, coordinator, renewal):
    choose_for_all(renewal, by=coordinator)
    coordinating.post(page("renewal_finish", renewal))

    answers = {
        name: coordinating.get(page(name, renewal)).status_code
        for name in (
            "renewal_update",
            "renewal_activities",
            "renewal_goals",
            "renewal_seats",
            "renewal_closing",
            "renewal_detail",
        )
    }

    assert answers == dict.fromkeys(answers, 403) | {"renewal_closing": 200, "renewal_detail": 200}


def test_renewal_is_taken_away_with_its_choices(coordinating, coordinator, agreement, renewal):
    choose_for_all(renewal, by=coordinator)

    response = coordinating.post(page("renewal_delete", renewal))

    assert response.headers["Location"] == agreement.get_absolute_url()
    assert not Renewal.objects.exists()
    assert Renewal.history.filter(history_type="-").get().history_user == coordinator
