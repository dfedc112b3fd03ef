"""Kolada's key figures: the answer of its API as a person downloads it, and the live address.

Kolada (kolada.se, RKA) publishes figures of all municipalities, free to use where it is named as the source. Both its
present version (3) and the one before answer in the same form; only the link to the next page has changed its name.
"""

import csv
import http.client
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from agreements.models import IndicatorValue
from documents.written_text import comparison_key

HOST = "https://api.kolada.se"
SOURCE = "Kolada"
COUNTRY = "0000"
KPI = re.compile(r"[NU][0-9]{5}")
CODE = re.compile(r"[0-9]{4}")
SEXES = {"T": IndicatorValue.Sex.ALL, "K": IndicatorValue.Sex.WOMEN, "M": IndicatorValue.Sex.MEN}

MAX_ANSWER_BYTES = 2 * 1024 * 1024
MAX_PAGES = 10
TIMEOUT_SECONDS = 20
MOST_FAULTS = 100

_CODES = Path(__file__).parent / "data" / "kommuner.csv"
_REGION = re.compile(r"00[0-9]{2}")
# Kolada's codes of the regions: the county's, after two zeros.
_REGIONS = {
    "0001": "Region Stockholm",
    "0003": "Region Uppsala",
    "0004": "Region Sörmland",
    "0005": "Region Östergötland",
    "0006": "Region Jönköpings län",
    "0007": "Region Kronoberg",
    "0008": "Region Kalmar län",
    "0009": "Region Gotland",
    "0010": "Region Blekinge",
    "0012": "Region Skåne",
    "0013": "Region Halland",
    "0014": "Västra Götalandsregionen",
    "0017": "Region Värmland",
    "0018": "Region Örebro län",
    "0019": "Region Västmanland",
    "0020": "Region Dalarna",
    "0021": "Region Gävleborg",
    "0022": "Region Västernorrland",
    "0023": "Region Jämtland Härjedalen",
    "0024": "Region Västerbotten",
    "0025": "Region Norrbotten",
}
# The present version's links to other pages, and the former one's.
_NEXT_PAGE, _EARLIER_PAGE = ("next_url", "next_page"), ("previous_url", "previous_page")
_ENDINGS = ("", " kommun", "s kommun", " stad", "s stad")


class NotKolada(Exception):
    """The file is no answer of Kolada's; the message says why, in Swedish."""


class Unreachable(Exception):
    """Kolada could not be asked; the message says why, in Swedish."""


@dataclass(frozen=True)
class KoladaValue:
    """One number of one key figure; `value` is None where it is missing or kept secret."""

    place: str  # where in the answer it stands, in words
    kpi: str
    municipality: str
    year: int
    sex: str
    value: Decimal | None


# --- Municipalities ---


@cache
def municipalities() -> dict[str, str]:
    """The official codes of Sweden's 290 municipalities, with their names (SCB)."""
    with _CODES.open(encoding="utf-8", newline="") as file:
        return {row["kod"]: row["kommun"] for row in csv.DictReader(file, delimiter=";")}


def code_of(name: str) -> str | None:
    """The code of the municipality that is called so: Burlöv, Burlövs kommun, Malmö stad."""
    wanted = comparison_key(name)
    for code, place in municipalities().items():
        if wanted in (comparison_key(place) + ending for ending in _ENDINGS):
            return code
    return None


def place_name(code: str) -> str:
    """What a value with that code is compared with: Riket, Lomma; what has no name keeps its code."""
    if code == COUNTRY:
        return "Riket"
    if code in municipalities():
        return municipalities()[code]
    if code in _REGIONS:
        return _REGIONS[code]
    if _REGION.fullmatch(code):
        return f"Region med kod {code}"
    return f"Kommun med kod {code}" if CODE.fullmatch(code) else f"Grupp {code} i Kolada"


# --- The answer ---


def parse_answer(content: bytes) -> tuple[list[KoladaValue], list[str]]:
    """Return the values of an answer and what is wrong in it, place by place.

    Raises:
        NotKolada: it is no such answer at all.
    """
    posts = _posts_of(content)
    values, faults = [], []
    for number, post in enumerate(posts, start=1):
        try:
            values += _values_of(post, f"Post {number}")
        except NotKolada as error:
            faults.append(str(error))
            if len(faults) >= MOST_FAULTS:
                faults.append(f"Filen har minst {MOST_FAULTS} fel. Resten visas inte.")
                break
    return values, faults


