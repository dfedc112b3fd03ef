"""Numbers as they are written in Swedish: 1 724,5. A point is refused, for it means thousands to some."""

import re
from decimal import Decimal

from django.utils.formats import number_format

MAX_WHOLE_DIGITS = 9

# Thousands are parted by a space of some sort, and then each part has three digits.
_SPACES = re.compile("(?<=[0-9])[ \u00a0\u202f\u2009\u2007\u2008'’](?=[0-9]{3}(?![0-9]))")
_MINUS = str.maketrans("−–‐‑", "----")
_NUMBER = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")
_WITH_POINT = re.compile(r"[+-]?[0-9][0-9., ]*\.[0-9., ]*|[+-]?\.[0-9]+")


class BadNumber(Exception):
    """The text is no number as Swedish writes it; the message says why."""


def decimals_of(value: Decimal) -> int:
    """How many decimals a value needs: 2.50 needs one."""
    return max(0, -value.normalize().as_tuple().exponent)


def number_words(value: Decimal | int | None, decimals: int | None = None) -> str:
    """Return a number as it is written in Swedish, 1 724,5; with all the decimals it needs unless told how many."""
    if value is None:
        return ""
    decimals = decimals_of(Decimal(value)) if decimals is None else decimals
    return number_format(value, decimals, use_l10n=True, force_grouping=True).replace("-", "−")


def amount_words(amount: Decimal | int | None) -> str:
    """Return an amount of money as it is written in Swedish, 87 500,50; with öre only where there are any."""
    return "" if amount is None else number_words(amount, 2 if amount % 1 else 0)


def plain_digits(text: str) -> str:
    """Return a number as typed or pasted without spaces between thousands, and with an ordinary minus sign."""
    plain = _SPACES.sub("", text.strip()).translate(_MINUS)
    return re.sub(r"^([+-])\s+(?=[0-9])", r"\1", plain)


def parse_number(text: str, *, decimals: int) -> Decimal:
    """Return the number that a text writes, with at most so many decimals.

    Raises:
        BadNumber: it is none, has a percent sign or a decimal point, or is too long.
    """
    plain = plain_digits(text)
    shown = f"”{' '.join(text.split())[:40]}”"
    if "%" in plain:
        raise BadNumber(f"Skriv talet utan procenttecken, inte {shown}.")
    if _WITH_POINT.fullmatch(plain):
        raise BadNumber(f"Skriv decimaler med komma, inte med punkt: {shown}.")
    if not _NUMBER.fullmatch(plain):
        raise BadNumber(f"Ska vara ett tal, inte {shown}.")
    whole, _, part = plain.lstrip("+-").partition(",")
    if len(whole.lstrip("0")) > MAX_WHOLE_DIGITS:
        raise BadNumber(f"Talet är för stort, högst {MAX_WHOLE_DIGITS} siffror före decimalkommat: {shown}.")
    if len(part.rstrip("0")) > decimals:
        raise BadNumber(f"Högst {decimals} decimaler ryms: {shown}.")
    return Decimal(plain.replace(",", ".")).quantize(Decimal(1).scaleb(-decimals))
