"""What leads to a person without being forbidden: telephone numbers, e-mail addresses, number plates, apartments."""

import re
from collections.abc import Iterator

# --- Telephone ---

# Area codes of two and three digits, without the zero; all others have four. 020 and 077 lead to no person.
_AREA = re.compile(r"(?:7[02369]|8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90)")
_SWEDISH = re.compile(
    rf"""
    (?<![0-9])(?<![0-9][-./:,])
    (?:(?:\+|00)[ ]?46[ ]?(?:\(0\))?[ .-]{{0,2}}|\(?0|(?<![/\w])46[ -]?(?=7[02369][ .-]?[0-9]))
    (?P<area>{_AREA.pattern}|[1-9][0-9]{{2}})(?P<gap>\)?[ ]?[-/.]?[ ]?)
    (?P<rest>[0-9]{{2,8}}(?:[ .-][0-9]{{2,3}}){{0,4}})
    (?![0-9])
    """,
    re.VERBOSE,
)
# With zeroes for the plus only the neighbours' numbers: 00 begins dates and times too.
_FOREIGN = re.compile(
    r"(?<![0-9])(?:\+(?!46)|00(?=4[45789]|358))[1-9][0-9]{0,2}[ -]?(?:[0-9][ -]?){6,11}[0-9](?![0-9])"
    r"(?!\s?(?:kr|tkr|mkr|mnkr|miljo|procent|%))"
)
# Links that open a call or a chat with somebody, whatever country the number is of.
_LINK = re.compile(
    r"(?:(?:wa\.me|(?:api\.)?whatsapp\.com/send/?\?phone=|signal\.me/\#p|viber://\w+\?number=|t\.me|m\.me)[/=]?"
    r"|whatsapp:(?://send\?phone=)?|viber:|signal:|imo:|(?:tel|sms|callto|facetime):(?://)?)\+?"
    r"(?P<number>[0-9][0-9 .()-]{6,18}[0-9])(?![0-9])",
    re.IGNORECASE,
)
# 08.00-16.30 and 08.05.2026.
_MOMENT = re.compile(
    r"0[0-9]\.[0-5][0-9] ?- ?[0-2][0-9]\.[0-5][0-9](?![0-9.])|0[0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}(?![0-9])"
)
_SPELLED = re.compile(
    r"(?<![0-9])(?<![0-9][ .-])0[ .-](?:7[ .-][02369]|[1-9][ .-][0-9])(?:[ .-][0-9]){5,7}(?![0-9]|[ .-][0-9])"
)
_FEWEST, _MOST = 7, 9


def find_telephones(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    while written := _SWEDISH.search(text, place):
        end = (
            None if _MOMENT.match(text, written.start()) or _is_end_of_sum(text, written) else _end_of_swedish(written)
        )
        if end:
            yield written.start(), end
        # What is no number may hold one: 01 040-62 50 00.
        place = end or written.start() + 1
    for pattern in (_LINK, _FOREIGN, _SPELLED):
        for written in pattern.finditer(text):
            yield written.span()


def _is_end_of_sum(text: str, written: re.Match) -> bool:
    """Whether the zero stands inside a sum of several groups, as in 743 013 000 000."""
    is_after_digit = re.search(r"[0-9] $", text[max(0, written.start() - 2) : written.start()])
    return bool(is_after_digit and re.fullmatch(r"[0-9]{3}(?: [0-9]{3})+", written[0]))


def _end_of_swedish(written: re.Match) -> int | None:
    """Where the number ends; digits after the last that a number can have belong to something else."""
    area, rest = written["area"], written["rest"]
    has_gap = bool(written["gap"].strip(")")) or written[0][0] in "+("
    digits = area + re.sub(r"[^0-9]", "", rest)
    end = written.end()
    while len(digits) > _MOST and (cut := max(rest.rfind(" "), rest.rfind("-"))) > 0:
        end -= len(rest) - cut
        rest = rest[:cut]
        digits = area + re.sub(r"[^0-9]", "", rest)
    known = _AREA.match(digits)
    if not _FEWEST <= len(digits) <= _MOST or digits.startswith(("77", "20")):
        return None
    if digits[0] == "7":
        return end if known and len(digits) == _MOST else None
    if known and (area == known[0] or not has_gap or written[0][0] == "+"):
        return end
    # Four digits for the area, then at least five: 0416-330 00. Two hours are shorter: 0830-1200.
    return end if len(area) == 3 and has_gap and len(digits) > 7 else None


# --- E-mail ---

_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]++@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,24}(?!\w)")


def find_emails(text: str) -> Iterator[tuple[int, int]]:
    for written in _EMAIL.finditer(text):
        yield written.span()


# --- Number plates ---

