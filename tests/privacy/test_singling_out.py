"""What may single somebody out is asked about; the work's own words are not. `make bench` reads the lists too."""

from pathlib import Path

import pytest

from privacy.personal_data import Kind, blocking, find_personal_data

HERE = Path(__file__).parent
SINGLING_OUT = (HERE / "singling_out_sentences.txt").read_text(encoding="utf-8").splitlines()
INNOCENT = [
    sentence
    for name in ("innocent_sentences.txt", "clean_sentences.txt")
    for sentence in (HERE / name).read_text(encoding="utf-8").splitlines()
]


def asked_about(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if any(one.kind.singles_out for one in find_personal_data(sentence))]


def test_lists_are_long_enough():
    assert len(set(SINGLING_OUT)) >= 150
    assert len(set(INNOCENT)) >= 300


def test_most_that_single_somebody_out_are_asked_about_and_none_is_refused():
    assert len(asked_about(SINGLING_OUT)) >= 0.9 * len(SINGLING_OUT)
    assert not [
        text for text in SINGLING_OUT if any(one.kind.singles_out for one in blocking(find_personal_data(text)))
    ]


def test_hardly_any_innocent_sentence_is_asked_about():
    assert len(asked_about(INNOCENT)) <= 0.02 * len(INNOCENT), asked_about(INNOCENT)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Kevin Andersson misstänks för klottret.", Kind.NAMED, "Kevin Andersson"),
        ('Han som kallas "Biggie" styr handeln.', Kind.NICKNAME, 'kallas "Biggie"'),
        ("Kontot @arlov_gangster lägger ut filmer.", Kind.ACCOUNT, "@arlov_gangster"),
        ("Hotet kom från 83.254.12.77.", Kind.DEVICE, "83.254.12.77"),
        ("Mobilen är 356938035643809.", Kind.DEVICE, "356938035643809"),
        ("IBAN SE45 5000 0000 0583 9825 7466", Kind.MONEY, "SE45 5000 0000 0583 9825 7466"),
        ("Familjen Andersson på Storgatan 12 är orolig.", Kind.FAMILY, "Familjen Andersson på Storgatan 12"),
        ("Kommunalrådets son var med.", Kind.RELATIVE, "Kommunalrådets son"),
        ("A.K., 15 år, i 9C", Kind.DESCRIBED, "A.K."),
    ],
)
def test_what_singles_out_is_marked(text, kind, found):
    assert (kind, found) in [(one.kind, one.text) for one in find_personal_data(text)]
