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
        ("3st ungdomar kom", "Färre än 5 ungdomar kom"),
        ("3 st. ungdomar kom", "Färre än 5 ungdomar kom"),
        ("(3) ungdomar kom", "Färre än 5 ungdomar kom"),
        ("ungdomar: 3", "ungdomar: färre än 5"),
        ("Ungdomar (3 st)", "Ungdomar (färre än 5)"),
        ("Deltagare: 1", "Deltagare: färre än 5"),
        ("Pojkar: 2, flickor: tre", "Pojkar: färre än 5, flickor: färre än 5"),
        ("1 person", "Färre än 5 personer"),
        ("1 utsatt familj fick stöd", "Färre än 5 utsatta familjer fick stöd"),
        ("en enda pojke", "färre än 5 pojkar"),
        ("tre till fyra ungdomar", "färre än 5 ungdomar"),
        ("Två, tre eller fyra ungdomar", "Färre än 5 ungdomar"),
        ("2—3 personer", "Färre än 5 personer"),
        ("3–6 ungdomar", "Högst 6 ungdomar"),
        ("mellan 2 och 4 barn", "färre än 5 barn"),
        ("högst 3 elever, ca 3 barn", "färre än 5 elever, färre än 5 barn"),
        ("fler än 3 elever", "några elever"),
        ("De tre pojkarna fick stöd. Alla tre ungdomarna kom.", "Pojkarna fick stöd. Alla ungdomarna kom."),
        ("3 av 4 elever", "Några elever"),
        ("3 15-åringar och 1 15-åring", "Färre än 5 15-åringar och färre än 5 15-åringar"),
        ("tre femtonåringar", "färre än 5 femtonåringar"),
        ("12 ungdomar, varav 9 pojkar och 3 flickor", "12 ungdomar, varav flera pojkar och färre än 5 flickor"),
        ("３ pojkar", "Färre än 5 pojkar"),
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
        "15-åringar fick stöd av en tvåbarnsfamilj",
        "I årskurs 3 elever och i grupp 2 ungdomar",
        "3 barn- och ungdomsgårdar, 3 personbilar, två skolklasser",
        "deltagare: 3 möten, 2 gånger och 4 skolor",
        "Den 3 maj kom 12 barn och 100 ungdomar",
        "fem ungdomar",
    ],
)
def test_what_is_no_small_count_of_people_is_left(text):
    assert mask_small_counts_in_text(text) == text