# I, Q, V, Å, Ä and Ö stand on no Swedish plate, and O not last.
_LETTERS = "[A-HJ-PR-UW-Z]{3}"
_DIGITS = "[0-9]{2}[0-9A-HJ-NPR-UW-Z]"
_MIDDLE = "[ ._·•∙⋅/-]?"
_CAPITALS = re.compile(
    rf"(?<![\w/-])(?P<letters>{_LETTERS}){_MIDDLE}{_DIGITS}(?![\w%§]|[:/-][0-9])"
    r"(?!\s(?:kr|tkr|mkr|kronor|procent|personer|deltagare|elever|barn|unga|st|m|km|meter|timmar|minuter|dagar|g[åa]nger)\b)"
)
_IN_CONTEXT = re.compile(
    r"\b(?:reg(?:\.|istrerings)?[ ]?(?:nr|nummer|numret|skylt|skylten)?|(?:nummer)?skylt(?:en)?|nummerpl[åa]t(?:en)?|"
    r"(?:person|last)?bil(?:en)?|fordon(?:et)?|moped(?:en)?|mc:?n?)[ :.]{1,3}"
    rf"(?P<plate>(?P<letters>{_LETTERS}){_MIDDLE}{_DIGITS})(?!\w)",
    re.IGNORECASE,
)
# Words and abbreviations that stand before a number in capitals: KAN 200, SFS 400, LGH 101.
_NOT_PLATES = frozenset(
    re.findall(
        r"\w+",
        """
        ABF ABS AES ALL ALT ANM ANT APR ARB ARG ARM ART ATM ATT AUG AUT BAD BAN BAR BEN BER BES BET BLY BOK
        BOR BRA BRB BRF BRP BUN BUP BUS BYN BYT CAD CSN DAG DAL DAM DEC DEL DEM DEN DEP DES DET DKK DNR DOM
        DRA EEC EES EFT EJE EKB EKO ELD ELL EMA END ENL ESF EST ETT EUR FAR FAS FBK FEB FEL FEM FHM FLE FOR
        FOT FRA FRE FYR GAP GAS GBP GER GES GET GOD GPS GRP GUL HAN HAR HBT HEL HEM HET HLR HON HOS HSB HUR
        HUS JAG JAN JUL JUN KAL KAN KAP KBT KFN KOM KOR KSF KSN KST KTN KTS KUL LAG LAN LED LEK LGH LOB LOK
        LPO LSO LSS LUL MAJ MAN MAR MAX MBN MBT MED MEN MER MFA MKR MMS MOM MOR MOT MSB NBK NED NER NOA NOG
        NOK NOR NTU NUM NYA OCH ODD OKT ONS ORD ORT OSA OSL OSS PAR PBL PDF PER PGA PHS PLR PLS POL POS PTP
        RAD RAM REF REG REK RES RFS RKA ROS RPS RSA RTG RTJ RUM SAK SAM SBA SBF SBN SCB SEK SEN SEP SER SES
        SET SFS SGU SHA SHB SIG SJU SKA SKB SKE SKL SKR SMS SOL SOM SON SOS SOU SPF SSA SSP STA STF STG STO
        SUM SYD TAK TAL TAR TEL TEX TFS TKN TKR TNB TOG TOM TON TOR TRE TUR TYP UNG UPP USA USD USK UTE UTR
        WHO
        """,
    )
)


def find_plates(text: str) -> Iterator[tuple[int, int]]:
    for written in _CAPITALS.finditer(text):
        if written["letters"] not in _NOT_PLATES:
            yield written.span()
    for written in _IN_CONTEXT.finditer(text):
        if written["letters"].upper() not in _NOT_PLATES:
            yield written.span("plate")

    # --- Apartments ---


# A numbered room in an office is nobody's home.
_STREET_AND_NUMBER = (
    r"(?<!\w)(?!(?:Rum|Sal|Lokal|Kontor|Konferensrum|Mötesrum|Grupprum|Hus)\b)"
    r"[A-ZÀ-ÖØ-Þ][\w-]{1,30}+(?:[ ][\w-]{2,20}+)?[ ][0-9]{1,4}(?:-[0-9]{1,4})?(?:[ ]?[A-Za-z](?!\w))?"
)
_STREET = rf"{_STREET_AND_NUMBER}[ ]?[,(]?[ ]{{0,2}}"
# A year may follow the word: en lägenhet 2025.
_APARTMENT = re.compile(
    rf"(?:{_STREET})?(?<!\w)(?:[Ll]gh|LGH|[Ll][äa]g\.?h|[Ll][äa]genhet(?:en|snummer|snumret|snr)?|[Ll]ght)\.?"
    r"(?:[ -]?nr\.?|[ -]nummer)?[ ]?[:#.=-]?[ ]?(?!20[0-4][0-9](?![0-9]))[0-9]{1,4}(?!\w)"
)
_WHICH = r"(?:[0-9]{1,2}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio)"
_ORDINAL = r"(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|översta|nedersta|[0-9]{1,2}:?[ae])"
_ON_FLOOR = (
    rf"(?:{_WHICH}[ ]?(?:tr(?:appor|p)?(?:[ ](?:upp|ner))?|vån(?:ing(?:en|ar)?)?(?:[ ]upp)?)"
    rf"|(?:vån(?:ing(?:en|splan)?)?\.?)[ :]{{0,2}}{_WHICH}|{_ORDINAL}[ ](?:våningen|vån\.?|våningsplanet)"
    r"|bottenvåningen|bv|nb|n\.b|b\.v)(?!\w)"
)
_FLOOR = re.compile(rf"{_STREET}(?:(?:på|i)[ ])?{_ON_FLOOR}")
_FLOOR_BEFORE = re.compile(rf"(?<!\w){_ON_FLOOR}[ ,]{{0,2}}(?:(?:på|i|av)[ ])?{_STREET_AND_NUMBER}")


def find_apartments(text: str) -> Iterator[tuple[int, int]]:
    """Find dwellings that can be told from the others in the house; a street and its number may be any place."""
    for pattern in (_APARTMENT, _FLOOR, _FLOOR_BEFORE):
        for written in pattern.finditer(text):
            yield written.span()
