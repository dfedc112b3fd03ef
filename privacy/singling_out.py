"""What may single somebody out without a number: a question, never a refusal.

The rules can be read: a name beside a suspicion, an age and a class, initials, nicknames, accounts. What is a name
comes from Faker's Swedish lists and its lists of languages that many in Sweden speak; names that are Swedish words too
(Björn, Maj, Ros) count only with a surname. Streets, schools, companies and saints that bear somebody's name are no
people, and whoever speaks or signs for the work may be named.
"""

import functools
import ipaddress
import re
from collections.abc import Iterator
from importlib import import_module

from privacy.dictionary import dictionary_entries

NAMED, DESCRIBED, NICKNAME, ACCOUNT = "named", "described", "nickname", "account"
DEVICE, MONEY, FAMILY, RELATIVE = "device", "money", "family", "relative"

# --- Names ---

_LANGUAGES = ("sv_SE", "no_NO", "da_DK", "fi_FI", "fr_DZ", "hr_HR", "tr_TR", "pl_PL", "ro_RO")
_LISTS = ("first_names", "first_names_male", "first_names_female")
# Everyday forms that no list has.
_SHORT_FORMS = """
    Ahmed Ali Amir Amira Aisha Bosse Bilal Danne Dennis Fatima Hamza Hanna Hassan Hussein Ibrahim Jocke Jonte Kalle
    Khalid     Lasse Leila Lelle Linus Mahmoud Mehmet Micke Mohammed Mohamed Mustafa Nadia Nisse Nova Olle Omar
    Pelle Petra Pierre
    Ronny Samir Selma Stefan Steffe Tindra Tobbe Viktor Yasmin Jasmin Youssef Yusuf Zahra Zainab Zeinab Zlatan Melker
    Jesper Liam Noah Leo Elsa Ella Isak Adam Filip Wilma Moa Robin Kevin Dennis Gustav Fredrik Tobias Annika Britta
"""
# They begin sentences or are places more often than people.
_NO_NAMES = frozenset(
    [
        "Dag",
        "Du",
        "Bo",
        "Hed",
        "Lund",
        "Maj",
        "Sten",
        "Tage",
        "Åsa",
        "Stig",
        "Ros",
        "Siv",
        "Kim",
        "Arlöv",
        "Alla",
        "Kan",
        "Vi",
        "Han",
        "Hon",
        "Klass",
        "Willys",
        "Ica",
    ]
)


