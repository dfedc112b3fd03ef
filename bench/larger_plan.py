"""Fill a database with Burlöv's agreement, its action plan as large as wanted: for reports of many pages."""

from copying import copy_of

# What a focus area consists of; whatever else these rows point to, the copies point to as well.
PARTS = (
    "FocusArea",
    "Goal",
    "Activity",
    "Activity_goals",
    "Activity_areas",
    "ProcessLead",
    "Participation",
    "Commitment",
    "LogEntry",
    "StatusUpdate",
    "FollowUp",
    "FollowUpApproval",
    "ChildImpact",
)
NUMBERS_APART = 10


def copy_focus_areas(*, times: int) -> None:
    """Copy every focus area with all that is in it, history included, so that there are `times` as many."""
    from django.apps import apps
    from django.db import transaction

    models = [
        model
        for model in apps.get_app_config("focus_areas").get_models(include_auto_created=True)
        if model.__name__.removeprefix("Historical") in PARTS
    ]
    rows = {model: list(model._base_manager.all()) for model in models}
    steps = {model: max((row.pk for row in rows[model]), default=0) + 1 for model in models}
    with transaction.atomic():
        for number in range(1, times):
            for model in models:
                copies = [copy_of(row, number=number, steps=steps) for row in rows[model]]
                if model.__name__ in ("FocusArea", "HistoricalFocusArea"):
                    for one in copies:
                        one.number += number * NUMBERS_APART
                        one.title = f"{one.title} ({number + 1})"
                model._base_manager.bulk_create(copies, batch_size=200)
