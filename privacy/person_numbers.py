"""Personal and coordination numbers in every written form, with a real date and the right checksum.

Forms differ in century, in the sign before the last four, and in where somebody put spaces. What they share is that
nobody breaks a pair of digits: 85|07|09|98|05. That tells them from telephone numbers (070-625 50 00) and sums
(1 250 000).
"""

import datetime
import re
from collections.abc import Iterator

from django.utils import timezone

# A day above 60 is a coordination number's. An organisation number has 20 or more where the month would be.
_YEAR, _MONTH = r"[0-9]{2}", r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_LAST_FOUR = r"[0-9]{2}[ ]{0,2}[0-9][ ]?[0-9]"
_CENTURY = r"(?P<century>(?:18|19|20)[ -]{0,2})"
# A line may end at a dash, but not anywhere else: tables have a date above a year.
_SIGN = r"(?:(?P<dash>[ ]{0,3}[-+]{1,2}[ \n]{0,3})|[ ]{0,3}|[./:_])"
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
    r"(?<![0-9])(?<!(?<![0-9])[0-9][ ])(?:[0-9][ ]){5}(?:(?:[0-9][ ]){2})?[0-9]"
    r"[ ]?(?:[-+][ ]?)?(?:[0-9][ ]){3}[0-9](?![ ]?[0-9])"
)
_DASHED = re.compile(
    rf"(?<![0-9])(?<![0-9]-)(?:(?:18|19|20)-)?{_YEAR}-{_MONTH}-{_DAY}-[0-9]{{2}}-[0-9]{{2}}(?![0-9]|-[0-9])"
)
# Every second digit counts twice, and 18 as 1 + 8.
_DOUBLED = str.maketrans("0123456789", "0246813579")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_TELEPHONE_WORD = re.compile(
    r"(?:tel|telefon|telefonnummer|mobil|mobilnummer|mobilnr|ring|sms|sms:a)[ .:]{0,3}(?:på )?$", re.I
)


def find_person_numbers(text: str) -> Iterator[tuple[int, int, bool]]:
    """Find start, end and whether it is a coordination number, in a text of plain digits, dashes and spaces."""
    for pattern in (_WRITTEN, _SPELLED, _DASHED):
        place = 0
        while written := pattern.search(text, place):
            digits = _NOT_DIGIT.sub("", written[0])
            if _is_right(digits, past_a_hundred="+" in written[0]) and not _is_telephone(text, written):
                place = written.end()
                yield written.start(), place, _day(digits) != int(digits[-6:-4])
            else:
                # What looked like a century may have been a number before it.
                place = written.start() + 1


def _is_right(digits: str, *, past_a_hundred: bool) -> bool:
    """Whether ten or twelve digits have the right checksum and a date that has been."""
    if sum(map(int, digits[-10::2].translate(_DOUBLED) + digits[-9::2])) % 10 or digits[-4:-1] == "000":
        return False
    century = int(digits[:-10] or (19 if past_a_hundred else 20))
    try:
        born_on = datetime.date(century * 100 + int(digits[-10:-8]), int(digits[-8:-6]), _day(digits))
    except ValueError:
        return False
    # Without a century, a date to come was a hundred years ago.
    return len(digits) == 10 or born_on <= timezone.localdate()


def _day(digits: str) -> int:
    """The day of birth; in a coordination number it has got 60 more."""
    day = int(digits[-6:-4])
    return day - 60 if day > 60 else day


def _is_telephone(text: str, written: re.Match) -> bool:
    """Ten digits in one run can be both, for those who are born in 2007: the word before them decides."""
    if not written[0].startswith("070") or not written[0].isdecimal():
        return False
    return _TELEPHONE_WORD.search(text[max(0, written.start() - 25) : written.start()]) is not None
