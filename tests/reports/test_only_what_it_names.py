"""A report reads the agreement that it is about, however many others the portal holds."""

import datetime

import time_machine

from agreements.models import Group
from reports.content.collecting import gather
from tests.factories import at, group_of, make_municipality, make_organisation, organisation_of
from tests.meeting_factories import make_action_point, make_meeting

PERIOD = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 11, 23)}


def organisations_read(agreement) -> dict[str, str]:
    """What the report knows as organisations, each with what it belongs to."""
    return {
        one.name: one.parent.name if one.parent else ""
        for one in gather(agreement, **PERIOD).snapshot.organisations.values()
    }


def test_others_organisations_are_not_read(agreement, other_agreement):
    for number in range(5):
        make_municipality(f"Kommun {number}")

    names = organisations_read(agreement)

    assert "Burlövs kommun" in names
    assert not [name for name in names if name.startswith("Kommun ")]
    assert other_agreement.municipality.name not in names


def test_organisation_is_read_with_what_it_belongs_to(agreement):
    unit = make_organisation("Fältgruppen", short_name="Fält", parent=organisation_of(agreement, "SF"))
    meeting = make_meeting(group_of(agreement, Group.Kind.PREPARATION))
    make_action_point(meeting, organisation=unit)

    names = organisations_read(agreement)

    assert names["Fältgruppen"] == "Socialförvaltningen"
    assert names["Socialförvaltningen"] == "Burlövs kommun"


def test_organisation_has_its_name_of_then(agreement):
    with time_machine.travel(at(datetime.date(2026, 12, 1), hour=9), tick=False):
        agreement.municipality.name = "Burlövs nya kommun"
        agreement.municipality.save()
        then = gather(agreement, **PERIOD).snapshot

    assert then.agreement.municipality.name == "Burlövs kommun"