def _posts_of(content: bytes) -> list:
    if len(content) > MAX_ANSWER_BYTES:
        raise NotKolada(f"Filen är för stor, högst {MAX_ANSWER_BYTES // 1024**2} MB.")
    try:
        answer = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError):
        raise NotKolada("Filen är inte giltig JSON.") from None
    posts = answer.get("values") if isinstance(answer, dict) else None
    if not isinstance(posts, list):
        raise NotKolada("Filen är inget svar från Kolada: listan ”values” saknas.")
    if any(answer.get(name) for name in (*_NEXT_PAGE, *_EARLIER_PAGE)):
        raise NotKolada(
            "Svaret har fler sidor, och filen har bara en av dem. Lägg till ?per_page=5000 sist i adressen, eller "
            "fråga efter färre kommuner, och spara svaret på nytt."
        )
    if not posts:
        raise NotKolada("Svaret från Kolada är tomt. Kontrollera nyckeltal och kommun.")
    return posts


def _refuse_constant(name: str):
    raise ValueError(name)


def _values_of(post: Any, place: str) -> list[KoladaValue]:
    if not isinstance(post, dict):
        raise NotKolada(f"{place}: ska ha nyckeltal, kommun, år och värden.")
    kpi, code, period = post.get("kpi"), post.get("municipality"), post.get("period")
    if not isinstance(kpi, str) or not KPI.fullmatch(kpi):
        raise NotKolada(f"{place}: nyckeltalet ska vara som N07403, inte {_shown(kpi)}.")
    if not isinstance(code, str) or not re.fullmatch(r"[A-Za-z0-9]{1,12}", code):
        raise NotKolada(f"{place}: kommunen ska vara en kod som 1231, inte {_shown(code)}.")
    if isinstance(period, bool) or not re.fullmatch(r"[0-9]{4}", str(period)):
        raise NotKolada(f"{place}: året ska ha fyra siffror, inte {_shown(period)}.")
    rows = post.get("values")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) > len(SEXES):
        raise NotKolada(f"{place}: ska ha högst ett värde för vardera totalt, kvinnor och män.")
    place = f"{place} ({kpi}, {code}, {period})"
    return [KoladaValue(place, kpi, code, int(period), *_value_of(row, place)) for row in rows]


def _value_of(row: dict, place: str) -> tuple[str, Decimal | None]:
    sex, value = row.get("gender"), row.get("value")
    if not isinstance(sex, str) or sex not in SEXES:
        raise NotKolada(f"{place}: kön ska vara T, K eller M, inte {_shown(sex)}.")
    if value is None or row.get("isdeleted") is True:
        return SEXES[sex], None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NotKolada(f"{place}: värdet ska vara ett tal, inte {_shown(value)}.")
    if not -(10**9) < value < 10**9:
        raise NotKolada(f"{place}: värdet är för stort, {_shown(value)}.")
    return SEXES[sex], Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _shown(value: Any) -> str:
    """What stands in the file, shortened; half a character, which JSON can hold and a page cannot, becomes "?"."""
    return f"”{str(value)[:40].encode(errors='replace').decode()}”"


# --- The live address: for the command, never for a page ---


def fetch(kpi: str, codes: list[str]) -> bytes:
    """Ask Kolada for all years of a key figure in these municipalities; return one answer with all its pages.

    Raises:
        Unreachable: with the reason.
    """
    url: str | None = f"{HOST}/v3/data/kpi/{kpi}/municipality/{','.join(codes)}"
    posts: list = []
    for _ in range(MAX_PAGES):
        answer = _get(url)
        posts += answer.get("values") or []
        url = next((answer[name] for name in _NEXT_PAGE if answer.get(name)), None)
        if not url:
            return json.dumps({"values": posts}, default=str).encode()
        if not isinstance(url, str) or not url.startswith(f"{HOST}/"):
            raise Unreachable("Koladas svar hänvisar till en annan adress.")
    raise Unreachable(f"Svaret har fler än {MAX_PAGES} sidor. Fråga efter färre kommuner.")


class _SameHostOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, url):
        if not url.startswith(f"{HOST}/"):
            file.close()
            raise Unreachable("Kolada hänvisar till en annan adress.")
        return super().redirect_request(request, file, code, message, headers, url)


def _get(url: str) -> dict:
    request = urllib.request.Request(url, headers={"Accept": "application/json", "User-Agent": "burlov-trygghet"})
    try:
        with urllib.request.build_opener(_SameHostOnly).open(request, timeout=TIMEOUT_SECONDS) as response:
            content = response.read(MAX_ANSWER_BYTES + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise Unreachable(f"Kolada svarade med felet {error.code}.") from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreachable(f"Kolada ({HOST}) går inte att nå härifrån: {reason}.") from None
    if len(content) > MAX_ANSWER_BYTES:
        raise Unreachable("Koladas svar är för stort. Fråga efter färre kommuner.")
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Unreachable("Kolada svarade med något annat än JSON.")
    return answer
