import datetime
import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError

from accounts.commands import PortalCommand
from reports.archive import write_archive
from reports.forms.archive import ArchivePeriodForm
from reports.management.commands.follow_up_report import find_agreement


class Command(PortalCommand):
    help = "Skriver arkivpaketet för en överenskommelse och ett år eller en period till en ZIP-fil."

    def add_arguments(self, parser):
        parser.add_argument("--agreement", required=True, metavar="REFERENCE", help="diarienummer, som KS/2023:305")
        parser.add_argument("--municipality", metavar="NAME", help="kommun, när flera har samma diarienummer")
        parser.add_argument("--year", type=int, metavar="YEAR", help="ett helt år, som 2026")
        parser.add_argument("--from", dest="starts_on", metavar="DATE", help="första dagen, 2026-01-01")
        parser.add_argument("--to", dest="ends_on", metavar="DATE", help="sista dagen, 2026-06-30")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *, agreement, municipality, year, starts_on, ends_on, output, **options):
        starts_on, ends_on = read_period(year, starts_on, ends_on)
        found = find_agreement(agreement, municipality)
        entries = write_whole(output, found, starts_on, ends_on)
        included = sum(bool(entry.path) for entry in entries)
        self.stdout.write(f"Skrev {output}: {included} filer.")
        for entry in entries:
            if entry.left_out_because:
                self.stderr.write(f"Utelämnad: {entry.kind.what}, {entry.title}. {entry.left_out_because}")


def read_period(year: int | None, starts_on: str | None, ends_on: str | None) -> tuple[datetime.date, datetime.date]:
    if bool(year) == bool(starts_on or ends_on):
        raise CommandError("Ange antingen --year eller både --from och --to.")
    days = (f"{year:04}-01-01", f"{year:04}-12-31") if year else (starts_on, ends_on)
    form = ArchivePeriodForm({"fran": days[0], "till": days[1]})
    if not form.is_valid():
        said = (f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors)
        raise CommandError("\n".join(said))
    return form.period


def write_whole(path: Path, agreement, starts_on: datetime.date, ends_on: datetime.date):
    """Write the package beside the file and let it take its place, so that half a package is never left behind."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
            temporary = Path(file.name)
            entries = write_archive(agreement, starts_on=starts_on, ends_on=ends_on, target=file)
        # It holds minutes in full: for those who may read the folder as its owner does.
        os.chmod(temporary, 0o640)
        temporary.replace(path)
    except OSError as error:
        raise CommandError(f"Det går inte att skriva {path}: {error.strerror}.") from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)
    return entries
