"""The law's demands and the agreement's promises, all judged on a day."""

import datetime
from collections import Counter
from dataclasses import dataclass

from documents.swedish_dates import number_word
from documents.swedish_words import joined, upper_first
from reports.law.evidence import Evidence
from reports.law.paragraphs import PARAGRAPHS, council_clock, picture_clock, plan_clock
from reports.law.promises import PROMISES
from reports.law.rows import Clock, Row, State


@dataclass(frozen=True)
class Judgement:
    """One row for each paragraph, one for each promise, and the clocks that they count by."""

    paragraphs: tuple[Row, ...]
    promises: tuple[Row, ...]
    clocks: tuple[Clock, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.paragraphs + self.promises

    @property
    def demands(self) -> tuple[Row, ...]:
        return tuple(row for row in self.paragraphs if row.is_demand)

    @property
    def headline(self) -> str:
        """Sex av nio krav är uppfyllda."""
        return met_words(self.demands, "krav")

    @property
    def rest(self) -> str:
        """Två förfaller snart och ett har en brist. Av överenskommelsens egna löften är tre av sex uppfyllda."""
        return " ".join(part for part in (unmet_words(self.demands), promised_words(self.promises)) if part)

    def wanting(self) -> tuple[Row, ...]:
        """The rows that are not met: what is lacking first, the law's before promises, what fell due first before."""
        rows = [row for row in self.rows if row.is_demand and not row.is_met]

        def how_pressing(row: Row) -> tuple:
            return (row.state is not State.LACKING, row in self.promises, row.due_on or datetime.date.max)

        return tuple(sorted(rows, key=how_pressing))


def judge(evidence: Evidence, *, today: datetime.date) -> Judgement:
    """Judge what the data shows as of a day; what is dated later does not count."""
    clocks = (clock(evidence, today=today) for clock in (plan_clock, picture_clock, council_clock))
    return Judgement(
        paragraphs=tuple(paragraph(evidence, today=today) for paragraph in PARAGRAPHS),
        promises=tuple(promise(evidence, today=today) for promise in PROMISES),
        clocks=tuple(clock for clock in clocks if clock),
    )


def met_words(rows: tuple[Row, ...], what: str) -> str:
    met, total = sum(row.is_met for row in rows), len(rows)
    if met == total:
        return f"Alla {number_word(total)} {what} är uppfyllda."
    if not met:
        return f"Inget av {number_word(total)} {what} är uppfyllt."
    count = number_word(met, neuter=True)
    return f"{upper_first(count)} av {number_word(total)} {what} är {'uppfyllt' if met == 1 else 'uppfyllda'}."


def unmet_words(rows: tuple[Row, ...]) -> str:
    states = Counter(row.state for row in rows)
    said = []
    if soon := states[State.SOON]:
        said.append(f"{number_word(soon, neuter=True)} förfaller snart")
    if lacking := states[State.LACKING]:
        said.append(f"{number_word(lacking, neuter=True)} har en brist")
    return f"{upper_first(joined(said))}." if said else ""


def promised_words(rows: tuple[Row, ...]) -> str:
    met, total = sum(row.is_met for row in rows), len(rows)
    if met == total:
        return f"Överenskommelsens egna {number_word(total)} löften är uppfyllda."
    count = number_word(met, neuter=True) if met else "inget"
    are = "uppfyllda" if met > 1 else "uppfyllt"
    return f"Av överenskommelsens egna löften är {count} av {number_word(total)} {are}."
