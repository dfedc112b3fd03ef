"""Every page as axe judges it: light and dark, wide and narrow. And: one h1, nothing to scroll sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from accounts.models import User
from agreements.models import Agreement
from burlov_trygghet.demo.loading import AGREEMENT_FILE, load_demo
from focus_areas.models import PendingWorkbook
from tests.browser.conftest import DESK, PHONE
from tests.factories import TODAY, at
from tests.test_url_sweep import FILES, PUBLIC, routes
from tests.worlds import one_of_each

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What the scheme can change: every colour is a token with a light and a dark value, and nothing else asks for it.
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
NOT_PAGES = FILES | {"account_logout", "alive", "ready", "account_reset_password_from_key"}

# The longest walk of all, through the same pages whichever database lies behind them: once is enough for CI.
ONCE = pytest.mark.skipif(connection.vendor == "postgresql", reason="every page is judged where SQLite lies behind it")


@pytest.fixture
def demo(frozen_today, transactional_db) -> Agreement:
    """Burlöv's agreement with its year of example work, and an uploaded workbook that waits to be read in."""
    load_demo(now=at(TODAY))
    agreement = Agreement.objects.get(reference_number="KS/2023:305")
    PendingWorkbook.objects.create(
        agreement=agreement,
        uploaded_by=User.objects.get(email="samordnare@burlov.example"),
        file_name=AGREEMENT_FILE.name,
        content=AGREEMENT_FILE.read_bytes(),
    )
    return agreement


def violations(page, rules: dict, *, where: str) -> list[str]:
    # axe is a large script, which the page keeps until it is left.
    axe = Axe("'it is here'") if page.evaluate("'axe' in window") else Axe()
    return [
        f"{where}: {violation['id']} at {node['target']}: {node['html'][:160]}"
        for violation in axe.run(page, options=rules).response["violations"]
        for node in violation["nodes"]
    ]


def complaints(page, *, where: str) -> list[str]:
    """What axe says about the page in light and in dark, and what its headings and its width are."""
    page.emulate_media(color_scheme="light")
    found = violations(page, RULES, where=where)
    page.emulate_media(color_scheme="dark")
    found += violations(page, COLOUR_RULES, where=f"{where}, dark")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{where}: {headings} h1")
    return found + sideways(page, where=where)


def sideways(page, *, where: str) -> list[str]:
    width = page.viewport_size["width"]
    scrolled = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{where}: {scrolled} px too wide at {width}"] if scrolled > 0 else []


def addresses(things: dict[str, object]) -> dict[str, str]:
    """Every page that is looked at by somebody who is signed in."""
    return {
        route.name: route.address(things)
        for route in routes()
        if route.name not in NOT_PAGES | PUBLIC
        and "key" not in route.parameters
        and ("pk" not in route.parameters or route.path.split("/", 1)[0] in things)
    }


def is_page(answer) -> bool:
    return answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


@ONCE
@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "390"])
def test_every_page_is_accessible(portal, demo, viewport):
    coordinator = User.objects.get(email="samordnare@burlov.example")
    page = portal.open("/tillganglighet/", user=coordinator, viewport=viewport)
    looked_at, found = 0, []

    for name, address in addresses(one_of_each(demo)).items():
        # Buttons, files and locked pages answer with something else, which is no page of ours to judge.
        if not is_page(page.context.request.head(address)):
            continue
        page.goto(address)
        looked_at += 1
        found += complaints(page, where=name)
        if viewport is PHONE:
            page.set_viewport_size({"width": 320, "height": 640})
            found += sideways(page, where=name)
            page.set_viewport_size(PHONE)

    assert looked_at > 30
    assert not found, "\n".join(found)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "390"])
def test_public_pages_are_accessible(portal, demo, viewport):
    page = portal.open("/tillganglighet/", viewport=viewport)
    found = []
    for route in routes():
        if route.name in PUBLIC - NOT_PAGES and "secret" not in route.parameters:
            page.goto(route.address(one_of_each(demo)))
            found += complaints(page, where=route.name)

    assert not found, "\n".join(found)


def test_start_is_accessible_for_every_role(portal, demo):
    found = []
    for role in ("kommunpolis", "styrgrupp", "sammankallande", "oratmotmarken", "lasare"):
        page = portal.open("/", user=User.objects.get(email=f"{role}@burlov.example"), viewport=PHONE)
        found += complaints(page, where=role)

    assert not found, "\n".join(found)
