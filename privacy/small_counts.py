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
# People in running text: the units, compounds as "skolbarn", and what is said every day.
PEOPLE_IN_TEXT = (
    rf"(?:{PEOPLE.pattern}"
    r"|\b\w*(?:barn|elever|familjer|flickor|föräldrar|killar|kvinnor|personer|pojkar|tjejer|ungdomar)\b)"
)
# One to four in figures or words, what may stand between (two adjectives, "av 12"), then people. "En" and "ett" are
# left alone: they are articles as often as numbers.
SMALL_COUNT_OF_PEOPLE = re.compile(
    r"(?P<least>\bminst\s+)?(?<![\d.,/§:])\b(?:[1-4]\s?[-–]\s?)?(?:[1-4]|två|tre|fyra)(?:\s+st(?:ycken)?\b)?"
    r"(?P<between>(?:\s+av\s+(?:de\s+)?\w+)?(?:\s+\w+[ae]){0,2}?)"
    rf"(?P<people>\s+{PEOPLE_IN_TEXT})",
    re.IGNORECASE,
)
ENDS_SENTENCE = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")


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


def mask_small_counts_in_text(text: str) -> str:
    """The text with its counts of one to four people, "3 unga", as "färre än 5 unga": for what anybody may read.

    "Minst 3 unga" becomes "några unga": it does not say that they were fewer than five.
    """

    def masked(found: re.Match) -> str:
        words = "några" if found["least"] else f"färre än {SMALLEST_SHOWN}"
        if ENDS_SENTENCE.search(text[: found.start()]):
            words = words[0].upper() + words[1:]
        return f"{words}{found['between']}{found['people']}"

    return SMALL_COUNT_OF_PEOPLE.sub(masked, text)
