from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import PortalCommand
from agreements import kolada
from agreements.indicator_import import ImportPlan, plan_import
from agreements.models import Agreement
from agreements.operations import load_values


class Command(PortalCommand):
    help = (
        "Läser in ett nyckeltal från Kolada till den indikator som har dess nummer, från en fil eller från Koladas "
        "adress. Samma värden en gång till ändrar ingenting."
    )

    def add_arguments(self, parser):
        parser.add_argument("--agreement", required=True, metavar="REFERENCE", help="diarienummer eller rubrik")
        parser.add_argument("--kpi", required=True, metavar="KPI", help="nyckeltalets nummer, som N07403")
        parser.add_argument("--municipality", metavar="CODE", help="kommunens kod, om dess namn inte ger den")
        parser.add_argument(
            "--compare", metavar="CODES", default=kolada.COUNTRY, help="koder att jämföra med; 0000 är riket (förval)"
        )
        parser.add_argument("--file", metavar="FILE", type=Path, help="Koladas svar som fil, i stället för att fråga")
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle ändras, utan att ändra något")

    def handle(self, *, agreement, kpi, municipality, compare, file, dry_run, **options):
        found = find(agreement)
        own_code = municipality or kolada.code_of(found.municipality.name)
        codes = [own_code, *(code.strip() for code in compare.split(",") if code.strip())]
        check(kpi, own_code, codes)
        indicator = found.indicators.filter(kolada_id=kpi).first()
        if indicator is None:
            raise CommandError(f"Ingen indikator i {found.reference} har nyckeltalet {kpi}. Ange det på den först.")
        indicator.agreement = found
        content = read(file) if file else fetch(kpi, codes)
        arguments = {
            "content": content,
            "file_name": f"{kpi}.json",
            "agreement": found,
            "indicator": indicator,
            "own_code": own_code,
            "today": timezone.localdate(),
        }
        try:
            plan = plan_import(**arguments) if dry_run else load_values(**arguments, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.tell(plan, dry_run=dry_run)

    def tell(self, plan: ImportPlan, *, dry_run: bool) -> None:
        for fault in plan.faults:
            self.stderr.write(str(fault))
        if plan.faults:
            raise CommandError(f"Ingenting lästes in: svaret har {len(plan.faults)} fel.")
        for change in plan.changes:
            words = ", ".join(f"{one.label} {one.old or '(inget)'} → {one.new}" for one in change.differences)
            self.stdout.write(f"{change.value.year} {change.about}: {words}")
        self.stdout.write(f"{plan.summary} Saknade: {plan.missing_count + plan.kept_count}.")
        if dry_run:
            self.stdout.write("Prov: ingenting är sparat.")


def find(reference: str) -> Agreement:
    """The one agreement with that reference number or title."""
    found = list(Agreement.objects.referred_to_as(reference).select_related("municipality")[:2])
    if not found:
        raise CommandError(f"Det finns ingen överenskommelse {reference}.")
    if len(found) > 1:
        raise CommandError(f"Det finns flera överenskommelser {reference}. Ange den med sitt diarienummer.")
    return found[0]


def check(kpi: str, own_code: str | None, codes: list[str | None]) -> None:
    if not kolada.KPI.fullmatch(kpi):
        raise CommandError("Skriv nyckeltalet som i Kolada, till exempel N07403.")
    if own_code is None:
        raise CommandError("Kommunens kod framgår inte av dess namn. Ange den med --municipality.")
    if wrong := [code for code in codes if not kolada.CODE.fullmatch(code or "")]:
        raise CommandError(f"En kommunkod har fyra siffror, inte {', '.join(map(str, wrong))}.")


def fetch(kpi: str, codes: list[str]) -> bytes:
    try:
        return kolada.fetch(kpi, codes)
    except kolada.Unreachable as error:
        raise CommandError(f"{error} Hämta svaret på annat sätt och ange det med --file.") from None


def read(file: Path) -> bytes:
    """The file's content, at most a byte more than is ever accepted."""
    try:
        with file.open("rb") as source:
            return source.read(kolada.MAX_ANSWER_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"Filen {file} går inte att läsa: {reason}.") from None
