"""The pages of a draft: begun and written, and what strangers and liars meet there."""

import datetime
import uuid

import pytest

from agreements.models import Group
from reports.forms.drafts import comment_name
from reports.kinds import KINDS
from reports.models import FocusAreaComment, Report
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area, seat_person
from tests.meeting_factories import make_meeting
from tests.report_factories import make_issued_report, make_report
from tests.reports.draft_forms import HALF_YEAR, LONG, errors_of, url, written

# --- Begun ---


def test_a_report_is_begun_with_its_kind_and_period(coordinating, agreement):
    response = coordinating.post(url("report_create", agreement), {"kind": "promises", **HALF_YEAR})

    report = Report.objects.get()
    assert response.headers["Location"] == report.get_absolute_url()
    assert (report.kind, report.starts_on, report.ends_on, report.state) == (
        "promises",
        datetime.date(2026, 1, 1),
        datetime.date(2026, 6, 30),
        "draft",
    )
    assert report.sections == ["promised", "notes"]


def test_the_form_offers_the_period_and_kind_of_the_address(coordinating, agreement):
    chosen = coordinating.get(
        url("report_create", agreement), {"slag": "closing", "fran": "2025-01-01", "till": "2025-12-31"}
    )
    nonsense = coordinating.get(url("report_create", agreement), {"slag": "rymd", "fran": "igår", "till": "9"})

    offered = [
        tuple(page.context["form"].initial[name] for name in ("kind", "starts_on", "ends_on"))
        for page in (chosen, nonsense)
    ]
    assert offered == [
        ("closing", datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
        ("follow_up", datetime.date(2026, 7, 1), TODAY),
    ]


@pytest.mark.parametrize(
    ("kind", "starts_on"),
    [
        ("closing", datetime.date(2023, 7, 1)),
        ("council", datetime.date(2026, 1, 1)),
        ("follow_up", datetime.date(2026, 7, 1)),
    ],
)
def test_untouched_days_become_the_kinds_own(coordinating, agreement, kind, starts_on):
    address = url("report_create", agreement)
    offered = {"starts_on": "2026-07-01", "ends_on": TODAY.isoformat()}

    coordinating.post(address, offered | {"kind": kind})
    changed = coordinating.post(address, offered | {"kind": kind, "starts_on": "2026-08-01"})
    asked_for = coordinating.post(f"{address}?fran=2026-07-01&till={TODAY}", offered | {"kind": kind})

    assert {changed.status_code, asked_for.status_code} == {302}
    assert [report.starts_on for report in Report.objects.order_by("pk")] == [
        starts_on,
        datetime.date(2026, 8, 1),
        datetime.date(2026, 7, 1),
    ]
    shown = coordinating.get(address, {"slag": kind}).context["form"].initial
    assert (shown["starts_on"], shown["ends_on"]) == (starts_on, TODAY)


def test_a_part_chosen_before_the_kind_was_changed_is_let_go(coordinating, agreement):
    chosen = {"focus_area": make_focus_area(agreement).pk, "group": group_of(agreement, Group.Kind.WORKING).pk}

    coordinating.post(url("report_create", agreement), {"kind": "promises"} | HALF_YEAR | chosen)

    report = Report.objects.get()
    assert (report.focus_area, report.group) == (None, None)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"kind": "rymd"}, {"kind": ["Välj ett giltigt alternativ. rymd finns inte bland tillgängliga alternativ."]}),
        ({"kind": ""}, {"kind": ["Välj vad är det för rapport."]}),
        ({"ends_on": "2025-12-31"}, {"ends_on": ["Sista dagen kan inte vara före den första."]}),
        (
            {"ends_on": "2026-11-24"},
            {"ends_on": ["Sista dagen kan vara senast i dag, 23 november 2026: rapporten visar det som har hänt."]},
        ),
        ({"starts_on": "2015-06-30"}, {"ends_on": ["Perioden kan vara högst 10 år."]}),
        ({"starts_on": "0001-01-01"}, {"starts_on": ["Första dagen kan vara tidigast 1 januari 2000."]}),
        ({"starts_on": "snart"}, {"starts_on": ["Skriv ett datum, till exempel 2026-11-23."]}),
        (
            {"kind": "focus_area"},
            {"focus_area": ["Välj vilket fokusområde rapporten handlar om."]},
        ),
        (
            {"kind": "working_group"},
            {"group": ["Välj vilken arbetsgrupp rapporten kommer från."]},
        ),
    ],
)
def test_what_cannot_be_reported_on_is_explained_beside_its_field(coordinating, agreement, fields, errors):
    response = coordinating.post(url("report_create", agreement), {"kind": "follow_up"} | HALF_YEAR | fields)

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert not Report.objects.exists()


