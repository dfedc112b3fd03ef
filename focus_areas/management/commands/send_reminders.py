import datetime

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import PortalCommand
from focus_areas.operations import send_reminders


class Command(PortalCommand):
    help = (
        "Påminner dem som ansvarar för aktiviteter innan en uppföljning är försenad eller tystnaden blir för lång. "
        "Körs en gång om dagen; en gång till samma dag skickar inget mer. Har det inte körts på ett tag påminner det "
        "en gång om det som redan är försenat."
    )

    def add_arguments(self, parser):
        parser.add_argument("--today", metavar="DATE", help="dagen som gäller, 2026-11-23; annars i dag")
        parser.add_argument("--dry-run", action="store_true", help="säg vilka som skulle påminnas, men skicka inget")

    def handle(self, *, today, dry_run, **options):
        day = read_day(today) if today else timezone.localdate()
        outcome = send_reminders(today=day, site=settings.SITE_URL.rstrip("/"), dry_run=dry_run)
        for wanted in outcome.wanted if dry_run else outcome.reached:
            told = "; ".join(
                f"{activity} ({', '.join(asking.words(today=day) for asking in askings)})"
                for activity, askings in wanted.askings
            )
            self.stdout.write(f"{'Skulle påminna' if dry_run else 'Påminde'} {wanted.recipient}: {told}")
        for activity in outcome.without_recipient:
            self.stdout.write(f"Ingen att påminna om {activity}.")
        if not outcome.wanted:
            self.stdout.write("Ingen behöver påminnas.")
        if outcome.not_reached:
            names = ", ".join(str(person) for person in outcome.not_reached)
            raise CommandError(f"Gick inte att skicka till {names}. Kör kommandot igen om en stund.")


def read_day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} är inget datum. Skriv till exempel 2026-11-23.") from None
