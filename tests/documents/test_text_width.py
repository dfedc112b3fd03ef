"""How wide texts are in our font, and how many lines they take."""

import pytest

from documents.text_width import lines_of, width_of


def test_width_is_the_fonts_own():
    assert round(width_of("Utan antal, följs upp i ord", points=8.5), 1) == 31.6
    assert round(width_of("Utan antal, följs upp i ord", points=17), 1) == 63.2


def test_semibold_is_wider():
    assert width_of("Grannsamverkan", points=10, weight=600) > width_of("Grannsamverkan", points=10)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("Kort", 1),
        ("Grannsamverkan Grannsamverkan", 2),
        ("Grannsamverkan\nTuBen", 2),
        ("Grannsamverkan\n\nTuBen", 3),
        # A word that is wider than the column is broken.
        ("W" * 14, 2),
        ("på " + "W" * 14, 3),
        # Where the font has no such character, it is taken for as wide as it is high.
        ("漢" * 9, 2),
    ],
)
def test_lines_are_broken_between_words(text, lines):
    assert lines_of(text, width=30, points=10) == lines


def test_what_stands_in_semibold_before_a_text_takes_room_too():
    assert lines_of("Polisen och kommunen", width=60, points=10) == 1
    assert lines_of("Polisen och kommunen", width=60, points=10, bold="1.1 Grannsamverkan i Åkarp:") == 2
