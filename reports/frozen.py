"""What a report says as text to keep and back again: canonical JSON, the same bytes for the same content.

Types are read from the dataclasses themselves. A field that is added later with a default is missing in older texts and
gets its default; one that has gone is passed over. What cannot be read so any more gets a new `FORMAT` and a function
in `UPGRADES` (docs/adr/0023). A text that has been written is never rewritten: its checksum is of its very bytes.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from agreements.models import Indicator
from privacy.leaving import refuse_personal_data
from reports.content.facts import Facts
from reports.content.report import ReportContent

FORMAT = 1
# From each earlier format to the one after it: a function from the parsed report to the parsed report.
UPGRADES: dict[int, Callable[[dict], dict]] = {}

# What a chart says of its indicator; the rest of the row is not the report's.
INDICATOR_FIELDS = {
    "id": int,
    "name": str,
    "source": str,
    "unit": str,
    "scale_lowest": Decimal | None,
    "scale_highest": Decimal | None,
    "lower_is_better": bool,
}
# What a part of the data is called by those who read of it.
NAMES = ("title", "heading", "statement", "activity", "what")
# JSON has these itself.
PLAIN = (str, int, float, bool, NoneType)


class UnknownFormat(ValueError):
    """The text is not a report's frozen data in a format that is known here."""


def to_json(content: ReportContent) -> str:
    """Return the report as canonical JSON: sorted keys, no spaces, every letter as itself."""
    return written({"format": FORMAT, "report": encoder(ReportContent)(content)})


def from_json(text: str) -> ReportContent:
    """Return the report that was written.

    Raises:
        UnknownFormat: it is not such a text, or of a format that is not known.
    """
    return read(text, ReportContent, lambda report: report)


def facts_from_json(text: str) -> Facts | None:
    """Return only what the report knew for the next one, which is quicker than all of it; None where it says nothing.

    Raises:
        UnknownFormat: it is not such a text, or of a format that is not known.
    """
    return read(text, Facts | None, lambda report: report.get("facts"))


def refuse_personal_data_in_data(text: str) -> None:
    """Read every text of frozen data before it leaves the portal: some of them are not printed.

    Raises:
        PersonalDataLeaving: there is a personal or coordination number in it.
    """
    refuse_personal_data(texts_of(json.loads(text)), what="Dokumentet")


def texts_of(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text, with the nearest name of what it belongs to."""
    match value:
        case str():
            yield place, value
        case list():
            for item in value:
                yield from texts_of(item, place)
        case dict():
            names = (value[key] for key in NAMES if isinstance(value.get(key), str) and value[key])
            nearest = next(names, place)
            for item in value.values():
                yield from texts_of(item, nearest)


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read(text: str, kind: Any, part: Callable[[dict], Any]) -> Any:
    try:
        envelope = json.loads(text)
        found, report = envelope["format"], envelope["report"]
    except (ValueError, TypeError, KeyError) as error:
        raise UnknownFormat("Det här är inte data av en rapport.") from error
    if not isinstance(found, int) or not (found == FORMAT or found in UPGRADES):
        raise UnknownFormat(f"Rapportens data har ett format som inte är känt: {found}.")
    while found != FORMAT:
        report = UPGRADES[found](report)
        found += 1
    try:
        return decoder(kind)(part(report))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise UnknownFormat(f"Rapportens data går inte att läsa: {error!r}.") from error


# --- Types: each gives a function, made once ---


@cache
def encoder(kind: Any) -> Callable[[Any], Any]:
    """How a value of the type is written.

    Raises:
        TypeError: a type that has no form here; give it one rather than let it be guessed.
    """
    if kind in PLAIN or get_origin(kind) is Literal:
        return lambda value: value
    if kind is Decimal:
        return str
    if kind is datetime.datetime:
        return moment_written
    if kind is datetime.date:
        return datetime.date.isoformat
    if kind is Indicator:
        return lambda value: {name: encoder(each)(getattr(value, name)) for name, each in INDICATOR_FIELDS.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value.name
    if (inner := optional(kind)) is not None:
        write = encoder(inner)
        return lambda value: None if value is None else write(value)
    match get_origin(kind), get_args(kind):
        case (t, (item, end)) if t is tuple and end is Ellipsis:
            write = encoder(item)
            return lambda value: [write(each) for each in value]
        case (t, (key, item)) if t is dict:
            write_key, write = key_written(key), encoder(item)
            return lambda value: {write_key(name): write(each) for name, each in value.items()}
    if is_dataclass(kind):
        return dataclass_encoder(kind)
    raise TypeError(f"{kind} has no form in frozen data")


def dataclass_encoder(kind: type) -> Callable[[Any], dict]:
    hints = get_type_hints(kind)
    # Asked for when it is used, for a type may hold itself.
    names = [each.name for each in fields(kind)]
    return lambda value: {name: encoder(hints[name])(getattr(value, name)) for name in names}


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """How a value of the type is read: the reverse of `encoder`."""
    if kind in PLAIN or get_origin(kind) is Literal:
        return lambda value: value
    if kind is Decimal:
        return Decimal
    if kind is datetime.datetime:
        return datetime.datetime.fromisoformat
    if kind is datetime.date:
        return datetime.date.fromisoformat
    if kind is Indicator:
        return lambda value: Indicator(
            **{name: decoder(each)(value[name]) for name, each in INDICATOR_FIELDS.items() if name in value}
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: kind[value]
    if (inner := optional(kind)) is not None:
        construct = decoder(inner)
        return lambda value: None if value is None else construct(value)
    match get_origin(kind), get_args(kind):
        case (t, (item, end)) if t is tuple and end is Ellipsis:
            construct = decoder(item)
            return lambda value: tuple([construct(each) for each in value])
        case (t, (key, item)) if t is dict:
            construct = decoder(item)
            return lambda value: {key(name): construct(each) for name, each in value.items()}
    if is_dataclass(kind):
        return dataclass_decoder(kind)
    raise TypeError(f"{kind} has no form in frozen data")


def dataclass_decoder(kind: type) -> Callable[[dict], Any]:
    """What is missing gets its default, and raises KeyError where it has none."""
    hints = get_type_hints(kind)
    required = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    names = [each.name for each in fields(kind)]

    def construct(value: dict) -> Any:
        return kind(**{name: decoder(hints[name])(value[name]) for name in names if name in value or name in required})

    return construct


def optional(kind: Any) -> Any:
    """The type that a value has where it is not None; None where the type is no such union."""
    if get_origin(kind) not in (Union, UnionType):
        return None
    inner = [each for each in get_args(kind) if each is not NoneType]
    return inner[0] if len(inner) == 1 and len(get_args(kind)) == 2 else None


def key_written(kind: type) -> Callable[[Any], str]:
    if kind not in (str, int):
        raise TypeError(f"{kind} cannot be a key in frozen data")
    return str


def moment_written(moment: datetime.datetime) -> str:
    """In universal time: the same moment is written the same whatever zone it was said in."""
    if moment.tzinfo is None:
        raise TypeError("A moment without its zone cannot be frozen")
    return moment.astimezone(datetime.UTC).isoformat()
