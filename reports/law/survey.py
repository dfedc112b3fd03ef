"""The judgement as answers to Brå's yearly survey, one for each paragraph."""

from documents.workbooks import Column, write_csv
from reports.law.judging import Judgement
from reports.law.rows import Row, State

COLUMNS = (
    Column("question", "Fråga", "text"),
    Column("answer", "Svar", "text"),
    Column("shown", "Det som visar det", "text"),
    Column("day", "Datum", "text"),
    Column("paragraph", "Paragraf", "text"),
)
ANSWERS = {State.MET: "Ja", State.SOON: "Ja, men det förfaller snart", State.LACKING: "Nej"}


def survey_answers(judgement: Judgement) -> list[dict[str, str]]:
    return [answer(row) for row in judgement.demands]


def survey_csv(answers: list[dict[str, str]]) -> bytes:
    return write_csv(COLUMNS, answers)


def answer(row: Row) -> dict[str, str]:
    return {
        "question": row.question,
        "answer": " ".join((f"{ANSWERS[row.state]}.", *row.missing)),
        "shown": "; ".join(link.text for link in row.evidence),
        "day": row.shown_on.isoformat() if row.shown_on else "",
        "paragraph": row.paragraph.replace("\u00a0", " "),
    }