@functools.cache
def _given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Those that are nothing but names, and those that are words as well."""
    names = set(_SHORT_FORMS.split())
    for language in _LANGUAGES:
        provider = import_module(f"faker.providers.person.{language}").Provider
        for one in _LISTS:
            found = getattr(provider, one, ())
            names |= set(found) if not isinstance(found, property) else set()
    names = {part for name in names for part in re.split(r"[ -]", name) if len(part) > 1}
    lowered = _swedish_words()
    words = {name for name in names if name.lower() in lowered} - set(_SHORT_FORMS.split())
    # "Klass" is a word, and seldom what Klas owns.
    words |= {f"{name}s" for name in names if f"{name.lower()}s" in lowered}
    return frozenset(names - words - _NO_NAMES), frozenset(words | _NO_NAMES)


@functools.cache
def _surnames() -> frozenset[str]:
    names = set()
    for language in _LANGUAGES:
        found = getattr(import_module(f"faker.providers.person.{language}").Provider, "last_names", ())
        names |= set(found)
    return frozenset(names)


def _swedish_words() -> set[str]:
    """The words of the Swedish dictionary that are written with a small letter."""
    return {entry for entry in dictionary_entries() if entry[:1].islower()}


_CAPITAL = "A-ZÅÄÖÉÜÆØ"
_WORD = rf"[{_CAPITAL}][\w'’]+(?:-[{_CAPITAL}][\w'’]+)*"
_NAME_LIKE = re.compile(
    rf"(?<![\w@/.\"”&]){_WORD}(?:\s(?:(?:af|av|von|de|el|al|bin)\s)?(?:{_WORD}|[{_CAPITAL}](?![\w:])\.?))?"
)
_PLACE = (
    r"(?:\w*(?:gata|gatan|väg|vägen|torg|torget|plats|park|parken|skola|skolan|skolans|kyrka|kyrkan|gränd|bro|hage|stig|allé|"
    r"gård|gården|förskola|gymnasi\w+|kulle|backe|led|minne|minnesplats|konditori|grill|pizzeria|café|kiosk|bageri|"
    r"måleri|bygg|handel|livs|bil|salong|frisör|lag|hus|huset|fond|stiftelse|centrum|center|församling)"
    r"|AB|HB|KB|Bil|Bygg|Grill|Måleri|Livs|Bostäder|BI|IF|IP|BK|FF|Hamburgare)(?!\w)"
)
_THEN_A_PLACE = re.compile(rf"(?:['’]?s)?(?:\s{_WORD})?\s(?:{_PLACE}|&)")
_BEFORE_A_PLACE = re.compile(
    r"(?:Sankta?|S:ta?|S:t|Sta?\.|Kung|Drottning|Prins|Prinsessan|Café|Caféet|[Kk]varteret|[Ff]astigheten|[Gg]ården|[Pp]arken|[Ss]kolan|[Bb]oendet|[Ss]tormen|[Gg]rillen|"
    r"Pizzeria|Salong|Restaurang|[Ll]ex|[Rr]um(?:met)?|Svenska|"
    r"Operation|Projekt(?:et)?|Stiftelsen|Föreningen|Radio|Hotell|Butiken|AB|&)\s$"
)
# Whoever speaks or signs for the work, or is known to all.
_ROLE_BEFORE = re.compile(
    r"(?:\w*(?:forskare|utredare|minister|ministern|mästare|ordförande|chef|chefen|samordnare|sekreterare|handläggare|polis|"
    r"direktör|direktören|råd|rådet|rektor|professor|föreläsare|projektledare|konsult|sekreterare\s+är)n?|[Kk]ontaktperson\w*[^.]*\sär)\s$"
)
_ROLE_AFTER = re.compile(
    r",?\s(?:\(?\w*(?:samordnare|chef|rektor|ordförande|polis|forskare|sekreterare|handläggare|projektledare)\w*|från\s"
    rf"[{_CAPITAL}]|(?:före|be|redo|infor|presen|tal|led|öppn|under|justera|delt|ansvar|visa|gick igenom|svara)\w*)",
)

# --- What is said of people ---

_GRAVE = (
    r"misstänk\w*|grip\w*|grep\w*|döm[ds]\w*|dömt|hota[rd]\w*|hotats|slår|slog|slagit\w*|slogs|sälj\w*|såld\w*|sålt|langar|langat|langade|stal|stulit|"
    r"snatta\w*|våldta\w*|våldtog|rånat|rånade|mobbar|mobbas|mobbade|mobbats|rekryterar|missbrukar\w*|alkoholis\w*|beruse|berusad|"
    r"dricker|skär sig|mår\s\w*\s?dåligt|orosanmäl[ts]\w*|orosanmälan\sgäller|rymde|rymmer|rymt|efterlyst|"
    r"bakom\s(?:klott|dåd|stöld|brand|rån|skade)\w*|kontaktförbud|"
    r"avhoppare|lämnat\sgänget|hoppat\sav|skydd(?:ad|at)?\s(?:boende|identitet)|behöver\sskydd|tände\seld|bär(?:\w*)\svapen|kniv|"
    r"har\svapen|odlar|utsatt\sför|våld\sav|kriminella?|spindeln|umgås|påverkad|rattfull\w*|bråkar|stör(?!re|st)|placera[td]s?|HVB|"
    r"missbrukare|gravid|frånvaro|polisanmäl[td]\w*|kissa\w*|sover\si|spring\w*\sären\w*|med\si\sgänget|hembesök|"
    r"narkotika|narkotikan|cannabis|droger|knark\w*|svartsprit|sprit|hembränt|vejp|tabletter|olaglig\w*|illegal\w*|utan\skörkort|"
    r"styr\s|bestämmer|pekar\sut|vågar\sinte|orolig\w*|oroar|(?:tar|tog)\s(?:emot\s)?mutor|äldre\sman|självmord\w*|skadegörelsen|klottrat|klottrade|självskad\w*|diagnos|prostit\w*|säljer\ssex"
)
_SENSITIVE = re.compile(
    rf"(?<!\w)(?:{_GRAVE}|stölder\w*|misshandel|rån(?:et)?|skadegörelse|gänget)(?!\w)", re.IGNORECASE
)
_STRONG = re.compile(
    r"(?<!\w)(?:misstänks|misstänkt|greps|gripits|dömd|dömts|hotade|hotar|hotades|hotats|hotas|säljer|sålde|slog|slagits?|langar|stal|rånade|våldtog"
    r"|rekryterar|mobbar|mobbas|rattfull|(?:tar|tog)\s(?:emot\s)?mutor|ledaren\sför\sgänget|rymde|utsatt för|rymmer"
    r"|alkoholist|missbrukare|gripen|inblandat?|odlar|setts|är med i)(?!\w)",
    re.IGNORECASE,
)
_AGE = r"(?:\(?(?<![\d.])[5-9]\d?\s?år(?!s)|\(?(?<![\d.])1\d\s?år(?!s)|\(1?\d\)|,\s1?\d(?=[,.)\s]))"
_CLASS = (
    r"(?<!\w)i\s(?:[1-9]:an|ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian)(?!\w)"
    r"|(?<![\w.])(?:[1-9]|åk\s?[1-9]|NA|EK|BF)[A-F](?!\w)|(?<!\w)(?:årskurs|klass|åk)\s?\d(?!\d|\s?[-–])"
)
_AGE_OR_CLASS = re.compile(rf"{_AGE}|{_CLASS}|(?<!\w)\d\d-årig")
_KIN = (
    r"(?:mamma|pappa|mor|far|son|dotter|bror|syster|man|fru|hustru|make|maka|sambo|kusin|svåger|svägerska|barn|barnbarn|"
    r"systerson|brorson|systerdotter|brorsdotter|flickvän|pojkvän|farmor|farfar|mormor|morfar|exman|exfru|bonusson|styvson)"
)
_KIN_DEFINITE = (
    r"(?:[Mm]amman|[Pp]appan|[Ss]onen|[Dd]ottern|[Bb]rodern|[Ss]ystern|[Ff]run|[Mm]aken|[Ss]ambon|[Kk]usinen|[Bb]arnet|"
    r"[Ee]n\s(?:kusin|son|dotter|bror|syster|släkting)|[Ss]läktingen|[Ff]armor|[Mm]ormor|[Ff]arfar|[Mm]orfar)"
)
_TELLS_WHO = re.compile(
    rf"(?<!\w){_KIN}(?!\w)(?!-)|{_KIN_DEFINITE}|hos\s[{_CAPITAL}]|(?:heter|vid\snamn)\s|"
    r"(?<!\w)(?:[Mm]isstänkt|[Gg]ärningsman(?:nen)?|[Oo]ffret|[Vv]ittnet|[Aa]nmälare|[Mm]ålsägande|[Ee]fterlyst)(?:\s\w+){0,3}[:\s]"
    r"|(?:[Pp]ojken|[Ff]lickan|[Ee]leven|[Kk]illen|[Tt]jejen|[Bb]arnet)[\s,]"
)

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<![A-ZÅÄÖ]\.)\s+(?=[A-ZÅÄÖ\"”@])(?!(?:Han|Hon|Hen)\s)|\n")


def find_singled_out(text: str) -> Iterator[tuple[str, int, int]]:
    """Find kind, start and end of what may tell who somebody is, in a text of plain dashes and spaces."""
    place = 0
    for end in [*(found.start() for found in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[place:end]
        if sentence.strip():
            for kind, start, stop in _in_sentence(sentence):
                yield kind, place + start, place + stop
        place = end


_MAY_BE_NICKNAME = re.compile("[\"”“»’']|kalla|namn|alias|känd|signatur|Alias")
_HAS_DIGIT = re.compile(r"[0-9]")
_MAY_HAVE_ACCOUNT = re.compile(
    r"[@/#]|(?i:snap|insta|tikt|kik|disc|tele|steam|sign|wick|face|twit|robl|xbox|psn|game|mess|jod|flash|yout|play)"
)


def _in_sentence(sentence: str) -> Iterator[tuple[str, int, int]]:
    if _HAS_DIGIT.search(sentence) or "wish" in sentence:
        yield from _find_numbered(sentence)
    if _MAY_HAVE_ACCOUNT.search(sentence):
        yield from _find_accounts(sentence)
    yield from _find_families(sentence)
    if _MAY_BE_NICKNAME.search(sentence):
        yield from _find_nicknames(sentence)
    yield from _find_described(sentence)
    yield from _find_named(sentence)


# --- A name and what is said ---


def _find_named(sentence: str) -> Iterator[tuple[str, int, int]]:
    names = [name for written in _NAME_LIKE.finditer(sentence) if (name := _name_in(written))]
    if not names or not any(pattern.search(sentence) for pattern in (_SENSITIVE, _AGE_OR_CLASS, _TELLS_WHO)):
        return
    is_strong = _STRONG.search(sentence)
    for start, end in names:
        if _is_a_place(sentence, start, end):
            continue
        if not is_strong and (_ROLE_BEFORE.search(sentence[:start]) or _ROLE_AFTER.match(sentence[end:])):
            continue
        yield NAMED, start, end


def _name_in(written: re.Match) -> tuple[int, int] | None:
    """Which part of some capitalised words is somebody's name: given and surname, or a given name alone."""
    names, words = _given_names()
    parts = written[0].split()
    first, rest = parts[0], parts[1:]
    for given in (first, *first.split("-"), *([] if first in words else [first.removesuffix("s")])):
        if given in names:
            return written.span()
        if given in words and rest and _is_surname(rest[-1]):
            return written.span()
    if rest and _is_surname(rest[-1]) and first.istitle() and first.removesuffix("s") in names | words:
        return written.span()
    if rest and rest[-1].removesuffix("s") in names:
        return written.end() - len(rest[-1]), written.end()
    if rest and re.fullmatch(r"\w+(?:sson|sdotter)s?", rest[-1]):
        return written.span()
    if len(parts) == 1 and re.fullmatch(r"\w+sson", first):
        return written.span()
    return None


