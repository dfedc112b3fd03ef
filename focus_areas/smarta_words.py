"""What a goal's wording holds: weak verbs, verbs of movement, numbers and dates. Pure, by patterns; no grammar."""

import re
from dataclasses import dataclass
from decimal import Decimal

from documents.swedish_dates import NUMBERS

# --- Words ---

VAGUE_THINGS = r"(?:\w*arbete\w*|arbetssätt\w*|samverkan\w*|samarbet\w+|dialog\w*|verksamhet(?:en|erna)?|relation\w*)"
WEAK = re.compile(
    "|".join(
        [
            r"\bverka(?:r|t|s)?\s+för\b",
            r"\bvärna(?:r|t|s)?\b(?:\s+om\b)?",
            r"\bfrämja(?:r|t|s|de)?\b",
            r"\b(?:arbeta|jobba)(?:r|s|t|de)?\b(?:\s+(?:\w+\s+){0,2}?(?:med|för|mot|utifrån)\b)?",
            r"\bbidra(?:r|git|ga)?\s+till\b",
            r"\b(?:stödja|stödjer|stöder|stödjas|stötta|stöttar|stöttas)\b",
            rf"\b(?:för)?stärk(?:a|er|s|as|t|te)\s+(?:\w+\s+){{0,2}}?{VAGUE_THINGS}",
            rf"\bfördjupa(?:r|s|t|d|de)?\s+(?:\w+\s+){{0,2}}?{VAGUE_THINGS}",
            r"\bfortsätt(?:a|er|s|as|e)\b",
            r"\bfortsatt(?:a)?\b",
            r"\b(?:öka|höj|skapa|stärk)\w*\s+(?:\w+\s+){0,1}?medvetenhet\w*",
            r"\bsträva(?:r|t|s|de)?\b(?:\s+(?:efter|mot)\b)?",
            r"\bsyfta(?:r|t|de)?\s+till\b",
            r"\buppmärksamma(?:r|s|t|de)?\b",
            r"\bmöjliggör(?:a|s|as)?\b",
            r"\b(?:underlätta|uppmuntra|inspirera|involvera|medverka|prioritera)(?:r|s|t|de)?\b",
            r"\bfokusera(?:r|s|t|de)?\b(?:\s+på\b)?",
            r"\b(?:ha|har|lägga|lägger|sätta|sätter)\s+(?:\w+\s+){0,2}?fokus\b",
            r"\b(?:se|ser|ses)\s+över\b",
            r"\btitta(?:r|t)?\s+på\b",
            r"\b(?:ta|tar)\s+(?:ett\s+)?helhetsgrepp\b",
            r"\b(?:skapa|skapar|ge|ger)\s+(?:\w+\s+){0,1}?förutsättningar\b",
            r"\blyft(?:a|er|s|as)(?:\s+fram)?\b",
        ]
    ),
    re.IGNORECASE,
)
MOVEMENT = re.compile(
    r"\b(?:"
    r"(?:för)?minsk(?:a|ar|as|at|ad|ade|ats|ning\w*)|(?:ut|för)?ök(?:a|ar|as|at|ad|ade|ats|ning\w*)|"
    r"(?:vidare)?utveckl(?:a|ar|as|at|ad|ade|ats)|halver(?:a|ar|as|at|ad|ade)|fördubbl(?:a|ar|as|at|ad|ade)|"
    r"sänk(?:a|er|s|as|t|ta|te|ning\w*)|höj(?:a|er|s|as|t|d|da|de|ning\w*)|(?:för)?korta(?:r|s|t|d|de)?|"
    r"förbättr(?:a|ar|as|at|ad|ade|ing\w*)|reducer(?:a|ar|as|at|ad|ade)|avskaffa(?:r|s|t|d|de)?|"
    r"stärk(?:a|er|s|as|t|ta|te)|försvår(?:a|ar|as|at)|fler|flera\s+fler|färre|mindre|lägre|högre|snabbare|bättre|kortare"
    r")\b",
    re.IGNORECASE,
)
# Says that something is to be stopped or kept, but not what will be seen to be different.
SOFT = re.compile(
    r"\b(?:förebygg(?:a|er|s|as|t|de)|motverka(?:r|s|t|de)?|bekämpa(?:r|s|t|de)?|(?:för)?hindra(?:r|s|t|de)?|"
    r"säkerställ(?:a|er|s|as|t)|hantera(?:r|s|t|de)?)\b",
    re.IGNORECASE,
)
DELIVERS = (
    r"fastställ(?:a|er|s|as|t|er)|anta(?:r|s|git)?|inför(?:a|s|as|t)?|inrätta(?:r|s|t|de)?|starta(?:r|s|t|de)?|"
    r"ta\s+fram|tar\s+fram|tas\s+fram|bygg(?:a|er|s|as)\s+upp|bild(?:a|ar|as)"
)
DOING = re.compile(
    rf"\b(?:{DELIVERS}|genomför(?:a|s|as|t)?|hålla|håller|hålls|hållas|utbilda(?:r|s|t)?|besök(?:a|er|s|as|t)|"
    r"(?:an)?ordna(?:r|s|t)?|identifiera(?:r|s|t)?|sätt(?:a|er|s|as)\s+upp|uppdatera(?:r|s|t)?|kartlägg(?:a|er|s|as)|"
    r"analysera(?:r|s|t)?|mäta|mäter|mäts|mätas|publicera(?:r|s|t)?|skriva|skriver|skrivs|lägga|lägger|läggs|göra|gör|"
    r"görs|göras|erbjud(?:a|er|s|as)|anställ(?:a|er|s|as)|kontakta(?:r|s)?|engagera(?:r|s|t)?|informera(?:r|s|t)?|"
    r"strukturera(?:r|s|t)?(?:\s+upp)?|montera(?:r|s|t)?|röja|röjer|röjs|plantera(?:r|s)?|dela(?:r|s)?\s+ut|"
    r"gå|går|ring(?:a|er|s)|följ(?:a|er|s|as)\s+upp|träffas|mötas|möts)\b",
    re.IGNORECASE,
)
# Any other verb that the sentence opens with, like “Bygga …”.
OPENING = re.compile(r"^(?!(?:alla|inga|flera)\b)\w+a\b(?=\s+\w)", re.IGNORECASE)
DELIVERING = re.compile(rf"\b(?:{DELIVERS})\b", re.IGNORECASE)
DONE_OR_NOT = re.compile(
    r"\b(?:är|vara|finns|blir|bli)\s+(?:\w+\s+){0,2}?"
    r"(?:färdig\w*|klar\w*|antag\w+|fastställ\w+|beslut\w+|inför\w+|igång|i\s+gång|i\s+drift|på\s+plats|publicera\w+)\b",
    re.IGNORECASE,
)
STATE = re.compile(r"\b(?:ska|skall|har|känner|vet|upplever|röker|mår|finns|vågar|trivs|deltar)\b", re.IGNORECASE)
WHO = re.compile(
    r"\b(?:barn(?:en|s)?|ung(?:a|as|domar\w*)|elev(?:er|erna|ers|ernas)?|boende|invånar\w*|medborgar\w*|företag\w*|"
    r"butik\w*|näringsidkar\w*|kvinn\w+|män(?:nen|s)?|flick(?:or|orna|ors)|pojk(?:ar|arna|ars)|förälder|föräldra(?:r|rna|rs)|"
    r"vårdnadshavar\w*|familj(?:er|erna|ers)|\w*behandlare|personal(?:en|ens)?|anställda\w*|\w+utsatta|äldre|"
    r"avhoppar\w*|förening(?:ar|arna|ars)|hyresgäst\w*|resenär\w*|besökare\w*|aktör(?:er|erna)|privatpersoner|"
    r"elevhälsan\w*|trygghetsvärd\w*|butiksägare|handlare)\b",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"\b(?:centrum|station(?:en|erna|s\w*)|torg(?:et|en)?|\w*områden?(?:a|as|s|et|ets)?|park(?:en|er|erna)|kommunens?|"
    r"skol(?:an|or|orna|ans|vägen|gården|gårdar)|fritidsgård\w*|förskol\w+|offentlig\s+miljö|plats(?:er|erna|en)?|"
    r"stråk\w*|gator(?:na)?|gatan|parkering\w*|trapphus\w*)\b",
    re.IGNORECASE,
)
# A name in the middle of a sentence: Arlöv, SSPU, A-traktorer.
NAME = re.compile(r"(?<=[\wåäö,)”’] )(?:[A-ZÅÄÖ][\wåäö]+|[A-ZÅÄÖ]-\w+)")
ACTORS = re.compile(
    r"\b(?:polis(?:en|ens)?|kommun(?:en|ens)?|\w*förvaltning(?:en|ens)|SF|UKF|KLF|BBAB|\w*nämnden|bostadsbolaget|"
    r"räddningstjänsten|samordnaren|kommunpolisen|socialtjänsten|skolan|ansvarar|ansvarig)\b",
    re.IGNORECASE,
)
VAGUE_OBJECT = re.compile(
    rf"^\W*(?:\w+\s+){{0,2}}?(?:{VAGUE_THINGS}|insatser|åtgärder|aktiviteter|informationen)\b", re.IGNORECASE
)
BROAD = re.compile(
    r"\b(?:tryggare|säkrare|trygg\w*\s+och\s+säk\w*)\s+[A-ZÅÄÖ]\w+|^\W*(?:all\s+)?brottslighet(?:en)?\s+ska\b|"
    r"\bsamhället\b|\ball(?:a|)\s+brott\b|\balla\s+invånare\b",
    re.IGNORECASE,
)
ABSOLUTE = re.compile(
    r"\b(?:ingen|inga|inget|alla|aldrig|alltid|samtliga|helt|nolltolerans|utrota\w*|100\s*(?:procent|%)|hundra\s+procent)\b",
    re.IGNORECASE,
)
NOBODY_OR_ALL = re.compile(r"\b(?:ingen|inga|alla|samtliga)\b", re.IGNORECASE)
MEASURE = re.compile(
    r"\b(?:\w*mätning\w*|\w*index\w*|\w*enkät\w*|antal(?:et)?|andel(?:en)?|statistik\w*)\b", re.IGNORECASE
)

