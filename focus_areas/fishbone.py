"""A cause analysis drawn as a fishbone: where each line and word goes. Numbers and text only, no database.

The problem is the head, to the right. Each leg is a bone that meets the spine, its causes are twigs on it. The
template writes the numbers as SVG attributes; colours come from classes. What is too long is shortened here and stands
in full in the list beside the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1080
MARGIN = 16
TEXT_SIZE = 14
LINE_HEIGHT = 18
TWIG_GAP = 10
TWIG_WIDTH = 280
SLANT = 0.3  # how far a bone leans for each step away from the spine
LABEL_HEIGHT = 36
BONE_END = 26  # from the spine to the nearest twig
SHORTEST_BONE = 120
HEAD_LEFT, HEAD_WIDTH, HEAD_PADDING = 856, WIDTH - 856 - MARGIN, 14
JOINTS = (410, 800, 605)  # where the bones meet the spine: two above it, one below
MOST_TWIGS = 7
MOST_LINES = 2
MOST_HEAD_LINES = 6
ELLIPSIS = "…"

NARROW = frozenset("iljtfrI1.,:;'|!()[] -")
WIDE = frozenset("mwMWÅÄÖ@%—–æÆ")
NARROW_EM, USUAL_EM, WIDE_EM = 0.36, 0.57, 0.92


@dataclass(frozen=True)
class Twig:
    """A cause: its lines of text, each with where it begins, and the line that ties it to the bone."""

    lines: tuple[tuple[float, str], ...]
    x: float
    to_x: float
    y: float
    is_protective: bool = False
    is_rest: bool = False


@dataclass(frozen=True)
class Bone:
    """A leg: its name, the line from the name to the spine, and its causes."""

    label: str
    label_x: float
    label_y: float
    x: float
    y: float
    joint_x: float
    joint_y: float
    twigs: tuple[Twig, ...]


@dataclass(frozen=True)
class Fishbone:
    width: int
    height: float
    spine_y: float
    spine_from: float
    spine_to: float
    head_x: float
    head_y: float
    head_width: float
    head_height: float
    head_text_x: float
    head_lines: tuple[tuple[float, str], ...]
    bones: tuple[Bone, ...]
    words: str

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height:g}"


@dataclass(frozen=True)
class Leg:
    """What goes in: a leg's name and its causes, each with whether it holds the problem back."""

    label: str
    causes: Sequence[tuple[str, bool]]


def draw(problem: str, legs: Sequence[Leg]) -> Fishbone:
    """Lay out a problem with three legs: the first two above the spine, the third below it.

    Raises:
        ValueError: there are not three legs.
    """
    if len(legs) != len(JOINTS):
        raise ValueError(f"a fishbone has {len(JOINTS)} legs, not {len(legs)}")
    leg_texts = [_twig_texts(leg) for leg in legs]
    heights = [_bone_height(texts) for texts in leg_texts]
    head_lines = wrap(problem, HEAD_WIDTH - 2 * HEAD_PADDING, most=MOST_HEAD_LINES)
    head_height = len(head_lines) * LINE_HEIGHT + 2 * HEAD_PADDING
    above = max(heights[0], heights[1], head_height / 2 - LABEL_HEIGHT + MARGIN)
    below = max(heights[2], head_height / 2 - LABEL_HEIGHT + MARGIN)
    spine_y = MARGIN + LABEL_HEIGHT + above
    head_y = spine_y - head_height / 2
    return Fishbone(
        width=WIDTH,
        height=round(spine_y + below + LABEL_HEIGHT + MARGIN, 1),
        spine_y=round(spine_y, 1),
        spine_from=MARGIN,
        spine_to=HEAD_LEFT,
        head_x=HEAD_LEFT,
        head_y=round(head_y, 1),
        head_width=HEAD_WIDTH,
        head_height=head_height,
        head_text_x=HEAD_LEFT + HEAD_PADDING,
        head_lines=tuple(
            (round(head_y + HEAD_PADDING + TEXT_SIZE + number * LINE_HEIGHT, 1), line)
            for number, line in enumerate(head_lines)
        ),
        bones=tuple(
            _bone(leg.label, texts, joint_x=joint_x, spine_y=spine_y, height=height, is_above=number < 2)
            for number, (leg, texts, joint_x, height) in enumerate(zip(legs, leg_texts, JOINTS, heights, strict=True))
        ),
        words=in_words(problem, legs),
    )


