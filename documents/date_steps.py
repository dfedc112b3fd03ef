"""Days so many months or years on. Pure functions."""

import datetime


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on; the month's last day where that month is shorter."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    for last_day in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, last_day)
        except ValueError:
            continue
    raise ValueError(f"no day {day.day} in month {month + 1}")


def years_later(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years on; 28 February for a leap day."""
    return months_later(day, 12 * years)