def _is_surname(word: str) -> bool:
    word = word.removesuffix("s") if not word.endswith("ss") else word
    return word in _surnames() or bool(
        re.fullmatch(
            r"\w+(?:sson|qvist|kvist|lund|berg|ström|gren|stedt|man|lind|ic|ski|oğlu|zadeh|vall|blad|ås|dahl|fors)",
            word,
        )
    )


def _is_a_place(sentence: str, start: int, end: int) -> bool:
    return bool(
        _THEN_A_PLACE.match(sentence[end:])
        or _BEFORE_A_PLACE.search(sentence[:start])
        or re.search(rf"\s{_PLACE}$", sentence[start:end])
        or re.match(rf"\s?(?:{_PLACE})", sentence[end:])
        or sentence[end : end + 1] in "-/:"
        and sentence[end : end + 1]
    )


# --- A description ---

_ONE_PERSON = (
    r"(?:[Pp]ojken?|[Ff]lickan?|[Kk]illen?|[Tt]jejen?|[Mm]annen|[Kk]vinnan|[Ee]leven|[Bb]arnet|[Hh]an|"
    r"[Hh]on|\d\d-åring(?:en)?|grabben|damen|herren)"
)
_INITIALS = re.compile(
    rf"(?<![\w.])(?:[{_CAPITAL}]\.\s?){{2,3}}(?!\w)|(?:[Ii]nitialer(?:na)?|[Ee]leven|[Pp]ojken|[Ff]lickan)\s[{_CAPITAL}]{{2}}(?!\w)"
)
_ONE_IN_A_CLASS = re.compile(
    rf"(?<!\w)(?:{_ONE_PERSON}|[Ee]n\s(?:\d\d-årig\s)?(?:pojke|flicka|kille|tjej|elev))\s[^.]{{0,60}}?(?:{_CLASS})|"
    rf"(?<!\w)(?:[Pp]ojken|[Ff]lickan|[Kk]illen|[Tt]jejen|[Ee]leven|[Bb]arnet),?\sfödd\s(?:19|20)\d\d[^.]{{0,60}}|"
    rf"(?<!\w)[Dd]en\s\d\d-åriga\s(?:pojken|flickan|killen|tjejen|eleven)\s(?:på|i|från|som)\s[^.]{{3,60}}|"
    rf"(?<!\w)[Ee]nda\s(?:\w+\s)?(?:familjen|pojken|flickan|eleven)\s(?:i|på)\s[^.]{{3,60}}|"
    rf"(?<!\w)(?:[Dd]en\s(?:enda|rödhåriga|lång[ae]|överviktiga)\s)(?:\w+\s)?{_ONE_PERSON}[^.]{{0,60}}"
)
_ONE_AT_A_PLACE = re.compile(
    rf"(?<!\w)(?:{_ONE_PERSON}|[Gg]rannen|[Hh]yresgästen)\s(?:på|i|vid)\s[^.]{{0,40}}?[{_CAPITAL}][\w-]+\s\d{{1,3}}(?!\d)|"
    r"(?<!\w)(?:[Ää]garen\still|[Vv]aktmästaren\s(?:på|i)|[Ll]äraren\si|[Tt]jejen\si|[Kk]illen\si|[Pp]ersonalen\s(?:på|i)\skiosken)\s[^.]{3,50}"
)
_ONE_WITH_MARKS = re.compile(
    r"(?<!\w)\d\d-årig\w?\s(?:kille|tjej|pojke|flicka|man|kvinna)\ssom\s(?:kör|bor|har|går|jobbar|spelar)[^.]{5,}"
)


