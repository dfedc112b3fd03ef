"""Two periods side by side, the annex of an agreement, and what other pages say of the period before."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agreements.models import Agreement
from focus_areas.annex import annex_html, annex_name, annex_tables
from focus_areas.models import Activity, Goal
from focus_areas.operations.renewals import make_draft
from focus_areas.period_comparison import compare_periods, neighbours
from tests.factories import (
    TODAY,
    as_person,
    make_activity,
    make_agreement,
    make_focus_area,
    make_goal,
    organisation_of,
    seat_person,
)
from tests.thread_factories import choose_for_all, make_renewal
from tests.worlds import fill


def page(name: str, thing) -> str:
    return reverse(f"focus_areas:{name}", args=[thing.pk])


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def renewal(agreement, coordinator):
    """One activity that goes on, one that changes and one that ends; a goal; a closing statement."""
    focus_area = make_focus_area(agreement)
    make_goal(focus_area, statement="Färre är otrygga")
    going, changed, ended = (make_activity(focus_area) for _ in range(3))
    renewal = make_renewal(agreement, by=coordinator, closing_statement="Vi gjorde det vi skulle.")
    choose_for_all(renewal, by=coordinator)
    renewal.activity_choices.filter(activity=changed).update(choice="change", reason="Fler områden.")
    renewal.activity_choices.filter(activity=ended).update(choice="end", reason="Andra tar över.")
    return renewal


@pytest.fixture
def draft(renewal, coordinator) -> Agreement:
    return make_draft(renewal=renewal, by=coordinator, today=TODAY)


# --- Side by side ---


def told(pairs) -> list[tuple]:
    return [(str(pair.old or ""), str(pair.new or ""), pair.outcome, pair.reason) for pair in pairs]


def test_comparison_tells_what_became_of_everything(agreement, draft):
    make_activity(draft.focus_areas.get(), title="Ny trygghetsapp", number=9)

    comparison = compare_periods(draft, agreement)

    (pair,) = comparison.focus_areas
    assert (comparison.continued, comparison.ended, comparison.added) == (2, 1, 1)
    assert told(pair.activities) == [
        ("1.1 Trygghetsvandringar", "1.1 Trygghetsvandringar", "Fortsätter", ""),
        ("1.2 Sociala insatsgrupper", "1.2 Sociala insatsgrupper", "Fortsätter ändrad", "Fler områden."),
        ("1.3 Trygg skolväg", "", "Avslutas", "Andra tar över."),
        ("", "1.9 Ny trygghetsapp", "Ny", ""),
    ]
    assert told(pair.goals) == [("Färre är otrygga", "Färre är otrygga", "Fortsätter", "")]


def test_comparison_is_the_same_from_either_agreement(agreement, draft):
    from_old, from_new = compare_periods(agreement, draft), compare_periods(draft, agreement)

    assert (from_old.old, from_old.new) == (from_new.old, from_new.new) == (agreement, draft)


def test_comparison_says_what_was_taken_out_of_the_draft_afterwards(agreement, draft):
    Activity.objects.of(draft).get(title="Trygghetsvandringar").delete()

    comparison = compare_periods(agreement, draft)

    assert told(comparison.focus_areas[0].activities)[0] == ("1.1 Trygghetsvandringar", "", "Inte förd över", "")


def test_comparison_without_a_renewal_pairs_by_what_was_carried_over(agreement):
    focus_area = make_focus_area(agreement)
    old = make_activity(focus_area)
    later = make_agreement(
        municipality=agreement.municipality,
        police=organisation_of(agreement, "Polisen"),
        reference_number="KS/2026:1",
        predecessor=agreement,
    )
    make_activity(make_focus_area(later, title="Trygga platser"), carried_over_from=old, title="Vandringar")

    comparison = compare_periods(agreement, later)

    assert comparison.renewal is None
    assert [told(pair.activities) for pair in comparison.focus_areas] == [
        [("1.1 Trygghetsvandringar", "1.1 Vandringar", "Fortsätter", "")],
        [],
    ]


def test_page_compares_for_who_sees_both_periods(client, coordinator, agreement, draft):
    as_person(client, coordinator)

    for one in (agreement, draft):
        content = text_of(client.get(page("period_comparison", one)))
        assert "2 aktiviteter fortsätter, 1 följer inte med och 0 är nya." in content
        assert "Andra tar över." in content
        assert "Vi gjorde det vi skulle." in content


def test_page_shows_nothing_of_a_period_that_one_does_not_see(client, agreement, draft):
    """Who came after the draft was made has no seat in it."""
    as_person(client, seat_person(agreement))

    response = client.get(page("period_comparison", agreement), {"med": draft.pk})

    assert response.context["comparison"] is None
    assert draft.title not in text_of(response)
    assert client.get(page("period_comparison", draft)).status_code == 404


@pytest.mark.parametrize("asked_for", ["", "x", "0", "9" * 30])
def test_page_without_another_period_says_so(client, coordinator, agreement, asked_for):
    as_person(client, coordinator)

    response = client.get(page("period_comparison", agreement), {"med": asked_for})

    assert "Bara en period än" in text_of(response)


def test_of_three_periods_the_middle_one_is_compared_with_the_one_asked_for(
    client, system_administrator, agreement, draft
):
    latest = make_agreement(
        municipality=agreement.municipality,
        police=organisation_of(agreement, "Polisen"),
        reference_number="KS/2030:1",
        predecessor=draft,
        starts_on=datetime.date(2031, 1, 1),
        ends_on=datetime.date(2034, 12, 31),
    )
    as_person(client, system_administrator)

    first = client.get(page("period_comparison", draft))
    other = client.get(page("period_comparison", draft), {"med": agreement.pk})

    assert neighbours(draft, user=system_administrator) == [latest, agreement]
    assert (first.context["comparison"].new, other.context["comparison"].old) == (latest, agreement)


# --- What other pages say ---


def test_old_agreement_shows_its_closing_statement_once_the_draft_is_made(
    client, coordinator, reader, agreement, renewal
):
    as_person(client, reader)

    before = text_of(client.get(agreement.get_absolute_url()))
    make_draft(renewal=renewal, by=coordinator, today=TODAY)
    after = text_of(client.get(agreement.get_absolute_url()))

    assert ("Vi gjorde det vi skulle." in before, "Vi gjorde det vi skulle." in after) == (False, True)


def test_activity_says_where_it_was_carried_over_from(client, coordinator, draft):
    activity = Activity.objects.of(draft).first()
    as_person(client, coordinator)

    content = text_of(client.get(activity.get_absolute_url()))

    assert "Förd över från" in content
    assert activity.carried_over_from.get_absolute_url() in content


def test_activity_does_not_lead_to_a_period_that_one_does_not_see(client, coordinator, draft):
    activity = Activity.objects.of(draft).first()
    coordinator.memberships.exclude(seat__group__agreement=draft).update(ends_on=TODAY - datetime.timedelta(days=1))
    as_person(client, coordinator)

    response = client.get(activity.get_absolute_url())

    assert response.status_code == 200
    assert "Förd över från" not in text_of(response)


# --- The annex ---


def test_annex_holds_focus_areas_goals_and_activities(agreement):
    focus_area = make_focus_area(agreement, description="Det offentliga rummet.")
    make_goal(focus_area, statement="Färre är otrygga", target=4, unit="procent", due_on=datetime.date(2026, 12, 31))
    make_activity(
        focus_area,
        lead=[organisation_of(agreement, "Polisen")],
        participants=[organisation_of(agreement, "SF"), organisation_of(agreement, "BBAB")],
        method="Vi går tillsammans.",
    )

    tables = annex_tables(agreement)

    assert tables["focus_areas"] == [
        {"number": 1, "title": "Trygghet i område 1", "description": "Det offentliga rummet."}
    ]
    assert [(row["statement"], row["target"], row["unit"]) for row in tables["goals"]] == [
        ("Färre är otrygga", Goal.objects.get().target, "procent")
    ]
    assert [(row["number"], row["lead"], row["participants"], row["method"]) for row in tables["activities"]] == [
        ("1.1", "Polisen", "SF, BBAB", "Vi går tillsammans.")
    ]


@pytest.mark.parametrize(("state", "is_marked"), [("draft", True), ("adopted", False), ("closed", False)])
def test_annex_of_a_draft_says_that_it_is_one(agreement, state, is_marked):
    agreement.state = state

    html = annex_html(agreement, on=TODAY)

    assert ("Utkast" in html) is is_marked
    assert annex_name(agreement, "pdf") == f"{'utkast-' if is_marked else ''}bilaga-ks-2023-305.pdf"


def test_annex_is_sent_as_pdf_and_as_a_workbook(client, reader, coordinator, agreement):
    fill(agreement, by=coordinator)
    as_person(client, reader)

    pdf = client.get(page("annex_pdf", agreement))
    book = client.get(page("annex_workbook", agreement))

    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="bilaga-ks-2023-305.pdf"'
    sheets = load_workbook(BytesIO(book.content))
    assert sheets.sheetnames == ["Fokusområden", "Mål", "Aktiviteter"]
    assert sheets["Aktiviteter"]["C2"].value == "Trygghetsvandringar"


def test_annex_with_a_personal_number_is_not_sent(client, coordinator, agreement):
    activity = make_activity(make_focus_area(agreement))
    Activity.objects.filter(pk=activity.pk).update(background="Personen 19121212-1212 är med.")
    as_person(client, coordinator)

    answers = [client.get(page(name, agreement), follow=True) for name in ("annex_pdf", "annex_workbook")]

    assert ["lämnas inte ut" in text_of(answer) for answer in answers] == [True, True]