def test_another_agreements_things_and_other_groups_are_no_choice(coordinating, agreement, other_agreement):
    strange_meeting = make_meeting(group_of(other_agreement, Group.Kind.STEERING), TODAY)
    for fields, field in (
        ({"kind": "focus_area", "focus_area": make_focus_area(other_agreement).pk}, "focus_area"),
        ({"kind": "working_group", "group": group_of(other_agreement, Group.Kind.WORKING).pk}, "group"),
        ({"kind": "working_group", "group": group_of(agreement, Group.Kind.STEERING).pk}, "group"),
        ({"kind": "follow_up", "meeting": strange_meeting.pk}, "meeting"),
        ({"kind": "follow_up", "meeting": "1; drop"}, "meeting"),
    ):
        response = coordinating.post(url("report_create", agreement), HALF_YEAR | fields)

        assert field in errors_of(response)
    assert not Report.objects.exists()


def test_a_report_sent_twice_is_begun_once(coordinating, agreement):
    form = {"kind": "follow_up", "submission_key": str(uuid.uuid4()), **HALF_YEAR}

    for _ in range(2):
        coordinating.post(url("report_create", agreement), form)

    assert Report.objects.count() == 1


def test_meetings_of_the_ears_to_the_ground_are_not_offered(coordinating, agreement):
    offered = make_meeting(group_of(agreement, Group.Kind.STEERING), TODAY)
    make_meeting(group_of(agreement, Group.Kind.SITUATION), TODAY)

    form = coordinating.get(url("report_create", agreement)).context["form"]

    assert list(form.fields["meeting"].queryset) == [offered]


# --- Written ---


def test_the_words_are_saved_and_the_page_returned_to(coordinating, agreement, coordinator):
    first, second = make_focus_area(agreement), make_focus_area(agreement)
    report = make_report(agreement)

    response = coordinating.post(
        url("report_update", report),
        written(
            report,
            title="Halvåret i korthet",
            summary="Tre av fyra löften är hållna.",
            decisions_asked="Förläng SSPU.\nUtse en ersättare.",
            sections=["law", "since_last"],
            **{comment_name(first): "Går bra.", comment_name(second): ""},
        ),
    )

    report.refresh_from_db()
    assert response.headers["Location"] == report.get_absolute_url()
    assert (report.title, report.summary) == ("Halvåret i korthet", "Tre av fyra löften är hållna.")
    assert report.decisions_asked == "Förläng SSPU.\nUtse en ersättare."
    assert report.sections == ["since_last", "law"]
    assert dict(report.focus_area_comments.values_list("focus_area", "text")) == {first.pk: "Går bra."}
    assert report.history.latest().history_user == coordinator


def test_what_is_settled_cannot_be_posted(coordinating, agreement, coordinator, other_agreement):
    report = make_report(agreement)

    coordinating.post(
        url("report_update", report),
        written(
            report,
            kind="public",
            state="issued",
            agreement=other_agreement.pk,
            reference_number="KS/2026:1",
            issued_by=coordinator.pk,
            police_comment="Påhittad.",
            focus_area=make_focus_area(agreement).pk,
            correction_reason="Hittar på.",
        ),
    )

    saved = Report.objects.get()
    assert (saved.kind, saved.state, saved.agreement, saved.reference_number, saved.issued_by) == (
        "follow_up",
        "draft",
        agreement,
        "",
        None,
    )
    assert (saved.police_comment, saved.focus_area, saved.correction_reason) == ("", None, "")


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"summary": LONG}, "summary", "4000"),
        ({"conclusions": LONG}, "conclusions", "4000"),
        ({"decisions_asked": LONG}, "decisions_asked", "4000"),
        ({"title": ""}, "title", "Fyll i rubrik."),
        ({"title": "x" * 201}, "title", "200"),
        ({"title": "\u200b\u2060"}, "title", "inga tecken som syns"),
        ({"summary": "x" * 100_000}, "summary", "4000 tecken, den är 100000"),
        ({"sections": ["hela_rymden"]}, "sections", "hela_rymden finns inte"),
        ({"ends_on": "2026-11-24"}, "ends_on", "Sista dagen kan vara senast i dag"),
        ({"ends_on": "2025-01-01"}, "ends_on", "Sista dagen kan inte vara före den första."),
        ({"starts_on": "2010-01-01"}, "ends_on", "Perioden kan vara högst 10 år."),
        ({"summary": "Hon är född 19121212-1212."}, "summary", "personnummer"),
        ({"summary": "Ett\x07ljud."}, "summary", "U+0007"),
    ],
)
def test_bad_words_are_explained_and_change_nothing(coordinating, agreement, values, field, words):
    report = make_report(agreement, summary="Sparad.")

    response = coordinating.post(url("report_update", report), written(report, **values))

    assert response.status_code == 200
    assert words in " ".join(errors_of(response)[field])
    saved = Report.objects.get()
    assert (saved.title, saved.summary, saved.ends_on) == (report.title, "Sparad.", report.ends_on)


