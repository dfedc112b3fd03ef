"""Reports built from the types of `ReportContent` themselves, so that a new field is tried without a word here."""

import datetime
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from agreements.models import Indicator
from reports.content import ReportContent
from reports.frozen import INDICATOR_FIELDS, optional

TEXTS = st.text(max_size=12)
PLAIN = {
    str: TEXTS,
    int: st.integers(min_value=-(2**40), max_value=2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    datetime.date: st.dates(),
    datetime.datetime: st.datetimes(
        min_value=datetime.datetime(1900, 1, 1),
        timezones=st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=2))]),
    ),
}


@cache
def of_type(kind: Any) -> st.SearchStrategy:
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is Indicator:
        return st.builds(Indicator, **{name: of_type(each) for name, each in INDICATOR_FIELDS.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if (inner := optional(kind)) is not None:
        return st.none() | of_type(inner)
    match get_origin(kind), get_args(kind):
        case (t, (item, end)) if t is tuple and end is Ellipsis:
            return st.lists(of_type(item), max_size=2).map(tuple)
        case (t, (key, item)) if t is dict:
            return st.dictionaries(of_type(key), of_type(item), max_size=2)
    assert is_dataclass(kind), kind
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: of_type(hints[each.name]) for each in fields(kind)})


def parts_of(kind: Any) -> set[Any]:
    """Every type that a value of the type can hold."""
    found: set[Any] = set()
    waiting = [kind]
    while waiting:
        each = waiting.pop()
        if each in found or each in (Ellipsis, NoneType) or isinstance(each, str):
            continue
        found.add(each)
        waiting += get_args(each)
        if isinstance(each, type) and is_dataclass(each):
            waiting += get_type_hints(each).values()
    return found


REPORTS = of_type(ReportContent)
