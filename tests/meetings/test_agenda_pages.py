"""The pages of agendas: a meeting's items, the backlog and the group's template."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import ConfirmedPersonalData
from agreements.models import Group
from meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from tests.factories import group_of
from tests.meeting_factories import (
    make_agenda_item,
    make_backlog_item,
    make_meeting,
    make_template_item,
)
from tests.meetings.pages import errors, said

TUESDAY = datetime.date(2026, 11, 24)


@pytest.fixture
def meeting(group):
    return make_meeting(group, TUESDAY)


# --- Items ---

ITEM = {"title": "Belysning vid stationen", "duration_minutes": "10", "presenter": "", "description": ""}


def test_new_item_stands_last_on_the_agenda(browser, meeting, coordinator):
    make_agenda_item(meeting, position=3)

    response = browser.post(reverse("meetings:agenda_item_create", args=[meeting.pk]), ITEM)

    item = AgendaItem.objects.get(title=ITEM["title"])
    assert response.headers["Location"] == f"{meeting.get_absolute_url()}#dagordning"
    assert (item.position, item.group, item.created_by) == (4, meeting.group, coordinator)


@pytest.mark.parametrize("is_new", [True, False])
def test_item_that_is_written_while_the_minutes_go_for_review_comes_back_with_its_words(browser, group, is_new):
    meeting = make_meeting(group, TUESDAY, held=True, minutes_state=Meeting.MinutesState.UNDER_REVIEW)
    item = make_agenda_item(meeting)
    name, thing = ("agenda_item_create", meeting) if is_new else ("agenda_item_update", item)
    address = reverse(f"meetings:{name}", args=[thing.pk])

    response = browser.post(address, ITEM | {"description": "Det jag har skrivit."})

    assert "på justering" in errors(response)["__all__"][0]
    assert "Det jag har skrivit." in response.content.decode()
    assert list(AgendaItem.objects.values_list("title", "description")) == [(item.title, "")]
    assert browser.get(address).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"duration_minutes": "481"}, "duration_minutes"),
        ({"duration_minutes": "-5"}, "duration_minutes"),
        ({"description": "x" * 2001}, "description"),
        ({"description": "Hon har 811228-9874."}, "description"),
        ({"activity": "999999"}, "activity"),
    ],
)
def test_item_with_bad_values_is_refused_beside_the_field(browser, meeting, changes, field):
    response = browser.post(reverse("meetings:agenda_item_create", args=[meeting.pk]), ITEM | changes)

    assert set(errors(response)) == {field}
    assert not AgendaItem.objects.exists()


def test_backlog_item_waits_until_it_is_taken_to_a_meeting(browser, group, meeting):
    browser.post(reverse("meetings:backlog_item_create", args=[group.pk]), ITEM)
    item = AgendaItem.objects.get()
    listed = browser.get(reverse("meetings:backlog", args=[group.pk]))

    browser.post(reverse("meetings:agenda_item_schedule", args=[item.pk]), {"meeting": meeting.pk})
    browser.post(reverse("meetings:agenda_item_schedule", args=[item.pk]), {"meeting": meeting.pk})

    item.refresh_from_db()
    assert listed.context["items"] == [item]
    assert (item.meeting, item.position) == (meeting, 1)


def test_item_is_not_taken_to_another_groups_meeting(browser, agreement, group):
    item = make_backlog_item(group)
    elsewhere = make_meeting(group_of(agreement, Group.Kind.STEERING), TUESDAY)

    response = browser.post(reverse("meetings:agenda_item_schedule", args=[item.pk]), {"meeting": elsewhere.pk})

    assert set(errors(response)) == {"meeting"}
    assert AgendaItem.objects.get().meeting is None


def test_backlog_without_a_coming_meeting_says_what_to_do_first(browser, group):
    response = browser.get(reverse("meetings:agenda_item_schedule", args=[make_backlog_item(group).pk]))

    assert reverse("meetings:meeting_create", args=[group.pk]) in response.content.decode()


@pytest.mark.parametrize(
    ("direction", "to", "expected"),
    [("upp", "1", "BAC"), ("ner", "3", "ACB"), ("upp", None, "BAC"), ("ner", None, "ACB"), ("upp", "x", "BAC")],
)
def test_item_moves_to_the_place_that_the_button_names(browser, meeting, direction, to, expected):
    _, item, _ = (make_agenda_item(meeting, title) for title in "ABC")
    address = reverse("meetings:agenda_item_move", args=[item.pk, direction])

    browser.post(address, {"plats": to} if to else {})

    assert "".join(meeting.agenda_items.values_list("title", flat=True)) == expected


def test_item_moved_twice_with_the_same_button_stands_where_the_button_said(browser, meeting):
    *_, item = (make_agenda_item(meeting, title) for title in "ABC")

    for _ in range(2):
        browser.post(reverse("meetings:agenda_item_move", args=[item.pk, "upp"]), {"plats": "2"})

    assert "".join(meeting.agenda_items.values_list("title", flat=True)) == "ACB"


def test_item_moves_neither_sideways_nor_out_of_the_list(browser, meeting):
    first, _ = (make_agenda_item(meeting, title) for title in "AB")

    aside = browser.post(reverse("meetings:agenda_item_move", args=[first.pk, "at-sidan"]))
    browser.post(reverse("meetings:agenda_item_move", args=[first.pk, "upp"]))

    assert aside.status_code == 404
    assert "".join(meeting.agenda_items.values_list("title", flat=True)) == "AB"


def test_carried_item_says_where_it_went(browser, group, meeting):
    item = make_agenda_item(meeting)
    address = reverse("meetings:agenda_item_carry", args=[item.pk])

    nowhere = browser.post(address, follow=True)
    again = browser.post(address, follow=True)

    assert said(nowhere) == ("Det finns inget nästa möte. Punkten Läget vid stationen står på gruppens väntelista.")
    assert AgendaItem.objects.backlog().count() == 1
    assert again.status_code == 200


def test_item_with_minutes_is_not_removed(browser, meeting):
    item = make_agenda_item(meeting, minutes="Sagt.")

    response = browser.post(reverse("meetings:agenda_item_delete", args=[item.pk]), follow=True)

    assert said(response) == "Punkten har anteckningar, beslut eller åtgärdspunkter och kan inte tas bort."
    assert AgendaItem.objects.exists()


@pytest.mark.parametrize("name", ["agenda_item_create", "agenda_item_update"])
def test_agenda_of_a_cancelled_meeting_has_no_form(browser, group, name):
    meeting = make_meeting(group, TUESDAY, state=Meeting.State.CANCELLED, cancelled_because="Ombokat")
    pk = meeting.pk if name == "agenda_item_create" else make_agenda_item(meeting).pk

    assert browser.get(reverse(f"meetings:{name}", args=[pk])).status_code == 403


# --- The template ---


def rows(*values: dict, initial: int = 0) -> dict:
    """The template's form as a browser sends it."""
    data = {"punkt-TOTAL_FORMS": len(values), "punkt-INITIAL_FORMS": initial}
    for number, row in enumerate(values):
        data |= {f"punkt-{number}-{name}": value for name, value in row.items()}
    return data


