"""Drafts of reports: begun, written, commented on, thrown away, and begun again as corrections.

What is issued refuses every change here, and so does a draft while it is being issued.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.history import recording, recording_moment
from accounts.models import User
from agreements.access import CLOSED
from agreements.models import Group
from focus_areas.models import FocusArea
from reports.corrections import replacement_of
from reports.kinds import kind_of
from reports.models import FocusAreaComment, Report
from reports.operations.locks import hold, hold_draft
from reports.periods import period_faults
from reports.titles import usual_title

# What is written in a draft; its kind and what it is about are settled when it is begun.
WRITTEN = (
    "title",
    "starts_on",
    "ends_on",
    "stands_on",
    "meeting",
    "sections",
    "summary",
    "conclusions",
    "decisions_asked",
    "correction_reason",
)
# Told in the history, and by this the form of the other texts knows that none of them has changed.
COMMENTED = "Polisens kommentar"
NO_PARTYS_OWN = "I rapporten till invånarna står ingen kommentar från polisen."
OTHER_AGREEMENT = "Det hör till en annan överenskommelse."
NOT_ISSUED = "Rapporten är ett utkast. Ändra det i stället."
REPLACED = "Rapporten är redan ersatt. Rätta den som ersätter den i stället."
CORRECTION_BEGUN = "Rättelsen är redan påbörjad. Skriv i det utkastet."


@transaction.atomic
def start_report(*, report: Report, by: User, today: datetime.date) -> Report:
    """Begin a draft, with a title from its kind and period and with the sections that its kind usually has.

    Raises:
        ValidationError: the period cannot be reported on, or it points into another agreement.
    """
    if report.agreement.is_closed:
        raise ValidationError(CLOSED)
    refuse_strangers(report)
    refuse_bad_period(report, today=today)
    report.title = report.title or usual_title(report)
    report.sections = [section.value for section in kind_of(report).usual]
    report.created_at = recording_moment()
    with recording(by=by):
        report.save()
    return report


@transaction.atomic
def save_report(*, report: Report, comments: dict[FocusArea, str], by: User, today: datetime.date) -> Report:
    """Save what is written in a draft, and what is said of each focus area; an empty comment is taken away.

    Raises:
        ValidationError: it can no longer be written, or it points into another agreement.
    """
    held = hold_draft(report)
    for name in WRITTEN:
        setattr(held, name, getattr(report, name))
    refuse_strangers(held, *comments)
    refuse_bad_period(held, today=today)
    with recording(by=by):
        held.save(update_fields=WRITTEN)
        save_focus_area_comments(report=held, comments=comments)
    return held


def save_focus_area_comments(*, report: Report, comments: dict[FocusArea, str]) -> None:
    """Needs a surrounding transaction."""
    saved = {comment.focus_area_id: comment for comment in report.focus_area_comments.all()}
    for focus_area, text in comments.items():
        comment = saved.get(focus_area.pk)
        if comment is None and text:
            FocusAreaComment.objects.create(report=report, focus_area=focus_area, text=text)
        elif comment is not None and not text:
            comment.delete()
        elif comment is not None and comment.text != text:
            comment.text = text
            comment.save(update_fields=["text"])


@transaction.atomic
def save_comment(*, report: Report, text: str, by: User) -> Report:
    """Save what the police say of a draft, with who said it and when; an empty text takes it back.

    Raises:
        ValidationError: it can no longer be written, or it is for residents and has no such comment.
    """
    held = hold_draft(report)
    if kind_of(held).is_public:
        raise ValidationError(NO_PARTYS_OWN)
    held.police_comment = text
    held.police_commented_by = by if text else None
    held.police_commented_at = recording_moment() if text else None
    with recording(by=by, reason=COMMENTED):
        held.save(update_fields=["police_comment", "police_commented_by", "police_commented_at"])
    return held


@transaction.atomic
def delete_report(*, report: Report, by: User) -> None:
    """Throw a draft away, with its comments.

    Raises:
        ValidationError: it is issued or being issued.
    """
    held = hold_draft(report)
    with recording(by=by):
        held.delete()


@transaction.atomic
def start_correction(*, report: Report, reason: str, by: User) -> Report:
    """Begin a draft that replaces an issued report: the same period, scope and words, to be put right and issued.

    Raises:
        ValidationError: it is a draft, it is replaced already, or its agreement is closed.
    """
    held = hold(report)
    refuse_correction(held)
    copied = (*WRITTEN, "kind", "focus_area", "group", "police_comment", "police_commented_by", "police_commented_at")
    values = {name: getattr(held, name) for name in copied}
    with recording(by=by, reason=reason):
        draft = Report.objects.create(**values | {"correction_reason": reason}, agreement=held.agreement, replaces=held)
        draft.recipients.set(held.recipients.all())
        for comment in held.focus_area_comments.all():
            FocusAreaComment.objects.create(report=draft, focus_area=comment.focus_area, text=comment.text)
    return draft


def refuse_correction(report: Report) -> None:
    if report.is_draft:
        raise ValidationError(NOT_ISSUED)
    if report.agreement.is_closed:
        raise ValidationError(CLOSED)
    if replacement := replacement_of(report):
        raise ValidationError(REPLACED if replacement.is_issued else CORRECTION_BEGUN)


def refuse_bad_period(report: Report, *, today: datetime.date) -> None:
    if faults := period_faults(report.starts_on, report.ends_on, stands_on=report.stands_on, today=today):
        raise ValidationError(faults)


def refuse_strangers(report: Report, *focus_areas: FocusArea) -> None:
    """Refuse what belongs to another agreement, or is of a kind that a report is not about."""
    for name in ("focus_area", "group", "meeting"):
        thing = getattr(report, name)
        if thing is not None and thing.agreement != report.agreement:
            raise ValidationError({name: OTHER_AGREEMENT})
    if any(focus_area.agreement_id != report.agreement_id for focus_area in focus_areas):
        raise ValidationError(OTHER_AGREEMENT)
    if report.group is not None and report.group.kind != Group.Kind.WORKING:
        raise ValidationError({"group": "Välj en arbetsgrupp."})
