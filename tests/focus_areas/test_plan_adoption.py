"""Adopting a version of the plan, and that nothing changes it afterwards by any way in."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.history import latest_version
from agreements.models import SituationPicture
from agreements.operations import close_agreement
from documents.workbooks import write_yaml
from focus_areas import workbook
from focus_areas.forms.activities import RESPONSIBLE_NEEDED
from focus_areas.models import ActionPlan
from focus_areas.operations import adopt_plan, change_draft, delete_draft, start_plan
from focus_areas.plan_snapshot import contents_of, verify
from tests.factories import TODAY, as_person, make_activity, make_focus_area, make_person, organisation_of
from tests.thread_factories import make_picture, make_plan

DAY = datetime.date(2026, 11, 16)


@pytest.fixture
def picture(agreement) -> SituationPicture:
    return make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))


@pytest.fixture
def activity(agreement, coordinator):
    lead = [organisation_of(agreement, "SF")]
    return make_activity(make_focus_area(agreement), title="Vandringar", lead=lead, responsible=coordinator)


@pytest.fixture
def draft(agreement, picture, activity) -> ActionPlan:
    return make_plan(agreement, based_on=picture)


def adopt(plan: ActionPlan, by, **fields) -> ActionPlan:
    decision = {
        "decided_on": DAY,
        "decided_by": "Kommunstyrelsen",
        "paragraph": "§ 112",
        "reference_number": "KS/2026:412",
    }
    return adopt_plan(plan=plan, by=by, **{"today": TODAY} | decision | fields)


def refused(plan: ActionPlan, by, **fields) -> list[str]:
    with pytest.raises(ValidationError) as error:
        adopt(plan, by, **fields)
    assert ActionPlan.objects.get(pk=plan.pk).is_draft
    return error.value.messages


def frozen(plan: ActionPlan) -> tuple:
    """Everything of a decided plan that may not change, as it stands in the database."""
    saved = ActionPlan.objects.get(pk=plan.pk)
    return tuple(getattr(saved, field.attname) for field in ActionPlan._meta.concrete_fields)


# --- Beginning ---


def test_versions_are_numbered_and_only_one_is_a_draft(agreement, coordinator):
    first = start_plan(agreement=agreement, title="Åtgärdsplan 2027", by=coordinator)

    with pytest.raises(ValidationError, match="redan ett utkast"):
        start_plan(agreement=agreement, title="En till", by=coordinator)

    assert (first.version, first.history.get().history_user) == (1, coordinator)
    assert agreement.action_plans.count() == 1


def test_another_agreements_picture_is_refused(agreement, other_agreement, draft, coordinator):
    strange = make_picture(other_agreement, adopted_on=DAY)

    with pytest.raises(ValidationError, match="en annan överenskommelse"):
        change_draft(plan=draft, title="Plan", based_on=strange, by=coordinator)


# --- Adopting ---


def test_adopting_keeps_the_decision_and_freezes_the_plan(draft, picture, coordinator):
    plan = adopt(draft, coordinator)

    saved = ActionPlan.objects.get(pk=draft.pk)
    assert (saved.state, saved.decided_on, saved.decided_by) == ("adopted", DAY, "Kommunstyrelsen")
    assert (saved.paragraph, saved.reference_number, saved.based_on) == ("§ 112", "KS/2026:412", picture)
    assert (saved.adopted_entered_by, saved.history.first().history_user) == (coordinator, coordinator)
    assert [one.title for one in contents_of(saved).activities] == ["Vandringar"]
    assert len(saved.sha256) == 64
    assert plan == saved
    assert verify(saved)


def test_the_plan_before_is_replaced_in_the_same_breath(agreement, draft, picture, coordinator):
    first = adopt(draft, coordinator)
    before = frozen(first)

    second = adopt(make_plan(agreement, based_on=picture), coordinator)

    assert ActionPlan.objects.get(pk=first.pk).state == "replaced"
    assert [value for value in frozen(first) if value != "replaced"] == [v for v in before if v != "adopted"]
    assert list(agreement.action_plans.adopted()) == [second]
    assert verify(ActionPlan.objects.get(pk=first.pk))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"decided_on": TODAY + datetime.timedelta(days=1)}, "Dagen har inte varit än."),
        (
            {"decided_on": datetime.date(2022, 10, 2)},
            "Planen vilar på en lägesbild som fastställdes först den 3 oktober 2022.",
        ),
        ({"decided_by": "  "}, "Ange vem som beslutade."),
    ],
)
def test_decision_that_cannot_be_right_is_refused(draft, coordinator, fields, message):
    assert refused(draft, coordinator, **fields) == [message]


@pytest.mark.parametrize("day", [TODAY, datetime.date(2022, 10, 3)])
def test_the_first_and_the_last_day_are_taken(draft, coordinator, day):
    assert adopt(draft, coordinator, decided_on=day).decided_on == day


def test_decision_before_the_plan_it_replaces_is_refused(agreement, draft, picture, coordinator):
    adopt(draft, coordinator)
    later = make_plan(agreement, based_on=picture)

    messages = refused(later, coordinator, decided_on=DAY - datetime.timedelta(days=1))

    assert messages == ["Planen ersätter en som antogs den 16 november 2026. Dagen kan inte vara före den."]
    assert agreement.action_plans.adopted().get() == draft


def test_everything_that_is_missing_is_named(agreement, coordinator):
    plan = make_plan(agreement)
    empty = refused(plan, coordinator)
    make_activity(make_focus_area(agreement), title="Vandringar")
    change_draft(plan=plan, title="Plan", based_on=make_picture(agreement), by=coordinator)

    assert empty == ["Planen vilar inte på någon lägesbild.", "Planen har inga aktiviteter."]
    assert refused(plan, coordinator) == [
        "Lägesbilden som planen vilar på är inte fastställd.",
        "Aktiviteten 1.1 Vandringar har ingen ansvarig.",
    ]


def test_personal_number_from_older_days_is_not_frozen(draft, activity, coordinator):
    type(activity).objects.filter(pk=activity.pk).update(background="Gäller 811218-9876.")

    (message,) = refused(draft, coordinator)

    assert "under ”1.1 Vandringar”" in message
    assert "811218" not in message


def test_adopting_twice_keeps_the_first_decision(draft, coordinator):
    plan = adopt(draft, coordinator)
    before = frozen(plan)

    # The second one still has the draft as it was fetched.
    with pytest.raises(ValidationError, match="är antagen och kan inte ändras"):
        adopt(draft, coordinator, decided_by="Styrgruppen")

    assert frozen(plan) == before


def test_draft_that_was_taken_away_is_not_adopted(draft, coordinator):
    taken = ActionPlan.objects.get(pk=draft.pk)
    delete_draft(plan=draft, by=coordinator)

    with pytest.raises(ValidationError, match="tagits bort"):
        adopt(taken, coordinator)


def test_nothing_is_adopted_in_a_closed_agreement(agreement, draft, coordinator):
    close_agreement(agreement=agreement, by=coordinator)

    assert refused(draft, coordinator) == ["Överenskommelsen är avslutad. Den kan läsas men inte ändras."]


# --- Nothing changes it afterwards ---


def decided(state: str, draft: ActionPlan, by) -> ActionPlan:
    plan = adopt(draft, by)
    if state == "replaced":
        adopt(make_plan(plan.agreement, based_on=plan.based_on), by)
    return plan


@pytest.mark.parametrize("state", ["adopted", "replaced"])
def test_operations_refuse_a_decided_plan(draft, coordinator, state):
    plan = decided(state, draft, coordinator)
    before = frozen(plan)

    for act in (
        lambda: change_draft(plan=plan, title="Annat", by=coordinator),
        lambda: delete_draft(plan=plan, by=coordinator),
        lambda: adopt(plan, coordinator, decided_by="Någon annan"),
    ):
        with pytest.raises(ValidationError):
            act()

    assert frozen(plan) == before


@pytest.mark.parametrize("state", ["adopted", "replaced"])
@pytest.mark.parametrize("name", ["plan_update", "plan_delete", "plan_adopt"])
def test_pages_refuse_a_decided_plan(client, draft, coordinator, state, name):
    plan = decided(state, draft, coordinator)
    before = frozen(plan)
    as_person(client, coordinator)
    page = reverse(f"focus_areas:{name}", args=[plan.pk])

    written = {"title": "Annat", "version": latest_version(plan), "decided_by": "Jag", "decided_on": "2026-11-20"}
    answers = {client.get(page).status_code, client.post(page, written).status_code}

    # The form of the decision says so in the form: it may have been sent by two at once.
    assert answers <= ({403, 200} if name == "plan_adopt" else {403, 405})
    assert frozen(plan) == before


def test_admin_changes_no_plan(client, draft, system_administrator, coordinator):
    plan = adopt(draft, coordinator)
    before = frozen(plan)
    as_person(client, system_administrator)
    pages = [reverse(f"admin:focus_areas_actionplan_{page}", args=[plan.pk]) for page in ("change", "delete")]
    register = reverse("admin:focus_areas_actionplan_changelist")

    answers = [client.post(page, {"title": "Annat", "post": "yes"}).status_code for page in pages]
    client.post(register, {"action": "delete_selected", "_selected_action": [plan.pk], "post": "yes"})
    of_the_agreement = reverse("admin:agreements_agreement_delete", args=[plan.agreement_id])
    client.post(of_the_agreement, {"post": "yes"})
    old_version = reverse("admin:focus_areas_actionplan_history", args=[plan.pk]) + f"{plan.history.first().pk}/"
    reverted = client.post(old_version, {"title": "Annat"}).status_code

    assert answers == [403, 403]
    assert reverted in (302, 404)
    assert client.get(register).status_code == 200
    assert frozen(plan) == before


def test_changed_workbook_leaves_an_adopted_plan_as_it_was(agreement, draft, activity, coordinator):
    plan = adopt(draft, coordinator)
    before = frozen(plan)
    tables = workbook.export(agreement)
    tables["activities"][0] |= {"background": "Nytt.", "ends_on": datetime.date(2027, 6, 30)}
    tables["activities"].append({"focus_area": "1", "number": 2, "title": "Belysning", "process_lead": ["SF"]})

    outcome = workbook.load(write_yaml(tables, workbook.SHEETS), "plan.yaml", by=coordinator)

    assert outcome.faults == []
    titles = [(one.title, one.background) for one in activity.focus_area.activities.order_by("number")]
    assert titles == [("Vandringar", "Nytt."), ("Belysning", "")]
    assert frozen(plan) == before
    assert verify(ActionPlan.objects.get(pk=plan.pk))


def test_history_of_a_plan_holds_no_second_copy(draft, coordinator):
    adopt(draft, coordinator)

    assert not hasattr(draft.history.first(), "snapshot")


def test_person_who_leaves_changes_no_plan(draft, activity, coordinator):
    plan = adopt(draft, coordinator)
    before = frozen(plan)

    activity.responsible = make_person("Ny Ansvarig", title="Enhetschef")
    activity.save()

    assert frozen(plan) == before
    assert contents_of(ActionPlan.objects.get(pk=plan.pk)).activities[0].responsible == (
        "Brottsförebyggande samordnare, KLF"
    )


def test_admin_asks_for_somebody_responsible_once_the_plan_is_adopted(client, draft, activity, system_administrator):
    as_person(client, system_administrator)
    page = reverse("admin:focus_areas_activity_change", args=[activity.pk])
    written = {"focus_area": activity.focus_area_id, "title": "Vandringar", "number": 1} | {
        f"{inline}-{name}_FORMS": 0 for inline in ("leads", "participations") for name in ("TOTAL", "INITIAL")
    }
    adopt(draft, system_administrator)

    response = client.post(page, written)

    assert response.context["adminform"].form.errors["responsible"] == [RESPONSIBLE_NEEDED]
    activity.refresh_from_db()
    assert activity.responsible is not None
