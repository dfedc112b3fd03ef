"""Why a problem is there: three questions, causes with their grounds, and who may write them."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from focus_areas.models import Activity, Cause, CauseAnalysis
from focus_areas.operations.causes import remove_cause
from tests.factories import as_person, group_of, make_activity, make_focus_area, make_goal
from tests.thread_factories import make_cause, make_picture, make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(agreement):
    picture = make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
    return make_problem(picture, "Otrygghet i centrum")


@pytest.fixture
def draft_problem(agreement):
    return make_problem(make_picture(agreement), "Nytt problem")


def address(name: str, thing) -> str:
    return reverse(f"focus_areas:{name}", args=[thing.pk])


def start(client, problem, **answers):
    return client.post(address("cause_analysis_start", problem), answers)


def errors_of(response) -> dict:
    return response.context["form"].errors


# --- Three questions ---


def test_every_line_becomes_a_cause_on_its_leg(client, problem, coordinator):
    as_person(client, coordinator)

    response = start(client, problem, place="- Mörka stråk\r\n\r\n • Få i rörelse ", victim="Äldre som bor ensamma")

    assert response.url == address("cause_analysis", problem)
    causes = Cause.objects.order_by("pk").values_list("title", "leg", "kind", "evidence")
    assert list(causes) == [
        ("Äldre som bor ensamma", "victim", "risk", 1),
        ("Mörka stråk", "place", "risk", 1),
        ("Få i rörelse", "place", "risk", 1),
    ]
    assert problem.cause_analysis.history.get().history_user == coordinator


def test_the_questions_add_to_what_is_there(client, problem, coordinator):
    make_cause(problem, "Mörka stråk")
    as_person(client, coordinator)

    start(client, problem, offender="Langning")

    assert CauseAnalysis.objects.count() == 1
    assert list(problem.cause_analysis.causes.values_list("title", flat=True)) == ["Langning", "Mörka stråk"]


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, "__all__", "Skriv minst en orsak"),
        ({"victim": " \n - \n"}, "__all__", "Skriv minst en orsak"),
        ({"victim": "Langning", "place": "langning"}, "place", "”langning” står redan på en annan rad"),
        ({"place": "Mörkt\nMörkt"}, "place", "”Mörkt” står redan på en annan rad"),
        ({"place": "mörka STRÅK"}, "__all__", "Analysen har redan ”mörka STRÅK”"),
        ({"place": "Kort\n" + "x" * 201}, "place", "Rad 2 är för lång: 201 tecken av högst 200."),
        ({"place": "\n".join(map(str, range(21)))}, "place", "Skriv högst 20 orsaker här, nu är de 21."),
        ({"victim": "Drabbar 19850709-9805 mest"}, "victim", "personnummer"),
        ({"victim": "Ett\x07tecken"}, "victim", "inte kan skrivas ut"),
    ],
)
def test_wrong_answers_are_told_and_nothing_is_saved(client, problem, coordinator, answers, field, message):
    make_cause(problem, "Mörka stråk")
    as_person(client, coordinator)

    response = start(client, problem, **answers)

    assert message in " ".join(errors_of(response)[field])
    assert Cause.objects.count() == 1


def test_the_same_answers_sent_twice_are_saved_once(client, problem, coordinator):
    as_person(client, coordinator)
    answers = {"place": "Mörka stråk", "submission_key": "4a5ff2c2-8f8c-4a44-a6ad-2bb1c4b1c5d0"}

    start(client, problem, **answers)
    again = start(client, problem, **answers)

    assert again.status_code == 302
    assert Cause.objects.count() == 1


def test_telephone_number_is_asked_about(client, problem, coordinator):
    as_person(client, coordinator)

    response = start(client, problem, place="Ring 070-123 45 67 om porten står öppen")

    assert response.context["form"].personal_data is not None
    assert Cause.objects.count() == 0


# --- The page ---


def test_page_draws_and_lists_the_causes(client, problem, reader):
    title = "Unga utan något att göra samlas vid stationen och i gångtunneln under bussgatan, särskilt på helger"
    make_cause(problem, title, leg="offender", evidence=3, source="Medborgardialogen")
    make_cause(problem, "Fältare i tjänst", leg="offender", kind="protective")
    activity = make_activity(make_focus_area(problem.agreement), title="Fältgruppen")
    activity.causes.set([problem.cause_analysis.causes.get(title=title)])
    as_person(client, reader)

    shown = client.get(address("cause_analysis", problem)).content.decode()

    assert '<svg class="fishbone"' in shown
    assert 'role="img"' in shown
    assert f"<b>{title}</b>" in shown
    assert "Riskfaktor. Underlag: statistik eller undersökning (Medborgardialogen)" in shown
    assert "Skyddsfaktor. Underlag: erfarenhet i verksamheten" in shown
    assert activity.get_absolute_url() in shown
    assert address("cause_create", problem) not in shown


def test_activity_leads_to_its_causes_and_goals(client, agreement, problem, draft_problem, reader):
    activity = make_activity(make_focus_area(agreement))
    goal = make_goal(activity.focus_area)
    activity.goals.add(goal)
    activity.causes.set([make_cause(problem, "Skymd sikt"), make_cause(draft_problem, "Mörka gångvägar")])
    as_person(client, reader)

    page = client.get(activity.get_absolute_url()).content.decode()

    assert f'<a href="{reverse("focus_areas:cause_analysis", args=[problem.pk])}">Skymd sikt</a>' in page
    assert "En orsak i lägesbildens arbetsmaterial" in page
    assert "Mörka gångvägar" not in page
    assert f'<a href="{goal.get_absolute_url()}">{goal}</a>' in page


def test_page_without_causes_tells_how_to_begin(client, problem, coordinator):
    as_person(client, coordinator)

    shown = client.get(address("cause_analysis", problem)).content.decode()

    assert "Ingen orsaksanalys än" in shown
    assert address("cause_analysis_start", problem) in shown


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("police_liaison", 200), ("preparation_member", 200), ("reader", 403), ("convener", 403)],
)
def test_causes_of_working_material_are_read_by_those_who_work_with_it(request, client, draft_problem, who, status):
    make_cause(draft_problem)
    as_person(client, request.getfixturevalue(who))

    assert client.get(address("cause_analysis", draft_problem)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 302), ("police_liaison", 302), ("preparation_member", 302), ("steering_member", 403)],
)
def test_analysis_of_an_adopted_picture_is_still_written_by_planners(request, client, problem, who, status):
    as_person(client, request.getfixturevalue(who))

    response = start(client, problem, place="Mörka stråk")

    assert response.status_code == status
    assert Cause.objects.count() == (status == 302)


def test_closed_agreement_refuses_new_causes(client, problem, coordinator):
    agreement = problem.agreement
    agreement.state = agreement.State.CLOSED
    agreement.save()
    as_person(client, coordinator)

    assert start(client, problem, place="Mörka stråk").status_code == 403
    assert (
        address("cause_analysis_start", problem) not in client.get(address("cause_analysis", problem)).content.decode()
    )


# --- One cause ---

CAUSE = {"title": "Mörka stråk", "leg": "place", "kind": "risk", "evidence": "4", "source": "Brå 2020"}


def test_first_cause_begins_the_analysis(client, problem, coordinator):
    as_person(client, coordinator)

    client.post(address("cause_create", problem), CAUSE)

    cause = Cause.objects.get()
    assert (cause.analysis.problem, cause.evidence, cause.source) == (problem, 4, "Brå 2020")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "MÖRKA stråk"}, "title"),
        ({"leg": "moon"}, "leg"),
        ({"kind": ""}, "kind"),
        ({"evidence": "9"}, "evidence"),
    ],
)
def test_wrong_cause_is_refused(client, problem, coordinator, changes, field):
    make_cause(problem, "Mörka stråk")
    as_person(client, coordinator)

    response = client.post(address("cause_create", problem), CAUSE | changes)

    assert field in errors_of(response)
    assert Cause.objects.count() == 1


def test_cause_keeps_its_own_title_when_changed(client, problem, coordinator):
    cause = make_cause(problem, "Mörka stråk")
    as_person(client, coordinator)

    client.post(address("cause_update", cause), CAUSE | {"title": "Mörka Stråk"})

    cause.refresh_from_db()
    assert (cause.title, cause.evidence) == ("Mörka Stråk", 4)


def test_summary_is_written_once_there_is_an_analysis(client, problem, coordinator):
    as_person(client, coordinator)
    before = client.get(address("cause_analysis_update", problem)).status_code
    make_cause(problem)

    client.post(address("cause_analysis_update", problem), {"summary": "Mörkret väger tyngst."})

    assert before == 404
    assert CauseAnalysis.objects.get().summary == "Mörkret väger tyngst."


def test_cause_that_activities_refer_to_is_taken_away_with_a_word_about_it(client, problem, coordinator):
    cause = make_cause(problem, "Mörka stråk")
    activity = make_activity(make_focus_area(problem.agreement), title="Trygghetsvandringar")
    activity.causes.set([cause])
    as_person(client, coordinator)

    asked = client.get(address("cause_delete", cause)).content.decode()
    response = client.post(address("cause_delete", cause), follow=True)

    assert "En aktivitet pekar på orsaken och förlorar den:" in asked
    assert "En aktivitet pekar inte längre på den: ”Trygghetsvandringar”." in response.content.decode()
    assert not Cause.objects.exists()
    assert activity.history.first().history_user == coordinator


def test_removed_cause_is_in_the_activitys_history(problem, coordinator):
    cause = make_cause(problem)
    activity = make_activity(make_focus_area(problem.agreement))
    activity.causes.set([cause])
    before = activity.history.count()

    assert remove_cause(cause=cause, by=coordinator) == [activity]
    assert activity.history.count() == before + 1


def test_undoing_does_not_bring_back_a_cause_that_is_gone(client, problem, coordinator):
    cause = make_cause(problem)
    activity = make_activity(make_focus_area(problem.agreement))
    activity.causes.set([cause])
    remove_cause(cause=cause, by=coordinator)
    as_person(client, coordinator)
    key = f"activity-{activity.history.first().pk}"

    response = client.post(reverse("focus_areas:change_undo", args=[activity.pk, key]), follow=True)

    assert "Något av det som var valt finns inte längre." in response.content.decode()


# --- Chosen in the forms of focus areas and activities ---


def test_problems_are_chosen_for_a_focus_area_of_an_adopted_agreement(client, agreement, problem, coordinator):
    focus_area = make_focus_area(agreement, title="Som den heter")
    old = make_problem(make_picture(agreement, adopted_on=datetime.date(2020, 1, 7)), "Gammalt")
    as_person(client, coordinator)
    edit = address("focus_area_update", focus_area)

    offered = client.get(edit).context["form"].fields["problems"].queryset
    client.post(edit, {"title": "Ett annat", "problems": [problem.pk]})

    focus_area.refresh_from_db()
    assert list(offered) == [problem]
    assert old not in offered
    assert (focus_area.title, list(focus_area.problems.all())) == ("Som den heter", [problem])


def test_problem_of_another_agreement_is_no_choice(client, agreement, other_agreement, coordinator):
    focus_area = make_focus_area(agreement)
    stranger = make_problem(make_picture(other_agreement, adopted_on=datetime.date(2024, 1, 7)))
    as_person(client, coordinator)

    response = client.post(address("focus_area_update", focus_area), {"problems": [stranger.pk]})

    assert "problems" in errors_of(response)
    assert not focus_area.problems.exists()


def activity_form(activity, **changes) -> dict:
    return {"number": activity.number, "title": activity.title} | changes


def test_causes_are_offered_problem_by_problem(client, agreement, problem, coordinator):
    activity = make_activity(make_focus_area(agreement))
    other = make_problem(problem.situation_picture, "Inbrott", is_prioritised=False)
    causes = [make_cause(problem, "Mörka stråk"), make_cause(other, "Olåsta dörrar")]
    as_person(client, coordinator)
    edit = address("activity_update", activity)

    offered = list(client.get(edit).context["form"].fields["causes"].choices)
    client.post(edit, activity_form(activity, causes=[causes[1].pk]))

    assert [(group, [label for _, label in choices]) for group, choices in offered] == [
        ("Otrygghet i centrum", ["Mörka stråk"]),
        ("Inbrott", ["Olåsta dörrar"]),
    ]
    assert list(activity.causes.all()) == [causes[1]]


@pytest.mark.parametrize("who", ["coordinator", "convener"])
def test_causes_that_are_not_offered_stay(request, client, agreement, draft_problem, who):
    group = group_of(agreement, "working")
    activity = make_activity(make_focus_area(agreement), working_group=group)
    hidden = make_cause(draft_problem, "Hemlig orsak")
    activity.causes.set([hidden])
    as_person(client, request.getfixturevalue(who))
    edit = address("activity_update", activity)

    shown = client.get(edit).content.decode()
    client.post(edit, activity_form(activity, working_group=group.pk, target_group="Unga"))

    assert "Hemlig orsak" not in shown
    assert Activity.objects.get().target_group == "Unga"
    assert list(activity.causes.all()) == [hidden]


def test_two_who_choose_causes_are_shown_both_choices(client, agreement, problem, coordinator):
    activity = make_activity(make_focus_area(agreement))
    cause = make_cause(problem, "Mörka stråk")
    as_person(client, coordinator)
    edit = address("activity_update", activity)
    version = client.get(edit).context["version"]
    activity.causes.set([cause])

    response = client.post(edit, activity_form(activity, version=version))

    assert response.status_code == 409
    assert "Mörka stråk" in response.content.decode()


# --- In the administration ---


def staffed(person):
    person.is_staff = True
    person.save()
    person.user_permissions.set(Permission.objects.all())
    return person


def test_register_withholds_causes_of_working_material(client, agreement, problem, draft_problem, reader, coordinator):
    for one in (problem, draft_problem):
        make_cause(one)
    page = reverse("admin:focus_areas_cause_changelist")
    seen = {}
    for person in (reader, coordinator):
        as_person(client, staffed(person))
        seen[person] = [cause.analysis.problem for cause in client.get(page).context["cl"].result_list]

    assert seen[reader] == [problem]
    assert set(seen[coordinator]) == {problem, draft_problem}


def test_register_keeps_a_cause_that_activities_refer_to(client, problem, coordinator):
    cause = make_cause(problem)
    make_activity(make_focus_area(problem.agreement)).causes.set([cause])
    as_person(client, staffed(coordinator))

    client.post(reverse("admin:focus_areas_cause_delete", args=[cause.pk]), {"post": "yes"})

    assert Cause.objects.get() == cause
