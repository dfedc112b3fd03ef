import unicodedata

import pytest

from documents.fields import LineField, ProseField
from documents.written_text import comparison_key, odd_characters, plain_line, plain_prose

LOOK_ALIKES = [
    "Burlövs\u00a0kommun",
    "Burlövs  kommun",
    " Burlövs kommun\u2003",
    "Burlövs\tkommun\n",
    "Burlövs\u3000kommun",
    unicodedata.normalize("NFD", "Burlövs kommun"),
    "Bur\u00adlövs kommun",
    "Burlövs\u200b kommun",
    "\ufeffBurlövs kommun",
    "\u202aBurlövs kommun\u202c",
    "Burlo\u200b\u0308vs kommun",
    "Burlövs\u200d kommun\ufe0f",
]


@pytest.mark.parametrize("written", LOOK_ALIKES)
def test_names_that_look_the_same_are_stored_the_same(written):
    assert plain_line(written) == "Burlövs kommun"
    assert LineField("namn", max_length=80).clean(written, None) == "Burlövs kommun"


@pytest.mark.parametrize(
    "written",
    [*LOOK_ALIKES, "BURLÖVS KOMMUN", "burlövs kommun", "Вurlövs kоmmun", "Ｂurlövs kommun"],
)
def test_names_are_compared_however_they_are_spelled(written):
    assert comparison_key(written) == comparison_key("Burlövs kommun")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Åkarp", "Akarp"), ("Tågarp", "Tagarp"), ("Area 1", "Area 11"), ("Grupp A", "Grupp B"), ("Höör", "Hoor")],
)
def test_names_that_differ_are_not_taken_for_the_same(one, other):
    assert comparison_key(one) != comparison_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2021–2024", "2021-2024"), ("O’Learys", "O'Learys"), ("Grupp ”Öst”", 'Grupp "Öst"'), ("m²", "m2")],
)
def test_dashes_and_quotation_marks_of_another_sort_do_not_make_another_name(one, other):
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "👍🏽",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "1\ufe0f\u20e3 först",
        "می\u200cخواهم",
        "क्\u200dष",
    ],
)
def test_emoji_and_scripts_that_need_their_joiners_keep_them(text):
    assert plain_line(text) == text
    assert plain_prose(text) == text


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("första\r\n  indrag\tmed  två\u2003mellanslag  \nsista", "första\n  indrag med två mellanslag\nsista"),
        ("hårt\u00a0mellanslag", "hårt mellanslag"),
        ("1\u00a0250\u00a0kr enligt §\u00a04", "1\u00a0250\u00a0kr enligt §\u00a04"),
        ("nytt\u2028stycke\u2029till", "nytt\nstycke\ntill"),
        ("sam\u00adver\u00adkan", "samverkan"),
        (unicodedata.normalize("NFD", "Åtgärder på väg"), "Åtgärder på väg"),
        ("\u00a0\u00a0indraget", "  indraget"),
    ],
)
def test_prose_keeps_its_lines_and_the_hard_spaces_of_numbers(written, stored):
    assert plain_prose(written) == stored
    assert ProseField("text").clean(written, None) == stored


@pytest.mark.parametrize("plain", [plain_line, plain_prose])
@pytest.mark.parametrize("text", [*LOOK_ALIKES, "a\u00a0 b  \n\u00a0c", "1\u00a0\u00a0250", "👨\u200d\u200bx\u200d👩"])
def test_what_is_plain_stays_as_it_is(plain, text):
    assert plain(plain(text)) == plain(text)


def test_length_is_counted_as_it_is_stored():
    decomposed = unicodedata.normalize("NFD", "å" * 80)

    assert LineField("namn", max_length=80).formfield().clean(decomposed) == "å" * 80


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Burlövs kommun", []),
        ("Burlövs\u00a0kommun", ["hårt mellanslag (U+00A0)"]),
        ("Social\u00adförvaltning", ["mjukt bindestreck (U+00AD)"]),
        ("A\u200bb", ["osynligt tecken (U+200B)"]),
        ("Вurlöv", ["kyrilliskt В (U+0412)"]),
        (unicodedata.normalize("NFD", "Åkarp"), ["bokstäver i två delar (som a + ˚)"]),
    ],
)
def test_odd_characters_are_named(text, named):
    assert odd_characters(text) == named