def in_words(problem: str, legs: Sequence[Leg]) -> str:
    """What the drawing says, for those who do not see it."""
    said = []
    for leg in legs:
        causes = [f"{title} (skyddar)" if is_protective else title for title, is_protective in leg.causes]
        said.append(f"{leg.label}: {', '.join(causes) if causes else 'inga orsaker'}.")
    return f"Fiskbensdiagram över orsakerna till {problem}. {' '.join(said)}"


def wrap(text: str, width: float, *, most: int = MOST_LINES) -> list[str]:
    """The text as lines no wider than that; shortened with an ellipsis where it needs more lines than `most`."""
    lines: list[str] = []
    line = ""
    for word in " ".join(text.split()).split(" "):
        tried = f"{line} {word}" if line else word
        if text_width(tried) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width)
        lines += whole
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(" ".join(lines[most - 1 :]), width)]


def text_width(text: str) -> float:
    """About how wide the text is; somewhat more rather than less, for nobody knows the font."""
    em = sum(
        NARROW_EM if char in NARROW else WIDE_EM if char in WIDE or ord(char) > 0x2FF else _em_of(char) for char in text
    )
    return em * TEXT_SIZE


def _em_of(char: str) -> float:
    return 0.72 if char.isupper() else USUAL_EM


def _pieces(word: str, width: float) -> list[str]:
    """A word that is wider than a line, cut where it must be."""
    pieces = [""]
    for char in word:
        if text_width(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _shortened(text: str, width: float) -> str:
    while text and text_width(text + ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip(" ,.;:–-") + ELLIPSIS


def _twig_texts(leg: Leg) -> list[Twig]:
    """The leg's causes as wrapped lines, without places; what there is no room for is counted."""
    shown = leg.causes if len(leg.causes) <= MOST_TWIGS else leg.causes[: MOST_TWIGS - 1]
    twigs = [
        Twig(tuple((0, line) for line in wrap(title, TWIG_WIDTH - 6)), 0, 0, 0, is_protective=is_protective)
        for title, is_protective in shown
    ]
    if left_out := len(leg.causes) - len(shown):
        twigs.append(Twig(((0, f"och {left_out} till, se listan"),), 0, 0, 0, is_rest=True))
    return twigs


def _height(twig: Twig) -> float:
    return len(twig.lines) * LINE_HEIGHT + TWIG_GAP


def _bone_height(twigs: Sequence[Twig]) -> float:
    return max(SHORTEST_BONE, BONE_END + sum(map(_height, twigs)))


def _bone(label: str, twigs: Sequence[Twig], *, joint_x: float, spine_y: float, height: float, is_above: bool) -> Bone:
    """Put a leg's causes along its bone, the first one at the top."""

    def bone_x(y: float) -> float:
        return joint_x - abs(spine_y - y) * SLANT

    end_y = spine_y - height if is_above else spine_y + height
    # The text stands on its line, so above the spine the lowest line keeps its distance, and below it the first text.
    y = end_y if is_above else spine_y + BONE_END - TWIG_GAP
    placed = []
    for twig in twigs:
        y += _height(twig)
        to_x = bone_x(y)
        first = y - (len(twig.lines) - 1) * LINE_HEIGHT - 5
        placed.append(
            Twig(
                lines=tuple(
                    (round(first + number * LINE_HEIGHT, 1), text) for number, (_, text) in enumerate(twig.lines)
                ),
                x=round(to_x - TWIG_WIDTH, 1),
                to_x=round(to_x, 1),
                y=round(y, 1),
                is_protective=twig.is_protective,
                is_rest=twig.is_rest,
            )
        )
    return Bone(
        label=label,
        label_x=round(bone_x(end_y), 1),
        label_y=round(end_y - 10 if is_above else end_y + TEXT_SIZE + 8, 1),
        x=round(bone_x(end_y), 1),
        y=round(end_y, 1),
        joint_x=joint_x,
        joint_y=round(spine_y, 1),
        twigs=tuple(placed),
    )