def _find_described(sentence: str) -> Iterator[tuple[str, int, int]]:
    for written in _INITIALS.finditer(sentence):
        if _AGE_OR_CLASS.search(sentence) or _STRONG.search(sentence):
            yield DESCRIBED, written.start(), len(sentence[: written.end()].rstrip())
    for pattern in (_ONE_IN_A_CLASS, _ONE_WITH_MARKS):
        for written in pattern.finditer(sentence):
            yield DESCRIBED, *written.span()
    if _STRONG.search(sentence):
        for written in _ONE_AT_A_PLACE.finditer(sentence):
            yield DESCRIBED, *written.span()


# --- Families and relatives ---

_STREET = rf"(?:på|i|vid|,)\s?[{_CAPITAL}][\w-]+(?:\s[\w-]+)?\s\d{{1,3}}(?!\d)"
_FAMILY = re.compile(
    rf"(?<!\w)(?:[Ff]amiljen|[Mm]akarna|[Bb]röderna|[Ss]yskonen|[Ss]ystrarna|[Ss]läkten|[Pp]aret|[Ff]ru|[Hh]err|[Gg]rannen|[Hh]os)\s"
    rf"(?P<name>{_WORD}(?:\s{_WORD})?)(?P<where>\s?{_STREET})?"
)
_OFFICIAL = (
    r"(?:\w*(?:kommunalråd|rektor|chef|direktör|kommunpolis|ordförande|borgmästare|minister|lärare|tränare|politiker|imam|präst|"
    r"kyrkoherde|nämndeman|handläggare|samordnare|polis|läkare|ledamot|riksdagsledamot|fritidsledare|föreståndare)|KSO:?)"
)
_RELATIVES = (
    re.compile(
        rf"(?<!\w){_OFFICIAL}(?:e|en|n|et|ens|ets|ns|s)?s\s(?:\w+ande\s|\w+iga?\s)?{_KIN}(?![\w-])", re.IGNORECASE
    ),
    re.compile(rf"(?<!\w){_KIN_DEFINITE}\still\s(?:en\s|vår\s)?{_OFFICIAL}\w{{0,3}}(?!\w)"),
    re.compile(rf"(?<!\w)[Ll]äraren\si\s\w+:?s\s{_KIN}(?!\w)"),
)


