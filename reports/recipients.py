"""To which groups a report can be sent when it is issued, and to which it usually is."""

from django.db.models import Exists, OuterRef

from agreements.models import Group
from documents.swedish_dates import date_words
from documents.swedish_words import counted, joined
from reports.content.wording import clipped
from reports.kinds import kind_of
from reports.models import Report

# Those whose members may read issued reports: not Örat mot marken (the access table).
RECEIVING = (Group.Kind.STEERING, Group.Kind.PREPARATION, Group.Kind.WORKING)
# To whom a report is that goes to none of the groups.
OUTSIDE = {Report.Kind.COUNCIL: "Kommunfullmäktige", Report.Kind.PUBLIC: "Invånarna"}
NAMED = 2
NAME_LENGTH = 60


def possible_recipients(report: Report):
    return Group.objects.filter(agreement=report.agreement, kind__in=RECEIVING)


def may_receive(group: Group, report: Report) -> bool:
    return group.agreement_id == report.agreement_id and group.kind in RECEIVING


def chosen_recipients(report: Report) -> list[Group]:
    """The groups chosen already, else those that reports of the kind usually go to."""
    choice = Report.recipients.through.objects.filter(report=report, group=OuterRef("pk"))
    groups = list(possible_recipients(report).annotate(is_chosen=Exists(choice)))
    return [group for group in groups if group.is_chosen] or [group for group in groups if is_usual(group, report)]


def is_usual(group: Group, report: Report) -> bool:
    """Whether reports of the kind usually go to the group; one on a working group's activities goes to that one."""
    if report.group_id and group.kind == Group.Kind.WORKING:
        return group.pk == report.group_id
    return group.kind in kind_of(report).recipients


def addressed_to(report: Report) -> str:
    """Styrgruppen, 3 december 2026; Styrgruppen och Beredningsgruppen; Kommunfullmäktige. Empty where nobody is."""
    if report.kind in OUTSIDE:
        return OUTSIDE[report.kind]
    if report.meeting:
        return f"{clipped(report.meeting.group.name, NAME_LENGTH)}, {date_words(report.meeting.day)}"
    names = [clipped(group.name, NAME_LENGTH) for group in chosen_recipients(report)]
    if len(names) > NAMED:
        return f"{', '.join(names[:NAMED])} och {counted(len(names) - NAMED, 'grupp', 'grupper')} till"
    return joined(names)
