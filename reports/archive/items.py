"""What an archive package is made of: each file with what is known of it, and what it became in the package."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

PDF, JSON, CSV = "application/pdf", "application/json", "text/csv"


class Kind(Enum):
    """A kind of file: its folder, what one is, and the heading over several."""

    REPORT = "rapporter", "Utfärdad rapport", "Utfärdade rapporter"
    REPORT_DATA = "rapporter", "Data till utfärdad rapport", "Data till utfärdade rapporter"
    MINUTES = "protokoll", "Justerat protokoll", "Justerade protokoll"
    PLAN = "åtgärdsplaner", "Antagen åtgärdsplan", "Antagna åtgärdsplaner"
    PLAN_DATA = "åtgärdsplaner", "Data till antagen åtgärdsplan", "Data till antagna åtgärdsplaner"
    PICTURE_DOCUMENT = "lägesbilder", "Bilaga till fastställd lägesbild", "Bilagor till fastställda lägesbilder"
    AGREEMENT_DOCUMENT = "överenskommelsen", "Handling till överenskommelsen", "Handlingar till överenskommelsen"
    LOG_ATTACHMENT = "bilagor", "Bilaga till logganteckning", "Bilagor till logganteckningar"
    TABLE = "data", "Tabell ur portalen", "Tabeller ur portalen"
    GUIDE = "", "Vägledning till paketet", "Vägledning till paketet"

    def __init__(self, folder: str, what: str, heading: str):
        self.folder = folder
        self.what = what
        self.heading = heading


@dataclass(frozen=True)
class Item:
    """A file that belongs in the package; `read` gives its bytes, or raises what keeps it out."""

    kind: Kind
    file_name: str
    title: str
    read: Callable[[], bytes]
    media_type: str = PDF
    reference_number: str = ""
    day: datetime.date | None = None
    # The body that decided, met or keeps the document, and the person who issued, approved or entered it.
    body: str = ""
    issued_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """A file as it is in the package; without a path where it was left out, and then why."""

    kind: Kind
    title: str
    media_type: str
    reference_number: str = ""
    day: datetime.date | None = None
    body: str = ""
    issued_by: str = ""
    note: str = ""
    path: str = ""
    sha256: str = ""
    size: int = 0
    left_out_because: str = ""