def test_a_comment_that_is_too_long_or_holds_a_personal_number_is_refused(coordinating, agreement):
    focus_area, report = make_focus_area(agreement), make_report(agreement)
    name = comment_name(focus_area)

    for text, words in ((LONG, "2000"), ("Född 19121212-1212.", "personnummer"), ("Ett\x07ljud.", "U+0007")):
        response = coordinating.post(url("report_update", report), written(report, **{name: text}))

        assert words in " ".join(errors_of(response)[name])
    assert not FocusAreaComment.objects.exists()


def test_a_comment_on_another_agreements_focus_area_is_not_taken_in(coordinating, agreement, other_agreement):
    strange, report = make_focus_area(other_agreement), make_report(agreement)

    coordinating.post(url("report_update", report), written(report, **{comment_name(strange): "Hej."}))

    assert not FocusAreaComment.objects.exists()


def test_comments_are_asked_for_where_the_report_is_about_focus_areas(coordinating, agreement):
    first, second, third = (make_focus_area(agreement) for _ in range(3))
    group = group_of(agreement, Group.Kind.WORKING)
    for focus_area in (second, second, third):
        make_activity(focus_area, working_group=group if focus_area == second else None)
    reports = {
        make_report(agreement): {first, second, third},
        make_report(agreement, kind=Report.Kind.FOCUS_AREA, focus_area=third): {third},
        make_report(agreement, kind=Report.Kind.WORKING_GROUP, group=group): {second},
        make_report(agreement, kind=Report.Kind.COUNCIL): set(),
    }

    asked = {
        report: set(coordinating.get(url("report_update", report)).context["form"].focus_areas) for report in reports
    }

    assert asked == reports


def test_a_public_report_asks_for_no_decisions_and_a_correction_asks_for_its_reason(
    coordinating, agreement, coordinator
):
    public = make_report(agreement, kind=Report.Kind.PUBLIC)
    correction = make_report(
        agreement, replaces=make_issued_report(agreement, by=coordinator), correction_reason="Fel antal."
    )

    fields = {
        report: set(coordinating.get(url("report_update", report)).context["form"].fields)
        & {"decisions_asked", "correction_reason"}
        for report in (public, correction)
    }
    without = coordinating.post(url("report_update", correction), written(correction, correction_reason=""))

    assert fields == {public: set(), correction: {"decisions_asked", "correction_reason"}}
    assert errors_of(without) == {"correction_reason": ["Fyll i varför den rättas."]}


def test_the_kinds_own_sections_are_offered_and_the_unusual_named(coordinating, agreement):
    group = group_of(agreement, Group.Kind.WORKING)

    form = coordinating.get(url("report_update", make_report(agreement, kind=Report.Kind.WORKING_GROUP, group=group)))
    sections = form.context["form"]["sections"]

    kind = KINDS[Report.Kind.WORKING_GROUP]
    assert [value for value, _ in sections.field.choices] == [section.value for section in kind.possible]
    assert sections.value() == [section.value for section in kind.usual]
    unusual = ", ".join(section.label for section in kind.optional)
    assert sections.help_text == f"Brukar inte vara med i en sådan rapport: {unusual}."


# --- Who ---

WRITING = ("report_update", "report_delete", "report_draft_pdf", "report_gathered")


@pytest.mark.parametrize("who", ["steering_member", "preparation_member", "working_group_member", "reader"])
def test_a_draft_is_for_its_writers(request, client, agreement, who):
    report = make_report(agreement, summary="Inte klart än.")
    as_person(client, request.getfixturevalue(who))

    answers = {name: client.get(url(name, report)) for name in ("report_detail", "report_police_comment", *WRITING)}
    begun = client.post(url("report_create", agreement), {"kind": "follow_up"} | HALF_YEAR)

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 403)
    assert all("Vänd dig till" in answer.content.decode() for answer in answers.values())
    assert begun.status_code == 403
    assert Report.objects.count() == 1


def test_outsiders_find_no_draft(client, agreement, outsider):
    report = make_report(agreement)
    as_person(client, outsider)

    answers = {client.get(url(name, report)).status_code for name in ("report_detail", "report_correct", *WRITING)}

    assert answers == {404}


def test_a_draft_of_a_municipality_where_one_is_a_reader_is_not_written(client, agreement, other_agreement, outsider):
    """Coordinator there, reader here: the seat in one agreement says nothing of the other."""
    seat_person(agreement, "reader", Group.Kind.PREPARATION, user=outsider)
    report = make_report(agreement)
    as_person(client, outsider)

    answers = {
        client.post(url(name, report), written(report)).status_code for name in ("report_update", "report_delete")
    }

    assert answers == {403}
    assert Report.objects.filter(pk=report.pk).exists()


def test_the_police_comment_is_the_liaisons_own(client, agreement, coordinator, system_administrator):
    report = make_report(agreement)

    answers = [
        as_person(client, person).post(url("report_police_comment", report), {"police_comment": "Hej."}).status_code
        for person in (coordinator, system_administrator)
    ]

    assert answers == [403, 403]
    assert Report.objects.get().police_comment == ""
