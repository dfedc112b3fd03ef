"""Two people's minutes put together: whatever either wrote is there afterwards."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.merging import BESIDE, merge

WORDS = st.sampled_from(["läget", "är", "lugnt", "vid", "skolan", "Polisen", "går", "på", "fredag", "åtta", "nio."])
LINES = st.lists(WORDS, max_size=6).map(" ".join)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)
ANYTHING = st.text(alphabet="ab \n.å", max_size=30)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("", "Vi talade om skolan.", "", "Vi talade om skolan."),
        ("", "Vi diskute", "De sa", "De sa\nVi diskute"),
        ("De sa", "De sa att", "De sa\nVi diskuterade", "De sa att\nVi diskuterade"),
        ("Ett\nTvå\nTre", "Ett\nTvå och lite\nTre", "Ett\nTvå\nTre och mer", "Ett\nTvå och lite\nTre och mer"),
        ("Samma", "Samma sak", "Samma sak", "Samma sak"),
    ],
)
def test_texts_that_go_together_are_merged(base, mine, theirs, merged):
    result = merge(base=base, mine=mine, theirs=theirs)

    assert (result.text, result.went_together) == (merged, True)


def test_the_same_line_written_twice_is_kept_in_both_versions_and_nothing_else_is_doubled():
    result = merge(
        base="Inledning.\nLäget är bra.\nSlut.",
        mine="Inledning.\nLäget är dåligt.\nSlut.",
        theirs="Inledning.\nLäget är lugnt.\nSlut.",
    )

    assert result.text == f"Inledning.\nLäget är lugnt.\n{BESIDE}\nLäget är dåligt.\nSlut."
    assert result.went_together is False


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
@settings(max_examples=150, deadline=None)
def test_words_that_either_added_are_in_the_merged_text(base, mine, theirs):
    merged = Counter(merge(base=base, mine=mine, theirs=theirs).text.split())

    before = Counter(base.split())
    for text in (mine, theirs):
        assert not (Counter(text.split()) - before) - merged


@given(base=ANYTHING, mine=ANYTHING, theirs=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_words_of_any_characters_are_in_the_merged_text(base, mine, theirs):
    merged = Counter(merge(base=base, mine=mine, theirs=theirs).text.split())

    before = Counter(base.split())
    for text in (mine, theirs):
        assert not (Counter(text.split()) - before) - merged


@given(base=TEXTS, mine=TEXTS)
@settings(max_examples=50, deadline=None)
def test_what_only_one_has_written_stands_as_it_was_written(base, mine):
    assert merge(base=base, mine=mine, theirs=base).text == mine
    assert merge(base=base, mine=base, theirs=mine).text == mine


def test_long_minutes_are_merged_fast():
    base = "\n".join(f"Punkt {number}: läget är som det var sist, och vi följer det vidare." for number in range(140))
    began = time.perf_counter()

    result = merge(base=base, mine=base.replace("sist", "förut"), theirs=base.replace("vidare", "noga"))

    assert time.perf_counter() - began < 3
    assert (result.text.count("förut"), result.text.count("noga")) == (140, 140)


@pytest.mark.parametrize("line", ["", "-"], ids=["blank lines", "dashes"])
def test_thousands_of_lines_that_are_all_alike_are_merged_in_a_moment(line):
    many = [line] * 4900
    texts = {
        "base": "\n".join(["Läget.", *many]),
        "mine": "\n".join(["Läget.", *many, "Jag skrev detta."]),
        "theirs": "\n".join(["Läget.", "De skrev detta.", *many]),
    }
    began = time.process_time()

    result = merge(**texts)

    assert time.process_time() - began < 3
    assert {"Jag skrev detta.", "De skrev detta."} <= set(result.text.split("\n"))
