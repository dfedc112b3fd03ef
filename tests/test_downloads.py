"""What is downloaded stays with the one who downloaded it."""

import pytest
from django.urls import reverse

from tests.factories import as_person
from tests.worlds import fill


@pytest.mark.parametrize("name", ["document", "attachment", "plan", "workbook"])
def test_download_is_kept_by_no_cache(client, agreement, coordinator, name):
    things = fill(agreement, by=coordinator)
    address = {
        "document": things["handlingar"].get_absolute_url(),
        "attachment": things["bilagor"].get_absolute_url(),
        "plan": reverse("focus_areas:action_plan_export", args=[agreement.pk]),
        "workbook": reverse("focus_areas:workbook_download", args=[agreement.pk, "yaml"]),
    }[name]

    response = as_person(client, coordinator).get(address)
    response.close()

    assert response.headers["Cache-Control"] == "private, no-store"
