"""What is closed on the screen is on the paper, with and without scripts."""

import pytest
from django.utils import timezone

from accounts.models import User
from agreements.models import Agreement
from burlov_trygghet.demo.loading import REFERENCE, load_demo
from tests.reports.test_pdf import text_of


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_closed_parts_of_a_plan_version_are_printed(portal, frozen_today, javascript):
    load_demo(now=timezone.now())
    plan = Agreement.objects.get(reference_number=REFERENCE).action_plans.adopted().get()
    coordinator = User.objects.get(email="samordnare@burlov.example")
    page = portal.open(plan.get_absolute_url(), user=coordinator, javascript=javascript)
    closed = page.locator("main details:not([open])")
    hidden = [" ".join(text.split()) for text in closed.locator(":scope > :not(summary)").all_text_contents()]
    assert len(hidden) >= 9

    printed = "".join(text_of(page.pdf(format="A4")).split())

    missing = [text for text in hidden if "".join(text.split())[:40] not in printed]
    assert missing == []
    assert closed.count() == len(page.locator("main details").all())
