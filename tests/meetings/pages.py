"""What the tests of pages say in short: addresses, what a page said, and a report as the form posts it."""

import datetime
import uuid

from django.urls import reverse

from tests.factories import (
    TODAY,
    organisation_of,
)

YESTERDAY = TODAY - datetime.timedelta(days=1)


def said(response) -> str:
    """What the page that one lands on says above its heading."""
    return " ".join(str(message) for message in response.context["messages"])


def text(response) -> str:
    """Everything on the page, with single spaces."""
    return " ".join(response.content.decode().split())


def errors(response) -> dict:
    return response.context["form"].errors


def url(name: str, thing) -> str:
    """The address of a page of meetings."""
    return reverse(f"meetings:{name}", args=[thing.pk])


def report(agreement, category, *blocks, **fields) -> dict:
    """What the form posts: each block over what is usual."""
    data = {
        "submission_key": uuid.uuid4(),
        "organisation": organisation_of(agreement, "BBAB").pk,
        "number": len(blocks) or 1,
    }
    for number, block in enumerate(blocks or [{}]):
        usual = {
            "category": category.pk,
            "area": "",
            "place": "",
            "occurred_from": YESTERDAY,
            "occurred_to": YESTERDAY,
            "text": "Klotter i väntkuren.",
            "time_of_day": "",
            "severity": "low",
        }
        data |= {f"{number}-{name}": value for name, value in (usual | block).items()}
    return data | fields
