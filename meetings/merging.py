"""Put together what two people wrote at once, from the text that both started from. Nothing written is lost."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from diff_match_patch import diff_match_patch

BESIDE = "--- Skrivet samtidigt, väv ihop med raderna ovanför: ---"

# Above this many lines, lines that come back all the time (blank ones, dashes) are not looked for everywhere: what
# that costs grows with the square of how often they stand there.
MANY_LINES = 400

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Merged:
    """The text, and whether the two went together by themselves. Where not, both stand there, one after the other."""

    text: str
    went_together: bool = True


def merge(*, base: str, mine: str, theirs: str) -> Merged:
    """Merge `mine` and `theirs`, both written from `base`: stretch by stretch, between lines that neither touched."""
    parts, went_together = [], True
    for base_part, my_part, their_part in _stretches(*(text.split("\n") for text in (base, mine, theirs))):
        if base_part == my_part:
            parts += their_part
        elif base_part == their_part:
            parts += my_part
        elif (merged := _merge_part(*map("\n".join, (base_part, my_part, their_part)))) is not None:
            parts += merged.split("\n")
        elif not my_part or not their_part:
            # One took the lines away while the other wrote in them: they stay.
            parts += my_part or their_part
        else:
            parts += [*their_part, BESIDE, *my_part]
            went_together = False
    return Merged("\n".join(parts), went_together)


def _merge_part(base: str, mine: str, theirs: str) -> str | None:
    """One stretch that both have changed, as one text; None when that cannot be done without losing a word."""
    if mine == theirs:
        return theirs
    for attempt in (_patch, _both_went_on):
        text = attempt(base, mine, theirs)
        if text is not None and keeps_every_word(base=base, mine=mine, theirs=theirs, merged=text):
            return text
    return None


def _patch(base: str, mine: str, theirs: str) -> str | None:
    """Make my changes in their text; None when one of them finds no place there."""
    tool = diff_match_patch()
    # Text that is taken away must stand there as it was: what somebody else wrote in it is not taken along.
    tool.Patch_DeleteThreshold = 0.0
    text, applied = tool.patch_apply(tool.patch_make(base, mine), theirs)
    return text if all(applied) else None


def _both_went_on(base: str, mine: str, theirs: str) -> str | None:
    """Both wrote at the end: theirs first, then mine on a line of its own."""
    if not (mine.startswith(base) and theirs.startswith(base)):
        return None
    return _join(theirs, mine[len(base) :].lstrip())


def _stretches(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut the three texts at the lines that all of them share; each such line is a stretch of its own."""
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    start = my_start = their_start = 0
    for place in range(len(base)):
        if place not in in_mine or place not in in_theirs:
            continue
        if (start, my_start, their_start) != (place, in_mine[place], in_theirs[place]):
            yield base[start:place], mine[my_start : in_mine[place]], theirs[their_start : in_theirs[place]]
        start, my_start, their_start = place + 1, in_mine[place] + 1, in_theirs[place] + 1
        yield (base[place:start],) * 3
    if base[start:] or mine[my_start:] or theirs[their_start:]:
        yield base[start:], mine[my_start:], theirs[their_start:]


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    """Where each line of `base` that was kept stands in `other`."""
    is_long = max(len(base), len(other)) > MANY_LINES
    blocks = SequenceMatcher(None, base, other, autojunk=is_long).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def keeps_every_word(*, base: str, mine: str, theirs: str, merged: str) -> bool:
    """Whether every word that either added is there, as many times as both together wrote it."""
    in_base, in_mine, in_theirs, in_merged = (Counter(_WORD.findall(text)) for text in (base, mine, theirs, merged))
    return all(
        in_merged[word] >= in_mine[word] + in_theirs[word] - in_base[word]
        for word in in_mine | in_theirs
        if in_mine[word] > in_base[word] or in_theirs[word] > in_base[word]
    )


def _join(*parts: str) -> str:
    return "\n".join(part.strip("\n") for part in parts if part.strip("\n"))
