"""When somebody is asked again about an activity: before its follow-up is late, and before silence is too long.

Pure rules, without a database; "today" is an argument. Each occasion is asked about once, however late: what nobody
asked about in time is asked about as soon as somebody can. An activity is not asked about again within a week, whatever
the occasion and whoever asked.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from focus_areas.models import Reminder
from focus_areas.models.activities import SILENT_AFTER_DAYS

DAYS_BEFORE_FOLLOW_UP = 7
DAYS_OF_SILENCE = 21
DAYS_BETWEEN = 7


@dataclass(frozen=True)
class Asking:
    """Why somebody is asked, and the day on which it is late."""

    occasion: Reminder.Occasion
    due_on: datetime.date

    def words(self, *, today: datetime.date) -> str:
        """uppföljning; försenad uppföljning; inget hört"""
        is_late = self.occasion == Reminder.Occasion.FOLLOW_UP and self.due_on < today
        return f"{'försenad ' if is_late else ''}{self.occasion.label.lower()}"


@dataclass(frozen=True)
class Asked:
    """That somebody was asked: why, about which day, and when."""

    occasion: str
    due_on: datetime.date | None
    day: datetime.date


def late_from_silence_on(last_heard_on: datetime.date) -> datetime.date:
    """The last day on which something can be heard before the activity counts as silent."""
    return last_heard_on + datetime.timedelta(days=SILENT_AFTER_DAYS)


def occasions(
    *,
    today: datetime.date,
    next_follow_up_on: datetime.date | None,
    last_heard_on: datetime.date | None,
    asked: Iterable[Asked],
) -> list[Asking]:
    """What to ask about an activity today; nothing when it has just been asked about.

    `last_heard_on` is None for what is not under way, of which nothing needs to be heard yet.
    """
    asked = list(asked)
    if any((today - one.day).days < DAYS_BETWEEN for one in asked):
        return []
    wanted = []
    if next_follow_up_on and (next_follow_up_on - today).days <= DAYS_BEFORE_FOLLOW_UP:
        wanted.append(Asking(Reminder.Occasion.FOLLOW_UP, next_follow_up_on))
    if last_heard_on and (today - last_heard_on).days >= DAYS_OF_SILENCE:
        wanted.append(Asking(Reminder.Occasion.SILENT, late_from_silence_on(last_heard_on)))
    before = {(one.occasion, one.due_on) for one in asked}
    return [asking for asking in wanted if (asking.occasion, asking.due_on) not in before]


def occasion_by_hand(
    *, today: datetime.date, next_follow_up_on: datetime.date | None, last_heard_on: datetime.date | None
) -> Asking | None:
    """What a person who reminds by hand asks about: the follow-up if it is near or late, else silence if there is any.

    With neither, the follow-up that comes; None where nothing is planned and nothing needs to be heard.
    """
    silence = Asking(Reminder.Occasion.SILENT, late_from_silence_on(last_heard_on)) if last_heard_on else None
    if next_follow_up_on is None:
        return silence
    is_near = (next_follow_up_on - today).days <= DAYS_BEFORE_FOLLOW_UP
    if is_near or silence is None or (today - last_heard_on).days < DAYS_OF_SILENCE:
        return Asking(Reminder.Occasion.FOLLOW_UP, next_follow_up_on)
    return silence
