import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_agreement, make_municipality, make_police

HALF_YEAR = ("--from", "2026-01-01", "--to", "2026-06-30")
ANOTHER_TOWN = {"reference_number": "KS/2023:305", "title": "En annan överenskommelse"}


def write(output, *arguments, agreement="KS/2023:305"):
    call_command("follow_up_report", "--agreement", agreement, "--output", str(output), *(arguments or HALF_YEAR))


def test_command_writes_the_pdf_whole(burlov, tmp_path, capsys):
    output = tmp_path / "rapport.pdf"
    output.write_text("den gamla")

    write(output)

    assert output.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.pdf"]
    assert capsys.readouterr().out == f"Skrev {output} ({output.stat().st_size} byte).\n"


def test_command_writes_html_of_an_earlier_day(burlov, tmp_path):
    output = tmp_path / "rapport.html"

    write(output, *HALF_YEAR, "--format", "html", "--as-of", "2026-03-31")

    text = output.read_text()
    assert text.startswith("<!doctype html>")
    assert "<dd>31 mars 2026</dd>" in text
    assert "Statistiken kom inte i juni" not in text


def test_command_finds_an_agreement_without_number_by_its_title(burlov, tmp_path):
    """Its number of today is gone; the report shows the one it had then."""
    burlov.reference_number = ""
    burlov.save()

    write(tmp_path / "x.html", *HALF_YEAR, "--format", "html", agreement=burlov.title)

    assert "<dd>KS/2023:305</dd>" in (tmp_path / "x.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2026-06-30", "--to", "2026-01-01"), "Till och med: Sista dagen kan inte vara före den första."),
        (("--from", "igår", "--to", "2026-01-01"), "Från och med: Skriv ett datum, till exempel 2026-11-23."),
        (("--from", "2026-01-01", "--to", "2027-01-01"), "Till och med: Sista dagen kan vara senast i dag"),
        ((*HALF_YEAR, "--as-of", "i går"), "Läget den: i går är inget datum."),
        (
            (*HALF_YEAR, "--as-of", "2026-11-24"),
            "Läget den: 2026-11-24 ska vara en dag från",
        ),
        (
            (*HALF_YEAR, "--as-of", "2025-12-31"),
            "Läget den: 2025-12-31 ska vara en dag från",
        ),
        (
            (*HALF_YEAR, "--municipality", "Lomma kommun"),
            "Det finns ingen överenskommelse med diarienummer KS/2023:305 hos Lomma kommun.",
        ),
    ],
)
def test_command_explains_bad_arguments(burlov, tmp_path, arguments, said):
    with pytest.raises(CommandError, match="^" + said.replace(".", r"\.")):
        write(tmp_path / "x.pdf", *arguments)

    assert list(tmp_path.iterdir()) == []


def test_command_names_an_unknown_agreement(burlov, tmp_path):
    with pytest.raises(CommandError, match="Det finns ingen överenskommelse med diarienummer KS/1:1"):
        write(tmp_path / "x.pdf", agreement="KS/1:1")


def test_command_asks_for_the_municipality_when_two_have_the_number(burlov, tmp_path):
    make_agreement(
        municipality=make_municipality("Lomma kommun"), police=make_police("Lokalpolisområde Lund"), **ANOTHER_TOWN
    )

    with pytest.raises(CommandError, match="Välj kommun med --municipality: Burlövs kommun, Lomma kommun"):
        write(tmp_path / "x.pdf")
    write(tmp_path / "x.html", *HALF_YEAR, "--format", "html", "--municipality", "Lomma kommun")

    assert "Burlövs kommun" not in (tmp_path / "x.html").read_text()


@pytest.mark.parametrize("name", ["finns/inte/x.pdf", "mapp"])
def test_command_names_a_path_that_cannot_be_written(burlov, tmp_path, name):
    (tmp_path / "mapp").mkdir()

    with pytest.raises(CommandError, match="Det går inte att skriva"):
        write(tmp_path / name, *HALF_YEAR, "--format", "html")

    assert [path.name for path in tmp_path.iterdir()] == ["mapp"]
