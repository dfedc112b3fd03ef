import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError

from accounts.commands import PortalCommand
from agreements.models import Agreement
from documents.workbooks import write_xlsx, write_yaml
from focus_areas import workbook

WRITERS = {".yaml": write_yaml, ".yml": write_yaml, ".xlsx": write_xlsx}


class Command(PortalCommand):
    help = "Skriver en överenskommelse till en arbetsbok (.yaml eller .xlsx) som går att läsa in igen."

    def add_arguments(self, parser):
        parser.add_argument("reference", metavar="REFERENCE", help="diarienummer, eller rubrik om det inte finns något")
        parser.add_argument("file", metavar="FILE", type=Path, help="arbetsboken, .yaml eller .xlsx")
        parser.add_argument("--municipality", metavar="NAME", help="kommunens namn, om flera har samma diarienummer")

    def handle(self, *, reference: str, file: Path, municipality: str | None, **options):
        write = WRITERS.get(file.suffix.lower())
        if write is None:
            raise CommandError("Filens namn ska sluta med .yaml eller .xlsx.")
        agreement = find(reference, municipality)
        save(file, write(workbook.export(agreement), workbook.SHEETS))
        self.stdout.write(f"Skrev {agreement} till {file}.")


def find(reference: str, municipality: str | None) -> Agreement:
    """The one agreement with that reference number or title."""
    found = Agreement.objects.referred_to_as(reference).select_related("municipality", "predecessor")
    if municipality:
        found = found.filter(municipality__name=municipality)
    agreements = list(found[:10])
    if not agreements:
        place = f" i {municipality}" if municipality else ""
        raise CommandError(f"Det finns ingen överenskommelse {reference}{place}.")
    if len(agreements) > 1:
        names = ", ".join(sorted({agreement.municipality.name for agreement in agreements}))
        advice = "Ange diarienummer." if municipality else f"Lägg till --municipality och ett av: {names}."
        raise CommandError(f"Det finns flera överenskommelser {reference}. {advice}")
    return agreements[0]


def save(file: Path, content: bytes) -> None:
    """Write beside the file and then take its place, so that a file half written is never left behind."""
    beside = None
    try:
        if file.is_dir():
            raise CommandError(f"{file} är en mapp, inte en fil.")
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as target:
            beside = Path(target.name)
            target.write(content)
        mask = os.umask(0)
        os.umask(mask)
        beside.chmod(0o666 & ~mask)
        beside.replace(file)
    except (FileNotFoundError, NotADirectoryError):
        raise CommandError(f"Mappen för filen finns inte: {file.parent}.") from None
    except PermissionError:
        raise CommandError(f"Filen {file} får inte skrivas av den som kör kommandot.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"Filen {file} går inte att skriva: {reason}.") from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
