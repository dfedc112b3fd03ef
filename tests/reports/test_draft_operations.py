"""Drafts: begun, written, commented on, thrown away, begun again as corrections; and what refuses them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.history import recording
from agreements.models import Group
from reports.compiling import compile_report
from reports.drafting import checks_before_issuing
from reports.kinds import KINDS
from reports.models import FocusAreaComment, IssuingJob, Report
from reports.models.reports import FROZEN
from reports.operations.drafts import (
    CORRECTION_BEGUN,
    NOT_ISSUED,
    OTHER_AGREEMENT,
    REPLACED,
    delete_report,
    save_comment,
    save_report,
    start_correction,
    start_report,
)
from reports.operations.locks import GONE, UNDER_WAY
from reports.recipients import addressed_to
from tests.factories import TODAY, at, group_of, make_activity, make_focus_area, make_group, make_log_entry
from tests.meeting_factories import make_meeting
from tests.report_factories import make_issued_report, make_report

CLOSED = "Överenskommelsen är avslutad. Den kan läsas men inte ändras."


def new_report(agreement, **fields) -> Report:
    return Report(
        agreement=agreement,
        **{"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 6, 30)} | fields,
    )


def close(agreement):
    agreement.state = agreement.State.CLOSED
    agreement.save()


def ask_to_issue(report, *, by, state=IssuingJob.State.RUNNING):
    return IssuingJob.objects.create(report=report, state=state, requested_by=by, requested_at=timezone.now())


def words_of(report) -> tuple:
    return Report.objects.values_list("title", "summary", "state", "starts_on", "ends_on", "kind").get(pk=report.pk)


# --- Begun ---


def test_a_draft_begins_with_its_kinds_usual_sections_and_a_title(agreement, coordinator, today):
    report = start_report(report=new_report(agreement, kind=Report.Kind.COUNCIL), by=coordinator, today=today)

    assert report.title == "Rapport till fullmäktige första halvåret 2026"
    assert report.sections == [section.value for section in KINDS[Report.Kind.COUNCIL].usual]
    assert report.is_draft
    assert report.history.get().history_user == coordinator


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "title"),
    [
        ("2026-01-01", "2026-06-30", "Uppföljning första halvåret 2026"),
        ("2026-05-01", "2026-08-31", "Uppföljning andra tertialet 2026"),
        ("2025-01-01", "2025-12-31", "Uppföljning 2025"),
        ("2024-02-01", "2024-02-29", "Uppföljning 1 februari–29 februari 2024"),
        ("2026-07-01", "2026-11-23", "Uppföljning 1 juli–23 november 2026"),
        ("2025-07-01", "2026-06-30", "Uppföljning 1 juli 2025–30 juni 2026"),
    ],
)
def test_the_title_names_the_period(agreement, coordinator, today, starts_on, ends_on, title):
    report = new_report(
        agreement, starts_on=datetime.date.fromisoformat(starts_on), ends_on=datetime.date.fromisoformat(ends_on)
    )

    assert start_report(report=report, by=coordinator, today=today).title == title


def test_the_title_names_what_the_report_is_about_and_is_never_too_long(agreement, coordinator, today):
    focus_area = make_focus_area(agreement, number=None, title="Trygghet " * 27)
    group = group_of(agreement, Group.Kind.WORKING)

    about_area = start_report(
        report=new_report(agreement, kind=Report.Kind.FOCUS_AREA, focus_area=focus_area), by=coordinator, today=today
    )
    about_group = start_report(
        report=new_report(agreement, kind=Report.Kind.WORKING_GROUP, group=group), by=coordinator, today=today
    )

    assert len(about_area.title) == 200
    assert about_area.title.endswith("…, första halvåret 2026")
    assert about_group.title == "Arbetsgruppen för trygg skola, första halvåret 2026"


@pytest.mark.parametrize(
    ("period", "field", "words"),
    [
        (("2026-06-30", "2026-01-01"), "ends_on", "Sista dagen kan inte vara före den första."),
        (
            ("2026-01-01", "2026-11-24"),
            "ends_on",
            "Sista dagen kan vara senast i dag, 23 november 2026: rapporten visar det som har hänt.",
        ),
        (("2016-01-01", "2026-01-01"), "ends_on", "Perioden kan vara högst 10 år."),
        (("1999-12-31", "2000-12-31"), "starts_on", "Första dagen kan vara tidigast 1 januari 2000."),
    ],
)
def test_a_period_that_cannot_be_reported_on_is_refused(agreement, coordinator, today, period, field, words):
    starts_on, ends_on = map(datetime.date.fromisoformat, period)

    with pytest.raises(ValidationError) as refused:
        start_report(report=new_report(agreement, starts_on=starts_on, ends_on=ends_on), by=coordinator, today=today)

    assert refused.value.message_dict == {field: [words]}
    assert not Report.objects.exists()


def test_what_belongs_to_another_agreement_is_refused(agreement, other_agreement, coordinator, today):
    strange = make_focus_area(other_agreement)
    meeting = make_meeting(group_of(other_agreement, Group.Kind.STEERING), TODAY)

    for fields in (
        {"kind": Report.Kind.FOCUS_AREA, "focus_area": strange},
        {"kind": Report.Kind.WORKING_GROUP, "group": group_of(other_agreement, Group.Kind.WORKING)},
        {"meeting": meeting},
    ):
        with pytest.raises(ValidationError, match=OTHER_AGREEMENT):
            start_report(report=new_report(agreement, **fields), by=coordinator, today=today)

    assert not Report.objects.exists()


def test_only_a_working_group_has_a_working_groups_report(agreement, coordinator, today):
    steering = group_of(agreement, Group.Kind.STEERING)

    with pytest.raises(ValidationError, match="Välj en arbetsgrupp."):
        start_report(
            report=new_report(agreement, kind=Report.Kind.WORKING_GROUP, group=steering), by=coordinator, today=today
        )


# --- Written ---


def test_words_and_comments_are_saved_with_who_wrote_them(agreement, coordinator, today):
    kept, emptied, new = (make_focus_area(agreement) for _ in range(3))
    report = make_report(agreement)
    for focus_area in (kept, emptied):
        FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Förut.")
    report.summary = "Tre av fyra löften är hållna."

    save_report(report=report, comments={kept: "Förut.", emptied: "", new: "Nytt."}, by=coordinator, today=today)

    report.refresh_from_db()
    assert report.summary == "Tre av fyra löften är hållna."
    assert dict(report.focus_area_comments.values_list("focus_area", "text")) == {kept.pk: "Förut.", new.pk: "Nytt."}
    assert report.history.latest().history_user == coordinator
    assert report.focus_area_comments.get(focus_area=new).history.get().history_user == coordinator


def test_saving_the_words_leaves_what_others_write_beside_them(agreement, coordinator, police_liaison, today):
    """The form's copy of the report is older than the police's comment, and knows another kind."""
    stale = make_report(agreement)
    save_comment(report=stale, text="Polisen håller med.", by=police_liaison)
    stale.kind = Report.Kind.COUNCIL
    stale.reference_number = "KS/2026:1"

    save_report(report=stale, comments={}, by=coordinator, today=today)

    saved = Report.objects.get(pk=stale.pk)
    assert (saved.kind, saved.reference_number) == (Report.Kind.FOLLOW_UP, "")
    assert saved.police_comment == "Polisen håller med."
    assert saved.history.latest().police_comment == "Polisen håller med."


def test_a_comment_on_another_agreements_focus_area_is_refused(agreement, other_agreement, coordinator, today):
    report = make_report(agreement)
    strange = make_focus_area(other_agreement)

    with pytest.raises(ValidationError, match=OTHER_AGREEMENT):
        save_report(report=report, comments={strange: "Hej."}, by=coordinator, today=today)

    assert not FocusAreaComment.objects.exists()


def test_the_police_comment_has_who_and_when_and_can_be_taken_back(agreement, police_liaison):
    report = make_report(agreement)

    commented = save_comment(report=report, text="Vi håller med.", by=police_liaison)
    said = (commented.police_comment, commented.police_commented_by, commented.police_commented_at)
    taken_back = save_comment(report=report, text="", by=police_liaison)

    assert said == ("Vi håller med.", police_liaison, timezone.now())
    assert (taken_back.police_comment, taken_back.police_commented_by, taken_back.police_commented_at) == (
        "",
        None,
        None,
    )
    assert [row.history_user for row in report.history.all()[:2]] == [police_liaison, police_liaison]


def test_a_thrown_away_draft_is_gone_with_its_comments_and_stands_in_the_history(agreement, coordinator):
    report = make_report(agreement)
    FocusAreaComment.objects.create(report=report, focus_area=make_focus_area(agreement), text="Bra.")
    key = report.pk

    delete_report(report=report, by=coordinator)

    assert not Report.objects.exists()
    assert not FocusAreaComment.objects.exists()
    last = Report.history.filter(id=key).latest()
    assert (last.history_type, last.history_user) == ("-", coordinator)


# --- Refused ---


def writes(report, *, by, today):
    """Every way of writing in a draft."""
    report.summary = "Ändrad."
    return (
        lambda: save_report(report=report, comments={}, by=by, today=today),
        lambda: save_comment(report=report, text="Ändrad.", by=by),
        lambda: delete_report(report=report, by=by),
    )


def test_an_issued_report_refuses_every_change(agreement, coordinator, today):
    report = make_issued_report(agreement, by=coordinator)
    before = words_of(report)

    for write in writes(report, by=coordinator, today=today):
        with pytest.raises(ValidationError, match=FROZEN):
            write()

    assert words_of(report) == before


@pytest.mark.parametrize("state", [IssuingJob.State.WAITING, IssuingJob.State.RUNNING])
def test_a_draft_that_is_being_issued_refuses_every_change(agreement, coordinator, today, state):
    report = make_report(agreement)
    ask_to_issue(report, by=coordinator, state=state)
    before = words_of(report)

    for write in writes(report, by=coordinator, today=today):
        with pytest.raises(ValidationError, match=UNDER_WAY):
            write()

    assert words_of(report) == before


def test_a_draft_that_could_not_be_issued_can_be_written_again(agreement, coordinator, today):
    report = make_report(agreement)
    ask_to_issue(report, by=coordinator, state=IssuingJob.State.FAILED)
    report.summary = "Rättad."

    save_report(report=report, comments={}, by=coordinator, today=today)

    assert Report.objects.get().summary == "Rättad."


def test_a_closed_agreement_refuses_every_change(agreement, coordinator, today):
    report, issued = make_report(agreement), make_issued_report(agreement, by=coordinator)
    close(agreement)

    for write in (
        *writes(report, by=coordinator, today=today),
        lambda: start_report(report=new_report(agreement), by=coordinator, today=today),
        lambda: start_correction(report=issued, reason="Fel antal.", by=coordinator),
    ):
        with pytest.raises(ValidationError, match=CLOSED):
            write()

    assert Report.objects.count() == 2


def test_what_somebody_else_has_thrown_away_is_not_written(agreement, coordinator, today):
    report = make_report(agreement)
    Report.objects.filter(pk=report.pk).delete()

    with pytest.raises(ValidationError, match=GONE):
        save_report(report=report, comments={}, by=coordinator, today=today)


# --- Put right ---


def test_a_correction_is_a_draft_with_the_same_words_that_says_why(agreement, coordinator, police_liaison):
    focus_area = make_focus_area(agreement)
    issued = make_report(agreement, summary="Fyra av fem.", police_comment="Vi håller med.", meeting=None)
    FocusAreaComment.objects.create(report=issued, focus_area=focus_area, text="Bra.")
    issued.recipients.add(group_of(agreement, Group.Kind.STEERING))
    Report.objects.filter(pk=issued.pk).update(
        state="issued",
        reference_number="KS/2026:411",
        as_of=timezone.now(),
        issued_at=timezone.now(),
        issued_by=coordinator,
        police_commented_by=police_liaison,
    )
    issued.refresh_from_db()

    draft = start_correction(report=issued, reason="Ett antal var fel.", by=coordinator)

    assert (draft.state, draft.replaces, draft.correction_reason) == ("draft", issued, "Ett antal var fel.")
    assert (draft.title, draft.kind, draft.starts_on, draft.ends_on, draft.sections, draft.summary) == (
        issued.title,
        issued.kind,
        issued.starts_on,
        issued.ends_on,
        issued.sections,
        "Fyra av fem.",
    )
    assert (draft.reference_number, draft.issued_at, draft.as_of) == ("", None, None)
    assert (draft.police_comment, draft.police_commented_by) == ("Vi håller med.", police_liaison)
    assert draft.focus_area_comments.get().text == "Bra."
    assert list(draft.recipients.all()) == list(issued.recipients.all())
    assert Report.objects.get(pk=issued.pk).is_issued


def test_a_correction_can_stand_for_a_later_day_than_the_period_and_tells_what_was_put_right(agreement, coordinator):
    activity = make_activity(make_focus_area(agreement))
    with recording(by=coordinator, at=at(datetime.date(2026, 7, 2))):
        make_log_entry(activity, happened_on=datetime.date(2026, 6, 4), text="Den glömda vandringen.")
    draft = make_report(agreement)

    def told():
        return [line.text for area in compile_report(draft).focus_areas for one in area.activities for line in one.done]

    assert told() == []

    draft.stands_on = datetime.date(2026, 7, 3)
    draft = save_report(report=draft, comments={}, by=coordinator, today=TODAY)
    assert [text.startswith("Den glömda vandringen.") for text in told()] == [True]


def test_a_report_is_corrected_once_and_only_the_newest(agreement, coordinator):
    first = make_issued_report(agreement, by=coordinator)
    start_correction(report=first, reason="Fel antal.", by=coordinator)

    with pytest.raises(ValidationError, match=CORRECTION_BEGUN):
        start_correction(report=first, reason="Fel igen.", by=coordinator)

    first.replaced_by.delete()
    second = make_issued_report(agreement, by=coordinator, replaces=first, correction_reason="Fel antal.")

    with pytest.raises(ValidationError, match=REPLACED):
        start_correction(report=Report.objects.get(pk=first.pk), reason="Fel igen.", by=coordinator)
    assert start_correction(report=second, reason="Ännu ett fel.", by=coordinator).replaces == second


def test_a_draft_is_not_corrected(agreement, coordinator):
    with pytest.raises(ValidationError, match=NOT_ISSUED):
        start_correction(report=make_report(agreement), reason="Fel.", by=coordinator)


def test_a_thrown_away_correction_can_be_begun_again(agreement, coordinator):
    issued = make_issued_report(agreement, by=coordinator)
    delete_report(report=start_correction(report=issued, reason="Fel.", by=coordinator), by=coordinator)

    again = start_correction(report=Report.objects.get(pk=issued.pk), reason="Fel antal.", by=coordinator)

    assert again.correction_reason == "Fel antal."


# --- Whom it is for ---


def test_a_report_is_addressed_to_those_who_usually_have_it(agreement):
    report = make_report(agreement)

    assert addressed_to(report) == "Styrgruppen och Beredningsgruppen"


def test_a_report_is_addressed_to_the_chosen_groups(agreement):
    report = make_report(agreement)
    report.recipients.add(group_of(agreement, Group.Kind.PREPARATION))

    assert addressed_to(report) == "Beredningsgruppen"


def test_a_report_is_addressed_to_its_meeting(agreement):
    meeting = make_meeting(group_of(agreement, Group.Kind.STEERING), day=datetime.date(2026, 12, 3))
    report = make_report(agreement, meeting=meeting)

    assert addressed_to(report) == "Styrgruppen, 3 december 2026"
    assert compile_report(report).written.to == "Styrgruppen, 3 december 2026"


@pytest.mark.parametrize(
    ("kind", "words"), [(Report.Kind.COUNCIL, "Kommunfullmäktige"), (Report.Kind.PUBLIC, "Invånarna")]
)
def test_a_report_to_none_of_the_groups_says_to_whom(agreement, kind, words):
    report = make_report(agreement, kind=kind)

    assert addressed_to(report) == words
    assert compile_report(report).written.to == words


def test_a_report_to_many_groups_counts_them(agreement):
    for name in ("Arbetsgrupp Trygghetsvandringar", "Arbetsgrupp Grannsamverkan"):
        make_group(agreement, name=name)
    report = make_report(agreement, kind=Report.Kind.CLOSING)

    assert addressed_to(report) == "Styrgruppen, Beredningsgruppen och tre grupper till"


@pytest.mark.parametrize(
    ("kind", "length", "is_told"),
    [(Report.Kind.COUNCIL, 3500, False), (Report.Kind.COUNCIL, 3501, True), (Report.Kind.FOLLOW_UP, 3501, False)],
)
def test_council_report_is_to_be_shortened_to_what_one_page_holds(agreement, kind, length, is_told):
    report = make_report(agreement, kind=kind, summary="a" * 3000, conclusions="b" * (length - 3000))

    checks = checks_before_issuing(report, compile_report(report))

    assert ("Texterna är längre än vad som ryms på en sida. Korta dem" in {check.text for check in checks}) is is_told
