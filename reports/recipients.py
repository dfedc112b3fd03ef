"""To which groups a report can be sent when it is issued, and to which it usually is."""

from agreements.models import Group
from reports.kinds import kind_of
from reports.models import Report

# Those whose members may read issued reports: not Örat mot marken (the access table).
RECEIVING = (Group.Kind.STEERING, Group.Kind.PREPARATION, Group.Kind.WORKING)


def possible_recipients(report: Report):
    return Group.objects.filter(agreement=report.agreement, kind__in=RECEIVING)


def may_receive(group: Group, report: Report) -> bool:
    return group.agreement_id == report.agreement_id and group.kind in RECEIVING


def chosen_recipients(report: Report) -> list[Group]:
    """The groups chosen already, else those that reports of the kind usually go to."""
    if chosen := list(report.recipients.all()):
        return chosen
    usual = possible_recipients(report).filter(kind__in=kind_of(report).recipients)
    if report.group_id:
        usual = usual.exclude(kind=Group.Kind.WORKING) | possible_recipients(report).filter(pk=report.group_id)
    return list(usual)
