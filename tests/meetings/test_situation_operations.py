"""What may be reported to Örat mot marken, and what is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.history import recording
from agreements.models import Area
from meetings.models import Meeting, Observation, ObservationCategory, SituationReport, UpcomingEvent
from meetings.operations import situation
from tests.factories import TODAY, at, group_of, make_area, make_organisation, organisation_of
from tests.meeting_factories import make_category, make_event, make_meeting, make_observation, situation_group

YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def meeting(agreement) -> Meeting:
    return make_meeting(situation_group(agreement), TOMORROW)


def observed(agreement, **fields) -> Observation:
    """An observation that is not saved yet."""
    category = fields.pop("category", None) or agreement.observation_categories.first() or make_category(agreement)
    return Observation(
        **{
            "category": category,
            "occurred_from": YESTERDAY,
            "occurred_to": YESTERDAY,
            "text": "Klotter i väntkuren.",
            "source": organisation_of(agreement, "BBAB"),
        }
        | fields
    )


def report(agreement, by, *observations, meeting=None):
    return situation.report_observations(agreement=agreement, observations=observations, meeting=meeting, by=by)


def test_several_are_saved_and_their_organisations_have_reported(agreement, situation_member, meeting):
    police = organisation_of(agreement, "Polisen")

    saved = report(
        agreement,
        situation_member,
        observed(agreement),
        observed(agreement, text="Krossat glas."),
        observed(agreement, source=police, text="Buskörning."),
        meeting=meeting,
    )

    assert Observation.objects.count() == 3
    assert {one.reported_by for one in saved} == {situation_member}
    assert [str(one.organisation) for one in SituationReport.objects.order_by("pk")] == ["BBAB", "Polisen"]
    assert Observation.history.filter(history_user=situation_member).count() == 3


def test_reporting_again_marks_once(agreement, situation_member, meeting):
    report(agreement, situation_member, observed(agreement), meeting=meeting)
    report(agreement, situation_member, observed(agreement), meeting=meeting)

    assert SituationReport.objects.count() == 1
    assert Observation.objects.count() == 2


def test_without_a_meeting_nobody_is_marked(agreement, situation_member):
    report(agreement, situation_member, observed(agreement))

    assert Observation.objects.count() == 1
    assert not SituationReport.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"occurred_from": TOMORROW, "occurred_to": TOMORROW}, "occurred_from"),
        ({"occurred_from": YESTERDAY, "occurred_to": TOMORROW}, "occurred_to"),
        ({"occurred_from": TODAY, "occurred_to": YESTERDAY}, "occurred_to"),
        ({"text": ""}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "noll\x00tecken"}, "text"),
        ({"severity": "katastrof"}, "severity"),
        ({"place": "två\nrader"}, "place"),
    ],
)
def test_a_wrong_observation_is_refused(agreement, situation_member, meeting, fields, field):
    right = observed(agreement)

    with pytest.raises(ValidationError) as refusal:
        report(agreement, situation_member, right, observed(agreement, **fields), meeting=meeting)

    assert list(refusal.value.message_dict) == [field]
    assert not SituationReport.objects.exists()


def test_nothing_is_saved_when_one_is_wrong(agreement, situation_member, meeting):
    observations = [observed(agreement), observed(agreement, occurred_to=TOMORROW)]

    with pytest.raises(ValidationError):
        report(agreement, situation_member, *observations, meeting=meeting)

    assert not Observation.objects.exists()


def test_what_belongs_to_another_agreement_is_refused(agreement, other_agreement, situation_member, meeting):
    strangers = {
        "category": make_category(other_agreement),
        "area": make_area(other_agreement),
        "source": make_organisation("Ett annat bolag"),
    }

    for name, stranger in strangers.items():
        with pytest.raises(ValidationError) as refusal:
            report(agreement, situation_member, observed(agreement, **{name: stranger}), meeting=meeting)
        assert list(refusal.value.message_dict) == [name]
    with pytest.raises(ValidationError, match="hör inte till Örat mot marken"):
        report(
            agreement,
            situation_member,
            observed(agreement),
            meeting=make_meeting(situation_group(other_agreement)),
        )

    assert not Observation.objects.exists()


def test_a_category_out_of_use_stays_but_is_not_chosen_anew(agreement, situation_member, coordinator):
    old = make_category(agreement, "Gammalt", is_in_use=False)
    observation = make_observation(agreement, YESTERDAY, category=old)

    with pytest.raises(ValidationError, match="används inte längre"):
        report(agreement, situation_member, observed(agreement, category=old))
    observation.text = "Rättad text."
    situation.change_observation(observation=observation, by=coordinator, reason="Skrivfel")

    assert Observation.objects.get().text == "Rättad text."
    assert Observation.history.first().history_change_reason == "Skrivfel"


@pytest.mark.parametrize("kind", ["steering", "preparation", "working"])
def test_a_meeting_of_another_group_is_refused(agreement, situation_member, kind):
    with pytest.raises(ValidationError, match="hör inte till Örat mot marken"):
        report(agreement, situation_member, observed(agreement), meeting=make_meeting(group_of(agreement, kind)))


def test_a_cancelled_meeting_takes_no_reports(agreement, situation_member, meeting):
    meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, "Sjukdom"
    meeting.save()

    with pytest.raises(ValidationError, match="tar inte emot fler"):
        situation.report_nothing(meeting=meeting, organisation=organisation_of(agreement, "BBAB"), by=situation_member)


def test_more_than_twenty_are_refused_before_anything_is_looked_at(
    agreement, situation_member, meeting, django_assert_num_queries
):
    observations = [Observation()] * 500

    with django_assert_num_queries(0), pytest.raises(ValidationError, match="Högst 20"):
        situation.report_observations.__wrapped__(
            agreement=agreement, observations=observations, meeting=meeting, by=situation_member
        )


def test_none_at_all_is_refused(agreement, situation_member):
    with pytest.raises(ValidationError, match="minst en"):
        report(agreement, situation_member)


def test_nothing_to_report_is_said_once(agreement, situation_member, meeting):
    for _ in range(2):
        situation.report_nothing(meeting=meeting, organisation=organisation_of(agreement, "BBAB"), by=situation_member)

    assert SituationReport.objects.get().reported_by == situation_member


def test_a_stranger_has_nothing_to_report(agreement, situation_member, meeting):
    with pytest.raises(ValidationError, match="deltar inte"):
        situation.report_nothing(meeting=meeting, organisation=make_organisation("Bolaget"), by=situation_member)


def test_older_work_is_brought_in_as_of_its_own_day(agreement, situation_member):
    spring = datetime.date(2026, 4, 1)

    with recording(by=situation_member, at=at(spring)):
        report(agreement, situation_member, observed(agreement, occurred_from=spring, occurred_to=spring))
        with pytest.raises(ValidationError):
            report(agreement, situation_member, observed(agreement))

    assert Observation.objects.get().reported_at == at(spring)


def test_an_observation_is_taken_away_with_a_reason(agreement, coordinator):
    observation = make_observation(agreement)

    with pytest.raises(ValidationError, match="Skriv varför"):
        situation.remove_observation(observation=observation, by=coordinator, reason=" ")
    situation.remove_observation(observation=observation, by=coordinator, reason="Dubblett")

    assert not Observation.objects.exists()
    gone = Observation.history.first()
    assert (gone.history_type, gone.history_user, gone.history_change_reason) == ("-", coordinator, "Dubblett")


def test_an_event_is_saved_with_who_watches_it(agreement, situation_member):
    event = UpcomingEvent(agreement=agreement, title="Lucia", kind="gathering", starts_on=TOMORROW, ends_on=TOMORROW)

    situation.save_event(event=event, by=situation_member, watched_by=[organisation_of(agreement, "Polisen")])

    saved = UpcomingEvent.objects.get()
    assert [str(one) for one in saved.watched_by.all()] == ["Polisen"]
    assert saved.created_by == situation_member


def test_a_wrong_event_is_refused(agreement, other_agreement, situation_member):
    for fields, field in (
        ({"area": make_area(other_agreement)}, "area"),
        ({"ends_on": YESTERDAY}, "ends_on"),
    ):
        event = UpcomingEvent(
            **{"agreement": agreement, "title": "Lucia", "kind": "other", "starts_on": TODAY, "ends_on": TODAY} | fields
        )
        with pytest.raises(ValidationError) as refusal:
            situation.save_event(event=event, by=situation_member)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(ValidationError, match="deltar inte"):
        situation.save_event(
            event=make_event(agreement), by=situation_member, watched_by=[make_organisation("Bolaget")]
        )


def test_an_event_is_taken_away(agreement, situation_member):
    situation.remove_event(event=make_event(agreement), by=situation_member)

    assert not UpcomingEvent.objects.exists()
    assert UpcomingEvent.history.first().history_user == situation_member


def test_a_new_category_comes_last(agreement, coordinator):
    make_category(agreement, "Skadegörelse", position=7)

    situation.save_category(category=ObservationCategory(agreement=agreement, name="Trafik"), by=coordinator)

    assert [one.name for one in agreement.observation_categories.all()] == ["Skadegörelse", "Trafik"]


def test_an_area_is_saved_with_its_history(agreement, coordinator):
    situation.save_area(area=Area(agreement=agreement, name="Tågarp"), by=coordinator)

    assert Area.objects.get().name == "Tågarp"
    assert Area.history.get().history_user == coordinator
