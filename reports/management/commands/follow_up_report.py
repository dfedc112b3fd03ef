import datetime
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import PortalCommand
from agreements.models import Agreement
from privacy.leaving import PersonalDataLeaving
from reports.content.snapshot import end_of_day
from reports.forms.periods import FollowUpPeriodForm
from reports.rendering import render_follow_up_html, render_follow_up_pdf


class Command(PortalCommand):
    help = "Skriver uppföljningsrapporten för en överenskommelse och en period till en fil."

    def add_arguments(self, parser):
        parser.add_argument("--agreement", required=True, metavar="REFERENCE", help="diarienummer, som KS/2023:305")
        parser.add_argument("--municipality", metavar="NAME", help="kommun, när flera har samma diarienummer")
        parser.add_argument("--from", required=True, dest="starts_on", metavar="DATE", help="första dagen, 2026-01-01")
        parser.add_argument("--to", required=True, dest="ends_on", metavar="DATE", help="sista dagen, 2026-06-30")
        parser.add_argument("--as-of", metavar="DATE", help="dagen vars läge gäller; annars periodens sista dag")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--format", choices=["pdf", "html"], default="pdf")

    def handle(self, *, agreement, municipality, starts_on, ends_on, as_of, output, **options):
        today = timezone.localdate()
        form = FollowUpPeriodForm({"fran": starts_on, "till": ends_on}, today=today)
        if not form.is_valid():
            said = (f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors)
            raise CommandError("\n".join(said))
        moment = end_of_day(read_day(as_of, earliest=form.period[0], latest=today)) if as_of else None
        found = find_agreement(agreement, municipality)
        try:
            if options["format"] == "html":
                content = render_follow_up_html(found, *form.period, as_of=moment).encode()
            else:
                content = render_follow_up_pdf(found, *form.period, as_of=moment)
        except PersonalDataLeaving as error:
            raise CommandError(error.message) from error
        write_whole(output, content)
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")


def read_day(text: str, *, earliest: datetime.date, latest: datetime.date) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"Läget den: {text} är inget datum. Skriv till exempel 2026-06-30.") from None
    if not earliest <= day <= latest:
        raise CommandError(f"Läget den: {text} ska vara en dag från {earliest} till {latest}.")
    return day


def find_agreement(reference: str, municipality: str | None) -> Agreement:
    found = Agreement.objects.referred_to_as(reference).select_related("municipality")
    if municipality:
        found = found.filter(municipality__name=municipality)
    found = list(found[:20])
    if not found:
        where = f" hos {municipality}" if municipality else ""
        raise CommandError(f"Det finns ingen överenskommelse med diarienummer {reference}{where}.")
    if len(found) > 1:
        names = ", ".join(sorted({each.municipality.name for each in found}))
        raise CommandError(f"Flera överenskommelser heter {reference}. Välj kommun med --municipality: {names}.")
    return found[0]


def write_whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, so that nobody reads half a report."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise CommandError(f"Det går inte att skriva {path}: {error.strerror}.") from error
