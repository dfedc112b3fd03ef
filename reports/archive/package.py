"""The ZIP itself: file by file, checksums on the way, and last what tells of them all.

The same content gives the same bytes: the order is fixed, the dates in the ZIP stand still, and nothing is compressed,
for what a compressor makes differs between versions, and an archive is easier to mend when the files stand as they are.
"""

import datetime
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from agreements.models import Agreement
from privacy.leaving import PersonalDataLeaving, refuse_personal_data, without_personal_data
from reports.archive.collecting import items_of
from reports.archive.items import Entry, Item
from reports.archive.names import Names, safe_name
from reports.archive.telling import CSS, guide_entry, index_css, index_page, manifest_csv, manifest_json, read_me

logger = logging.getLogger("reports")

FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
PIECE = 256 * 1024
READ_ME, INDEX, MANIFEST_CSV, MANIFEST_JSON = "LÄS-MIG.txt", "index.html", "manifest.csv", "manifest.json"
GONE = "Filen finns inte kvar i portalens lager."
FAILED = "Filen gick inte att ta fram. Felet är antecknat i portalens logg."
NAMED = "Rubriken eller filnamnet innehåller ett personnummer."


@dataclass(frozen=True)
class Period:
    agreement: Agreement
    starts_on: datetime.date
    ends_on: datetime.date


def archive_file_name(agreement: Agreement, starts_on: datetime.date, ends_on: datetime.date) -> str:
    """arkiv-KS-2023-305-2026.zip, or …-2026-01-01--2026-06-30.zip"""
    is_year = (starts_on.month, starts_on.day, ends_on.month, ends_on.day) == (1, 1, 12, 31)
    days = str(starts_on.year) if is_year and starts_on.year == ends_on.year else f"{starts_on}--{ends_on}"
    return safe_name(f"arkiv-{agreement.reference[:60]}-{days}.zip")


def write_archive(
    agreement: Agreement, *, starts_on: datetime.date, ends_on: datetime.date, target: BinaryIO
) -> list[Entry]:
    """Write the package to a file that can be sought in; return what is in it, and what was left out."""
    package = Package(Period(agreement, starts_on, ends_on), target)
    for _ in package.steps():
        pass
    return package.entries


def stream_archive(agreement: Agreement, *, starts_on: datetime.date, ends_on: datetime.date) -> Iterator[bytes]:
    """The package in pieces, as it is made: it lies on disk and never whole in memory.

    What has been sent does not change: the ZIP's writer goes back to the file that it is writing, and no further.
    """
    with tempfile.TemporaryFile() as target:
        sent = 0
        for _ in Package(Period(agreement, starts_on, ends_on), target).steps():
            target.seek(sent)
            while piece := target.read(PIECE):
                sent += len(piece)
                yield piece


class Package:
    """A package that is being made."""

    def __init__(self, period: Period, target: BinaryIO):
        self.period = period
        self.target = target
        self.entries: list[Entry] = []
        self.names = Names()

    def steps(self) -> Iterator[None]:
        """Make it, pausing after each file."""
        period = self.period
        for name in (READ_ME, INDEX, CSS, MANIFEST_CSV, MANIFEST_JSON):
            self.names.path_for("", name)
        with ZipFile(self.target, "w", ZIP_STORED) as archive:
            self.tell(archive, READ_ME, read_me(period))
            yield
            for item in items_of(period.agreement, starts_on=period.starts_on, ends_on=period.ends_on):
                self.add(archive, item)
                yield
            self.tell(archive, CSS, index_css())
            self.tell(archive, INDEX, index_page(period, self.entries))
            put(archive, MANIFEST_CSV, manifest_csv(self.entries))
            put(archive, MANIFEST_JSON, manifest_json(period, self.entries))
        yield
        # Closing has moved within the file.
        self.target.seek(0, os.SEEK_END)

    def add(self, archive: ZipFile, item: Item) -> None:
        """Put the file in, or say why it is not there."""
        try:
            refuse_personal_data(texts_about(item), what=NAMED)
        except PersonalDataLeaving:
            self.entries.append(left_out(item, NAMED))
            return
        try:
            content = item.read()
        except PersonalDataLeaving as error:
            self.entries.append(left_out(item, without_advice(error.message)))
        except FileNotFoundError:
            self.entries.append(left_out(item, GONE))
        except Exception:
            # One file that cannot be made must not keep the others from the archive.
            logger.exception("left out of the archive package: %s", item.kind.name)
            self.entries.append(left_out(item, FAILED))
        else:
            path = self.names.path_for(item.kind.folder, item.file_name)
            put(archive, path, content)
            self.entries.append(entered(item, path, content))

    def tell(self, archive: ZipFile, path: str, content: bytes) -> None:
        put(archive, path, content)
        self.entries.append(guide_entry(path, content))


def without_advice(message: str) -> str:
    """Why, but not what to do about it in the portal: who reads the package may not have one."""
    reason, advice, _ = message.partition(". Ta bort det i portalen")
    return f"{reason}." if advice else message


def put(archive: ZipFile, path: str, content: bytes) -> None:
    info = ZipInfo(path, FIRST_ZIP_DATE)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    archive.writestr(info, content)


def texts_about(item: Item) -> list[tuple[str, str]]:
    names = ("file_name", "title", "reference_number", "body", "issued_by", "note")
    return [(name, getattr(item, name)) for name in names]


def known_of(item: Item) -> dict:
    """What the manifest says of a file whether it is there or not."""
    shared = {field.name for field in fields(Entry)} & {field.name for field in fields(Item)}
    return {name: getattr(item, name) for name in shared}


def entered(item: Item, path: str, content: bytes) -> Entry:
    return Entry(**known_of(item), path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def left_out(item: Item, reason: str) -> Entry:
    known = {
        name: without_personal_data(value) if isinstance(value, str) else value
        for name, value in known_of(item).items()
    }
    return Entry(**known, left_out_because=reason)
