"""What the guard finds in a text, and what it lets pass."""

import datetime
import random
import time
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from personnummer import personnummer

from privacy.person_numbers import find_person_numbers
from privacy.personal_data import Kind, blocking, excerpt, find_personal_data, warnings

CLEAN = (Path(__file__).parent / "clean_sentences.txt").read_text(encoding="utf-8").splitlines()
LAST_BIRTHDAY = datetime.date(2026, 11, 1)
LAST_CERTAIN_BIRTHDAY = datetime.date(2019, 12, 31)
YEARS = (datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u058a"
SPACES = " \u00a0\u2002\u2007\u2009\u202f\u3000\t"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
DIGITS = (
    "0123456789",
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
    "".join(chr(0x1D7CE + number) for number in range(10)),
)
BEFORE = ("", "Personen ", "Pnr: ", "(", "”", "å", "Född ", "nr 3: ", "Rum 21 ", "Kom fram.\n", "KS/2023:305, ", "🙂 ")
AFTER = ("", ".", " sågs i Arlöv.", ")", ", 2 gånger", "\n", "?", "a", " och 3 andra", "; KS 2023-305", " 🙂")


def checksum(nine: str) -> int:
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return -sum(product // 10 + product % 10 for product in products) % 10


@st.composite
def twelve_digits(draw, *, is_coordination_number=None, born_last=LAST_BIRTHDAY) -> str:
    born_on = draw(st.dates(datetime.date(1890, 1, 1), born_last))
    is_coordination_number = draw(st.booleans()) if is_coordination_number is None else is_coordination_number
    day = born_on.day + 60 * is_coordination_number
    serial = draw(st.integers(1, 999))
    nine = f"{born_on:%y%m}{day:02}{serial:03}"
    return f"{born_on.year // 100}{nine}{checksum(nine)}"


def number_of(kind: Kind):
    # Later dates may be those of stamps and running numbers.
    return twelve_digits(is_coordination_number=kind is Kind.COORDINATION_NUMBER, born_last=LAST_CERTAIN_BIRTHDAY)


def could_be_mobile(number: str) -> bool:
    """Ten digits in one run that begin with 070: asked about, not refused."""
    seen = number.translate(dict.fromkeys(map(ord, INVISIBLE)))
    return seen.isdecimal() and len(seen) == 10 and f"{int(seen):010}".startswith("070")


@st.composite
def written(draw, twelve: str) -> str:
    """The number in one of the ways people and programs write it."""
    century, year, month, day, first, second, last = (
        *(twelve[:2], twelve[2:4], twelve[4:6], twelve[6:8]),
        *(twelve[8:10], twelve[10], twelve[11]),
    )
    dash, space = draw(st.sampled_from(DASHES)), draw(st.sampled_from(SPACES))
    sign = draw(st.sampled_from([dash, f"{space}{dash}{space}", f"{dash}{space}", f" {dash}", "", space, dash * 2]))
    date = f"{year}{month}{day}"
    last_four = f"{first}{second}{last}"
    # A century that has passed without being written is told by a plus.
    has_century = draw(st.booleans()) or int(century + year) < 1927
    if not has_century:
        century = ""
    text = draw(
        st.sampled_from(
            [
                f"{century}{date}{sign}{last_four}",
                f"{century}{space if century else ''}{date}{sign}{last_four}",
                f"{century}{year}{dash}{month}{dash}{day}{sign}{last_four}",
                f"{century}{year}.{month}.{day}{sign}{last_four}",
                f"{century}{date}{sign}{first}{space}{second}{last}",
                f"{century}{date}{dash}\n{last_four}",
                f"{century}{year}{space}{month}{space}{day}{dash}{last_four}",
                f"{century or '19'}{space}{year}{space}{month}{space}{day}{space}{first}{space}{second}{last}"
                if century
                else f"{year}{space}{month}{space}{day}{dash}{first}{space}{second}{last}",
                f"{century}{dash if century else ''}{year}{dash}{month}{dash}{day}{dash}{first}{dash}{second}{last}",
                space.join(century + date) + f"{space}{dash}{space}" + space.join(last_four),
                f"{century}{date}/{last_four}",
            ]
        )
    )
    text = text.translate(str.maketrans(DIGITS[0], draw(st.sampled_from(DIGITS))))
    if draw(st.booleans()):
        place = draw(st.integers(1, len(text) - 1))
        text = text[:place] + draw(st.sampled_from(INVISIBLE)) + text[place:]
    return text


# --- Personal and coordination numbers ---


@pytest.mark.parametrize("kind", [Kind.PERSONAL_NUMBER, Kind.COORDINATION_NUMBER])
@given(data=st.data(), before=st.sampled_from(BEFORE), after=st.sampled_from(AFTER))
def test_number_is_found_in_every_form_at_its_place(kind, data, before, after):
    number = data.draw(number_of(kind).flatmap(written))
    assume(not could_be_mobile(number))
    text = before + number + after

    found = blocking(find_personal_data(text))

    assert [(finding.kind, finding.start, finding.end, finding.text) for finding in found] == [
        (kind, len(before), len(before) + len(number), number)
    ]


@pytest.mark.parametrize(
    "number",
    [
        "850709-9805",
        "850709+9805",
        "8507099805",
        "198507099805",
        "19850709-9805",
        "1985-07-09-9805",
        "1985-07-09 9805",
        "1985 0709 9805",
        "19 85 07 09 98 05",
        "85 07 09 98 05",
        "850709 - 9805",
        "850709 – 9805",
        "850709\u00ad9805",
        "85\u200b0709\u22129805",
        "８５０７０９－９８０５",
        "8️⃣5️⃣0️⃣7️⃣0️⃣9️⃣9️⃣8️⃣0️⃣5️⃣"[:-2],
        "8 5 0 7 0 9 - 9 8 0 5",
        "850709:9805",
        "850709_9805",
        "19-85-07-09-98-05",
    ],
)
def test_number_in_a_known_form(number):
    findings = find_personal_data(f"Det gällde {number}, sade hon.")

    assert [(finding.kind, finding.text) for finding in findings] == [(Kind.PERSONAL_NUMBER, number)]


@pytest.mark.parametrize(
    "text",
    ["850709-98051", "1850709-9805", "4850 7099 8051 2345", "4508507099805123", "850709-9805-12-24", "0.8507099805000"],
)
def test_part_of_a_longer_row_of_digits_is_no_number(text):
    assert blocking(find_personal_data(text)) == []


def test_several_numbers_are_found_each_at_its_place():
    text = "850709-9805/198507099805\n85 07 09 98 05, 850769-9802"

    found = find_personal_data(text)

    assert [text[finding.start : finding.end] for finding in found] == [
        "850709-9805",
        "198507099805",
        "85 07 09 98 05",
        "850769-9802",
    ]
    assert [finding.kind for finding in found] == [Kind.PERSONAL_NUMBER] * 3 + [Kind.COORDINATION_NUMBER]


@given(twelve=twelve_digits(), wrong=st.integers(1, 9), separator=st.sampled_from(["", "-", " ", "+"]))
def test_wrong_checksum_is_no_number(twelve, wrong, separator):
    last = (int(twelve[-1]) + wrong) % 10

    assert blocking(find_personal_data(f"{twelve[:8]}{separator}{twelve[8:11]}{last}")) == []


@given(
    month_and_day=st.sampled_from(["0230", "0229", "0431", "0631", "1301", "0012", "0100", "0732", "0192", "0291"]),
    serial=st.integers(1, 999),
    has_century=st.booleans(),
)
def test_date_that_never_was_is_no_number(month_and_day, serial, has_century):
    nine = f"85{month_and_day}{serial:03}"

    assert blocking(find_personal_data(f"{'19' * has_century}{nine[:6]}-{nine[6:]}{checksum(nine)}")) == []


def test_leap_day_is_judged_in_its_century():
    born_2000, born_1900 = "000229", "19000229"
    nine = f"{born_2000}123"
    last_four = f"123{checksum(nine)}"

    assert len(find_personal_data(f"{born_2000}-{last_four}")) == 1
    assert find_personal_data(f"{born_1900}-{last_four}") == []


@given(st.from_regex(r"(18|19|20)?[0-9]{6}[-+]?[0-9]{4}", fullmatch=True))
@example("198507099805")
def test_library_is_of_the_same_opinion(text):
    number = None
    if personnummer.valid(text):
        number = personnummer.parse(text)
        # The library lets people be born in the year to come.
        assume(len(text.replace("-", "").replace("+", "")) == 10 or number.get_date() < LAST_BIRTHDAY)

    found = list(find_person_numbers(f"personnummer {text}"))
    first = len("personnummer ")

    assert [(one.start, one.end, one.is_coordination_number, one.is_certain) for one in found] == (
        [] if number is None else [(first, first + len(text), number.is_coordination_number(), True)]
    )


@pytest.mark.parametrize(
    "text",
    [
        *("<b>850709</b>-9805", "850709&#45;9805", "850709%2D9805", "`850709`-**9805**", "850709\\-9805"),
        *("850709 | 9805", '850709";"9805', "850709</td><td>9805", "850709\t9805", "850709;9805", "850709\n9805"),
        *("850709,9805", "850709, 9805", "850709 (9805", "850709-<code>9805", "[b]850709[/b]-9805"),
        *("9 juli 1985, fyra sista 9805", "9/7 1985, sista fyra 9805", "9/7-85, fyra sista siffrorna är 9805"),
        *("fyra sista 9805, född den 9 juli 1985", "09/07/1985-9805", "1985/07/09-9805"),
        *("åtta fem noll sju noll nio nio åtta noll fem", "åttiofem noll sju noll nio streck nittioåtta noll fem"),
        *("SE850709980501", "SE 850709-9805 01", "990312-T123", "19990312T123", "19990312-TF12", "990312 t123"),
    ],
)
def test_number_that_is_spread_out_is_found_at_its_place(text):
    findings = blocking(find_personal_data(f"Det gällde {text}. Sedan gick vi."))

    assert [(finding.kind, finding.text) for finding in findings] == [(Kind.PERSONAL_NUMBER, text)] or (
        # A mark around the whole begins before the number.
        len(findings) == 1 and findings[0].text in text and findings[0].text[-1].isalnum()
    )


def test_coordination_number_of_somebody_whose_day_of_birth_nobody_knows_is_found():
    findings = find_personal_data("Det gällde 19150760-2397.")

    assert [(finding.kind, finding.text) for finding in findings] == [(Kind.COORDINATION_NUMBER, "19150760-2397")]


@pytest.mark.parametrize("four", ["0830", "0011", "0417", "2359"])
@pytest.mark.parametrize("form", ["{:%y%m%d} {}", "{:%y%m%d}-{}", "{:%Y%m%d} {}", "{:%Y-%m-%d} {}", "{:%Y%m%d}_{}.jpg"])
def test_stamp_of_the_last_years_is_asked_about_unless_a_word_says_that_it_is_a_persons_number(form, four):
    # A day in 2023 on which the checksum fits.
    days = (datetime.date(2023, 1, 1) + datetime.timedelta(days=day) for day in range(365))
    day = next(day for day in days if checksum(f"{day:%y%m%d}{four[:3]}") == int(four[3]))
    stamp = form.format(day, four)

    assert [finding.kind for finding in find_personal_data(f"{stamp} larm från butiken")] == [Kind.POSSIBLE_NUMBER]
    for text in (f"Personnummer: {stamp}", f"Flickan är född {stamp}.", f"pnr {stamp}", f"Elev {stamp}"):
        assert [finding.kind for finding in find_personal_data(text)] == [Kind.PERSONAL_NUMBER], text


def test_number_of_a_child_that_is_neither_time_nor_running_number_is_refused():
    nine = "230512987"

    assert [finding.kind for finding in find_personal_data(f"{nine[:6]}-{nine[6:]}{checksum(nine)}")] == [
        Kind.PERSONAL_NUMBER
    ]


def test_hardly_any_innocent_stamp_or_number_is_refused():
    chance = random.Random(2026)
    texts = []
    for _ in range(4000):
        moment = datetime.datetime(2021, 1, 1) + datetime.timedelta(minutes=chance.randrange(6 * 365 * 24 * 60))
        form = chance.choice(["%y%m%d %H%M", "%y%m%d-%H%M", "%Y%m%d %H%M", "%Y-%m-%d %H%M", "%Y%m%d_%H%M.jpg"])
        texts += (f"{moment:{form}} larm", f"Faktura {moment:%Y%m%d}-{chance.randrange(1, 1000):04}")
        texts.append(f"070{chance.randrange(10**7):07}")

    refused = [text for text in texts if blocking(find_personal_data(text))]

    assert len(refused) <= 0.005 * len(texts), refused[:10]


def test_telephone_number_that_could_be_a_personal_number_is_what_the_word_before_says():
    nine = "070625500"
    number = f"{nine}{checksum(nine)}"

    assert [finding.kind for finding in find_personal_data(f"Ring {number}.")] == [Kind.TELEPHONE]
    assert [finding.kind for finding in find_personal_data(f"Född {number}.")] == [Kind.PERSONAL_NUMBER]


# --- What needs a reason ---


@pytest.mark.parametrize(
    "number",
    [
        "070-123 45 67",
        "0701-23 45 67",
        "0701234567",
        "073 123 45 67",
        "076-1234567",
        "+46 70 123 45 67",
        "+46701234567",
        "+46 (0)70-123 45 67",
        "0046701234567",
        "040-62 50 00",
        "040-625 60 00",
        "040 62 50 00",
        "(040) 62 50 00",
        "040/62 50 00",
        "040–62 50 00",
        "08-123 456 78",
        "046-35 50 00",
        "0416-330 00",
        "+46 40 62 50 00",
        "+45 12 34 56 78",
        "070.123.45.67",
        "46701234567",
        "46 70 123 45 67",
        "0 7 0 1 2 3 4 5 6 7",
        "noll sju noll, ett två tre, fyra fem, sex sju",
        "wa.me/46701234567",
        "tel:+46701234567"[4:],
        "０７０１２３４５６７",
    ],
)
def test_telephone_number_is_found(number):
    findings = find_personal_data(f"Ring {number}, helst före kl. 15.")

    assert [(finding.kind, finding.text) for finding in findings] == [(Kind.TELEPHONE, number)]


@pytest.mark.parametrize(
    "address",
    ["anna@burlov.example", "anna＠burlov.example", "Anna.Ek-Lind+trygg@skola.burlov.se", "o'hara@exempel.nu"],
)
def test_email_address_is_found(address):
    findings = find_personal_data(f"Skriv till {address}.")

    assert [(finding.kind, finding.text) for finding in findings] == [(Kind.EMAIL, address)]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("Bilen ABC123 stod där.", "ABC123"),
        ("Det var ABC 123.", "ABC 123"),
        ("Skåpbil, MLB 47K, vit.", "MLB 47K"),
        ("MLB47K.", "MLB47K"),
        ("reg.nr abc 123", "abc 123"),
        ("Registreringsnummer: mlb47k", "mlb47k"),
        ("mopeden abc123 stals", "abc123"),
        ("ABC-123", "ABC-123"),
        ("ABC·123", "ABC·123"),
        ("ABC_12A", "ABC_12A"),
        ("ABC.123", "ABC.123"),
    ],
)
def test_number_plate_is_found(text, plate):
    assert [(finding.kind, finding.text) for finding in find_personal_data(text)] == [(Kind.VEHICLE, plate)]


