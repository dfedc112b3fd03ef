"""Burlöv's agreement as it is loaded from agreements/data: every fact that the sources give."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings

from agreements.models import Agreement, Group, Membership, Seat
from documents.workbooks import write_yaml
from focus_areas import workbook
from focus_areas.models import Activity, Commitment, Goal

FILE = Path(settings.BASE_DIR) / "agreements/data/burlov-2023-2026.yaml"


@pytest.fixture
def burlov(db) -> Agreement:
    outcome = workbook.load(FILE.read_bytes(), FILE.name)
    assert outcome.faults == []
    return Agreement.objects.get()


def test_agreement_has_its_number_period_and_parties(burlov):
    parties = burlov.parties.values_list("organisation__name", "signatory_name", "signatory_title", "signed_on")
    signed_on = datetime.date(2023, 6, 27)

    assert (burlov.reference_number, burlov.state, burlov.signed_on) == ("KS/2023:305", "adopted", signed_on)
    assert (burlov.starts_on, burlov.ends_on) == (datetime.date(2023, 7, 1), datetime.date(2026, 12, 31))
    assert burlov.title == "Samverkansöverenskommelse mellan Burlövs kommun och lokalpolisområde Kävlinge"
    assert list(parties) == [
        ("Burlövs kommun", "Sara Vestering", "Kommunstyrelsens ordförande", signed_on),
        ("Lokalpolisområde Kävlinge", "Freddy Nilsson", "Tf. lokalpolisområdeschef", signed_on),
    ]


def test_focus_areas_have_their_official_wording(burlov):
    assert list(burlov.focus_areas.in_order().values_list("number", "title")) == [
        (1, "Genom preventiva åtgärder förebygga att ungdomar hamnar i drogberoende, kriminalitet och utanförskap"),
        (2, "Förebygga och minska våld i nära relation och våld mot barn"),
        (3, "Öka känslan av trygghet och förebygga mängdbrott"),
    ]


def test_activities_have_their_leads_and_participants_in_order(burlov):
    activities = Activity.objects.in_order().select_related("focus_area").with_actors()

    assert {
        str(activity): (
            [str(one) for one in activity.lead_organisations],
            [str(one) for one in activity.participant_organisations],
            activity.level,
        )
        for activity in activities
    } == {
        "1.1 SSPU-gruppen": (["UKF", "SF"], ["Polisen", "Ung i Burlöv"], "indicated"),
        "1.2 TuBen": (["SF"], ["UKF", "Trygghetsvärdarna", "Polisen", "BBAB", "Ung i Burlöv"], "universal"),
        "2.1 Våld i nära relation och hedersrelaterat våld": (["SF"], ["Polisen"], ""),
        "2.2 Våld och misshandel mot barn": (["SF"], ["UKF", "Polisen"], ""),
        "3.1 Livet mellan husen": (["KLF"], ["Burlövs kommun", "Polisen", "Föreningslivet", "BBAB"], ""),
        "3.2 Företag mot brott": (["KLF"], ["Polisen", "Näringslivet"], ""),
        "3.3 Trygghetsvandringar": (["KLF"], ["Polisen"], ""),
        "3.4 Avhopparverksamhet": (["Polisen"], ["SF"], ""),
        "3.5 Grannsamverkan": (["Polisen"], ["KLF"], ""),
    }
    assert Activity.objects.get(title="Livet mellan husen").process_lead_note == "inledande fas"
    assert list(
        Activity.objects.exclude(funding_source="").values_list("title", "funding_source", "funding_amount")
    ) == [("Våld i nära relation och hedersrelaterat våld", "Socialstyrelsen (2023)", None)]


def test_nothing_is_invented(burlov):
    assert (Goal.objects.count(), Commitment.objects.count(), Membership.objects.count()) == (0, 0, 0)
    assert not Seat.objects.filter(function=Seat.Function.CHAIR).exists()
    assert set(Activity.objects.values_list("approach", "responsible", "starts_on")) == {("", None, None)}


def test_steering_group_has_the_seats_that_the_agreement_names(burlov):
    steering = burlov.groups.get(kind=Group.Kind.STEERING)

    assert (steering.name, steering.also_known_as) == ("Styrgruppen", "Strategiskt råd")
    assert list(steering.seats.values_list("title", "organisation__name", "function", "is_leading_position")) == [
        ("Chef för LPO Kävlinge", "Lokalpolisområde Kävlinge", "member", True),
        ("Kommunstyrelsens ordförande", "Burlövs kommun", "member", True),
        ("Oppositionsföreträdare", "Burlövs kommun", "member", None),
        ("Kommundirektör", "Burlövs kommun", "member", True),
        (
            "Förvaltningschef för utbildning- och kulturförvaltningen",
            "Utbildning- och kulturförvaltningen",
            "member",
            True,
        ),
        ("Förvaltningschef för socialförvaltningen", "Socialförvaltningen", "member", True),
        ("Brottsförebyggande samordnare", "Kommunledningsförvaltningen", "coordinator", None),
    ]


def test_organisations_hang_together(burlov):
    tree = burlov.organisations.with_parents()

    assert {(str(one), str(one.parent or ""), one.kind) for one in tree} == {
        ("BBAB", "", "housing_company"),
        ("Burlövs kommun", "", "municipality"),
        ("KLF", "Burlövs kommun", "administration"),
        ("SF", "Burlövs kommun", "administration"),
        ("UKF", "Burlövs kommun", "administration"),
        ("Trygghetsvärdarna", "Burlövs kommun", "unit"),
        ("Ung i Burlöv", "Burlövs kommun", "unit"),
        ("Föreningslivet", "", "civil_society"),
        ("Näringslivet", "", "business"),
        ("Polisen", "", "police"),
        ("LPO Kävlinge", "Polisen", "police_area"),
        ("Räddningstjänsten", "", "rescue_service"),
    }


def test_sections_areas_and_spelling(burlov):
    content = FILE.read_text()

    assert [section.heading for section in burlov.sections.all()] == [
        "Ansvar",
        "Samverkansprocess",
        "Kommunikation",
        "Barnets bästa",
    ]
    assert [area.name for area in burlov.areas.all()] == ["Arlöv", "Åkarp"]
    assert "Kävlunge" not in content
    assert "Kävlings " not in content


def test_file_is_what_an_export_writes(burlov):
    assert write_yaml(workbook.export(burlov), workbook.SHEETS) == FILE.read_bytes()
