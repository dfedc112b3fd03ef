"""Counts of people below five are not shown in what leaves the portal."""

import re

SMALLEST_SHOWN = 5
# Units that count people: their small numbers are masked like those of participants.
PEOPLE = re.compile(
    r"\b(anhöriga?|avhoppare|barn|besökare|boende|brukare|deltagare|elev(er)?|familj(er)?|flick(a|or)|förälder|föräldrar|"
    r"hushåll|individ(er)?|invånare|klient(er)?|kvinn(a|or)|man|män|person(er)?|pojk(e|ar)|ungdom(ar)?|unga|vux(en|na)|"
    r"vårdnadshavare)\b",
    re.IGNORECASE,
)


def mask_small_count(count: int | None) -> str:
    """Return a count of people as it may be shown outside the portal.

    Zero says nothing about anyone and is shown as it is; a missing count gives an empty string.

    Raises:
        ValueError: if the count is negative.
    """
    if count is None:
        return ""
    if count < 0:
        raise ValueError(f"A count of people cannot be negative: {count}")
    if 0 < count < SMALLEST_SHOWN:
        return f"färre än {SMALLEST_SHOWN}"
    return str(count)


def counts_people(unit: str) -> bool:
    return bool(PEOPLE.search(unit))


def shown_count(count: int, unit: str) -> str:
    """A count as it may leave the portal: masked where the unit is people."""
    return mask_small_count(count) if counts_people(unit) else str(count)