@pytest.mark.parametrize(
    "text",
    [
        "ABI123",
        "ABQ 123",
        "ÅBC123",
        "ABC12O",
        "KAN 200",
        "LPO 123",
        "EKB 101",
        "SFS 400",
        "KS2023",
        "XABC123",
        "ABC1234",
    ],
)
def test_what_stands_on_no_plate_passes(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Hon bor på Storgatan 12 lgh 1203.", "Storgatan 12 lgh 1203"),
        ("Dalbyvägen 4 B, lägenhet 1101", "Dalbyvägen 4 B, lägenhet 1101"),
        ("Vårgatan 3, 2 tr.", "Vårgatan 3, 2 tr"),
        ("Lilla Torg 4A, 1 tr", "Lilla Torg 4A, 1 tr"),
        ("bråk i lgh 1001", "lgh 1001"),
        ("i LGH 1001", "LGH 1001"),
        ("Storgatan 12 lgh:1203", "Storgatan 12 lgh:1203"),
        ("lgh-nr 1203", "lgh-nr 1203"),
        ("lägenhetsnummer: 1203", "lägenhetsnummer: 1203"),
        ("Storgatan 12, vån 3", "Storgatan 12, vån 3"),
        ("på våning 3, Storgatan 12", "våning 3, Storgatan 12"),
        ("3 tr på Storgatan 12", "3 tr på Storgatan 12"),
        ("Storgatan 12, tredje våningen", "Storgatan 12, tredje våningen"),
        ("i la\u0308genhet 1001", "la\u0308genhet 1001"),
    ],
)
def test_apartment_is_found(text, address):
    assert [(finding.kind, finding.text) for finding in find_personal_data(text)] == [(Kind.APARTMENT, address)]


