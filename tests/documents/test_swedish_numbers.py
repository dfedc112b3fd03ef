from decimal import Decimal

import pytest

from documents.swedish_numbers import BadNumber, amount_words, number_words, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,76", "1.76"),
        (" 1 724,5 ", "1724.50"),
        ("1\u00a0724", "1724"),
        ("−3", "-3"),
        ("+0,5", "0.5"),
        ("1,760", "1.76"),
        ("0", "0"),
        ("999999999,99", "999999999.99"),
    ],
)
def test_number_is_read(text, number):
    assert parse_number(text, decimals=2) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("56 %", "Skriv talet utan procenttecken, inte ”56 %”."),
        ("56,2%", "Skriv talet utan procenttecken, inte ”56,2%”."),
        ("1.76", "Skriv decimaler med komma, inte med punkt: ”1.76”."),
        ("1.724", "Skriv decimaler med komma, inte med punkt: ”1.724”."),
        ("1.724,5", "Skriv decimaler med komma, inte med punkt: ”1.724,5”."),
        (".5", "Skriv decimaler med komma, inte med punkt: ”.5”."),
        ("1,724.50", "Skriv decimaler med komma, inte med punkt: ”1,724.50”."),
        ("1,2,3", "Ska vara ett tal, inte ”1,2,3”."),
        ("saknas", "Ska vara ett tal, inte ”saknas”."),
        ("..", "Ska vara ett tal, inte ”..”."),
        ("1e5", "Ska vara ett tal, inte ”1e5”."),
        ("NaN", "Ska vara ett tal, inte ”NaN”."),
        ("١", "Ska vara ett tal, inte ”١”."),
        ("1,765", "Högst 2 decimaler ryms: ”1,765”."),
        ("1234567890", "Talet är för stort, högst 9 siffror före decimalkommat: ”1234567890”."),
    ],
)
def test_what_is_no_swedish_number_is_refused(text, reason):
    with pytest.raises(BadNumber) as refused:
        parse_number(text, decimals=2)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("number", "decimals", "words"),
    [
        (Decimal("1.76"), None, "1,76"),
        (Decimal("1.70"), None, "1,7"),
        (Decimal("1.70"), 2, "1,70"),
        (Decimal("1724"), None, "1\u00a0724"),
        (Decimal("-3.50"), None, "−3,5"),
        (Decimal("100"), None, "100"),
        (None, None, ""),
    ],
)
def test_number_is_written(number, decimals, words):
    assert number_words(number, decimals) == words


@pytest.mark.parametrize(
    ("amount", "words"), [("0", "0"), ("87500.00", "87\u00a0500"), ("87500.50", "87\u00a0500,50"), (None, "")]
)
def test_amounts_have_ore_only_where_there_are_any(amount, words):
    assert amount_words(None if amount is None else Decimal(amount)) == words
