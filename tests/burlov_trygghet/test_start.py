import datetime

from burlov_trygghet.start import UpdateCard
from focus_areas.models import StatusUpdate


def test_what_was_reported_after_midnight_was_heard_that_day():
    latest = StatusUpdate(created_at=datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC))

    card = UpdateCard(activity=None, latest=latest, form=None)

    assert card.last_heard_on == datetime.date(2026, 7, 2)
