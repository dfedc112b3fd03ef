from agreements.models import Agreement
from burlov_trygghet.demo.loading import load_demo
from tests.factories import TODAY, at
from tests.ground import kept


@kept
def demo(db, frozen_today) -> Agreement:
    """The example, up to today."""
    load_demo(now=at(TODAY))
    return Agreement.objects.get()