def test_findings_are_told_in_order_and_parted_by_gravity():
    text = "ABC123, 850709-9805, 040-62 50 00"

    findings = find_personal_data(text)

    assert [finding.kind for finding in findings] == [Kind.VEHICLE, Kind.PERSONAL_NUMBER, Kind.TELEPHONE]
    assert [finding.kind for finding in blocking(findings)] == [Kind.PERSONAL_NUMBER]
    assert [finding.kind for finding in warnings(findings)] == [Kind.VEHICLE, Kind.TELEPHONE]


# --- What passes ---


def test_there_are_two_hundred_clean_sentences():
    assert len(set(CLEAN)) == 200


@pytest.mark.parametrize("sentence", CLEAN)
def test_clean_sentence_passes(sentence):
    assert find_personal_data(sentence) == []


@given(st.lists(st.sampled_from(CLEAN), min_size=2, max_size=6), st.sampled_from([" ", "\n", "\n\n", "\t", " – "]))
def test_clean_sentences_pass_together(sentences, separator):
    assert find_personal_data(separator.join(sentences)) == []


@given(first=st.integers(16, 99), middle=st.integers(20, 99), rest=st.integers(0, 99), last=st.integers(0, 9999))
def test_organisation_number_passes(first, middle, rest, last):
    assert (
        find_personal_data(f"Org.nr {first}{middle}{rest:02}-{last:04} och 16{first}{middle}{rest:02}{last:04}") == []
    )


