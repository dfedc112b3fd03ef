"""Counts of people below five are not shown in what leaves the portal."""

import re
from typing import NamedTuple

from privacy.plain_text import PlainText

SMALLEST_SHOWN = 5
# Units that count people: their small numbers are masked like those of participants.
PEOPLE = re.compile(
    r"\b(anhöriga?|avhoppare|barn|besökare|boende|brukare|deltagare|elev(er)?|familj(er)?|flick(a|or)|förälder|föräldrar|"
    r"hushåll|individ(er)?|invånare|klient(er)?|kvinn(a|or)|man|män|person(er)?|pojk(e|ar)|ungdom(ar)?|unga|vux(en|na)|"
    r"vårdnadshavare)\b",
    re.IGNORECASE,
)
# What people are called in running text, in one and in several, and at the end of compounds such as "skolbarn". Where
# there is only one form the plural is the same. Those who work with them are not counted here.
_PLURALS = {
    **{
        one: one
        for one in ["barn", "deltagare", "besökare", "boende", "brukare", "hushåll", "invånare", "syskon", "sökande"]
    },
    **{one: one for one in ["anmälare", "brottsoffer", "offer", "missbrukare", "målsägande", "vittne"]},
    **{one: f"{one}er" for one in ["elev", "familj", "individ", "klient", "person", "student", "patient", "kamrat"]},
    **{one: f"{one}ar" for one in ["ungdom", "granne", "kille", "pojke", "åring", "medlem", "syster"]},
    **{"granne": "grannar", "kille": "killar", "pojke": "pojkar", "medlem": "medlemmar", "syster": "systrar"},
    **{"flicka": "flickor", "kvinna": "kvinnor", "människa": "människor", "mamma": "mammor", "pappa": "pappor"},
    **{"man": "män", "tjej": "tjejer", "förälder": "föräldrar", "vuxen": "vuxna", "ung": "unga", "vittne": "vittnen"},
    **{
        "hemlös": "hemlösa",
        "placerad": "placerade",
        "gripen": "gripna",
        "dömd": "dömda",
        "kid": "kids",
        "pers": "pers",
    },
    **{"ensamkommande": "ensamkommande", "grabb": "grabbar", "tvilling": "tvillingar", "kusin": "kusiner"},
    **{"anhörig": "anhöriga", "misstänkt": "misstänkta", "utsatt": "utsatta", "senior": "seniorer", "son": "söner"},
    **{
        "dotter": "döttrar",
        "bror": "bröder",
        "avhoppare": "avhoppare",
        "vårdnadshavare": "vårdnadshavare",
        "hyresgäst": "hyresgäster",
        "par": "par",
    },
    **{"pensionär": "pensionärer", "nyanländ": "nyanlända", "drabbad": "drabbade", "skadad": "skadade"},
    **{
        "gärningsman": "gärningsmän",
        "gymnasist": "gymnasister",
        "tonåring": "tonåringar",
        "flykting": "flyktingar",
        "äldre": "äldre",
    },
}
# A word that ends so is no person: "talesman", "samband". Only those that are people in any compound.
_IN_COMPOUNDS = [
    "barn",
    "elever",
    "familjer",
    "flickor",
    "föräldrar",
    "killar",
    "kvinnor",
    "personer",
    "pojkar",
    "tjejer",
    "ungdomar",
    "åringar",
    "åring",
    "medlemmar",
    "familj",
    "elev",
    "ungdom",
    "person",
    "brottsoffer",
    "kamrater",
    "hushåll",
    "studenter",
]


