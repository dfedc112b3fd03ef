"""Adopting a situation picture: what it needs, that it locks, and that the plan follows along to the new problems."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.history import m2m_values
from agreements.models import Problem, SituationPicture
from agreements.operations.pictures import ADOPTED_PICTURE, copy_picture
from focus_areas.models import Cause
from focus_areas.operations.pictures import FOLLOWED_ALONG, adopt_picture
from tests.factories import TODAY, as_person, make_activity, make_focus_area, make_goal
from tests.thread_factories import make_cause, make_picture, make_problem

EARLIER = datetime.date(2022, 10, 3)
FILLED_IN = {"adopted_on": "2026-11-20", "adopted_by": "Kommunstyrelsen", "paragraph": "112"}


def adopt(picture: SituationPicture, *, by, **changes) -> SituationPicture:
    values = {"adopted_on": TODAY, "adopted_by": "Kommunstyrelsen", "today": TODAY} | changes
    return adopt_picture(picture=picture, by=by, **values)


def address(picture: SituationPicture) -> str:
    return reverse("focus_areas:picture_adopt", args=[picture.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def draft(agreement) -> SituationPicture:
    return make_picture(agreement)


# --- What it needs ---


@pytest.mark.parametrize("part", ["mapping", "other_information", "analysis"])
def test_picture_without_one_of_the_laws_parts_is_not_adopted(agreement, coordinator, part):
    picture = make_picture(agreement, **{part: " \n"})

    with pytest.raises(ValidationError, match="kan inte fastställas än. Den saknar"):
        adopt(picture, by=coordinator)

    assert SituationPicture.objects.get().state == SituationPicture.State.DRAFT


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"adopted_on": TODAY + datetime.timedelta(days=1)}, "Dagen ligger i framtiden."),
        ({"adopted_on": EARLIER - datetime.timedelta(days=1)}, "3 oktober 2022"),
        ({"adopted_by": "  "}, "Skriv vem som fastställde lägesbilden."),
    ],
)
def test_impossible_adoption_is_refused(agreement, coordinator, draft, changes, message):
    make_picture(agreement, adopted_on=EARLIER)

    with pytest.raises(ValidationError, match=message):
        adopt(draft, by=coordinator, **changes)

    draft.refresh_from_db()
    assert (draft.is_adopted, draft.adopted_on) == (False, None)


def test_adopting_on_the_day_of_the_earlier_one_is_possible(agreement, coordinator):
    draft = make_picture(agreement, supersedes=make_picture(agreement, adopted_on=EARLIER))

    assert adopt(draft, by=coordinator, adopted_on=EARLIER).adopted_on == EARLIER
    assert SituationPicture.objects.current(agreement) == draft


def test_adopted_twice_is_refused(coordinator, draft):
    adopt(draft, by=coordinator)

    with pytest.raises(ValidationError) as refusal:
        adopt(draft, by=coordinator, adopted_by="Kommunfullmäktige")

    assert refusal.value.messages == [ADOPTED_PICTURE]
    assert SituationPicture.objects.get().adopted_by == "Kommunstyrelsen"


def test_picture_of_a_closed_agreement_is_not_adopted(agreement, coordinator, draft):
    agreement.state = agreement.State.CLOSED
    agreement.save()

    with pytest.raises(ValidationError, match="Överenskommelsen är avslutad."):
        adopt(draft, by=coordinator)


# --- What follows along ---


@pytest.fixture
def carried(agreement, coordinator) -> tuple[Problem, Problem]:
    """A problem of the adopted picture with an analysis, and the one that carries it on in the next."""
    old = make_problem(make_picture(agreement, adopted_on=EARLIER), "Inbrott")
    make_cause(old, "Skymd sikt", description="Häckar", leg=Cause.Leg.PLACE, source="Vandringen")
    old.cause_analysis.summary = "Platsen avgör."
    old.cause_analysis.save()
    _, problems = copy_picture(picture=old.situation_picture, agreement=agreement, by=coordinator)
    return old, problems[old.pk]


def test_plan_follows_along_to_the_new_problems(agreement, coordinator, carried):
    old, new = carried
    focus_area = make_focus_area(agreement)
    focus_area.problems.add(old)
    goal = make_goal(focus_area, problem=old)
    activity = make_activity(focus_area)
    activity.causes.set(old.cause_analysis.causes.all())

    adopt(new.situation_picture, by=coordinator)

    goal.refresh_from_db()
    (cause,) = activity.causes.all()
    assert (list(focus_area.problems.all()), goal.problem) == ([new], new)
    assert (cause.analysis.problem, cause.carried_over_from.analysis.problem) == (new, old)
    assert goal.history.latest().history_user == coordinator


def test_following_along_is_one_line_of_history_that_says_why(agreement, coordinator, carried):
    old, new = carried
    focus_area = make_focus_area(agreement)
    focus_area.problems.add(old)
    goal = make_goal(focus_area, problem=old)
    activity = make_activity(focus_area)
    activity.causes.set(old.cause_analysis.causes.all())
    before = {thing: thing.history.count() for thing in (focus_area, goal, activity)}

    adopt(new.situation_picture, by=coordinator)

    assert {thing: thing.history.count() - count for thing, count in before.items()} == dict.fromkeys(before, 1)
    assert {thing.history.latest().history_change_reason for thing in before} == {FOLLOWED_ALONG}
    assert m2m_values(activity.history.latest(), "causes") == {activity.causes.get().pk}
    assert m2m_values(focus_area.history.latest(), "problems") == {new.pk}
    assert new.situation_picture.history.latest().history_change_reason is None


def test_old_picture_keeps_its_analysis_as_it_was(coordinator, carried):
    old, new = carried

    adopt(new.situation_picture, by=coordinator)

    (before,), (after,) = old.cause_analysis.causes.all(), new.cause_analysis.causes.all()
    assert before != after
    assert new.cause_analysis.summary == old.cause_analysis.summary == "Platsen avgör."
    assert [(one.title, one.description, one.leg, one.source) for one in (before, after)] == [
        ("Skymd sikt", "Häckar", Cause.Leg.PLACE, "Vandringen")
    ] * 2
    assert old.history.count() == 1


def test_old_analysis_says_that_it_is_replaced_and_leads_to_the_new(client, coordinator, carried):
    old, new = carried
    address_of_old, address_of_new = (reverse("focus_areas:cause_analysis", args=[one.pk]) for one in carried)
    as_person(client, coordinator)
    before = client.get(address_of_old).content.decode()

    adopt(new.situation_picture, by=coordinator)
    after = client.get(address_of_old).content.decode()

    assert "Lägg till en orsak" in before
    assert "Lägesbilden är ersatt, och aktiviteterna följer den nya." in after
    assert f'href="{address_of_new}"' in after
    assert "Lägg till en orsak" not in after
    assert "Ingen aktivitet är knuten hit" not in after
    assert "Lägg till en orsak" in client.get(address_of_new).content.decode()


def test_analysis_of_the_new_problem_stands_and_takes_in_what_is_worked_on(agreement, coordinator, carried):
    old, new = carried
    worked_on = make_cause(old, "Få i rörelse")
    make_activity(make_focus_area(agreement)).causes.add(worked_on)
    kept = make_cause(new, "skymd sikt")

    adopt(new.situation_picture, by=coordinator)

    assert sorted(cause.title for cause in new.cause_analysis.causes.all()) == ["Få i rörelse", "skymd sikt"]
    assert kept.analysis == new.cause_analysis


def test_problem_that_is_not_carried_on_keeps_what_hangs_on_it(agreement, coordinator, draft):
    gone = make_problem(make_picture(agreement, adopted_on=EARLIER), "Klotter")
    focus_area = make_focus_area(agreement)
    focus_area.problems.add(gone)

    adopt(draft, by=coordinator)

    assert list(focus_area.problems.all()) == [gone]


def test_what_an_older_agreement_says_stays(agreement, other_agreement, coordinator, carried):
    old, _ = carried
    focus_area = make_focus_area(agreement)
    focus_area.problems.add(old)
    draft, problems = copy_picture(picture=old.situation_picture, agreement=other_agreement, by=coordinator)

    adopt(draft, by=coordinator)

    assert list(focus_area.problems.all()) == [old]
    assert problems[old.pk].cause_analysis.causes.count() == 1


# --- The page ---


def test_coordinator_adopts(client, coordinator, draft):
    as_person(client, coordinator)

    response = client.post(address(draft), FILLED_IN | {"reference_number": "KS/2026:88"})

    draft.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert (draft.adopted_on, draft.adopted_by, draft.paragraph, draft.reference_number) == (
        datetime.date(2026, 11, 20),
        "Kommunstyrelsen",
        "§ 112",
        "KS/2026:88",
    )
    assert draft.history.latest().history_user == coordinator


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "reader"])
def test_only_the_coordinator_adopts(request, client, draft, who):
    as_person(client, request.getfixturevalue(who))

    response = client.post(address(draft), FILLED_IN)

    draft.refresh_from_db()
    assert response.status_code == 403
    assert not draft.is_adopted


def test_page_tells_which_part_is_missing(client, coordinator, agreement):
    picture = make_picture(agreement, analysis="")

    response = as_person(client, coordinator).get(address(picture))

    assert response.context["missing"] == ["analys"]
    assert "<li>analys</li>" in text_of(response)


def test_page_tells_what_is_left_behind(client, coordinator, agreement):
    earlier = make_picture(agreement, adopted_on=EARLIER)
    gone = make_problem(earlier, "Klotter")
    goal = make_goal(make_focus_area(agreement), statement="Minska klottret", problem=gone)
    draft = make_picture(agreement, supersedes=earlier)

    response = as_person(client, coordinator).get(address(draft))

    assert list(response.context["goals_left"]) == [goal]
    assert "Minska klottret</a>, problemet ”Klotter”" in text_of(response)


def test_adopted_page_leads_to_the_picture(client, coordinator, agreement):
    adopted = make_picture(agreement, adopted_on=EARLIER)
    as_person(client, coordinator)

    shown, sent = client.get(address(adopted)), client.post(address(adopted), FILLED_IN)

    assert shown.url == adopted.get_absolute_url()
    assert ADOPTED_PICTURE in text_of(sent)
    adopted.refresh_from_db()
    assert adopted.adopted_on == EARLIER


def test_form_sent_twice_adopts_once(client, coordinator, draft):
    as_person(client, coordinator)
    key = str(client.get(address(draft)).context["submission_key"])

    answers = [client.post(address(draft), FILLED_IN | {"submission_key": key}) for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert SituationPicture.history.filter(id=draft.pk, state=SituationPicture.State.ADOPTED).count() == 1


# --- The problem's page ---


def problem_page(client, problem: Problem) -> str:
    return text_of(client.get(problem.get_absolute_url()))


def test_problem_shows_what_the_plan_does_about_it(client, reader, agreement):
    problem = make_problem(make_picture(agreement, adopted_on=EARLIER))
    focus_area = make_focus_area(agreement, title="Trygghet på platser")
    focus_area.problems.add(problem)
    make_goal(focus_area, problem=problem, statement="Minska otryggheten")

    text = problem_page(as_person(client, reader), problem)

    assert ("Trygghet på platser" in text, "Minska otryggheten" in text, "Orsaksanalys saknas." in text) == (True,) * 3


def test_problem_in_working_material_tells_what_will_follow_along(client, coordinator, agreement, carried):
    old, new = carried
    make_focus_area(agreement, title="Trygghet på platser").problems.add(old)

    text = problem_page(as_person(client, coordinator), new)

    assert "följer med hit när lägesbilden fastställs" in text
    assert ("Trygghet på platser" in text, "Orsaksanalys, 1 orsak" in text) == (True, True)


def test_problem_of_a_replaced_picture_leads_on(client, coordinator, carried):
    old, new = carried
    adopt(new.situation_picture, by=coordinator)

    text = problem_page(as_person(client, coordinator), old)

    assert f'Planen vilar nu på samma problem i <a href="{new.get_absolute_url()}">' in text
    assert "Inget fokusområde tar upp problemet." not in text
