"""Making the draft of the next period: what it holds, what it leaves behind, and that the old one is not touched."""

import datetime
import hashlib
from collections import Counter
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from agreements.models import Agreement, AgreementSection, Definition, Group, Membership, Seat, SituationPicture
from documents.workbooks import write_yaml
from focus_areas import workbook
from focus_areas.models import (
    Activity,
    ActivityChoice,
    Cause,
    Commitment,
    CommunicationItem,
    FollowUp,
    Goal,
    GoalChoice,
    Grant,
    LogEntry,
    Renewal,
    SeatChoice,
    StatusUpdate,
)
from focus_areas.operations.renewals import (
    delete_renewal,
    keep_choices,
    make_draft,
    save_closing_statement,
    save_renewal,
)
from tests.factories import (
    TODAY,
    group_of,
    make_activity,
    make_area,
    make_commitment,
    make_focus_area,
    make_goal,
    make_seat,
    make_status_update,
    organisation_of,
)
from tests.thread_factories import choose_for_all, make_goal_criterion, make_picture, make_problem, make_renewal
from tests.worlds import fill

RENEWAL_MODELS = {"renewal", "activitychoice", "goalchoice", "seatchoice"}


@pytest.fixture
def renewal(agreement, coordinator) -> Renewal:
    return make_renewal(agreement, by=coordinator)


def choose(renewal, thing, *, by, **values):
    """What becomes of one activity, goal or seat."""
    model, link = {
        Activity: (ActivityChoice, "activity"),
        Goal: (GoalChoice, "goal"),
        Seat: (SeatChoice, "seat"),
    }[type(thing)]
    keep_choices(renewal=renewal, model=model, link=link, choices={thing: values}, by=by)


def draft_of(renewal, *, by) -> Agreement:
    return make_draft(renewal=renewal, by=by, today=TODAY)


def stored_rows() -> dict:
    """Every row there is of what the parties answer for, with its values and how many history rows it has."""
    found = {}
    for model in apps.get_models():
        histories = getattr(getattr(model, "history", None), "model", None)
        if histories is None or model._meta.model_name in RENEWAL_MODELS:
            continue
        counts = Counter(histories.objects.values_list("id", flat=True))
        found[model] = {row["id"]: (row, counts[row["id"]]) for row in model._base_manager.values()}
    return found


def checksum(agreement) -> str:
    return hashlib.sha256(write_yaml(workbook.export(agreement), workbook.SHEETS)).hexdigest()


# --- The old agreement ---


def test_nothing_of_the_old_agreement_changes(agreement, coordinator):
    renewal = fill(agreement, by=coordinator)["fornyelser"]
    choose_for_all(renewal, by=coordinator)
    rows, exported = stored_rows(), checksum(agreement)

    draft_of(renewal, by=coordinator)

    now = stored_rows()
    assert {model: {key: now[model].get(key) for key in old} for model, old in rows.items()} == rows
    assert checksum(agreement) == exported


def test_draft_is_signed_by_who_made_it_and_why(agreement, coordinator, renewal):
    activity = make_activity(make_focus_area(agreement))
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    record = Activity.objects.of(new).get(carried_over_from=activity).history.first()
    assert (record.history_user, record.history_change_reason) == (coordinator, "Förnyelse av KS/2023:305.")


# --- What the draft holds ---


def test_draft_has_the_agreements_words_without_signatures(agreement, coordinator, renewal):
    agreement.parties.update(signatory_name="Sara Vestering", signed_on=datetime.date(2023, 6, 27))
    AgreementSection.objects.create(agreement=agreement, heading="Metod", text="Så arbetar parterna.", position=1)
    Definition.objects.create(agreement=agreement, term="Trygghet", text="Känslan av att kunna gå ut.")
    make_goal_criterion(agreement, "Specifikt", "specific")
    make_area(agreement, "Åkarp")
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    assert (new.state, new.predecessor, new.title) == ("draft", agreement, "Samverkansöverenskommelse 2027–2030")
    assert (new.starts_on, new.ends_on) == (datetime.date(2027, 1, 1), datetime.date(2030, 12, 31))
    assert (new.purpose, new.reference_number, new.signed_on) == (agreement.purpose, "", None)
    assert set(new.organisations.all()) == set(agreement.organisations.all())
    assert {(party.organisation, party.signatory_name, party.signed_on) for party in new.parties.all()} == {
        (party.organisation, "", None) for party in agreement.parties.all()
    }
    assert [section.heading for section in new.sections.all()] == ["Metod"]
    assert [definition.term for definition in new.definitions.all()] == ["Trygghet"]
    assert [criterion.label for criterion in new.goal_criteria.all()] == ["Specifikt"]
    assert [area.name for area in new.areas.all()] == ["Åkarp"]
    renewal.refresh_from_db()
    assert renewal.successor == new


