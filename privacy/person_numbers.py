"""Personal and coordination numbers in every written form, with a real date and the right checksum.

Forms differ in century, in the sign before the last four, and in where somebody put spaces. What they share is that
nobody breaks a pair of digits: 85|07|09|98|05. That tells them from telephone numbers (070-625 50 00) and sums
(1 250 000). A date of the last few years with a time or a running number behind it (250312 0830) looks the same one
time in ten; what it is then is for the writer to say, unless a word beside it says that it is a person's.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

# Stamps, invoices and files bear dates of this year and the years before it that people still write about.
RECENT_YEARS = 6
# A day of 60 or more is a coordination number's, 60 itself where nobody knows the day. An organisation number has 20
# or more where the month would be.
_YEAR, _MONTH = r"[0-9]{2}", r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|6[0-9]|[78][0-9]|9[01])"
_LAST_FOUR = r"[0-9]{2}[ ]{0,2}[0-9][ ]?[0-9]"
_CENTURY = r"(?P<century>(?:18|19|20)[ -]{0,2})"
# What stands between in running text, between two cells and on two lines. Below a date stands a year too.
_SIGN = (
    r"(?:(?P<dash>[ ]{0,3}[-+]{1,2}[ \n]{0,3})|[ ]{0,3}|[./:_,]|,[ ]|[ ]?[(\[](?![0-9]{4}:)"
    r"|[ ]{0,3}[,;]?\n[ ]{0,3}(?!(?:19|20)[0-9]{2}(?![0-9])))"
)
_HOUR = r"[0-2][0-9][0-5][0-9]"
# After a date stand hours (250312 1330-1500) and other dates too (2025-01-01 2026-01-01).
_NO_HOURS = rf"(?!{_HOUR}[ ]?-[ ]?{_HOUR}(?![0-9]))"
_END = r"(?![0-9]|-[0-9]{2}-[0-9]{2}(?![0-9]))"

_WRITTEN = re.compile(
    rf"""
    (?=[0-9])(?<![0-9])(?:
        {_CENTURY}?(?P<date>{_YEAR}{_MONTH}{_DAY})
        |
        {_CENTURY.replace("century", "century2")}?
        (?P<date2>{_YEAR}(?P<gap>[ ]?[-./][ ]?){_MONTH}(?P=gap){_DAY})
        |
        (?P<century3>(?:18|19|20)[ ]?)?
        # Two digits at a time is also how people list counts: then there are more of them, before or after.
        (?P<alone>(?<![0-9]{{2}}[ ])(?!0[0-9]{{3}}[ ]))?
        (?P<date3>{_YEAR}[ ]{{0,3}}{_MONTH}[ ]{{0,3}}{_DAY})
    )
    {_SIGN}{_NO_HOURS}{_LAST_FOUR}{_END}
    (?(date3)(?(century3)|(?(dash)|(?(alone)(?![ ][0-9]{{2}}(?![0-9]))|(?!)))))
    """,
    re.VERBOSE,
)
_SPELLED = re.compile(
    r"(?<![0-9])(?<!(?<![0-9])[0-9][ ])(?:[0-9][ .,]){5}(?:(?:[0-9][ .,]){2})?[0-9]"
    r"[ .,]?(?:[-+][ ]?)?(?:[0-9][ .,]){3}[0-9](?![ ]?[0-9])"
)
_DASHED = re.compile(
    rf"(?<![0-9])(?<![0-9]-)(?:(?:18|19|20)-)?{_YEAR}-{_MONTH}-{_DAY}-[0-9]{{2}}-[0-9]{{2}}(?![0-9]|-[0-9])"
)
# A sole trader's VAT number holds the trader's own number; those of companies have no date in it.
_VAT = re.compile(rf"(?<![A-Za-z])SE[ -]?(?P<number>{_YEAR}{_MONTH}{_DAY}[ -]?[0-9]{{4}})[ -]?0[0-9](?![0-9])", re.I)
# Schools and care give numbers with a letter to those who have none: there is no checksum.
_LETTERED = re.compile(
    rf"(?<![\w-])(?P<date>(?:(?:18|19|20)?{_YEAR}{_MONTH}{_DAY})|(?:18|19|20){_YEAR}-{_MONTH}-{_DAY})"
    r"[ ]?[-+]?[ ]?(?:[TRSUWXJKLMN][0-9]{3}|TF[0-9]{2})(?!\w)",
    re.I,
)

_MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, 1)}
# 9 juli 1985, 9/7 1985, 9/7-85, 09.07.1985, 1985/07/09, 850709 and 1985-07-09.
_DATE_IN_WORDS = (
    r"(?<![0-9])(?<![0-9][-/.])(?:"
    r"(?P<d1>[0-3]?[0-9])(?::?e)?[ ](?P<m1>jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,6}\.?"
    r"[ ]?(?P<y1>(?:18|19|20)?[0-9]{2})"
    r"|(?P<d2>[0-3]?[0-9])[ ]?[/.][ ]?(?P<m2>[01]?[0-9])[ ]?[-/., ][ ]?(?P<y2>(?:18|19|20)?[0-9]{2})"
    r"|(?P<y3>(?:18|19|20)?[0-9]{2})(?P<gap3>[-/. ]?)(?P<m3>[01][0-9])(?P=gap3)(?P<d3>[0-9]{2}))(?![0-9])"
)
_LAST_FOUR_APART = r"(?P<four>[0-9](?:[ -]?[0-9]){3})(?![0-9]|:[0-9]|[ ]?-[ ]?[0-9])"
_SAYS_LAST_FOUR = (
    r"(?:fyra[ ]sista|sista[ ]fyra|4[ ]sista|sista[ ]4|slutsiffror(?:na)?|kontrollsiffror(?:na)?|slutar[ ]på)"
)
_TOLD_APART = (
    re.compile(rf"{_DATE_IN_WORDS}[^0-9]{{0,40}}{_SAYS_LAST_FOUR}[^0-9]{{0,20}}{_LAST_FOUR_APART}", re.I),
    re.compile(rf"{_SAYS_LAST_FOUR}[^0-9]{{0,20}}{_LAST_FOUR_APART}[^0-9]{{1,40}}{_DATE_IN_WORDS}", re.I),
    re.compile(
        rf"{_DATE_IN_WORDS.replace('[-/. ]?', '/')}(?:[ ]?[-/,(+][ ]?|[ ]?,?\n[ ]?(?!(?:19|20)[0-9]{{2}}))"
        rf"{_LAST_FOUR_APART}",
        re.I,
    ),
)
_ONLY_LAST_FOUR = re.compile(
    rf"(?:{_SAYS_LAST_FOUR})(?:[ ](?:siffrorna|siffror|i[ ](?:hennes|hans|ditt)?[ ]?personnum\w+))?[^0-9\n]{{0,12}}"
    rf"(?P<number>{_LAST_FOUR_APART})",
    re.I,
)

# Every second digit counts twice, and 18 as 1 + 8.
_DOUBLED = str.maketrans("0123456789", "0246813579")
_NOT_DIGIT = re.compile(r"[^0-9]+")
# Nobody writes these about a time: they make a person's number of what follows soon, or stands right before them.
_IS_A_PERSONS = (
    r"(?:person(?:al)?[ -]?(?:nummer|numret|nr|id)|p\.?-?nr|pers?\.?[ -]?nr|samordnings?(?:nummer|numret|nr)|sam\.?nr"
    r"|födelse\w*|född|fött|födda|f\.|legitimation|leg\.?[ ]?nr|id-?(?:nummer|nr|kort|handling))"
)
_SAYS_BEFORE = re.compile(
    rf"(?<!\w)(?:{_IS_A_PERSONS}[^0-9\n]{{0,25}}"
    r"|(?:elev|barn|patient|pojk|flick|målsägande|misstänkt|personen|brukar|klient)\w*[ ,:(]{1,3})$",
    re.I,
)
_SAYS_AFTER = re.compile(rf"[ ,)(]{{0,3}}(?:\w{{1,4}}[ ])?{_IS_A_PERSONS}(?!\w)", re.I)


@dataclass(frozen=True)
class PersonNumber:
    """A number at its place. It is certain, or else a time or a running number could look like it."""

    start: int
    end: int
    is_coordination_number: bool = False
    is_certain: bool = True


def find_person_numbers(text: str) -> Iterator[PersonNumber]:
    """Find numbers in a text of plain digits, dashes and spaces, the certain forms first."""
    for pattern in (_WRITTEN, _SPELLED, _DASHED):
        place = 0
        while written := pattern.search(text, place):
            digits = _NOT_DIGIT.sub("", written[0])
            if _is_right(digits, past_a_hundred="+" in written[0]):
                place = written.end()
                is_certain = not _could_be_something_else(written[0], digits) or _is_said_to_be_a_persons(
                    text, written.start(), place
                )
                if is_certain or not _could_be_mobile(written[0]):
                    yield PersonNumber(written.start(), place, _is_coordination_number(digits), is_certain)
            else:
                # What looked like a century may have been a number before it.
                place = written.start() + 1
    yield from _find_in_vat_numbers(text)
    yield from _find_lettered(text)
    yield from _find_told_apart(text)


def _find_in_vat_numbers(text: str) -> Iterator[PersonNumber]:
    for written in _VAT.finditer(text):
        if _is_right(_NOT_DIGIT.sub("", written["number"]), past_a_hundred=False):
            yield PersonNumber(*written.span())


def _find_lettered(text: str) -> Iterator[PersonNumber]:
    for written in _LETTERED.finditer(text):
        digits = _NOT_DIGIT.sub("", written["date"])
        if _born_on(f"{digits}0000", past_a_hundred=False):
            is_certain = not _is_recent(f"{digits}0000") or _is_said_to_be_a_persons(text, *written.span())
            yield PersonNumber(*written.span(), is_certain=is_certain)


def _find_told_apart(text: str) -> Iterator[PersonNumber]:
    """Find a date of birth and, in other words or in another place, the last four."""
    lowered = text.lower()
    says = any(word in lowered for word in ("sista", "siffror", "slutar på"))
    for pattern in _TOLD_APART if says else _TOLD_APART[2:]:
        for written in pattern.finditer(text):
            if digits := _digits_of(written):
                is_said = pattern is not _TOLD_APART[2] or _is_said_to_be_a_persons(text, *written.span())
                yield PersonNumber(*written.span(), _is_coordination_number(digits), is_said or not _is_recent(digits))
    if says:
        for written in _ONLY_LAST_FOUR.finditer(text):
            yield PersonNumber(*written.span(), is_certain=False)


def _digits_of(written: re.Match) -> str | None:
    """The number that a date in words and four digits make together, when it is one."""
    form = "1" if written["y1"] else "2" if written["y2"] else "3"
    month = written[f"m{form}"]
    month = _MONTH_NUMBER[month.lower()] if form == "1" else int(month)
    digits = f"{written[f'y{form}']}{month:02}{int(written[f'd{form}']):02}{_NOT_DIGIT.sub('', written['four'])}"
    return digits if month and _is_right(digits, past_a_hundred=False) else None


def _is_right(digits: str, *, past_a_hundred: bool) -> bool:
    """Whether ten or twelve digits have the right checksum and a date that has been."""
    if sum(map(int, digits[-10::2].translate(_DOUBLED) + digits[-9::2])) % 10 or digits[-4:-1] == "000":
        return False
    return _born_on(digits, past_a_hundred=past_a_hundred) is not None


def _born_on(digits: str, *, past_a_hundred: bool) -> datetime.date | None:
    """The date in ten or twelve digits; None when it never was."""
    century = int(digits[:-10] or (19 if past_a_hundred else 20))
    try:
        born_on = datetime.date(century * 100 + int(digits[-10:-8]), int(digits[-8:-6]), _day(digits))
    except ValueError:
        return None
    # Without a century, a date to come was a hundred years ago.
    return born_on if len(digits) == 10 or born_on <= timezone.localdate() else None


def _day(digits: str) -> int:
    """The day of birth; in a coordination number it has got 60 more, and only that where nobody knows it (then 1)."""
    day = int(digits[-6:-4])
    return max(1, day - 60) if day >= 60 else day


def _is_coordination_number(digits: str) -> bool:
    return int(digits[-6:-4]) >= 60


def _could_be_something_else(written: str, digits: str) -> bool:
    """Whether a stamp (250312 0830), a running number (20250312-0001) or a mobile number (0701234567) looks so."""
    if _could_be_mobile(written):
        return True
    last_four = digits[-4:]
    is_time = last_four[:2] < "24" and last_four[2:] < "60"
    return _is_recent(digits) and not _is_coordination_number(digits) and (is_time or last_four[0] == "0")


def _could_be_mobile(written: str) -> bool:
    """Ten digits in one run are also the telephone numbers of those who are born in 2007."""
    return len(written) == 10 and written.isdecimal() and written.startswith("070")


def _is_recent(digits: str) -> bool:
    """Whether the date is of the last few years, in the first century that comes to mind."""
    this_year = timezone.localdate().year
    year = int(digits[-12:-8]) if len(digits) == 12 else 2000 + int(digits[-10:-8])
    return this_year - RECENT_YEARS <= year <= this_year


def _is_said_to_be_a_persons(text: str, start: int, end: int) -> bool:
    return bool(_SAYS_BEFORE.search(text[max(0, start - 45) : start]) or _SAYS_AFTER.match(text[end : end + 40]))