def template_of(group) -> list[tuple]:
    return list(group.agenda_template.values_list("position", "title", "duration_minutes", "is_internal"))


def test_template_is_ordered_by_its_numbers(browser, group):
    address = reverse("meetings:agenda_template_update", args=[group.pk])

    browser.post(
        address,
        rows(
            {"title": "Övrigt", "position": "9"},
            {"title": "Läget", "position": "1", "duration_minutes": "20"},
            {"title": "Utan nummer", "is_internal": "on"},
            {"title": ""},
        ),
    )

    assert template_of(group) == [
        (1, "Läget", 20, False),
        (2, "Övrigt", None, False),
        (3, "Utan nummer", None, True),
    ]


def test_template_row_is_changed_and_removed_by_its_own_row(browser, group):
    kept, removed = make_template_item(group, "Läget", position=1), make_template_item(group, "Övrigt", position=2)
    address = reverse("meetings:agenda_template_update", args=[group.pk])

    browser.post(
        address,
        rows(
            {"id": kept.pk, "title": "Läget i stort", "position": "1"},
            {"id": removed.pk, "title": "Övrigt", "position": "2", "DELETE": "on"},
            initial=2,
        ),
    )

    assert list(group.agenda_template.values_list("pk", "title")) == [(kept.pk, "Läget i stort")]


def test_template_row_with_another_groups_number_makes_a_row_of_its_own(browser, agreement, group):
    elsewhere = make_template_item(group_of(agreement, Group.Kind.STEERING), "Styrgruppens")
    address = reverse("meetings:agenda_template_update", args=[group.pk])

    browser.post(address, rows({"id": elsewhere.pk, "title": "Min egen"}))

    elsewhere.refresh_from_db()
    assert elsewhere.title == "Styrgruppens"
    assert template_of(group) == [(1, "Min egen", None, False)]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"punkt-TOTAL_FORMS": "x", "punkt-INITIAL_FORMS": "0"},
        {"punkt-TOTAL_FORMS": "99999", "punkt-INITIAL_FORMS": "0"},
        rows({"title": "x" * 151}),
        rows({"title": "Läget", "duration_minutes": "900"}),
        rows({"title": "Läget", "description": "Ring 811228-9874"}),
        rows({"title": "", "duration_minutes": "10"}),
        rows(*({"title": f"Punkt {number}"} for number in range(42))),
    ],
)
def test_template_with_bad_rows_changes_nothing(browser, group, data):
    make_template_item(group, "Läget", position=1)

    response = browser.post(reverse("meetings:agenda_template_update", args=[group.pk]), data)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert template_of(group) == [(1, "Läget", None, False)]


def test_template_that_somebody_else_changed_meanwhile_is_asked_about_once(browser, group):
    address = reverse("meetings:agenda_template_update", args=[group.pk])
    version = browser.get(address).context["version"]
    make_template_item(group, "Kollegans punkt", position=1)

    asked = browser.post(address, rows({"title": "Min punkt"}) | {"version": version})
    browser.post(address, rows({"title": "Min punkt"}) | {"version": asked.context["version"]})

    assert "Min punkt" in asked.content.decode()
    assert [item.title for item in AgendaTemplateItem.objects.all()] == ["Min punkt"]


def test_template_row_with_a_telephone_number_is_saved_with_a_reason(browser, group, coordinator):
    address = reverse("meetings:agenda_template_update", args=[group.pk])
    row = {"title": "Läget", "description": "Ring 070-174 06 35 om något saknas."}

    asked = browser.post(address, rows(row))
    found = asked.context["form"].rows.forms[0].personal_data
    assert template_of(group) == []
    assert "Varför behöver uppgiften stå här?" in asked.content.decode()

    browser.post(
        address, rows(row | {"personal_data_seen": found.seen, "personal_data_reason": "Växelns nummer är publikt."})
    )

    assert template_of(group) == [(1, "Läget", None, False)]
    assert ConfirmedPersonalData.objects.get().confirmed_by == coordinator
