"""The register's tables as CSV, one for each sheet of the workbook, without what is only working material."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from agreements.models import Agreement
from documents.workbooks import Column, Sheet, write_csv
from documents.workbooks.cells import NO, YES, join_items
from focus_areas import workbook
from focus_areas.workbook.exporting import Export
from privacy.leaving import refuse_personal_data
from reports.archive.items import CSV, Item, Kind


class AdoptedExport(Export):
    """The workbook without the pictures that are not adopted, and all that stands in them."""

    def name_everything(self) -> None:
        self.pictures = [picture for picture in self.pictures if picture.is_adopted]
        adopted = {picture.pk for picture in self.pictures}
        self.sources = [one for one in self.sources if one.situation_picture_id in adopted]
        self.problems = [one for one in self.problems if one.situation_picture_id in adopted]
        problems = {problem.pk for problem in self.problems}
        self.analyses = [one for one in self.analyses if one.problem_id in problems]
        analyses = {analysis.pk for analysis in self.analyses}
        self.causes = [one for one in self.causes if one.analysis_id in analyses]
        super().name_everything()


def tables_of(agreement: Agreement) -> Iterator[Item]:
    """A file for each sheet that holds something, numbered in the workbook's order."""
    tables = AdoptedExport(agreement).tables()
    for number, sheet in enumerate(workbook.SHEETS, 1):
        if rows := tables[sheet.name]:
            yield Item(
                kind=Kind.TABLE,
                file_name=f"{number:02} {sheet.label}.csv",
                title=sheet.label,
                read=partial(as_csv, sheet, rows),
                media_type=CSV,
                body=str(agreement.municipality),
            )


def as_csv(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> bytes:
    said = [{column.name: in_words(row.get(column.name), column) for column in sheet.columns} for row in rows]
    texts = ((column.label, str(row[column.name] or "")) for row in said for column in sheet.columns)
    refuse_personal_data(texts, what="Tabellen")
    return write_csv(sheet.columns, said)


def in_words(value: Any, column: Column) -> Any:
    """Lists as one text, yes and no as words; the rest is for the file's writer to say."""
    if isinstance(value, list | tuple):
        return join_items(str(one) for one in value if one is not None)
    if column.kind == "boolean":
        return YES if value else NO
    return value
