"""Places that the meetings keep hearing of. No database."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.written_text import comparison_key


@dataclass(frozen=True, slots=True)
class Sighting:
    """That something was seen at a place; `period` counts from 0, the oldest, as the periods do."""

    place: str
    category: str
    period: int
    is_recurring: bool = False


@dataclass(frozen=True, slots=True)
class RecurringPlace:
    """A place that the meetings keep hearing of: in which of the last periods, how often, and what about."""

    name: str
    periods: tuple[int, ...]
    count: int
    categories: tuple[str, ...]
    is_marked: bool

    @property
    def period_count(self) -> int:
        return len(self.periods)


def recurring_places(
    sightings: Iterable[Sighting], *, newest: int, at_least: int = 3, of_last: int = 6
) -> list[RecurringPlace]:
    """List places seen in enough of the last periods, those seen in most of them first.

    Enough is `at_least` of `of_last`, or one less (but two) when a report says that it has happened there before.
    Periods count, not reports: one bad night does not recur. Capitals and spaces do not part one place from
    another, the newest spelling is shown, and a sighting without place is passed over.

    Raises:
        ValueError: if a sighting's period is negative or newer than `newest`.
    """
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        if not 0 <= sighting.period <= newest:
            raise ValueError(f"period {sighting.period} is none of 0–{newest}")
        place = comparison_key(sighting.place)
        if place and sighting.period > newest - of_last:
            seen[place].append(sighting)
    places = []
    for rows in seen.values():
        periods = tuple(sorted({row.period for row in rows}))
        is_marked = any(row.is_recurring for row in rows)
        if len(periods) >= (max(2, at_least - 1) if is_marked else at_least):
            newest_name = max(rows, key=lambda row: row.period).place
            categories = Counter(row.category for row in rows).most_common()
            places.append(
                RecurringPlace(
                    name=" ".join(newest_name.split()),
                    periods=periods,
                    count=len(rows),
                    categories=tuple(category for category, _ in sorted(categories, key=lambda c: (-c[1], c[0]))),
                    is_marked=is_marked,
                )
            )
    return sorted(places, key=lambda place: (-place.period_count, -place.count, place.name.casefold()))
