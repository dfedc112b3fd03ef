"""The pages of a draft: begun, written by two, commented on, thrown away; and what strangers and liars meet there."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Group
from reports.forms.drafts import comment_name
from reports.kinds import KINDS
from reports.models import FocusAreaComment, IssuingJob, Report
from reports.models.reports import FROZEN
from reports.operations.drafts import NO_PARTYS_OWN
from reports.operations.locks import UNDER_WAY
from tests.factories import TODAY, as_person, group_of, make_activity, make_focus_area, seat_person
from tests.meeting_factories import make_meeting
from tests.report_factories import make_issued_report, make_report

HALF_YEAR = {"starts_on": "2026-01-01", "ends_on": "2026-06-30"}
LONG = "å" * 5000


def url(name: str, thing) -> str:
    return reverse(f"reports:{name}", args=[thing.pk])


def written(report, **values) -> dict[str, object]:
    """What the form of a draft sends when nothing is touched."""
    return {
        "title": report.title,
        "summary": report.summary,
        "conclusions": report.conclusions,
        "decisions_asked": report.decisions_asked,
        "sections": report.sections,
        "starts_on": report.starts_on.isoformat(),
        "ends_on": report.ends_on.isoformat(),
        "meeting": report.meeting_id or "",
    } | values


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def version_in(client, address: str) -> str:
    return str(client.get(address).context["version"])


@pytest.fixture
def coordinating(client, coordinator):
    return as_person(client, coordinator)


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


# --- Two at once ---


def test_who_saves_second_is_shown_both_versions_and_nothing_is_lost(coordinating, agreement, police_liaison, client):
    focus_area, report = make_focus_area(agreement), make_report(agreement)
    address, name = url("report_update", report), comment_name(focus_area)
    version = version_in(client, address)
    as_person(client, police_liaison).post(address, written(report, summary="Polisens.", version=version))

    second = coordinating.post(
        address, written(report, summary="Samordnarens.", version=version, **{name: "Om området."})
    )
    kept = Report.objects.get().summary
    replaced = coordinating.post(
        address,
        {**dict(second.context["posted"]), "sections": report.sections}
        | {"version": second.context["version"], "conflict_choice": "replace"},
    )

    assert second.status_code == 409
    assert [(one.label, one.theirs, one.mine) for one in second.context["differences"]] == [
        ("Sammanfattning", "Polisens.", "Samordnarens."),
        (str(focus_area), "", "Om området."),
    ]
    assert kept == "Polisens."
    assert replaced.status_code == 302
    assert Report.objects.get().summary == "Samordnarens."
    assert FocusAreaComment.objects.get().text == "Om området."


def test_a_comment_that_somebody_else_wrote_meanwhile_is_shown_too(coordinating, agreement):
    focus_area, report = make_focus_area(agreement), make_report(agreement)
    address = url("report_update", report)
    version = version_in(coordinating, address)
    FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Deras.")

    response = coordinating.post(address, written(report, version=version, **{comment_name(focus_area): "Min."}))

    assert response.status_code == 409
    assert FocusAreaComment.objects.get().text == "Deras."


def test_the_police_comment_and_the_other_words_do_not_stand_in_each_others_way(
    client, agreement, coordinator, police_liaison
):
    report = make_report(agreement)
    of_words, of_police = url("report_update", report), url("report_police_comment", report)
    words_version = version_in(as_person(client, coordinator), of_words)
    police_version = version_in(as_person(client, police_liaison), of_police)

    commented = client.post(of_police, {"police_comment": "Vi håller med.", "version": police_version})
    saved = as_person(client, coordinator).post(of_words, written(report, summary="Klart.", version=words_version))

    assert (commented.status_code, saved.status_code) == (302, 302)
    report.refresh_from_db()
    assert (report.summary, report.police_comment, report.police_commented_by) == (
        "Klart.",
        "Vi håller med.",
        police_liaison,
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_residents_report_takes_no_police_comment(client, agreement, police_liaison, method):
    report = make_report(agreement, kind=Report.Kind.PUBLIC)
    page = getattr(as_person(client, police_liaison), method)(
        url("report_police_comment", report), {"police_comment": "Vi håller med."}
    )

    assert (page.status_code, NO_PARTYS_OWN in page.content.decode()) == (403, True)
    assert Report.objects.get().police_comment == ""


def test_two_police_comments_at_once_are_both_shown(client, agreement, police_liaison):
    report = make_report(agreement)
    address = url("report_police_comment", report)
    version = version_in(as_person(client, police_liaison), address)
    client.post(address, {"police_comment": "Den första.", "version": version})

    response = client.post(address, {"police_comment": "Den andra.", "version": version})

    assert response.status_code == 409
    assert Report.objects.get().police_comment == "Den första."


# --- Locked meanwhile ---


@pytest.mark.parametrize("name", ["report_update", "report_police_comment"])
def test_a_form_that_was_open_when_the_report_was_issued_keeps_what_is_written(
    client, agreement, coordinator, police_liaison, name
):
    issued, under_way = make_issued_report(agreement, by=coordinator), make_report(agreement)
    IssuingJob.objects.create(report=under_way, requested_by=coordinator, requested_at=timezone.now())
    as_person(client, police_liaison)

    for report, reason in ((issued, FROZEN), (under_way, UNDER_WAY)):
        opened = client.get(url(name, report))
        sent = client.post(url(name, report), written(report, summary="Mina ord.", police_comment="Mina ord."))

        assert opened.status_code == 403
        assert reason in opened.content.decode()
        assert sent.status_code == 403
        assert "Mina ord." in sent.content.decode()
        assert errors_of(sent)["__all__"] == [
            f"{reason} Det du skrev är inte sparat men står kvar nedan, så att du kan kopiera det."
        ]
        assert (Report.objects.get(pk=report.pk).summary, Report.objects.get(pk=report.pk).police_comment) == ("", "")


def test_what_is_issued_or_being_issued_is_not_thrown_away(coordinating, agreement, coordinator):
    issued, under_way = make_issued_report(agreement, by=coordinator), make_report(agreement)
    IssuingJob.objects.create(report=under_way, requested_by=coordinator, requested_at=timezone.now())

    answers = [coordinating.post(url("report_delete", report)).status_code for report in (issued, under_way)]

    assert answers == [403, 403]
    assert Report.objects.count() == 2


def test_the_old_address_of_a_draft_leads_to_what_was_issued(coordinating, agreement, coordinator):
    report = make_issued_report(agreement, by=coordinator)

    for name in ("report_update", "report_delete"):
        page = coordinating.get(url(name, report))

        assert (page.status_code, FROZEN in page.content.decode()) == (403, True)
        assert f'href="{report.get_absolute_url()}">Till rapporten</a>' in page.content.decode()


def test_a_draft_is_thrown_away_after_a_question(coordinating, agreement):
    report = make_report(agreement)

    asked = coordinating.get(url("report_delete", report))
    answered = coordinating.post(url("report_delete", report))

    assert f"Utkastet ”{report}” försvinner" in asked.content.decode()
    assert answered.headers["Location"] == reverse("reports:report_list") + f"?overenskommelse={agreement.pk}"
    assert not Report.objects.exists()


def test_a_closed_agreements_drafts_are_read_and_not_written(coordinating, agreement):
    report = make_report(agreement)
    agreement.state = agreement.State.CLOSED
    agreement.save()

    statuses = {
        name: coordinating.post(url(name, report)).status_code
        for name in ("report_update", "report_delete", "report_correct")
    }

    assert statuses == dict.fromkeys(statuses, 403)
    assert coordinating.post(url("report_create", agreement), {"kind": "follow_up"} | HALF_YEAR).status_code == 403
    page = coordinating.get(report.get_absolute_url())
    assert page.status_code == 200
    assert "Överenskommelsen är avslutad." in page.content.decode()
    assert "innan den utfärdas" not in page.content.decode()
    assert "Före utfärdandet" not in page.content.decode()
    assert url("report_update", report) not in page.content.decode()


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
