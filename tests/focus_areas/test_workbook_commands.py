import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Agreement
from tests.factories import make_agreement, make_municipality, make_police
from tests.focus_areas.workbooks import as_xlsx, as_yaml, row_counts, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "lund.yaml"
    path.write_bytes(as_yaml(tables()))
    return path


def run(name: str, *args, **options) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error}\n")
    return out.getvalue(), err.getvalue()


def test_load_says_what_was_made_and_then_that_all_was_there(file):
    first, _ = run("load_agreement", str(file))
    second, _ = run("load_agreement", str(file))

    assert "Aktiviteter: 1.1 Fältarbete – nytt\n" in first
    assert first.endswith("Nytt: 37. Ändrat: 0. Oförändrat: 0.\nInläst: Trygga Lund (KS 2024/7)\n")
    assert second == "Nytt: 0. Ändrat: 0. Oförändrat: 37.\nAllt fanns redan: Trygga Lund (KS 2024/7)\n"


def test_load_says_what_a_changed_row_was_and_is(file):
    run("load_agreement", str(file))
    changed = tables()
    changed["activities"][1]["target_group"] = "Alla"
    file.write_bytes(as_yaml(changed))

    out, _ = run("load_agreement", str(file))

    assert out.startswith("Aktiviteter: 2.1 Vandringar – ändrat\n  Målgrupp: (tomt) → Alla\n")


def test_dry_run_changes_nothing(file):
    before = row_counts()

    out, _ = run("load_agreement", str(file), dry_run=True)

    assert out.endswith("Prov: ingenting är sparat.\n")
    assert row_counts() == before


def test_faults_are_lines_and_nothing_is_loaded(tmp_path):
    path = tmp_path / "fel.xlsx"
    faulty = tables(areas=[{"name": "Norr"}, {"name": "Norr"}])
    faulty["seats"][0]["organisation"] = "KLF"
    path.write_bytes(as_xlsx(faulty))

    out, err = run("load_agreement", str(path))

    assert err.splitlines() == [
        "Blad Delområden, rad 3, kolumn Namn: Samma som rad 2.",
        "Blad Platser, rad 2, kolumn Organisation: ”KLF” finns inte på bladet Organisationer.",
        "Blad Aktiviteter, rad 2, kolumn Delområden: ”Söder” finns inte på bladet Delområden.",
        "Ingenting lästes in: filen har 3 fel.",
    ]
    assert (out, Agreement.objects.count()) == ("", 0)


@pytest.mark.parametrize("name", ["", "finns-inte.yaml", "finns-inte/plan.yaml", "\0.yaml"])
def test_load_of_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(CommandError, match="är en mapp|finns inte|går inte att läsa"):
        call_command("load_agreement", f"{tmp_path}/{name}")


@pytest.mark.parametrize("name", ["ut.yaml", "ut.xlsx", "UT.YAML"])
def test_export_writes_what_loads_to_the_same(file, tmp_path, name):
    run("load_agreement", str(file))
    target = tmp_path / name

    out, _ = run("export_agreement", "KS 2024/7", str(target))
    again, _ = run("load_agreement", str(target))

    assert out == f"Skrev Trygga Lund (KS 2024/7) till {target}.\n"
    assert again.startswith("Nytt: 0. Ändrat: 0.")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"lund.yaml", name})


@pytest.mark.parametrize(
    ("reference", "name", "reason"),
    [
        ("KS 1", "ut.yaml", "Det finns ingen överenskommelse KS 1."),
        ("KS 2024/7", "ut.pdf", "Filens namn ska sluta med .yaml eller .xlsx."),
        ("KS 2024/7", "finns/inte/ut.yaml", "Mappen för filen finns inte: "),
    ],
)
def test_export_that_cannot_be_made_is_refused(file, tmp_path, reference, name, reason):
    run("load_agreement", str(file))

    _, err = run("export_agreement", reference, str(tmp_path / name))

    assert err.startswith(reason)
    assert [path.name for path in tmp_path.iterdir()] == ["lund.yaml"]


def test_export_over_a_folder_is_refused(file, tmp_path):
    run("load_agreement", str(file))
    (tmp_path / "mapp.yaml").mkdir()

    _, err = run("export_agreement", "KS 2024/7", str(tmp_path / "mapp.yaml"))

    assert err == f"{tmp_path / 'mapp.yaml'} är en mapp, inte en fil.\n"


def test_export_asks_for_the_municipality_when_two_have_the_number(tmp_path):
    make_agreement()
    make_agreement(municipality=make_municipality("Lomma kommun"), police=make_police("Lokalpolisområde Lund"))
    target = str(tmp_path / "ut.yaml")

    _, both = run("export_agreement", "KS/2023:305", target)
    one, _ = run("export_agreement", "KS/2023:305", target, municipality="Lomma kommun")
    _, none = run("export_agreement", "KS/2023:305", target, municipality="Eslövs kommun")

    assert both == (
        "Det finns flera överenskommelser KS/2023:305. "
        "Lägg till --municipality och ett av: Burlövs kommun, Lomma kommun.\n"
    )
    assert one.startswith("Skrev ")
    assert none == "Det finns ingen överenskommelse KS/2023:305 i Eslövs kommun.\n"