# --- Numbers ---

_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo")
_TENS = {
    "trettio": 30,
    "fyrtio": 40,
    "femtio": 50,
    "sextio": 60,
    "sjuttio": 70,
    "åttio": 80,
    "nittio": 90,
    "hundra": 100,
}
# “En” and “ett” are mostly articles.
NUMBER_WORDS = {word: number for number, word in enumerate([*NUMBERS, *_TEENS]) if word != "en"} | _TENS
_WORDS = "|".join(NUMBER_WORDS)
_DIGITS = r"\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
NUMBER = re.compile(rf"\b(?:(?P<digits>{_DIGITS})|(?P<word>{_WORDS}|(?<=minst )(?:en|ett)))\b", re.IGNORECASE)
FROM_TO = re.compile(
    rf"\bfrån\s+(?P<start>{_DIGITS}|{_WORDS})\b(?:\s+[^\d\s]+){{0,2}}?\s+till\s+(?P<end>{_DIGITS}|{_WORDS})\b",
    re.IGNORECASE,
)
SHARES = {
    r"halver\w+|hälften": Decimal("0.5"),
    r"(?:en\s+)?tredjedel\w*": Decimal("0.33"),
    r"(?:en\s+)?fjärdedel\w*": Decimal("0.25"),
    r"(?:en\s+)?femtedel\w*": Decimal("0.2"),
    r"fördubbl\w+|dubbelt": Decimal("1"),
}
BY_PERCENT = re.compile(rf"\bmed\s+(?:minst\s+)?(?P<share>{_DIGITS})\s*(?:procent|%)", re.IGNORECASE)
# Numbers that say how old, which school year, what time, which scale or which law: not how much.
NO_AMOUNT = re.compile(
    r"\([^)]*\d\s*[–-]\s*\d[^)]*\)|\b(?:årskurs(?:erna)?|åk|klass|kl\.?|klockan|§|lag|nr|fokusområde|etapp)\s*\d+(?:\s*[–-]\s*\d+)?|"
    r"\b\d+\s*[–-]\s*\d+(?:\s*år\b|-?åring\w*)|\b\d+\s*(?:-?åring\w*|år\s+gam\w+|§|:e\b)|\b24/7\b|"
    r"\b\d{4}[:/]\d+\b|\b20\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_YEAR = r"(?:19|20)\d\d"
YEAR = re.compile(rf"\b{_YEAR}\b(?!\s*(?:timmar|kronor|personer|invånare|st\b|besök))")
DAY = re.compile(rf"\b\d{{1,2}}(?:[:.]?e)?\s+(?:{MONTHS})\b", re.IGNORECASE)
START_YEAR = re.compile(
    rf"\b(?:jämfört\s+med|i\s+jämförelse\s+med|sedan|fr\.?\s?o\.?\s?m\.?|från\s+och\s+med|från|efter|än)\s+(?:år\s+|(?:{MONTHS})\s+)?"
    rf"{_YEAR}\b(?!\s*[–-])|\b{_YEAR}\s+års\s+nivå",
    re.IGNORECASE,
)
DUE_DAY = re.compile(
    rf"\b(?:senast|före|innan|till\s+och\s+med|till)\s+(?:den\s+)?(?:\d+\s+)?(?:{MONTHS})\b", re.IGNORECASE
)
RHYTHM = re.compile(
    r"\b(?:årligen|varje\s+(?:år|halvår|kvartal|månad|vecka|dag|termin)|vartannat\s+år|varannan\s+(?:vecka|månad)|"
    r"per\s+(?:år|halvår|kvartal|månad|vecka|termin)|(?:gånger\s+)?(?:i|om)\s+(?:månaden|året|veckan|kvartalet)|"
    r"månatligen|veckovis)\b",
    re.IGNORECASE,
)
SOMETIME = re.compile(
    r"\b(?:nästa\s+\w*(?:mätning|enkät|lägesbild|år|termin)\w*|(?:under\s+|i\s+|till\s+)?(?:sommaren|hösten|våren|vintern)|"
    r"årsskiftet|halvårsskiftet|terminens\s+slut|årets\s+slut|periodens\s+slut|avtalsperioden|mandatperioden)\b",
    re.IGNORECASE,
)
SOME_DAY = re.compile(
    r"\b(?:på\s+sikt|så\s+snart\s+som\s+möjligt|löpande|framöver|kontinuerligt|vid\s+behov|långsiktigt|(?:de\s+)?kommande\s+åren)\b",
    re.IGNORECASE,
)

# --- One sentence or two ---

MEANS = re.compile(r"\b(?:genom(?:\s+att)?|med\s+hjälp\s+av|via)\b[^,;.]*", re.IGNORECASE)
PURPOSE = re.compile(
    r"(?<!\w)(?<!verka )(?:för\s+att|så\s+att)\b[^,;.]*?(?=\bska\b(?!\s+kunna)|[,;.]|$)", re.IGNORECASE
)
BETWEEN = re.compile(r"\bmellan\b.*$", re.IGNORECASE)
JOINING = re.compile(r"\s(?:och|samt|liksom|dels)\s|[,;]\s", re.IGNORECASE)
AND = re.compile(r"(?P<before>\S+)\s+(?:och|samt)\s+(?P<after>\S+)", re.IGNORECASE)
ADVERB = re.compile(r"\w+nde$", re.IGNORECASE)


@dataclass(frozen=True)
class Wording:
    """What was found in a goal's sentence, each as it stands there."""

    text: str
    words: int
    weak: tuple[str, ...]
    movement: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    from_to: tuple[Decimal, Decimal] | None
    share: Decimal | None
    goals_joined: bool
    things_joined: str
    has_soft: bool
    has_doing: bool
    is_done_or_not: bool
    has_state: bool
    says_whom_or_where: bool
    is_vague: bool

    def has(self, pattern: re.Pattern) -> bool:
        return bool(pattern.search(self.text))


def read_wording(statement: str) -> Wording:
    """Look through a sentence once for all that the reviewer asks about."""
    text = " ".join(statement.split())
    main = PURPOSE.sub(" ", MEANS.sub(" ", text))
    weak = list(WEAK.finditer(text))
    unmasked = WEAK.sub(lambda found: " " * len(found[0]), text)
    moves = list(MOVEMENT.finditer(unmasked))
    strong = [found for found in moves if not VAGUE_OBJECT.match(text[found.end() :])]
    numbers_in = START_YEAR.sub(" ", NO_AMOUNT.sub(" ", text))
    numbers_in = YEAR.sub(" ", DAY.sub(" ", numbers_in))
    doing = [found for found in doings(main) if not is_vague_doing(main[found.end() :])]
    return Wording(
        text=text,
        words=len(re.findall(r"\w+", text)),
        weak=tuple(dict.fromkeys(" ".join(found[0].split()) for found in weak)),
        movement=tuple(dict.fromkeys(found[0] for found in strong)),
        numbers=tuple(number_of(found[0]) for found in NUMBER.finditer(numbers_in)),
        from_to=from_to(numbers_in),
        share=share_of(text),
        goals_joined=joins_two_goals(main),
        things_joined=joined_things(BETWEEN.sub(" ", main)),
        has_soft=bool(SOFT.search(main)) or len(strong) < len(moves),
        has_doing=bool(doing),
        is_done_or_not=bool(DONE_OR_NOT.search(main) or DELIVERING.search(main)),
        has_state=bool(STATE.search(main)),
        says_whom_or_where=bool(WHO.search(main) or WHERE.search(main) or NAME.search(main)),
        is_vague=bool(doings(main)) and not doing,
    )


def doings(main: str) -> list[re.Match]:
    """Verbs for what is to be done; also an unknown one at the start, unless it is weak or one of movement."""
    found = list(DOING.finditer(main))
    opening = OPENING.match(main)
    known = (WEAK, MOVEMENT, SOFT, DOING)
    if opening and not any(pattern.match(main) for pattern in known):
        found.insert(0, opening)
    return found


def is_vague_doing(after: str) -> bool:
    """Whether what is done is only called measures or work, with no number of them and nobody they are for."""
    return bool(VAGUE_OBJECT.match(after)) and not (NUMBER.search(after) or WHO.search(after) or NAME.search(after))


def number_of(text: str) -> Decimal:
    word = text.casefold()
    if word in ("en", "ett"):
        return Decimal(1)
    if word in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word])
    return Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))


