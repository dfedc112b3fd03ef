import pytest

from documents.swedish_words import counted, joined, lower_first, upper_first


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["KLF"], "KLF"), (["KLF", "SF"], "KLF och SF"), (["KLF", "Polisen", "SF"], "KLF, Polisen och SF")],
)
def test_words_are_joined_as_one_says_them(words, text):
    assert joined(iter(words)) == text


@pytest.mark.parametrize(("number", "text"), [(0, "noll möten"), (1, "ett möte"), (12, "tolv möten"), (13, "13 möten")])
def test_things_are_counted_in_words_up_to_twelve(number, text):
    assert counted(number, "möte", "möten", neuter=True) == text


def test_first_letters_change_alone():
    assert (upper_first("ännu en ÅÄÖ"), lower_first("Ännu en ÅÄÖ")) == ("Ännu en ÅÄÖ", "ännu en ÅÄÖ")
    assert (upper_first(""), lower_first("")) == ("", "")
