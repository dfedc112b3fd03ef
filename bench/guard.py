"""How long the personal-data guard needs for 20,000 characters, the worst of some hostile texts among them.

    python bench/guard.py

No database. Time is the processor's, the best of five readings: what else the machine does counts little.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burlov_trygghet.settings")
os.environ.setdefault("DEBUG", "true")

from privacy.personal_data import find_personal_data  # noqa: E402

LENGTH = 20_000
TARGET = 55
TEXTS = {
    "clean sentences": (ROOT / "tests/privacy/clean_sentences.txt").read_text(encoding="utf-8"),
    "digits": "1",
    "spaces": " ",
    "pairs of digits": "01 ",
    "personal numbers": "850709-9805 ",
    "wrong personal numbers": "20 010101-0102 ",
    "telephone numbers": "040-62 50 00 ",
    "half telephone numbers": "0404 ",
    "e-mail addresses": "ab@ab.se ",
    "number plates": "ABC123 ",
    "apartments": "Ab 1 lgh 1 ",
    "invisible characters": "\u200b1",
}


def milliseconds(text: str) -> float:
    times = []
    for _ in range(5):
        began = time.process_time()
        find_personal_data(text)
        times.append(time.process_time() - began)
    return min(times) * 1000


def tell_how_often_it_asks() -> None:
    """How much of what singles somebody out is asked about, and how much of what is innocent."""
    lists = ROOT / "tests/privacy"
    for name, files in (
        ("singling out, asked about", ["singling_out_sentences.txt"]),
        ("innocent, asked about", ["innocent_sentences.txt", "clean_sentences.txt"]),
    ):
        sentences = [line for file in files for line in (lists / file).read_text(encoding="utf-8").splitlines()]
        asked = sum(any(one.kind.singles_out for one in find_personal_data(line)) for line in sentences)
        print(f"{name:34} {asked:4} of {len(sentences)} ({100 * asked / len(sentences):.1f} %)")


def main() -> None:
    find_personal_data("Kevin hotade")
    print(f"\n{f'guard, {LENGTH} characters':34} {'ms':>10} (target: under {TARGET})")
    for name, piece in TEXTS.items():
        text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
        print(f"{name:34} {milliseconds(text):10.1f}")
    tell_how_often_it_asks()


if __name__ == "__main__":
    main()