def _any_of(words) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_ONE = _any_of(_PLURALS)
# With "3 ungdomars" and "av ungdomarna" too, and not "3 barn- och ungdomsgårdar" or "3 barn/elevråd".
_PEOPLE = (
    rf"(?:(?P<{{0}}>{_ONE})|(?:{_any_of(_PLURALS.values())})s?|(?:\d{{{{1,2}}}}-|\w+)(?:{_any_of(_IN_COMPOUNDS)})s?"
    rf"|\w*(?:{_any_of(_PLURALS.values())})(?:na|en|a|n)s?)(?![\w-])"
    rf"(?!\s(?:{_ONE})\b)"
)
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "två": 2, "tre": 3, "fyra": 4, "tvenne": 2}
_LARGER = {"fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12}
_SMALL = _any_of(_NUMBERS)
_NUMBER = rf"(?:{_SMALL}|{_any_of(_LARGER)}|[1-9]\d{{0,3}})"
_PIECES = r"(?:\s?st(?:ycken|yck|\.|\b))?"
_ADJECTIVES = r"(?:\s+(?!(?:gamla|meter|ggr)\b)(?:(?:\d{1,2}-)?[^\W\d_]+[ae]|f\.\s?d\.)){0,2}?"
_BRACKETED = rf"(?:\s?[(\[](?:{_NUMBER}|en|ett)[)\]])?"
_COUNT_OF_PEOPLE = re.compile(
    rf"""
    (?<![\d.,/§:+-])(?<!\w)
    (?:(?P<least>minst|åtminstone|fler[ ]än|mer[ ]än|över)\s+
      |(?:högst|max|maximalt|som[ ]mest|färre[ ]än|mindre[ ]än|under|upp[ ]till|ca\.?|cirka|c:a|ungefär
         |omkring|runt|drygt|knappt|uppemot|närmare|uppåt|inte[ ]fler[ ]än
         |nästan|precis|exakt|bara|endast|enbart|totalt|sammanlagt)\s+(?:sett\s+)?
      |(?P<these>de|dessa|alla|samtliga|våra|deras|dom)\s+(?=\w+\s+\w)
      |(?P<between>mellan)\s+)?
    (?:(?P<only>(?:en|ett)\s+(?:enda|ensam|enstaka)
         |(?<=endast\s)(?:en|ett)|(?<=enbart\s)(?:en|ett)|(?<=bara\s)(?:en|ett)|(?<=totalt\s)(?:en|ett)
         |(?:en|ett)(?=\s+av\s+(?!de\s(?:som|flesta)\b|alla\b)[^\W\d]))
      |[(\[]?(?<![\d.,])(?:(?:{_SMALL}),\s(?=\w+\s(?:och|eller)\s))?(?P<first>{_NUMBER})
       (?:\s?(?:[-–/+]|\btill\b|\beller\b|\boch\b|\bresp(?:ektive|\.)|,(?=\s\w+\s(?:och|eller)\s)|\bà\b)
         \s?(?P<last>{_NUMBER}))?
       (?!\d)[)\]]?{_BRACKETED})
    {_PIECES}
    (?P<of>\s+av\s+(?:de\s+|totalt\s+|sammanlagt\s+)?(?P<whole>\d+|\w+)(?=\s))?
    (?P<adjectives>{_ADJECTIVES}|\s+[^\W\d_]+(?=\s+(?:{_ONE})\b))
    (?P<people>\s+(?:av\s+(?:de\s+)?)?{_PEOPLE.format("one")})
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Ungdomar: 3", "ungdomar (3 st)", "antal ungdomar = tre", "deltagare – 2", where no other noun follows.
_PEOPLE_THEN_COUNT = re.compile(
    rf"""
    (?P<people>(?<!\w){_PEOPLE.format("alone")})
    (?P<sign>(?:\s(?:i|på|från|som|under)\s(?!(?:åk|årskurs|klass)\b)[^\n:=;,.!?]{{1,40}}?)?
         (?:\s?[:=]\s?|\s(?:är|var|blev)\s(?=\w+\s?(?:st\b|[.;\n]|$)))
       |(?:[ ]|;)(?=\w+(?:\s?st(?:ycken|\.)?)?[ ]?(?:[,;\n]|\Z|(?-i:[A-ZÅÄÖ])))
       |\s?[(\[](?:cirka\s|ca\s|minst\s)?|\s[-–]\s)
    (?P<first>{_SMALL})(?:\s?(?:[-–]|\btill\b|\beller\b)\s?(?:{_SMALL}))?(?!\w|[.,:]?\d){_PIECES}
    (?=\s?(?:[)\].,;!?\n]|och\b|samt\b|\Z|\s?[^\W\d_]+\s?:|(?-i:[A-ZÅÄÖ])))
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A number after these is a name or a moment and counts nothing.
_NUMBERED = re.compile(
    r"(?:\b(?:klass|årskurs|åk|vecka|v|nr|nummer|kapitel|kap|sid|sida|punkt|steg|fas|grupp|rum|linje|kl|klockan|den|år|version"
    r"|zon|etapp|mål|delmål|aktivitet|åtagande|åtgärd|insats|bilaga|tabell|figur|diagram|avsnitt|artikel|del|nivå|plan|våning"
    r"|sal|hus|kvartal|läsår|alternativ|prioritet|paragraf)\.?|§)\s$",
    re.IGNORECASE,
)
# Both parents are everybody's; both brothers are two.
_BOTH = re.compile(
    rf"(?<!\w)(?:(?:de|dessa)\s)?båda\s(?P<people>(?:[^\W\d_]+[ae]\s)?(?!föräldra|vårdnads|parter)\w*(?:{_any_of(_PLURALS.values())})"
    r"(?:na|en|a|n)s?)(?![\w-])",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<!\w)(?:ett|1)\s(?P<people>syskon|tvilling|bröder|brödra)par(?!\w)", re.IGNORECASE)
_OF_PAIRS = {"syskon": "syskon", "tvilling": "tvillingar", "bröder": "bröder", "brödra": "bröder"}
_SOME = re.compile(rf"(?<!\w)ett\spar(?P<people>{_ADJECTIVES}\s{_PEOPLE.format('one')})", re.IGNORECASE)
# "25 % av de 8 eleverna", "en tredjedel av de nio ungdomarna".
_SHARE = re.compile(
    rf"(?<![\d.,])(?:(?P<percent>\d{{1,2}})(?:,\d)?\s?(?:%|procent)|(?P<part>hälften|en\s(?:tredjedel|fjärdedel|femtedel)))"
    rf"\s(?=av\s(?:de\s)?(?P<whole>{_NUMBER}){_ADJECTIVES}\s{_PEOPLE.format('one')})",
    re.IGNORECASE,
)
_PARTS = {"hälften": 50, "tredjedel": 33, "fjärdedel": 25, "femtedel": 20}
# One among others that are counted: "två tjejer, en kille", "tre elever i åk 9 och två i åk 8".
_ONE_MORE = re.compile(
    rf"(?<!\w)(?:en|ett)(?P<adjectives>{_ADJECTIVES}|\s[^\W\d_]+)\s(?P<one>{_ONE})(?![\w-])", re.IGNORECASE
)
_MORE = re.compile(
    rf"(?P<before>[^.!?\n]{{0,40}}?(?:,|\boch|\bsamt|\bvarav)\s)(?P<count>{_SMALL}|en|ett)"
    r"(?=\s(?:av\sdem\b|i\s(?:åk|årskurs|klass|\d)|är\s(?:pojk|flick|kill|tjej|kvinn|m[aä]n\b)))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:,|\soch|\ssamt|\soch\ssedan|,\svarav|\svarav|\seller|\splus)\s", re.IGNORECASE)
_LISTED_BEFORE = re.compile(rf"(?:{_LISTED.pattern})\Z", re.IGNORECASE)
# "Tre av fyra kom tillbaka": what only people do.
_OF_FEW = re.compile(
    rf"(?<![\w.,/])(?:{_SMALL})\sav\s(?:de\s)?(?:{_SMALL}|fem|5)(?=\s(?:kom|fick|tackade|deltog|slutade|svarade|bor|går|flyttade|"
    r"återvände|greps|dömdes|mår|studerar|jobbar|arbetar|hoppade|återföll)\b)",
    re.IGNORECASE,
)
# Shares of everybody are told so: "två av tre invånare".
_EVERYBODY = re.compile(r"invånar|människ|svensk|kommuninv", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"(?:[.!?]\s+|\n\s*)\Z")
_PLURAL_ADJECTIVES = {
    "ny": "nya",
    "gammal": "gamla",
    "liten": "små",
    "litet": "små",
    "annan": "andra",
    "vuxen": "vuxna",
}


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

    "Minst 3 unga" becomes "några unga": it does not say that they were fewer than five. "De tre pojkarna" becomes
    "pojkarna". Where a sum in the same text would tell what is masked, the other part of the sum is "flera".
    """
    for count in reversed(find_small_counts(text)):
        text = text[: count.start] + count.instead + text[count.end :]
    return text


class SmallCount(NamedTuple):
    """Words that tell a small count, text[start:end], and what the public reads instead of them."""

    start: int
    end: int
    instead: str


def find_small_counts(text: str) -> list[SmallCount]:
    """The counts of people that are masked in a public text, in the order they stand there."""
    plain = PlainText.of(text)
    taken = bytearray(len(plain.text) + 1)
    changes: list[tuple[int, int, str]] = []  # where, until where, what instead
    small, shown = [], []
    for pattern in (_PEOPLE_THEN_COUNT, _COUNT_OF_PEOPLE):
        for found in pattern.finditer(plain.text):
            if 1 in taken[found.start() : found.end()] or _NUMBERED.search(
                plain.text[max(0, found.start() - 14) : found.start()]
            ):
                continue
            instead = _masked(found, plain, text) if pattern is _COUNT_OF_PEOPLE else _masked_after(found, plain, text)
            if instead is None:
                shown.append(found)
                continue
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
            small.append(_value(found["first"]) if found["first"] else 1)
            changes.append((found.start(), found.end(), instead))
    changes += _telling_parts(small, shown, plain, text)
    changes += _in_other_words(plain, text, taken)
    changes += _listed_beside(plain, changes, shown, taken)
    counts = []
    for start, end, instead in sorted(changes):
        if (
            plain.text[start].isupper()
            or not plain.text[start].islower()
            and (not start or _ENDS_SENTENCE.search(plain.text[max(0, start - 9) : start]))
        ):
            instead = instead[0].upper() + instead[1:]
        counts.append(SmallCount(*plain.original_span(start, end), instead))
    return counts


def _value(number: str) -> int:
    number = number.lower()
    return _NUMBERS.get(number) or _LARGER.get(number) or int(number)


def _group(found: re.Match, name: str, plain: PlainText, text: str) -> str:
    """A group as it stands in the original, with its own spaces."""
    if not found[name]:
        return ""
    first, last = plain.original_span(*found.span(name))
    return text[first:last]


def _masked(found: re.Match, plain: PlainText, text: str) -> str | None:
    """What is written instead of a count and its people; None where it is not small."""
    low = _value(found["first"]) if found["first"] else 1
    high = _value(found["last"]) if found["last"] else low
    if low >= SMALLEST_SHOWN:
        return None
    adjectives, people = _group(found, "adjectives", plain, text), _group(found, "people", plain, text)
    of = _group(found, "of", plain, text)
    if of and _EVERYBODY.search(people):
        return None
    if of and _is_small(found["whole"]) and high > 1:
        return f"några{adjectives}{people}"
    if found["one"]:
        people = people[: -len(found["one"])] + _PLURALS[found["one"].lower()]
        adjectives = "".join(_in_plural(part) for part in re.split(r"(\s+)", adjectives))
    elif (low, high) == (1, 1):
        people, adjectives = _compound_in_plural(people), "".join(map(_in_plural, re.split(r"(\s+)", adjectives)))
    if found["these"]:
        kept = "" if found["these"].lower() in ("de", "dom", "dessa") and not adjectives else found["these"]
        return f"{kept}{of}{adjectives}{people}".strip()
    if found["least"]:
        words = "några"
    elif high >= SMALLEST_SHOWN:
        words = f"högst {high}"
    else:
        words = f"färre än {SMALLEST_SHOWN}"
    return f"{words}{of}{adjectives}{people}"


def _in_other_words(plain: PlainText, text: str, taken: bytearray):
    """Counts that are words of their own: both brothers, a pair of siblings, a share of so few that it tells."""
    for pattern in (_BOTH, _PAIR, _SOME, _SHARE, _OF_FEW):
        for found in pattern.finditer(plain.text):
            if 1 in taken[found.start() : found.end()]:
                continue
            instead = _group(found, "people", plain, text) if pattern in (_BOTH, _SOME) else ""
            if pattern is _OF_FEW:
                instead = "några"
            elif pattern is _PAIR:
                instead = _OF_PAIRS[found["people"].lower()]
            elif pattern is _SOME:
                instead = f"några{instead}"
            elif pattern is _SHARE:
                share = int(found["percent"] or _PARTS[found["part"].lower().split()[-1]])
                if not 0.5 <= share * _value(found["whole"]) / 100 < SMALLEST_SHOWN - 0.5:
                    continue
                instead = f"färre än {SMALLEST_SHOWN} "
            taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())
            yield found.start(), found.end(), instead


def _listed_beside(plain: PlainText, changes: list[tuple[int, int, str]], shown: list[re.Match], taken: bytearray):
    """One person, or a number alone, in a row of people that are counted."""
    spans = {*((start, end) for start, end, _ in changes), *(found.span() for found in shown)}
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    for found in _ONE_MORE.finditer(plain.text):
        if 1 in taken[found.start() : found.end()]:
            continue
        before = _LISTED_BEFORE.search(plain.text[max(0, found.start() - 14) : found.start()])
        after = _LISTED.match(plain.text, found.end())
        if before and found.start() - len(before[0]) in ends or after and after.end() in starts:
            adjectives = "".join(map(_in_plural, re.split(r"(\s+)", found["adjectives"])))
            yield (
                *found.span(),
                f"färre än {SMALLEST_SHOWN}{adjectives} {_PLURALS[found['one'].lower()]}",
            )
    for _, end in sorted(spans):
        if (found := _MORE.match(plain.text, end)) and 1 not in taken[slice(*found.span("count"))]:
            taken[slice(*found.span("count"))] = b"\1" * len(found["count"])
            yield *found.span("count"), f"färre än {SMALLEST_SHOWN}"


def _masked_after(found: re.Match, plain: PlainText, text: str) -> str:
    people, sign = _group(found, "people", plain, text), _group(found, "sign", plain, text)
    if (alone := found["alone"]) and (plural := _PLURALS[alone.lower()]) != alone.lower():
        people = people[:1] + plural[1:] if plural[:1] == alone[:1].lower() else plural
    return f"{people}{re.sub('(?:cirka|ca|minst)', '', sign).replace('  ', ' ')}färre än {SMALLEST_SHOWN}"


def _is_small(number: str) -> bool:
    return number.lower() in {*_NUMBERS, "5", "fem"}


def _in_plural(adjective: str) -> str:
    """Utsatt → utsatta, ungt → unga, äldre → äldre."""
    if not adjective.strip() or adjective[-1] in "ae":
        return adjective
    if known := _PLURAL_ADJECTIVES.get(adjective.lower()):
        return known
    return f"{adjective.removesuffix('t') if adjective.endswith(('gt', 'kt', 'nt')) else adjective}a"


def _compound_in_plural(people: str) -> str:
    for one in ("åring", "familj", "elev", "ungdom", "person"):
        if people.lower().endswith(one):
            return people[: -len(one)] + _PLURALS[one]
    return people


def _telling_parts(small: list[int], shown: list[re.Match], plain: PlainText, text: str):
    """The shown counts that would, taken from a shown sum, give one that is masked: "10 unga, 7 pojkar" tells of 3."""
    masked = {*small, sum(small)} if small else set()
    wholes = [_value(whole["first"]) for whole in shown]
    for part in shown:
        if part["last"] or part["of"]:
            continue
        if any(whole - _value(part["first"]) in masked for whole in wholes):
            rest = "".join(_group(part, name, plain, text) for name in ("adjectives", "people"))
            yield part.start(), part.end(), f"flera{rest}"
