"""Small pieces of Swedish that the report's sentences are put together from."""

import re
from decimal import Decimal

from privacy.small_counts import mask_small_count

# Units that count people: their small numbers are masked like those of participants.
PEOPLE = re.compile(
    r"\b(anhöriga?|avhoppare|barn|besökare|boende|brukare|deltagare|elev(er)?|familj(er)?|flick(a|or)|förälder|föräldrar|"
    r"hushåll|individ(er)?|invånare|klient(er)?|kvinn(a|or)|man|män|person(er)?|pojk(e|ar)|ungdom(ar)?|unga|vux(en|na)|"
    r"vårdnadshavare)\b",
    re.IGNORECASE,
)


def number_in_words(value: Decimal | int | None) -> str:
    """10 for 10.00, 2,5 for 2.50; nothing for no value."""
    if value is None:
        return ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",").replace("-", "−")


def change_in_words(now: int, start: int) -> str:
    """+1, −1 with a real minus, 0."""
    difference = now - start
    if not difference:
        return "0"
    return f"+{difference}" if difference > 0 else f"−{-difference}"


def counts_people(unit: str) -> bool:
    return bool(PEOPLE.search(unit))


def shown_count(count: int, unit: str) -> str:
    """A count as it may leave the portal: masked where the unit is people."""
    return mask_small_count(count) if counts_people(unit) else str(count)


def clipped(text: str, length: int) -> str:
    """The text on one line, cut at a word with an ellipsis where it is longer than so many characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length]
    return f"{(cut.rsplit(' ', 1)[0] if ' ' in cut else cut).rstrip(' ,.;:–')}…"


def sentence_end(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text}."