def test_groups_keep_who_set_them_up(agreement, coordinator, renewal):
    preparation = group_of(agreement, Group.Kind.PREPARATION)
    agreement.groups.filter(kind=Group.Kind.WORKING).update(parent=preparation)
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    assert {(group.name, str(group.parent or "")) for group in new.groups.all()} == {
        ("Styrgruppen", ""),
        ("Beredningsgruppen", ""),
        ("Arbetsgruppen för trygg skola", "Beredningsgruppen"),
        ("Örat mot marken", ""),
    }


def test_seats_go_along_as_chosen(agreement, coordinator, police_liaison, steering_member, reader, renewal):
    vacant = make_seat(group_of(agreement, Group.Kind.STEERING), "Vakant plats")
    choose_for_all(renewal, by=coordinator)
    seats = {person: person.memberships.get().seat for person in (police_liaison, steering_member, reader)}
    choose(renewal, seats[steering_member], by=coordinator, choice="vacate")
    choose(renewal, seats[reader], by=coordinator, choice="end")

    new = draft_of(renewal, by=coordinator)

    copied = {seat.function: seat for seat in Seat.objects.filter(group__agreement=new).exclude(title=vacant.title)}
    assert set(copied) == {"coordinator", "police_liaison", "chair"}
    held = {
        function: [(one.user, one.starts_on, one.ends_on) for one in seat.memberships.all()]
        for function, seat in copied.items()
    }
    assert held == {
        "coordinator": [(coordinator, TODAY, None)],
        "police_liaison": [(police_liaison, TODAY, None)],
        "chair": [],
    }
    assert not Membership.objects.filter(seat__group__agreement=new, seat__title=vacant.title).exists()
    assert Seat.objects.filter(group__agreement=new, title=vacant.title).exists()


def test_those_who_keep_their_seats_see_the_draft(agreement, coordinator, police_liaison, reader, renewal):
    choose_for_all(renewal, by=coordinator)
    choose(renewal, reader.memberships.get().seat, by=coordinator, choice="end")

    new = draft_of(renewal, by=coordinator)

    sees = {person: Agreement.objects.visible_to(person).filter(pk=new.pk).exists() for person in (coordinator, reader)}
    assert sees == {coordinator: True, reader: False}


