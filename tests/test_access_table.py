"""The access table of the domain, cell by cell, written out by hand: what is expected is not taken from the code."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from agreements.access import GRANTS as AGREEMENT_GRANTS
from agreements.access import Refused, require, require_unlocked
from agreements.models import Agreement, Group, Membership, Seat
from focus_areas.access import GRANTS as FOCUS_AREA_GRANTS
from focus_areas.models import FocusArea
from meetings.access import GRANTS as MEETING_GRANTS
from reports.access import GRANTS as REPORT_GRANTS
from tests.factories import (
    TODAY,
    author,
    group_of,
    make_activity,
    make_focus_area,
    make_group,
    make_organisation,
    organisation_of,
    seat_person,
)
from tests.ground import kept
from tests.meeting_factories import make_meeting
from tests.report_factories import make_issued_report, make_report
from tests.thread_factories import make_picture

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)

# coordinator, police liaison, steering group, preparation group, convener, member of a working group,
# Örat mot marken, reader, outsider, system administrator
COLUMNS = (
    "coordinator",
    "police_liaison",
    "steering_member",
    "preparation_member",
    "convener",
    "working_group_member",
    "situation_member",
    "reader",
    "outsider",
    "system_administrator",
)

# "y" may, "-" may not. The thing is what the capability is asked for; the columns are those above, in that order.
TABLE = """
capability                            | thing                | c p s b k w ö r o a
agreements.read                       | agreement            | y y y y y y y y - y
agreements.read                       | focus area           | y y y y y y y y - y
agreements.read                       | own group's activity | y y y y y y y y - y
agreements.manage                     | agreement            | y - - - - - - - - y
agreements.read_picture               | working material     | y y - y - - - - - y
agreements.read_picture               | adopted picture      | y y y y y y y y - y
agreements.read_picture               | agreement            | y y - y - - - - - y
agreements.change_picture             | agreement            | y y - y - - - - - y
focus_areas.adopt_plan                | agreement            | y - - - - - - - - y
focus_areas.remind                    | own group's activity | y y - y - - - - - y
focus_areas.renew                     | agreement            | y - - - - - - - - y
focus_areas.plan                      | agreement            | y y - y - - - - - y
focus_areas.plan                      | focus area           | y y - y - - - - - y
focus_areas.create_activity           | focus area           | y y - y y y - - - y
focus_areas.edit_activity             | own group's activity | y y - y y y - - - y
focus_areas.edit_activity             | other activity       | y y - y - - - - - y
focus_areas.edit_activity             | activity BBAB leads  | y y - y - - - - - y
focus_areas.edit_activity             | activity BBAB joins  | y y - y - - - - - y
focus_areas.log_activity              | own group's activity | y y - y y y - - - y
focus_areas.log_activity              | other activity       | y y - y - - - - - y
focus_areas.log_activity              | activity BBAB leads  | y y - y - - y - - y
focus_areas.log_activity              | activity BBAB joins  | y y - y - - y - - y
focus_areas.report_status             | own group's activity | y y - y y y - - - y
focus_areas.report_status             | other activity       | y y - y - - - - - y
focus_areas.report_status             | activity BBAB leads  | y y - y - - y - - y
focus_areas.report_status             | activity BBAB joins  | y y - y - - y - - y
focus_areas.follow_up                 | own group's activity | y y - y y y - - - y
focus_areas.follow_up                 | other activity       | y y - y - - - - - y
focus_areas.follow_up                 | activity BBAB leads  | y y - y - - - - - y
focus_areas.follow_up                 | activity BBAB joins  | y y - y - - - - - y
focus_areas.approve_for_municipality  | own group's activity | y - - - - - - - - -
focus_areas.approve_for_municipality  | activity BBAB leads  | y - - - - - - - - -
focus_areas.approve_for_police        | own group's activity | - y - - - - - - - -
focus_areas.approve_for_police        | activity BBAB leads  | - y - - - - - - - -
meetings.read_meetings                | steering group       | y y y y - - - - - y
meetings.read_meetings                | preparation group    | y y y y - - - - - y
meetings.read_meetings                | own working group    | y y y y y y - - - y
meetings.read_meetings                | other working group  | y y y y - - - - - y
meetings.read_meetings                | Örat mot marken      | y y - y - - y - - y
meetings.read_meetings                | its meeting          | y y - y - - y - - y
meetings.lead_meeting                 | steering group       | y y y - - - - - - y
meetings.lead_meeting                 | preparation group    | y y - - - - - - - y
meetings.lead_meeting                 | own working group    | y y - - y - - - - y
meetings.lead_meeting                 | other working group  | y y - - - - - - - y
meetings.lead_meeting                 | Örat mot marken      | y y - - - - - - - y
meetings.lead_meeting                 | its meeting          | y y - - - - - - - y
meetings.read_trends                  | agreement            | y y y y - - y - - y
meetings.read_observations            | agreement            | y y - y - - y - - y
meetings.report_observations          | agreement            | y y - y - - y - - y
meetings.keep_categories              | agreement            | y - - - - - - - - y
reports.read_report                   | agreement            | y y y y y y - y - y
reports.read_report                   | issued report        | y y y y y y - y - y
reports.read_report                   | draft of a report    | y y - - - - - - - y
reports.write_report                  | draft of a report    | y y - - - - - - - y
reports.comment_report                | draft of a report    | - y - - - - - - - -
reports.issue_report                  | draft of a report    | y - - - - - - - - y
reports.see_readers                   | issued report        | y y - - - - - - - y
reports.archive                       | agreement            | y - - - - - - - - y
reports.register_council_report       | agreement            | y - - - - - - - - y
"""


def cells():
    """Each cell as (capability, thing, column, may)."""
    for line in TABLE.strip().splitlines()[1:]:
        capability, thing, marks = (part.strip() for part in line.split("|"))
        marks = marks.split()
        assert len(marks) == len(COLUMNS), line
        yield from ((capability, thing, column, mark == "y") for column, mark in zip(COLUMNS, marks, strict=True))


ALL_CAPABILITIES = sorted({capability for capability, *_ in cells()})


@kept
def things(agreement) -> dict:
    """One of each thing that a capability can be asked for."""
    focus_area = make_focus_area(agreement)
    housing = organisation_of(agreement, "BBAB")
    police = organisation_of(agreement, "Polisen")
    another_group = make_group(agreement, Group.Kind.WORKING, name="Arbetsgruppen för trygga centrum")
    situation = group_of(agreement, Group.Kind.SITUATION)
    return {
        "agreement": agreement,
        "focus area": focus_area,
        "own group's activity": make_activity(
            focus_area, lead=[police], working_group=group_of(agreement, Group.Kind.WORKING)
        ),
        "other activity": make_activity(focus_area, lead=[police], working_group=another_group),
        "activity BBAB leads": make_activity(focus_area, lead=[housing], participants=[police]),
        "activity BBAB joins": make_activity(focus_area, lead=[police], participants=[housing]),
        "steering group": group_of(agreement, Group.Kind.STEERING),
        "preparation group": group_of(agreement, Group.Kind.PREPARATION),
        "own working group": group_of(agreement, Group.Kind.WORKING),
        "other working group": another_group,
        "Örat mot marken": situation,
        "its meeting": make_meeting(situation),
        "working material": make_picture(agreement),
        "adopted picture": make_picture(agreement, adopted_on=datetime.date(2022, 10, 3)),
        "draft of a report": make_report(agreement),
        "issued report": make_issued_report(agreement, by=author()),
    }


def again(user: User) -> User:
    """The person as the next request sees them: seats are remembered for one request only."""
    return User.objects.get(pk=user.pk)


def capabilities_of(user, things) -> set[str]:
    """Every capability that the person has for at least one of the things."""
    return {
        capability
        for capability in ALL_CAPABILITIES
        if any(user.has_perm(capability, thing) for thing in things.values())
    }


def test_table_names_every_capability():
    existing = {
        str(name) for grants in (AGREEMENT_GRANTS, FOCUS_AREA_GRANTS, MEETING_GRANTS, REPORT_GRANTS) for name in grants
    }

    assert set(ALL_CAPABILITIES) == existing


@pytest.mark.parametrize(("capability", "thing", "column", "may"), list(cells()))
def test_cell(request, things, capability, thing, column, may):
    user = request.getfixturevalue(column)

    assert user.has_perm(capability, things[thing]) is may


def test_anonymous_may_nothing(things):
    anonymous = AnonymousUser()

    assert capabilities_of(anonymous, things) == set()
    assert list(Agreement.objects.visible_to(anonymous)) == []


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "outsider"])
def test_deactivated_person_may_nothing(request, things, column):
    user = request.getfixturevalue(column)
    user.is_active = False
    user.save()

    assert capabilities_of(again(user), things) == set()
    assert list(Agreement.objects.visible_to(again(user))) == []


SEATED = [column for column in COLUMNS if column not in ("outsider", "system_administrator")]


@pytest.mark.parametrize("column", SEATED)
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        pytest.param(datetime.date(2024, 1, 1), YESTERDAY, False, id="ended yesterday"),
        pytest.param(datetime.date(2024, 1, 1), TODAY, True, id="ends today"),
        pytest.param(TODAY, None, True, id="starts today"),
        pytest.param(TOMORROW, None, False, id="starts tomorrow"),
    ],
)
def test_seat_counts_on_its_days_only(request, things, agreement, column, starts_on, ends_on, holds):
    user = request.getfixturevalue(column)
    expected = capabilities_of(again(user), things) if holds else set()
    Membership.objects.filter(user=user).update(starts_on=starts_on, ends_on=ends_on)

    assert capabilities_of(again(user), things) == expected
    assert Agreement.objects.visible_to(again(user)).filter(pk=agreement.pk).exists() is holds


@pytest.mark.parametrize("column", SEATED)
def test_seat_gives_nothing_in_another_agreement(request, other_agreement, column):
    user = request.getfixturevalue(column)
    focus_area = make_focus_area(other_agreement)
    things = {"agreement": other_agreement, "focus area": focus_area, "activity": make_activity(focus_area)}

    assert capabilities_of(user, things) == set()


def test_coordinator_elsewhere_and_reader_here_only_reads_here(things, agreement, outsider):
    seat_person(agreement, Seat.Function.READER, Group.Kind.STEERING, user=outsider)

    assert capabilities_of(again(outsider), things) == READING


@pytest.mark.parametrize("kind", Group.Kind.values)
def test_coordinator_is_coordinator_whichever_group_the_seat_is_in(things, agreement, kind):
    user = seat_person(agreement, Seat.Function.COORDINATOR, kind)

    assert capabilities_of(user, things) == set(ALL_CAPABILITIES) - {
        "focus_areas.approve_for_police",
        "reports.comment_report",
    }


@pytest.mark.parametrize("kind", Group.Kind.values)
def test_police_liaison_is_liaison_whichever_group_the_seat_is_in(things, agreement, kind):
    user = seat_person(
        agreement, Seat.Function.POLICE_LIAISON, kind, organisation=organisation_of(agreement, "Polisen")
    )

    assert capabilities_of(user, things) == set(ALL_CAPABILITIES) - {
        "agreements.manage",
        "focus_areas.adopt_plan",
        "focus_areas.approve_for_municipality",
        "focus_areas.renew",
        "meetings.keep_categories",
        "reports.archive",
        "reports.issue_report",
        "reports.register_council_report",
    }


@pytest.mark.parametrize("kind", Group.Kind.values)
def test_reader_only_reads_whichever_group_the_seat_is_in(things, agreement, kind):
    user = seat_person(agreement, Seat.Function.READER, kind)

    assert capabilities_of(user, things) == READING


READING = {"agreements.read", "agreements.read_picture", "reports.read_report"}
STEERING = READING | {"meetings.read_meetings", "meetings.read_trends"}


@pytest.mark.parametrize(
    ("function", "more"),
    [
        (Seat.Function.CHAIR, {"meetings.lead_meeting"}),
        (Seat.Function.SECRETARY, {"meetings.lead_meeting"}),
        (Seat.Function.MEMBER, set()),
    ],
)
def test_steering_group_reads_and_leads_only_its_own_meetings(things, agreement, function, more):
    user = seat_person(agreement, function, Group.Kind.STEERING)

    assert capabilities_of(user, things) == STEERING | more
    assert not user.has_perm("meetings.lead_meeting", things["preparation group"])


@pytest.mark.parametrize("kind", Group.Kind.values)
@pytest.mark.parametrize("function", [Seat.Function.CHAIR, Seat.Function.SECRETARY, Seat.Function.CONVENER])
def test_who_leads_a_group_leads_its_meetings_and_no_others(things, agreement, kind, function):
    user = seat_person(agreement, function, kind)
    groups = agreement.groups.all()

    assert [group for group in groups if user.has_perm("meetings.lead_meeting", group)] == [group_of(agreement, kind)]


def test_two_seats_add_up(things, agreement, situation_member):
    seat_person(agreement, Seat.Function.MEMBER, Group.Kind.WORKING, user=situation_member)
    user = again(situation_member)

    assert user.has_perm("focus_areas.log_activity", things["own group's activity"])
    assert user.has_perm("focus_areas.log_activity", things["activity BBAB leads"])
    assert not user.has_perm("focus_areas.edit_activity", things["activity BBAB leads"])
    assert not user.has_perm("focus_areas.log_activity", things["other activity"])


def test_situation_member_of_a_unit_counts_as_the_administration_above_it(things, agreement):
    housing = organisation_of(agreement, "BBAB")
    unit = make_organisation("Kundcenter", parent=housing)
    user = seat_person(agreement, Seat.Function.MEMBER, Group.Kind.SITUATION, organisation=unit)

    assert user.has_perm("focus_areas.log_activity", things["activity BBAB leads"])


def test_situation_member_of_the_municipality_does_not_count_as_its_housing_company(things, agreement):
    user = seat_person(agreement, Seat.Function.MEMBER, Group.Kind.SITUATION)

    assert not user.has_perm("focus_areas.log_activity", things["activity BBAB leads"])


def test_superuser_may_everything_but_sign_for_a_party(things, system_administrator):
    assert capabilities_of(system_administrator, things) == set(ALL_CAPABILITIES) - {
        "focus_areas.approve_for_municipality",
        "focus_areas.approve_for_police",
        "reports.comment_report",
    }


def test_superuser_who_is_coordinator_signs_for_the_municipality(things, agreement, system_administrator):
    seat_person(agreement, Seat.Function.COORDINATOR, Group.Kind.PREPARATION, user=system_administrator)
    user = again(system_administrator)

    assert user.has_perm("focus_areas.approve_for_municipality", things["own group's activity"])
    assert not user.has_perm("focus_areas.approve_for_police", things["own group's activity"])


def test_staff_without_a_seat_may_nothing(things, staff_outsider):
    assert capabilities_of(staff_outsider, things) == set()
    assert list(Agreement.objects.visible_to(staff_outsider)) == []
    assert list(FocusArea.objects.visible_to(staff_outsider)) == []


def test_refusal_names_who_can_help(things, reader, coordinator):
    with pytest.raises(Refused) as refused:
        require(reader, "focus_areas.plan", things["focus area"])

    assert refused.value.message == (
        "Du får inte ändra fokusområden och mål. Vänd dig till brottsförebyggande samordnare (Maja Lind) om det behövs."
    )


def test_refusal_names_the_role_where_the_seat_is_vacant(things, reader):
    with pytest.raises(Refused) as refused:
        require(reader, "focus_areas.approve_for_police", things["other activity"])

    assert refused.value.message == (
        "Du får inte godkänna uppföljningar för polisen. Vänd dig till kommunpolis om det behövs."
    )


@pytest.mark.parametrize("thing", ["agreement", "focus area", "own group's activity"])
def test_closed_agreement_is_locked_for_everybody(things, agreement, thing):
    agreement.state = Agreement.State.CLOSED
    agreement.save()

    with pytest.raises(Refused, match="avslutad"):
        require_unlocked(things[thing])
