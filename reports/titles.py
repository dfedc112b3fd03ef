"""What a report is called unless somebody calls it something else: its kind and its period, in words."""

import calendar
import datetime

from django.utils.text import Truncator

from documents.swedish_dates import date_range_words
from reports.models import Report
from reports.periods import HALVES, TERTIALS, WHOLE_YEAR

NAMES = {
    Report.Kind.FOLLOW_UP: "Uppföljning",
    Report.Kind.COUNCIL: "Rapport till fullmäktige",
    Report.Kind.PUBLIC: "Samverkan mot brott, till invånarna",
    Report.Kind.CLOSING: "Slutrapport",
    Report.Kind.PROMISES: "Lovat och hållet",
    Report.Kind.GRANT: "Underlag för bidrag",
}


def usual_title(report: Report) -> str:
    """Uppföljning första halvåret 2026; Fokusområde 2, tredje tertialet 2026"""
    period = named_period(report.starts_on, report.ends_on)
    name = NAMES.get(report.kind) or scope_words(report)
    separator = ", " if report.kind not in NAMES or "," in name else " "
    room = Report._meta.get_field("title").max_length - len(separator) - len(period)
    return f"{Truncator(name).chars(room)}{separator}{period}"


def scope_words(report: Report) -> str:
    """What the report is about, where that is a part of the agreement."""
    if report.focus_area:
        number = report.focus_area.number
        return f"Fokusområde {number}" if number is not None else report.focus_area.title
    return report.group.name if report.group else report.get_kind_display()


def named_period(starts_on: datetime.date, ends_on: datetime.date) -> str:
    """första halvåret 2026, andra tertialet 2026, 2026; or the days, where the period has no name"""
    if starts_on.year == ends_on.year and starts_on.day == 1 and is_last_of_month(ends_on):
        if (starts_on.month, ends_on.month) == WHOLE_YEAR[0][1:]:
            return str(starts_on.year)
        for name, first_month, last_month in (*HALVES, *TERTIALS):
            if (starts_on.month, ends_on.month) == (first_month, last_month):
                return f"{name.lower()} {starts_on.year}"
    return date_range_words(starts_on, ends_on)


def is_last_of_month(day: datetime.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