def test_activity_goes_on_from_the_beginning(agreement, coordinator, police_liaison, renewal):
    focus_area = make_focus_area(agreement)
    goal = make_goal(focus_area)
    area = make_area(agreement)
    old = make_activity(
        focus_area,
        lead=[organisation_of(agreement, "Polisen"), organisation_of(agreement, "SF")],
        participants=[organisation_of(agreement, "BBAB")],
        method="Vi går tillsammans.",
        responsible=police_liaison,
        working_group=group_of(agreement, Group.Kind.WORKING),
        starts_on=datetime.date(2025, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
        next_follow_up_on=datetime.date(2026, 12, 1),
        funding_source="Brå",
        funding_amount=Decimal("1000"),
        is_public=True,
    )
    old.areas.set([area])
    old.goals.set([goal])
    make_status_update(old, by=coordinator)
    choose_for_all(renewal, by=coordinator)

    new = Activity.objects.of(draft_of(renewal, by=coordinator)).with_actors().get()

    assert (new.carried_over_from, new.title, new.number, new.method) == (old, old.title, 1, "Vi går tillsammans.")
    assert (new.status, new.assessment, new.is_public, new.funding_source) == ("not_started", "", False, "")
    assert (new.starts_on, new.ends_on) == (datetime.date(2027, 1, 1), datetime.date(2030, 12, 31))
    assert (new.next_follow_up_on, new.responsible) == (None, police_liaison)
    assert [str(one) for one in new.lead_organisations] == ["Polisen", "SF"]
    assert [str(one) for one in new.participant_organisations] == ["BBAB"]
    assert (new.working_group.agreement, new.working_group.name) == (new.agreement, old.working_group.name)
    assert [(one.name, one.agreement) for one in new.areas.all()] == [("Arlöv", new.agreement)]
    assert [one.carried_over_from for one in new.goals.all()] == [goal]
    assert (new.focus_area.title, new.focus_area.carried_over_from) == (focus_area.title, focus_area)


def test_nobody_answers_for_an_activity_in_a_period_without_a_seat(agreement, coordinator, steering_member, renewal):
    make_activity(make_focus_area(agreement), responsible=steering_member)
    choose_for_all(renewal, by=coordinator)
    choose(renewal, steering_member.memberships.get().seat, by=coordinator, choice="vacate")

    new = draft_of(renewal, by=coordinator)

    assert Activity.objects.of(new).get().responsible is None


def test_what_was_done_stays_behind(agreement, coordinator):
    renewal = fill(agreement, by=coordinator)["fornyelser"]
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    left = {
        model.__name__: model.objects.filter(activity__focus_area__agreement=new).count()
        for model in (LogEntry, StatusUpdate, FollowUp, Grant)
    }
    assert left == {"LogEntry": 0, "StatusUpdate": 0, "FollowUp": 0, "Grant": 0}
    assert CommunicationItem.objects.filter(plan__agreement=new).count() == 0
    assert [plan.title for plan in new.communication_plans.all()] == ["Kommunikationsplan 1"]
    assert new.documents.count() == 0


def test_promise_of_each_year_is_carried_over_once(agreement, coordinator, renewal):
    activity = make_activity(make_focus_area(agreement))
    for year in (2024, 2025, 2026):
        make_commitment(
            activity,
            text="Trygghetsvandringar",
            planned=year - 2020,
            outcome="Blev av.",
            starts_on=datetime.date(year, 1, 1),
            ends_on=datetime.date(year, 12, 31),
        )
    make_commitment(activity, is_joint=True, text="Öppet hus", planned=None)
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    promises = Commitment.objects.filter(activity__focus_area__agreement=new).order_by("pk")
    assert list(promises.values_list("text", "planned", "starts_on", "ends_on", "outcome")) == [
        ("Trygghetsvandringar", 6, datetime.date(2027, 1, 1), datetime.date(2027, 12, 31), ""),
        ("Öppet hus", None, None, None, ""),
    ]


def test_promises_of_two_half_years_are_both_carried_over(agreement, coordinator, renewal):
    activity = make_activity(make_focus_area(agreement))
    for first, last in (("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31")):
        make_commitment(activity, text="Vandringar", starts_on=first, ends_on=last)
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    promises = Commitment.objects.filter(activity__focus_area__agreement=new)
    assert {one.starts_on for one in promises} == {datetime.date(2027, 1, 1), datetime.date(2027, 7, 1)}


def test_goals_go_along_changed_or_not_at_all(agreement, coordinator, renewal):
    focus_area = make_focus_area(agreement)
    above = make_goal(focus_area, statement="Färre är otrygga")
    below = make_goal(
        focus_area,
        statement="Sänka indexet",
        parent=above,
        baseline=Decimal("2.22"),
        target=Decimal("1.8"),
        due_on=datetime.date(2026, 12, 31),
    )
    activity = make_activity(focus_area)
    activity.goals.set([above, below])
    choose_for_all(renewal, by=coordinator)
    choose(renewal, above, by=coordinator, choice="end")
    choose(
        renewal,
        below,
        by=coordinator,
        choice="change",
        new_statement="Sänka trygghetsindexet",
        new_target=Decimal("1.5"),
    )

    new = draft_of(renewal, by=coordinator)

    goal = Goal.objects.get(focus_area__agreement=new)
    assert (goal.statement, goal.target, goal.baseline) == (
        "Sänka trygghetsindexet",
        Decimal("1.5"),
        Decimal("2.22"),
    )
    assert (goal.parent, goal.due_on, goal.carried_over_from) == (None, datetime.date(2030, 12, 31), below)
    assert list(Activity.objects.of(new).get().goals.all()) == [goal]


def test_new_wording_waits_until_the_goal_is_to_change(agreement, coordinator, renewal):
    goal = make_goal(make_focus_area(agreement), statement="Färre är otrygga")
    choose_for_all(renewal, by=coordinator)
    choose(renewal, goal, by=coordinator, choice="continue", new_statement="Något annat")

    new = draft_of(renewal, by=coordinator)

    assert Goal.objects.get(focus_area__agreement=new).statement == "Färre är otrygga"


def test_red_thread_holds_together_in_the_draft(agreement, coordinator):
    renewal = fill(agreement, by=coordinator)["fornyelser"]
    agreement.situationpictures.filter(state="draft").delete()
    adopted = agreement.situationpictures.get()
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    picture = SituationPicture.objects.get(agreement=new)
    assert (picture.state, picture.supersedes, picture.mapping) == ("draft", adopted, adopted.mapping)
    problem, old_problem = picture.problems.get(), adopted.problems.get()
    assert problem.carried_over_from == old_problem
    cause = Cause.objects.of(new).get()
    assert (cause.carried_over_from, cause.analysis.problem) == (old_problem.cause_analysis.causes.get(), problem)
    activity = Activity.objects.of(new).first()
    assert list(activity.causes.all()) == [cause]
    assert list(activity.focus_area.problems.all()) == [problem]
    indicator = new.indicators.get()
    assert (activity.goals.get().problem, activity.goals.get().indicator) == (problem, indicator)
    old_values = agreement.indicators.get().values.values_list("year", "value", "comparison")
    assert set(indicator.values.values_list("year", "value", "comparison")) == set(old_values)
    assert {row.history_user for row in indicator.values.first().history.all()} == {coordinator}


def test_focus_area_without_anything_goes_along(agreement, coordinator, renewal):
    make_focus_area(agreement, title="Trygga hem", child_summary="Barn berörs.")
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    assert [(one.title, one.child_summary) for one in new.focus_areas.all()] == [("Trygga hem", "")]


def test_agreement_that_has_been_closed_can_be_renewed(agreement, coordinator, renewal):
    Agreement.objects.filter(pk=agreement.pk).update(state="closed")
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    assert (new.state, Agreement.objects.get(pk=agreement.pk).state) == ("draft", "closed")


# --- What is refused ---


def test_draft_is_refused_while_something_has_not_been_chosen(agreement, coordinator, renewal):
    focus_area = make_focus_area(agreement)
    make_activity(focus_area)
    make_goal(focus_area, statement="Färre är otrygga")

    with pytest.raises(ValidationError) as refused:
        draft_of(renewal, by=coordinator)

    assert refused.value.messages == [
        "Välj vad som ska hända med aktiviteterna: 1.1 Trygghetsvandringar.",
        "Välj vad som ska hända med målen: ”Färre är otrygga”.",
        "Välj vad som ska hända med platserna: Plats 1 (KLF).",
        "Låt minst en plats som brottsförebyggande samordnare följa med sin innehavare. "
        "Annars kan ingen arbeta vidare med utkastet.",
    ]
    assert Agreement.objects.count() == 1


def test_draft_is_made_once(agreement, coordinator, renewal):
    choose_for_all(renewal, by=coordinator)
    draft_of(renewal, by=coordinator)
    # Somebody else's page still holds the renewal as it was before.
    stale = Renewal.objects.get(pk=renewal.pk)
    stale.successor = None

    with pytest.raises(ValidationError, match="redan gjort"):
        draft_of(stale, by=coordinator)

    assert Agreement.objects.count() == 2


def test_draft_with_a_taken_reference_number_is_refused(agreement, coordinator, renewal):
    Renewal.objects.filter(pk=renewal.pk).update(reference_number=agreement.reference_number)
    choose_for_all(renewal, by=coordinator)

    with pytest.raises(ValidationError, match="redan en överenskommelse med det diarienumret"):
        draft_of(renewal, by=coordinator)


def test_two_goals_with_the_same_new_words_are_refused(agreement, coordinator, renewal):
    focus_area = make_focus_area(agreement)
    make_goal(focus_area, statement="Färre är otrygga")
    other = make_goal(focus_area, statement="Fler är trygga")
    choose_for_all(renewal, by=coordinator)
    choose(renewal, other, by=coordinator, choice="change", new_statement="Färre är otrygga")

    with pytest.raises(ValidationError, match="samma lydelse: ”Färre är otrygga”"):
        draft_of(renewal, by=coordinator)


def test_choices_do_not_change_once_the_draft_is_made(agreement, coordinator, renewal):
    activity = make_activity(make_focus_area(agreement))
    choose_for_all(renewal, by=coordinator)
    draft_of(renewal, by=coordinator)

    for change in (
        lambda: choose(renewal, activity, by=coordinator, choice="end", reason="Klar."),
        lambda: save_renewal(renewal=renewal, by=coordinator),
        lambda: delete_renewal(renewal=renewal, by=coordinator),
    ):
        with pytest.raises(ValidationError, match="redan gjort"):
            change()

    assert renewal.activity_choices.get().choice == "continue"


def test_choice_about_another_agreements_activity_is_refused(other_agreement, coordinator, renewal):
    strange = make_activity(make_focus_area(other_agreement))

    with pytest.raises(ValidationError, match="en annan överenskommelse"):
        choose(renewal, strange, by=coordinator, choice="continue", reason="")

    assert not renewal.activity_choices.exists()


def test_closing_statement_is_written_until_the_new_agreement_is_adopted(agreement, coordinator, renewal):
    choose_for_all(renewal, by=coordinator)
    new = draft_of(renewal, by=coordinator)
    renewal.closing_statement = "Vi gick fler vandringar än vi lovade."
    save_closing_statement(renewal=renewal, by=coordinator)
    Agreement.objects.filter(pk=new.pk).update(state="adopted")
    renewal.closing_statement = "Något annat."

    with pytest.raises(ValidationError, match="ändras inte längre"):
        save_closing_statement(renewal=renewal, by=coordinator)

    renewal.refresh_from_db()
    assert renewal.closing_statement == "Vi gick fler vandringar än vi lovade."


def test_working_material_is_carried_over_where_no_picture_has_been_adopted(agreement, coordinator, renewal):
    make_problem(make_picture(agreement))
    choose_for_all(renewal, by=coordinator)

    new = draft_of(renewal, by=coordinator)

    picture = new.situationpictures.get()
    assert (picture.supersedes, picture.problems.count()) == (None, 1)