@given(st.integers(0, 999_999_999_999), st.sampled_from([" kr", " kronor", "", " mkr"]))
def test_sum_passes(amount, unit):
    grouped = f"{amount:,}".replace(",", " ")

    assert find_personal_data(f"Det kostade {grouped}{unit}.") == []


@given(
    st.integers(1990, 2039), st.integers(1, 99999), st.sampled_from(["KS/{}:{}", "KS {}-{}", "SBN/{}:{:04}", "{}:{}"])
)
def test_reference_number_passes(year, number, form):
    assert find_personal_data(f"Diarienummer {form.format(year, number)}.") == []


@given(st.dates(*YEARS), st.dates(*YEARS), st.times(), st.times())
def test_dates_and_times_pass(first, last, begins, ends):
    text = (
        f"{first:%Y-%m-%d}–{last:%Y-%m-%d}, {first:%Y%m%d}-{last:%Y%m%d}, {first:%y%m%d}–{last:%y%m%d}, "
        f"{first:%Y-%m-%d} kl. {begins:%H.%M}-{ends:%H.%M}, {first:%y%m%d} {begins:%H%M}-{ends:%H%M}, "
        f"{first.day}/{first.month} {first:%Y} {begins:%H:%M}, {first:%Y}–{last:%Y}"
    )

    assert find_personal_data(text) == []