def from_to(text: str) -> tuple[Decimal, Decimal] | None:
    found = FROM_TO.search(text)
    return (number_of(found["start"]), number_of(found["end"])) if found else None


def share_of(text: str) -> Decimal | None:
    """How large a part of what there is now the sentence wants to be different: en fjärdedel, med 20 procent."""
    if found := BY_PERCENT.search(text):
        return number_of(found["share"]) / 100
    for pattern, share in SHARES.items():
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            return share
    return None


def joins_two_goals(main: str) -> bool:
    """Two different verbs of a goal with “och” or a comma between them: minska … och öka …"""
    verbs = sorted(
        (found.start(), found.end(), stem(found[0]))
        for pattern in (WEAK, MOVEMENT, SOFT, DOING)
        for found in pattern.finditer(main)
    )
    for (_, end, one), (start, _, other) in zip(verbs, verbs[1:], strict=False):
        if one != other and start >= end and JOINING.search(f" {main[end:start]} "):
            return True
    return False


def stem(verb: str) -> str:
    return verb.casefold()[:4]


def joined_things(main: str) -> str:
    """The two nouns that the sentence may be two goals about; not people, places or names, which are one audience."""
    for found in AND.finditer(main):
        before, after = found["before"].strip(",.;()"), found["after"].strip(",.;()")
        if is_audience(before) and is_audience(after) or is_audience(after) or ADVERB.fullmatch(before):
            continue
        if after.casefold() in ("på", "i", "vid", "runt", "kring", "till", "med"):
            continue
        return f"{before} och {after}"
    return ""


def is_audience(word: str) -> bool:
    return bool(WHO.fullmatch(word) or WHERE.fullmatch(word) or ACTORS.fullmatch(word) or word[:1].isupper())
