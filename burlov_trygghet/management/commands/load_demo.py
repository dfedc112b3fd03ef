from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import PortalCommand
from burlov_trygghet.demo.loading import CannotLoadDemo, load_demo
from burlov_trygghet.demo.sign_ins import sign_ins


class Command(PortalCommand):
    help = "Läser in Burlövs överenskommelse, en inloggning per roll och ett år av påhittat arbete, märkt som exempel."

    def handle(self, *args, **options):
        try:
            is_new = load_demo(now=timezone.now())
        except CannotLoadDemo as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Exemplen är inlästa." if is_new else "Exemplen fanns redan. Inget är tillagt.")
        lines = sign_ins(with_passwords=settings.DEBUG)
        if not settings.DEBUG:
            self.stdout.write("Inga lösenord: de delas bara ut när DEBUG är på.")
            return
        self.stdout.write("Inloggningar (nya lösenord varje gång kommandot körs):\n")
        rows = [("Roll", "E-post", "Lösenord"), *((line.role, line.email, line.password) for line in lines)]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        rows.insert(1, tuple("-" * width for width in widths))
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