# --- Whatever is written ---


@given(st.text(max_size=300) | st.text("0123456789 -+@.ABC\n\u00ad\u200b", max_size=300))
def test_findings_are_pieces_of_the_text_and_never_overlap(text):
    findings = find_personal_data(text)

    assert all(finding.text == text[finding.start : finding.end] != "" for finding in findings)
    assert all(first.end <= second.start for first, second in zip(findings, findings[1:], strict=False))


def test_excerpt_shows_some_words_around():
    text = f"{'Fler ' * 30}<b>040-62 50 00</b>{' fler' * 30}"

    assert excerpt(text, find_personal_data(text)[0]) == (
        f"…{'Fler ' * 7}&lt;b&gt;<mark>040-62 50 00</mark>&lt;/b&gt;{' fler' * 7}…"
    )


@pytest.mark.parametrize(
    "piece",
    [
        *("0", " ", "1 ", "01 ", "01-", "010101-0101 ", "850709-9805 ", "20 01 01 01 ", "a", "a@", "a@a.", "a.", "@"),
        *(
            "+46 ",
            "040 62 50 00 62 50 00 ",
            "0 ",
            "Aa ",
            "Aa 1 ",
            "lgh 1 ",
            "ABC123 ",
            "reg. ",
            "\u200b",
            "å",
            "\n",
            "-",
        ),
    ],
)
def test_long_hostile_text_is_read_in_linear_time(piece):
    text = (piece * 20_000)[:20_000]

    began = time.perf_counter()
    find_personal_data(text)

    # Some ten milliseconds (`make bench` tells); a pattern that runs away takes minutes.
    assert time.perf_counter() - began < 1
