"""The judgement as answers to Brå's yearly survey, one for each paragraph."""

import csv
import io

from reports.law.judging import Judgement
from reports.law.rows import Row, State

HEADINGS = ("Fråga", "Svar", "Det som visar det", "Datum", "Paragraf")
ANSWERS = {State.MET: "Ja", State.SOON: "Ja, men det förfaller snart", State.LACKING: "Nej"}
# What a spreadsheet would take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def survey_csv(judgement: Judgement) -> str:
    """Semicolons and a byte order mark, as Swedish Excel wants them. What looks like a formula does not become one."""
    file = io.StringIO(newline="")
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADINGS)
    for row in judgement.demands:
        writer.writerow(harmless(value) for value in answer(row))
    return file.getvalue()


def answer(row: Row) -> tuple[str, ...]:
    said = " ".join((f"{ANSWERS[row.state]}.", *row.missing))
    shown = "; ".join(link.text for link in row.evidence)
    day = row.shown_on.isoformat() if row.shown_on else ""
    return row.question, said, shown, day, row.paragraph.replace("\u00a0", " ")


def harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
