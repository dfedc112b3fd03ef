"""What tells of the package: read by people (LÄS-MIG.txt, index.html) and by systems (manifest.csv, manifest.json)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string

from documents.swedish_dates import date_range_words
from documents.workbooks import Column, write_csv
from reports.archive.items import Entry, Kind

FORMAT = 1
CSS = "index.css"

COLUMNS = (
    Column("path", "Fil", "text"),
    Column("what", "Vad det är", "text"),
    Column("title", "Rubrik", "text"),
    Column("reference_number", "Diarienummer", "text"),
    Column("day", "Datum", "date"),
    Column("body", "Organ", "text"),
    Column("issued_by", "Utfärdad, justerad eller inlagd av", "text"),
    Column("media_type", "Filtyp", "text"),
    Column("size", "Storlek i byte", "integer"),
    Column("sha256", "Kontrollsumma (SHA-256)", "text"),
    Column("note", "Anmärkning", "text"),
    Column("left_out_because", "Utelämnad därför att", "text"),
)


@dataclass(frozen=True)
class IndexRow:
    """A file in the list that people read."""

    entry: Entry
    href: str
    size: str


def row_of(entry: Entry) -> dict:
    return {
        "path": entry.path,
        "what": entry.kind.what,
        "title": entry.title,
        "reference_number": entry.reference_number,
        "day": entry.day.isoformat() if entry.day else "",
        "body": entry.body,
        "issued_by": entry.issued_by,
        "media_type": entry.media_type,
        "size": entry.size,
        "sha256": entry.sha256,
        "note": entry.note,
        "left_out_because": entry.left_out_because,
    }


def manifest_csv(entries: Sequence[Entry]) -> bytes:
    return write_csv(COLUMNS, [row_of(entry) for entry in entries])


def manifest_json(period, entries: Sequence[Entry]) -> bytes:
    agreement = period.agreement
    contents = {
        "format": FORMAT,
        "made_by": settings.PORTAL_NAME,
        "agreement": {
            "title": agreement.title,
            "reference_number": agreement.reference_number,
            "municipality": str(agreement.municipality),
        },
        "period": {"from": period.starts_on.isoformat(), "to": period.ends_on.isoformat()},
        "files": [row_of(entry) for entry in entries if entry.path],
        "left_out": [row_of(entry) for entry in entries if not entry.path],
    }
    return (json.dumps(contents, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def about(period) -> dict:
    return {
        "agreement": period.agreement,
        "period": date_range_words(period.starts_on, period.ends_on),
        "kinds": [kind for kind in Kind if kind is not Kind.GUIDE],
        "portal_name": settings.PORTAL_NAME,
    }


def read_me(period) -> bytes:
    """As Windows' own editor wants a text: a mark first, and its line ends."""
    text = render_to_string("reports/archive/read_me.txt", about(period))
    return "\r\n".join(text.splitlines()).encode("utf-8-sig") + b"\r\n"


def index_css() -> bytes:
    return (Path(__file__).parent / CSS).read_bytes()


def index_page(period, entries: Sequence[Entry]) -> bytes:
    """The list of everything, to open in a browser: no script, nothing from elsewhere."""
    listed = [entry for entry in entries if entry.path and entry.kind is not Kind.GUIDE]
    groups = [
        (kind, [IndexRow(entry, quote(entry.path), filesizeformat(entry.size)) for entry in of_kind])
        for kind, of_kind in groupby(sorted(listed, key=in_order_of_kind), key=lambda entry: entry.kind)
    ]
    context = about(period) | {
        "groups": groups,
        "left_out": [entry for entry in entries if entry.left_out_because],
        "file_count": len(listed),
        "css": CSS,
    }
    return render_to_string("reports/archive/index.html", context).encode()


def in_order_of_kind(entry: Entry) -> int:
    return list(Kind).index(entry.kind)


def guide_entry(path: str, content: bytes) -> Entry:
    media_types = {"txt": "text/plain", "html": "text/html", "css": "text/css"}
    return Entry(
        kind=Kind.GUIDE,
        title=path,
        media_type=media_types[path.rpartition(".")[2]],
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
