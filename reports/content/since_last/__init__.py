"""What has changed since the last report: from what the two reports knew, never from today's tables. Pure.

Things are the same by their key; else by what they were carried over from; else, where one has gone and one of the same
name has come in the same place, the same one entered anew. Numbers and names may change without that.
"""

from collections.abc import Iterator

from documents.written_text import comparison_key
from reports.content.facts import AskedFact, Facts
from reports.content.since_last.activities import activity_changes
from reports.content.since_last.goals import goal_changes, goal_progress
from reports.content.since_last.matching import compare
from reports.content.since_last.promises import commitment_changes, party_progress
from reports.content.since_last.told import AskedLine, PreviousReport, SinceLast, Sort


def since_last(before: Facts | None, now: Facts, *, previous: PreviousReport | None, as_of: str) -> SinceLast:
    """Compare what the last report knew with what this one knows; `as_of` is this one's day in words."""
    if previous is None:
        return SinceLast()
    if before is None:
        return SinceLast(previous=previous)
    compared = compare(before, now)
    found = [*activity_changes(compared), *commitment_changes(compared), *goal_changes(compared)]
    order = list(Sort)
    return SinceLast(
        previous=previous,
        is_comparable=True,
        as_of=as_of,
        changes=tuple(sorted(found, key=lambda change: order.index(change.sort))),
        promises=tuple(party_progress(compared)),
        goals=tuple(goal_progress(compared)),
        asked=tuple(asked_lines(before, now)),
    )


def asked_lines(before: Facts, now: Facts) -> Iterator[AskedLine]:
    """What was asked for last time; whether it was decided is for the decisions' own section to say."""
    still = {asked_key(asked) for asked in now.asked}
    for asked in before.asked:
        yield AskedLine(asked.activity, asked.text, is_asked_again=asked_key(asked) in still)


def asked_key(asked: AskedFact) -> tuple:
    return asked.activity_id, comparison_key(asked.text).rstrip(".")
