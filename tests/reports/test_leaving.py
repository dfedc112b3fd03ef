"""A report with a personal number in an old text does not leave the portal, by whichever way."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from focus_areas.models import StatusUpdate
from tests.factories import as_person, seat_person
from tests.reports.scenario import activity_of

PERSONAL_NUMBER = "811218-9876"
SAID = "Dokumentet lämnas inte ut, för det innehåller ett personnummer under ”"


@pytest.fixture
def old_text(burlov):
    """Saved before texts were read for personal numbers."""
    update = StatusUpdate.objects.filter(activity=activity_of(burlov, "Avhopparverksamhet")).first()
    update.history.update(text=f"Kontakta {PERSONAL_NUMBER}.")
    return burlov


def test_report_page_answers_with_where_the_number_stands(client, old_text):
    as_person(client, seat_person(old_text))
    address = reverse("reports:follow_up_report_pdf", args=[old_text.pk])

    response = client.get(address + "?fran=2026-01-01&till=2026-06-30", follow=True)

    page = response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html")
    assert SAID in page
    assert "Avhopparverksamhet" in page
    assert PERSONAL_NUMBER not in page


@pytest.mark.parametrize("file_format", ["pdf", "html"])
def test_command_writes_no_file(old_text, tmp_path, file_format):
    file = tmp_path / "rapport"

    with pytest.raises(CommandError, match="Dokumentet lämnas inte ut"):
        call_command(
            "follow_up_report",
            "--agreement=KS/2023:305",
            "--from=2026-01-01",
            "--to=2026-06-30",
            f"--output={file}",
            f"--format={file_format}",
        )

    assert not file.exists()
