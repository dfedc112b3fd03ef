"""What has changed of the activities: new, gone, status, assessment and days, with the reasons."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from documents.swedish_dates import date_range_words, date_words
from documents.swedish_words import counted, lower_first
from reports.content.facts import ActivityFact, DateMove
from reports.content.since_last.matching import Compared, Pair
from reports.content.since_last.told import Change, Sort
from reports.content.wording import clipped, sentence_end

NO_REASON = "Inget skäl är angivet."
# The values of focus_areas.models.Activity.Status and Assessment, as they are frozen.
COMPLETED, CANCELLED = "completed", "cancelled"
BEST_FIRST = ("green", "yellow", "red")
REASON_LENGTH = 160
DAY_NAMES = {
    "starts_on": "Startdatum",
    "ends_on": "Slutdatum",
    "next_follow_up_on": "Nästa uppföljning",
}
ASKED_WHY = ("starts_on", "ends_on")


def activity_changes(compared: Compared) -> Iterator[Change]:
    for activity in compared.activities.added:
        promises = sum(commitment.activity_id == activity.id for commitment in compared.now.commitments)
        words = [activity.focus_area, date_range_words(activity.starts_on, activity.ends_on)]
        if promises:
            words.append(counted(promises, "åtagande", "åtaganden", neuter=True))
        yield Change(Sort.ADDED, activity.full_title, ", ".join(word for word in words if word))
    for activity in compared.activities.removed:
        removal = next((removal for removal in compared.now.removed if removal.activity_id == activity.id), None)
        was = f"Status i förra rapporten: {lower_first(activity.status_label)}"
        yield Change(Sort.REMOVED, activity.full_title, was, reason_words(removal.reason if removal else ""))
    for pair in compared.activities.both:
        yield from changes_of_activity(pair, since=compared.before.as_of)


def changes_of_activity(pair: Pair[ActivityFact], *, since: datetime.datetime) -> Iterator[Change]:
    was, now = pair.was, pair.now
    what = now.full_title
    if pair.is_entered_anew:
        yield Change(Sort.ADDED_BACK, what, "Ströks och lades in igen")
    if was.title != now.title:
        yield Change(Sort.RENAMED, what, f"Hette ”{was.title}”")
    if was.focus_area_id != now.focus_area_id and was.focus_area != now.focus_area:
        yield Change(Sort.ELSEWHERE, what, f"{was.focus_area} till {lower_first(now.focus_area)}")
    elif was.number != now.number:
        yield Change(Sort.RENUMBERED, what, f"{was.number or 'Inget nummer'} till {now.number or 'inget nummer'}")
    if was.status != now.status:
        sort = {COMPLETED: Sort.FINISHED, CANCELLED: Sort.CANCELLED}.get(now.status, Sort.STATUS)
        yield Change(sort, what, f"{was.status_label} till {lower_first(now.status_label)}", now.reason)
    if was.assessment != now.assessment:
        words = f"{was.assessment_label} till {lower_first(now.assessment_label)}"
        yield Change(sort_of_assessment(was.assessment, now.assessment), what, words, now.reason)
    for name, label in DAY_NAMES.items():
        if name == "next_follow_up_on" and follows_of_itself(was, now):
            continue
        for change in day_change(name, label, was, now, what=what, since=since):
            # The portal asks why these two are moved.
            is_asked = change.sort is Sort.MOVED and name in ASKED_WHY
            yield replace(change, reason=NO_REASON) if is_asked and not change.reason else change


def sort_of_assessment(was: str, now: str) -> Sort:
    if was not in BEST_FIRST or now not in BEST_FIRST:
        return Sort.ASSESSED
    return Sort.WORSE if BEST_FIRST.index(now) > BEST_FIRST.index(was) else Sort.BETTER


def follows_of_itself(was: ActivityFact, now: ActivityFact) -> bool:
    """The next follow-up is another because one was held, or because the activity has ended: nobody moved it."""
    return was.followed_up_on != now.followed_up_on or now.status in (COMPLETED, CANCELLED)


def day_change(name: str, label: str, was, now, *, what: str, since: datetime.datetime) -> Iterator[Change]:
    """From the day that the last report had to the day of this one, with the reasons of every move between them."""
    first, last = getattr(was, name), getattr(now, name)
    if first == last:
        return
    reason = reasons_of(now.moves, name, since=since)
    if first is None:
        yield Change(Sort.DATED, what, f"{label}: {date_words(last)}", reason)
    elif last is None:
        yield Change(Sort.MOVED, what, f"{label}: {date_words(first)}, nu inget", reason)
    else:
        yield Change(Sort.MOVED, what, f"{label}: {date_words(first)} till {date_words(last)}", reason)


def reasons_of(moves: Iterable[DateMove], name: str, *, since: datetime.datetime) -> str:
    """In the order they were written; the same reason once."""
    return " ".join(
        dict.fromkeys(
            reason_words(move.reason) for move in moves if move.field == name and move.at > since and move.reason
        )
    )


def reason_words(reason: str) -> str:
    return sentence_end(clipped(reason, REASON_LENGTH))
