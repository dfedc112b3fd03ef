"""Indicators' values: read in from files all at once, and the series that come with the portal."""

import datetime
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.history import recording
from accounts.models import User
from agreements.indicator_import import ImportPlan, plan_import
from agreements.models import Agreement, Indicator, PendingIndicatorFile
from documents.swedish_words import joined

DATA = Path(__file__).parent.parent / "data"
# What the police and the municipality have published of Burlöv; each value's own source stands in the file.
SERIES = {
    "trygghetsindex-burlov.csv": {
        "name": "Trygghetsindex",
        "description": (
            "Ett samlat mått på hur stora problem de boende upplever, i polisens trygghetsmätning. 0 står för "
            "närmast obefintliga problem och 6 för alarmerande påtagliga. Värden efter 2023 är inte funna."
        ),
        "source": "Polisens trygghetsmätning",
        "unit": "index",
        "scale_lowest": Decimal(0),
        "scale_highest": Decimal(6),
        "lower_is_better": True,
    },
    "bostadsinbrott-burlov.csv": {
        "name": "Anmälda bostadsinbrott till och med 25 oktober",
        "description": "Inbrott i bostad som har anmälts i kommunen från årets början till och med den 25 oktober.",
        "source": "Burlövs kommun, 2022",
        "unit": "anmälda brott",
        "lower_is_better": True,
    },
}


@transaction.atomic
def keep_indicator_file(
    *, agreement: Agreement, indicator: Indicator | None, file_name: str, content: bytes, by: User, table_row: str = ""
) -> PendingIndicatorFile:
    """Keep an uploaded file until it is confirmed; the person's earlier one is forgotten."""
    PendingIndicatorFile.objects.filter(uploaded_by=by).delete()
    return PendingIndicatorFile.objects.create(
        agreement=agreement,
        indicator=indicator,
        uploaded_by=by,
        file_name=file_name,
        table_row=table_row,
        content=content,
    )


@transaction.atomic
def load_values(
    *,
    agreement: Agreement,
    content: bytes,
    file_name: str,
    by: User | None,
    today: datetime.date,
    indicator: Indicator | None = None,
    own_code: str | None = None,
    table_row: str = "",
    expected_digest: str | None = None,
) -> ImportPlan:
    """Read a file and save what it changes, with the agreement held; with faults nothing is saved.

    Raises:
        ValidationError: the agreement is closed, or the file would no longer do what was shown (`expected_digest`).
    """
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    if agreement.is_closed:
        raise ValidationError("Överenskommelsen är avslutad. Den kan läsas men inte ändras.")
    plan = plan_import(
        content,
        file_name,
        agreement=agreement,
        today=today,
        indicator=indicator,
        own_code=own_code,
        table_row=table_row,
    )
    if expected_digest is not None and (plan.faults or plan.digest != expected_digest):
        raise ValidationError("Något har ändrats sedan du granskade filen, så ingenting är inläst. Granska den igen.")
    if plan.faults:
        return plan
    with recording(by=by, reason=f"Inläst från {file_name}"):
        for change in plan.changes:
            change.value.save()
    return plan


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: User) -> None:
    """Take an indicator away with its values.

    Raises:
        ValidationError: something is measured with it.
    """
    with recording(by=by):
        try:
            indicator.delete()
        except ProtectedError as error:
            users = joined(sorted({f"”{thing}”" for thing in error.protected_objects}))
            raise ValidationError(f"Indikatorn används av {users} och kan därför inte tas bort.") from None


@transaction.atomic
def load_series(agreement: Agreement, by: User | None = None) -> list[Indicator]:
    """Bring in the published series that come with the portal; doing it again changes nothing."""
    loaded = []
    for file_name, fields in SERIES.items():
        with recording(by=by, reason="Publicerad tidsserie"):
            indicator, _ = Indicator.objects.get_or_create(
                agreement=agreement, name=fields["name"], defaults={key: fields[key] for key in fields if key != "name"}
            )
        plan = load_values(
            agreement=agreement,
            content=(DATA / file_name).read_bytes(),
            file_name=file_name,
            by=by,
            # The file is read as of when it was put together, whatever day it is.
            today=datetime.date(2026, 1, 1),
            indicator=indicator,
        )
        if plan.faults:
            raise ValueError(f"{file_name}: {plan.faults[0]}")
        loaded.append(indicator)
    return loaded