def _find_families(sentence: str) -> Iterator[tuple[str, int, int]]:
    for written in _FAMILY.finditer(sentence):
        is_hos = written[0].lower().startswith("hos ")
        if (
            written["where"]
            and (not is_hos or written["name"].endswith("s"))
            or (
                not is_hos
                and _STRONG_IN_FAMILY.search(sentence)
                and not re.match(r"[Ff]ru|[Hh]err|[Gg]rannen", written[0])
            )
        ):
            yield FAMILY, *written.span()
    for pattern in _RELATIVES:
        for written in pattern.finditer(sentence):
            yield RELATIVE, *written.span()


_STRONG_IN_FAMILY = re.compile(rf"{_STRONG.pattern}|(?<!\w)(?:slår|bråk\w*|missbruk\w*|våld)(?!\w)", re.IGNORECASE)

# --- Nicknames ---

_QUOTED = rf"[\"”“'’»][{_CAPITAL}][\w-]+(?:\s[\w-]+)?[\"”“'’«]"
_CALLED = re.compile(
    rf"(?:kallas(?:\sför)?|kallad|kallar\ssig|under\snamnet|smeknamn(?:et)?:?|öknamn(?:et)?:?|alias|känd\ssom|signaturen|pratar\som)\s(?:{_QUOTED}|{_WORD})",
    re.IGNORECASE,
)
_QUOTED_ALONE = re.compile(_QUOTED)
_THINGS = re.compile(
    r"(?<!\w)(?:projekt|metod|kampanj|insats|park|plats|område|modell|operation|grupp|utbildning|nattvandring|folkmun|uttryck|"
    r"bok|program|arbet|film|app|rapport|tema|torg|hus|lokal|förening|kurs|möte|dag|kväll|strategi|nätverk|begrepp|föreställning)\w*",
    re.IGNORECASE,
)


