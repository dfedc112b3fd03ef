"""Small pieces of Swedish that the report's sentences are put together from."""

from privacy.small_counts import counts_people, shown_count

__all__ = [
    "change_in_words",
    "clipped",
    "counts_people",
    "sentence_end",
    "shown_count",
]


def change_in_words(now: int, start: int) -> str:
    """+1, −1 with a real minus, 0."""
    difference = now - start
    if not difference:
        return "0"
    return f"+{difference}" if difference > 0 else f"−{-difference}"


def clipped(text: str, length: int) -> str:
    """The text on one line, cut at a word with an ellipsis where it is longer than so many characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length]
    return f"{(cut.rsplit(' ', 1)[0] if ' ' in cut else cut).rstrip(' ,.;:–')}…"


def sentence_end(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    text = text.rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text}."
