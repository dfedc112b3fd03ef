from pathlib import Path

from django.core.management.base import CommandError

from accounts.commands import PortalCommand
from documents.workbooks.tables import MAX_BYTES
from focus_areas import workbook


class Command(PortalCommand):
    help = (
        "Läser in en överenskommelse från en arbetsbok (.yaml eller .xlsx). Allt eller inget läses in, och samma fil "
        "en gång till ändrar ingenting."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path, help="arbetsboken, .yaml eller .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle ändras, utan att ändra något")
        parser.add_argument(
            "--take-back",
            action="store_true",
            help="skriv över också det som har ändrats i portalen efter att filen hämtades därifrån",
        )

    def handle(self, *, file: Path, dry_run: bool, take_back: bool = False, **options):
        outcome = workbook.load(read(file), file.name, dry_run=dry_run, takes_back=take_back)
        if outcome.faults:
            for fault in outcome.faults:
                self.stderr.write(str(fault))
            count = len(outcome.faults)
            raise CommandError(f"Ingenting lästes in: filen har {count} fel.")
        for row in outcome.changes.rows:
            self.stdout.write(f"{row.sheet}: {row.name} – {'nytt' if row.is_new else 'ändrat'}")
            for change in row.fields:
                self.stdout.write(f"  {change.label}: {change.old or '(tomt)'} → {change.new or '(tomt)'}")
        for remark in outcome.changes.remarks:
            self.stdout.write(remark)
        for row in outcome.changes.kept:
            labels = ", ".join(change.label for change in row.fields)
            self.stdout.write(f"{row.sheet}: {row.name} – ändrat efter att filen hämtades, står kvar: {labels}")
        self.stdout.write(outcome.changes.summary)
        if dry_run:
            self.stdout.write("Prov: ingenting är sparat.")
        elif outcome.changes:
            self.stdout.write(f"Inläst: {outcome.agreement}")
        else:
            self.stdout.write(f"Allt fanns redan: {outcome.agreement}")


def read(file: Path) -> bytes:
    """The file's content, at most a byte more than is ever accepted."""
    try:
        if file.is_dir():
            raise CommandError(f"{file} är en mapp, inte en fil.")
        with file.open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise CommandError(f"Filen {file} finns inte.") from None
    except PermissionError:
        raise CommandError(f"Filen {file} får inte läsas av den som kör kommandot.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"Filen {file} går inte att läsa: {reason}.") from None
