"""Loading a workbook: everything in it, or nothing."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.utils import timezone

from accounts.history import history_table, recording
from accounts.models import User
from agreements.models import Agreement
from documents.workbooks import Fault, Tables, read_workbook
from documents.workbooks.stamps import made_at_of
from documents.workbooks.tables import MAX_FAULTS
from focus_areas.sheets import SHEETS
from focus_areas.workbook import agreement_sheets, picture_sheets, plan_sheets
from focus_areas.workbook.changes import Changes
from focus_areas.workbook.rows import Loading

PART_LOADERS = (
    agreement_sheets.SectionLoader,
    agreement_sheets.DefinitionLoader,
    agreement_sheets.PartyLoader,
    agreement_sheets.AreaLoader,
    agreement_sheets.GroupLoader,
    agreement_sheets.SeatLoader,
    picture_sheets.LinkedPlanLoader,
    picture_sheets.PictureLoader,
    picture_sheets.SourceLoader,
    picture_sheets.ProblemLoader,
    picture_sheets.IndicatorLoader,
    picture_sheets.IndicatorValueLoader,
    picture_sheets.CauseAnalysisLoader,
    picture_sheets.CauseLoader,
    plan_sheets.FocusAreaLoader,
    plan_sheets.GoalLoader,
    plan_sheets.ActivityLoader,
    plan_sheets.CommitmentLoader,
)


LOADERS = (agreement_sheets.OrganisationLoader, agreement_sheets.AgreementLoader, *PART_LOADERS)
NO_STAMP = "Filen säger inte när den hämtades, så det syns inte vad som har ändrats i portalen sedan dess."


def newest_change() -> datetime.datetime | None:
    """When anything of the workbook's kinds was last changed, whoever's it is; None before anything was.

    It is the time that an exported file carries: two exports without a change between them are the same file.
    """
    newest = [
        history_table(loader.model)
        .objects.order_by()
        .values(of_sheet=Value(number))
        .annotate(newest=Max("history_date"))
        .values_list("newest", flat=True)
        for number, loader in enumerate(LOADERS)
    ]
    moments = [moment for moment in newest[0].union(*newest[1:]) if moment is not None]
    return max(moments).astimezone(datetime.UTC) if moments else None


@dataclass(frozen=True)
class Outcome:
    """What came of loading a workbook. With faults nothing was loaded, and the agreement is the one stored, if any."""

    agreement: Agreement | None
    changes: Changes = field(default_factory=Changes)
    faults: list[Fault] = field(default_factory=list)


def load(
    content: bytes,
    filename: str,
    *,
    by: User | None = None,
    dry_run: bool = False,
    at: datetime.datetime | None = None,
    expected_agreement: Agreement | None = None,
    takes_back: bool = False,
) -> Outcome:
    """Load an agreement's workbook; loading the same one again changes nothing.

    Rows are met by what names them (a heading, a title, an organisation's name within its parent), changed where
    they differ and added where they are new; what the file leaves out is left alone. With any fault nothing is
    loaded, and the faults of all rows are returned. A dry run tells what would change and changes nothing.
    What has been changed in the portal after the file was made is kept, unless it `takes_back`.
    """
    changes = Changes()
    tables, faults = read_workbook(content, filename, SHEETS, remarks=changes.remarks)
    if has_broken_frame(tables, faults):
        return Outcome(expected_agreement, changes, faults)
    made_at = made_at_of(content)
    if made_at is None and expected_agreement is not None:
        changes.remarks.append(NO_STAMP)
    loading = Loading(
        uses_labels=filename.lower().endswith(".xlsx"),
        by=by,
        today=timezone.localdate(),
        expected_agreement=expected_agreement,
        faults=faults,
        changes=changes,
        made_at=made_at,
        takes_back=takes_back,
    )
    moment = at or timezone.now()
    try:
        with transaction.atomic(), recording(by=by, reason=f"Inläst från {filename}", at=moment):
            load_tables(loading, tables)
            if dry_run or loading.faults:
                transaction.set_rollback(True)
    except IntegrityError:
        loading.faults.append(Fault(None, None, None, "Någon annan ändrade samtidigt. Läs in filen en gång till."))
    if loading.faults:
        return Outcome(expected_agreement, Changes(remarks=changes.remarks), in_order(loading))
    return Outcome(loading.agreement, loading.changes)


def load_tables(loading: Loading, tables: Tables) -> None:
    unreadable = unreadable_cells(loading)

    def loader(loader_class):
        name = loader_class.sheet.name
        return loader_class(loading, tables[name], unreadable.get(name, {}))

    rows = tables[agreement_sheets.AgreementLoader.sheet.name]
    loading.municipality_called = (rows[0].cells["municipality"] or "") if rows else ""
    agreement = loader(agreement_sheets.AgreementLoader)
    if agreement.is_of_another():
        # Nothing more is looked at: another municipality's rows would only collide with this one's.
        return
    organisations = loader(agreement_sheets.OrganisationLoader)
    organisations.load()
    agreement.load()
    organisations.check_keeper()
    for loader_class in PART_LOADERS:
        loader(loader_class).load()
    if not loading.faults:
        agreement.take_part([entry.thing for entry in organisations.entries])


def has_broken_frame(tables: Tables, faults: list[Fault]) -> bool:
    """The file, a sheet or a heading is wrong: every row would only repeat it."""
    numbers = {
        place: {row.number for row in tables[sheet.name]} for sheet in SHEETS for place in (sheet.name, sheet.label)
    }
    return any(fault.row is None or fault.row not in numbers.get(fault.sheet, ()) for fault in faults)


def unreadable_cells(loading: Loading) -> dict[str, dict[int, set[str]]]:
    """The cells in which the reader found faults: sheet name → row → columns."""
    found: dict[str, dict[int, set[str]]] = {}
    for sheet in SHEETS:
        place = sheet.label if loading.uses_labels else sheet.name
        names = {column.label if loading.uses_labels else column.name: column.name for column in sheet.columns}
        for fault in loading.faults:
            if fault.sheet == place and fault.column in names:
                found.setdefault(sheet.name, {}).setdefault(fault.row, set()).add(names[fault.column])
    return found


def in_order(loading: Loading) -> list[Fault]:
    """The faults as a person goes through the file; not more of them than anybody mends in one go."""
    places = [sheet.label if loading.uses_labels else sheet.name for sheet in SHEETS]

    def place(fault: Fault) -> tuple[int, int]:
        return (places.index(fault.sheet) if fault.sheet in places else -1, fault.row or 0)

    faults = sorted(loading.faults, key=place)
    if len(faults) > MAX_FAULTS:
        faults = faults[:MAX_FAULTS]
        faults.append(Fault(None, None, None, f"Filen har fler än {MAX_FAULTS} fel. Resten visas inte."))
    return faults
