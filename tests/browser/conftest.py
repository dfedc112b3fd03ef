"""A real Chromium in front of the running portal. Whatever it complains of, or fetches elsewhere, fails the test."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.factories import as_person
from tests.ground import GROUND

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    """The marker follows the folder; and what a browser shows needs tables that the server's own thread can see."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium; skipped where it is missing, unless REQUIRE_BROWSER=1 says that it must be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "Chromium is not installed (apt-get install chromium)."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright's own event loop runs in this thread; the database is asked from it all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        # Rows that are kept lie in a connection that is another one when Playwright's event loop is gone.
        GROUND.keep(0)
        browser.close()


class Portal:
    """Opens pages of the running portal, signed in or not, and listens to what the browser says about them."""

    def __init__(self, chromium, url: str):
        self.chromium = chromium
        self.url = url
        self.complaints: list[str] = []
        self.contexts = []

    def open(self, path: str = "/", *, user=None, javascript: bool = True, viewport=DESK, scheme: str = "light"):
        """A page in a browser of its own."""
        context = self.chromium.new_context(
            base_url=self.url,
            java_script_enabled=javascript,
            viewport=viewport,
            has_touch=viewport["width"] < 500,
            color_scheme=scheme,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        if user is not None:
            session = as_person(Client(), user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        page = context.new_page()
        page.on("console", self.hear_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self.hear_request)
        page.goto(path)
        return page

    def hear_console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def hear_request(self, request):
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"request to another host: {request.url}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def portal(chromium, live_server):
    opened = Portal(chromium, live_server.url)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    return request.param
