from django.core.management.base import CommandError

from accounts.commands import PortalCommand
from reports.verification import faults_of, reports_to_verify


class Command(PortalCommand):
    help = "Räknar om kontrollsumman för varje utfärdad rapport. Avslutas med 1 om något har ändrats."

    def add_arguments(self, parser):
        parser.add_argument("--quiet", action="store_true", help="skriv bara det som inte stämmer")

    def handle(self, *args, quiet, **options):
        count = wrong = 0
        for report in reports_to_verify():
            faults = list(faults_of(report))
            count += 1
            wrong += bool(faults)
            name = f"{report.reference_number} {report} (rapport {report.pk})"
            if faults:
                self.stderr.write(f"FEL  {name}: {'; '.join(faults)}")
            elif not quiet:
                self.stdout.write(f"ok   {name}")
        if wrong:
            raise CommandError(f"Utfärdade rapporter: {count}. Stämmer inte: {wrong}.")
        self.stdout.write(f"Utfärdade rapporter: {count}. Alla stämmer.")
