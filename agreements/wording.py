"""What an agreement's page says about where the agreement is in its life."""

import datetime
import re
from dataclasses import dataclass

from agreements.models import Agreement
from documents.swedish_dates import date_range_words, date_words, relative_words

LONG_WORDS = re.compile(r"(?<=\w)(?:överenskommelse|förvaltning|nämnd|område)")


@dataclass(frozen=True)
class StateWords:
    """The line under the heading: what matters most, and the rest of it."""

    headline: str
    rest: str


def state_words(agreement: Agreement, *, on: datetime.date) -> StateWords:
    """Say in words whether the agreement is a draft, coming, in force, over or closed on that day."""
    period = date_range_words(agreement.starts_on, agreement.ends_on)
    if agreement.is_draft:
        planned = f"Tänkt period är {period}. " if period else "Perioden är inte bestämd än. "
        return StateWords("Utkast.", f"{planned}Texten kan ändras tills överenskommelsen fastställs.")
    if agreement.is_closed:
        was = f"Perioden var {period}. " if period else ""
        return StateWords("Avslutad.", f"{was}Överenskommelsen kan läsas men inte ändras.")
    stands = f"Perioden är {period}." if period else "Perioden är inte angiven."
    return StateWords(_adopted_words(agreement, on), stands)


def _adopted_words(agreement: Agreement, on: datetime.date) -> str:
    if agreement.starts_on and agreement.starts_on > on:
        return f"Börjar gälla {relative_words(agreement.starts_on, on)}."
    days = agreement.days_left(on=on)
    if days is None:
        return "Gäller tills vidare."
    if days < 0:
        return f"Gick ut {date_words(agreement.ends_on)}, {relative_words(agreement.ends_on, on)}."
    if days == 0:
        return "Gäller till och med i dag."
    return f"Gäller i {days} {'dag' if days == 1 else 'dagar'} till."


def breakable(heading: str) -> str:
    """The heading with soft hyphens in the long words of the trade, so that it breaks well on a phone."""
    return LONG_WORDS.sub("\u00ad\\g<0>", heading)