def _find_nicknames(sentence: str) -> Iterator[tuple[str, int, int]]:
    called = list(_CALLED.finditer(sentence))
    if called and not _THINGS.search(sentence[: called[0].start()]):
        for written in called:
            if written[0].lower().startswith("pratar") and written[0][-1] not in "\"”“'’«":
                continue
            yield NICKNAME, *written.span()
    elif (_STRONG.search(sentence) or re.search(r"har\svapen|styr|bestämmer", sentence)) and not _THINGS.search(
        sentence
    ):
        for written in _QUOTED_ALONE.finditer(sentence):
            yield NICKNAME, *written.span()


# --- Accounts ---

_PUBLIC = re.compile(
    r"kommun|polis|stad|region|bra_|brå|skola|radda|rädda|roda|myndighet|verket|forening|nattvandr|trygg|burlov(?!s?kill|sbo)|"
    r"arlovsbi|bostader|kyrka|scouterna|friends|bris|sverige|official|event|group|/p/|/reel/|watch|hashtag|share",
    re.IGNORECASE,
)
_HANGS_OUT = re.compile(
    r"(?<!\w)(?:sprider\s(?:bilder|filmer|rykten)|(?:hänger|hängt|lägger|lagt)\sut|trakasserar|mobbar|hotar)(?!\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.+-])@[A-Za-z0-9_][\w.-]{2,30}(?![\w@])")
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram|facebook|fb|tiktok|twitter|x|snapchat|youtube|twitch|linkedin|threads|reddit|vk|onlyfans"
    r"|telegram|t)\.(?:com|me|tv|net)/(?!groups)[\w@./?=-]{2,80}",
    re.IGNORECASE,
)
_SERVICE = (
    r"(?:snap(?:chat)?|insta(?:gram)?|tiktok|kik|discord|telegram|steam|signal|wickr|facebook|twitch|roblox|xbox|psn|gamertag|"
    r"messenger|jodel|flashback|youtube|playstation)"
)
_AT_SERVICE = re.compile(
    rf"(?<!\w){_SERVICE}(?:-?(?:konto|namn|id|användare)\w*)?(?:\s?:\s?@?|\s(?:är|heter)\s@?|\ssom\s@|\s(?:av\s)?(?:användaren|användarnamnet)\s|\s(?=\w+#\d{{4}}))"
    r"(?P<handle>[\w.#-]{3,32})",
    re.IGNORECASE,
)
_NAMED_AT_SERVICE = re.compile(
    rf"(?:heter|kallar\ssig|är|användaren|användarnamn(?:et)?|nick(?:et)?|kontot|signaturen)\s(?:(?:han|hon)\s)?(?P<handle>(?=\w*[\d_]|\w+\.\w)[\w.]{{4,32}})(?:\s(?:på|i)\s{_SERVICE})?",
    re.IGNORECASE,
)
_DISCORD = re.compile(r"(?<![\w#])[A-Za-z][\w.]{2,31}#\d{4}(?!\d)")


