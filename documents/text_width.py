"""How wide a text is in our font, and how many lines it takes, without laying it out."""

from documents.pdf_fonts import advances_of

MM_PER_POINT = 25.4 / 72
# Where the font lacks a character a fallback shows it, and no fallback has wider ones.
UNKNOWN = 1.0


def width_of(text: str, *, points: float, weight: int = 400) -> float:
    """Return the width of a text on one line, in millimetres."""
    advances = advances_of(weight)
    return sum(advances.get(character, UNKNOWN) for character in text) * points * MM_PER_POINT


def lines_of(text: str, *, width: float, points: float, weight: int = 400, bold: str = "") -> int:
    """Return how many lines a text takes in a column of so many millimetres; an empty one takes one too.

    Lines are broken between words, and within a word that is wider than the column.

    Args:
        bold: what stands before it, in semibold.
    """
    space = width_of(" ", points=points, weight=weight)
    total = 0
    for paragraph in text.splitlines() or [""]:
        words = [width_of(word, points=points, weight=600) for word in bold.split(" ") if word]
        words += [width_of(word, points=points, weight=weight) for word in paragraph.split(" ")]
        bold = ""
        total += lines_of_words(words, width=width, space=space)
    return total


def lines_of_words(words: list[float], *, width: float, space: float) -> int:
    total, used = 1, 0.0
    for word in words:
        start = used + space if used else 0.0
        if start + word <= width:
            used = start + word
            continue
        broken = int(word // width)
        total += bool(used) + broken
        used = word - broken * width
    return total
