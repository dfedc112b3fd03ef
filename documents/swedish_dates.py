"""Dates and small numbers in Swedish words. Pure functions: "today" is always an argument."""

from datetime import date, datetime
from typing import Literal

from django.utils import timezone

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
WEEKDAYS = ["Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag"]
NUMBERS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25


def date_words(day: date | None) -> str:
    """Return "21 november 2026", or nothing for no date."""
    return f"{_day_and_month(day)} {day.year}" if day else ""


def near_date_words(day: date | None, today: date) -> str:
    """21 november; with the year when it is not this one."""
    if day is None:
        return ""
    return _day_and_month(day) if day.year == today.year else date_words(day)


def date_range_words(start: date | None, end: date | None) -> str:
    """Return "1 januari–30 juni 2026"; an open end gives "från …" or "till …", none at all nothing."""
    if start and end:
        if start == end:
            return date_words(start)
        first = _day_and_month(start) if start.year == end.year else date_words(start)
        return f"{first}–{date_words(end)}"
    if start:
        return f"från {date_words(start)}"
    return f"till {date_words(end)}" if end else ""


def near_date_range_words(start: date, end: date, today: date) -> str:
    """Return "13–21 november", "29 oktober–3 november" or one day; with the year when it is not this one."""
    if start == end:
        return near_date_words(start, today)
    last = near_date_words(end, today)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{_day_and_month(start) if start.year == end.year else date_words(start)}–{last}"


def week_label(day: date | None) -> str:
    """Return the ISO week, "v. 48"."""
    return f"v. {day.isocalendar().week}" if day else ""


def weekday_words(day: date | None) -> str:
    """Return "Måndag 23 november 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {date_words(day)}" if day else ""


def clock_words(moment: datetime) -> str:
    """Return "09.00", as the clocks show it in Sweden."""
    return f"{timezone.localtime(moment):%H.%M}"


def clock_range_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return "09.00–10.00"."""
    return f"{clock_words(starts_at)}–{clock_words(ends_at)}"


def day_and_clock_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return "Tisdag 24 november 2026 kl. 09.00–10.00"."""
    return f"{weekday_words(timezone.localdate(starts_at))} kl. {clock_range_words(starts_at, ends_at)}"


def relative_words(day: date | None, today: date) -> str:
    """Return how far off a day is: "i dag", "om 3 veckor", "för 5 månader sedan".

    Days up to two weeks, weeks up to eight, months up to a year, then years; each rounded to the nearest.
    """
    if day is None:
        return ""
    days = (day - today).days
    near = {-1: "i går", 0: "i dag", 1: "i morgon"}
    if days in near:
        return near[days]
    length = _length_words(abs(days))
    return f"om {length}" if days > 0 else f"för {length} sedan"


def due_words(day: date | None, today: date) -> str:
    """Return when something is due, "om 4 dagar", or how late it is, "11 dagar försenad"."""
    if day is None or day >= today:
        return relative_words(day, today)
    return f"{_counted((today - day).days, 'dag', 'dagar')} försenad"


def due_state(day: date, today: date, soon_days: int = 7) -> Literal["over", "soon", "later"]:
    """Return whether the day has passed, is at most `soon_days` away, or is later."""
    days = (day - today).days
    if days < 0:
        return "over"
    return "soon" if days <= soon_days else "later"


def number_word(number: int, *, neuter: bool = False) -> str:
    """Return 0–12 in words ("ett" for one thing of neuter gender), other numbers in digits."""
    if number == 1 and neuter:
        return "ett"
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _counted(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _length_words(days: int) -> str:
    if days < 14:
        return _counted(days, "dag", "dagar")
    if days <= 8 * 7:
        return _counted(_nearest(days / 7), "vecka", "veckor")
    if days < 365:
        # 350–364 days would round to twelve months, which people call a year.
        return "1 år" if days >= 350 else _counted(_nearest(days / DAYS_IN_MONTH), "månad", "månader")
    return f"{_nearest(days / DAYS_IN_YEAR)} år"


def _nearest(number: float) -> int:
    return int(number + 0.5)