def _find_accounts(sentence: str) -> Iterator[tuple[str, int, int]]:
    # An account that hangs people out may be called anything.
    does_harm = _HANGS_OUT.search(sentence)
    for pattern in (_PROFILE, _DISCORD, _HANDLE):
        for written in pattern.finditer(sentence):
            if does_harm or not _PUBLIC.search(written[0]):
                yield ACCOUNT, *written.span()
    for written in _AT_SERVICE.finditer(sentence):
        if not _PUBLIC.search(written["handle"]):
            yield ACCOUNT, *written.span()
    if re.search(_SERVICE, sentence, re.IGNORECASE):
        for written in _NAMED_AT_SERVICE.finditer(sentence):
            if not _PUBLIC.search(written["handle"]):
                yield ACCOUNT, *written.span()


# --- Numbers of devices and accounts ---

_IP = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_NO_IP = re.compile(r"(?:version\w*|avsnitt|kapitel|punkt|mål|bilaga|v\.?|aktivitet)\s$", re.IGNORECASE)
_IP6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{0,4}){1,5}(?!\w)", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE)
_DEVICE_WORD = re.compile(
    r"(?<!\w)(?:IMEI|IMSI|ICCID|MAC-adress\w*|(?:telefonens|mobilens|datorns|cykelns|mopedens)\s(?:serie|ram)n\w+)"
    r"(?:-?(?:nummer|nr|kod)\w*)?[\s:]{1,2}(?:är\s)?(?=[\w-]*\d)[\w-]{6,24}(?:-\d+)*",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\d-])\d{15}(?!\d)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?\d{4}){5}(?!\d)")
_BANK = re.compile(
    r"(?<!\w)(?:bankkonto|konto(?:nummer|nr|t)?|clearing(?:nummer|nr)?)[\s.:]{1,2}(?:är\s)?\d{4}[\s,-](?:\d[\s,-]{0,2}){5,12}\d(?!\d)"
    r"|(?<!\w)clearing(?:nummer|nr)?[\s:]{1,2}\d{4}",
    re.IGNORECASE,
)
_SWISH_NUMBER = re.compile(
    rf"(?<!\w)swish\w*[\s:]{{1,2}}(?:till\s|på\s|nummer\s)?(?:\d[\s-]?){{8,10}}[^.\n]{{0,20}}{_KIN}(?!\w)",
    re.IGNORECASE,
)
_SWISH = re.compile(
    rf"(?<!\w)[Ss]wish\w*(?:\s(?:till|åt|från)(?:\s(?:en|hans|hennes))?)?\s(?P<name>{_WORD})(?!\s?(?:AB|{_PLACE}))"
)
_BITCOIN = re.compile(r"(?<!\w)(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[0-9a-fA-F]{40})(?!\w)")


def _find_numbered(sentence: str) -> Iterator[tuple[str, int, int]]:
    for written in _IP.finditer(sentence):
        if not _NO_IP.search(sentence[: written.start()]) and all(int(part) < 256 for part in written[0].split(".")):
            yield DEVICE, *written.span()
    for written in _IP6.finditer(sentence):
        try:
            ipaddress.IPv6Address(written[0])
        except ValueError:
            continue
        yield DEVICE, *written.span()
    for pattern in (_MAC, _DEVICE_WORD, _LONG):
        for written in pattern.finditer(sentence):
            if pattern is not _LONG or _has_check_digit(written[0]):
                yield DEVICE, *written.span()
    for pattern in (_IBAN, _BANK, _SWISH_NUMBER, _BITCOIN):
        for written in pattern.finditer(sentence):
            yield MONEY, *written.span()
    for written in _SWISH.finditer(sentence):
        names, words = _given_names()
        surname = re.match(rf"\s({_WORD})", sentence[written.end() :])
        if written["name"] in words and surname and _is_surname(surname[1]):
            yield MONEY, written.start(), written.end() + surname.end()
        elif written["name"] in names or written["name"].removesuffix("s") in names:
            yield MONEY, *written.span()


def _has_check_digit(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
