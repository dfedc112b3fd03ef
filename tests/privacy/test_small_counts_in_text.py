"""Counts of one to four people in running text are masked in what anybody may read; nothing else is touched."""

import pytest

from privacy.small_counts import mask_small_counts_in_text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Vi hjälpte 3 ungdomar.", "Vi hjälpte färre än 5 ungdomar."),
        ("Två utsatta familjer fick stöd.", "Färre än 5 utsatta familjer fick stöd."),
        ("Fyra unga män dömdes.", "Färre än 5 unga män dömdes."),
        ("2 av 12 barn svarade.", "Färre än 5 av 12 barn svarade."),
        ("2–3 personer i taget.", "Färre än 5 personer i taget."),
        ("Nå minst 4\u00a0elever", "Nå några\u00a0elever"),
        ("Det gick bra. 3 st skolbarn kom.", "Det gick bra. Färre än 5 skolbarn kom."),
        ("för tre tjejer", "för färre än 5 tjejer"),
    ],
)
def test_small_count_of_people_is_masked(text, masked):
    assert mask_small_counts_in_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Vi hjälpte 5 ungdomar och 12 barn.",
        "År 2023 ungdomar, 1 204 personer, 2,3 barn per hushåll.",
        "Två möten med föräldrar och tre vandringar.",
        "En förälder sa att det behövs fler vuxna ute.",
        "3 skolor, fyra lag och två kvällar för unga.",
        "KS/2023:3 barn",
        "Det är 14 barn",
        "3 tunga skäl",
    ],
)
def test_what_is_no_small_count_of_people_is_left(text):
    assert mask_small_counts_in_text(text) == text
