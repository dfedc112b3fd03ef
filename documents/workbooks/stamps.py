"""When a workbook was made: kept in the file, out of the way of its tables, and read again when it comes back."""

import re
from datetime import datetime

from documents.office_packages import OfficePackage, UnacceptablePackage

PROPERTY = "Hämtad ur portalen"
_PROPERTIES = "docProps/custom.xml"
_COMMENT = re.compile(rf"\A\ufeff?# {PROPERTY} (\S{{10,40}})")


def yaml_stamp(made_at: datetime) -> bytes:
    """The first line of a YAML file that says when it was made; a comment, which readers pass over."""
    return f"# {PROPERTY} {made_at.isoformat()}\n".encode()


def made_at_of(content: bytes) -> datetime | None:
    """Return when the portal made a workbook, with its time zone; None if the file does not say it. Never raises."""
    try:
        words = _from_package(content) if content.startswith(b"PK") else _from_text(content)
        moment = datetime.fromisoformat(words)
    except (UnacceptablePackage, ValueError):
        return None
    return moment if moment.tzinfo else None


def _from_text(content: bytes) -> str:
    found = _COMMENT.match(content[:200].decode("utf-8", "ignore"))
    return found[1] if found else ""


def _from_package(content: bytes) -> str:
    package = OfficePackage(content)
    if _PROPERTIES not in package:
        return ""
    name, words = "", []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag == "property":
            name = attributes.get("name", "")

    def text(some: str) -> None:
        if name == PROPERTY and len(words) < 10:
            words.append(some)

    package.read(_PROPERTIES, start=start, text=text)
    return "".join(words).strip()
