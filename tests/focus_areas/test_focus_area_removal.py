import pytest
from django.urls import reverse

from focus_areas.models import FocusArea
from reports.models import FocusAreaComment, Report
from tests.factories import as_person, make_activity, make_focus_area, make_goal
from tests.report_factories import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def focus_area(agreement) -> FocusArea:
    agreement.state = "draft"
    agreement.save()
    return make_focus_area(agreement)


def remove(client, focus_area):
    return client.post(reverse("focus_areas:focus_area_delete", args=[focus_area.pk]), follow=True)


def test_empty_focus_area_of_a_draft_is_removed(client, coordinator, focus_area):
    answer = remove(as_person(client, coordinator), focus_area)

    assert "Fokusområdet är borttaget." in answer.text
    assert not FocusArea.objects.exists()
    assert FocusArea.history.filter(history_type="-").get().history_user == coordinator


@pytest.mark.parametrize(
    ("make", "what"), [(make_goal, "mål"), (make_activity, "aktiviteter")], ids=["goal", "activity"]
)
def test_focus_area_that_something_stands_in_is_kept(client, coordinator, focus_area, make, what):
    make(focus_area)

    answer = remove(as_person(client, coordinator), focus_area)

    assert f"Fokusområdet kan inte tas bort: det har {what}." in answer.text
    assert FocusArea.objects.exists()


def test_focus_area_that_a_report_tells_of_is_kept(client, agreement, coordinator, focus_area):
    about = make_report(agreement, kind=Report.Kind.FOCUS_AREA, title="Om området", focus_area=focus_area)
    by_report = remove(as_person(client, coordinator), focus_area)
    about.delete()
    report = make_report(agreement, title="Halvåret")
    FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Bra.")
    by_comment = remove(client, focus_area)

    assert "Fokusområdet kan inte tas bort: rapporten ”Om området” hänvisar till det." in by_report.text
    assert f"Fokusområdet kan inte tas bort: kommentaren ”Halvåret: {focus_area}” hänvisar till det." in by_comment.text
    assert FocusArea.objects.exists()


def test_focus_area_of_an_adopted_agreement_is_kept(client, coordinator, agreement):
    focus_area = make_focus_area(agreement)

    answer = remove(as_person(client, coordinator), focus_area)

    assert "Dess fokusområden kan inte bli färre." in answer.text
    assert FocusArea.objects.filter(pk=focus_area.pk).exists()
