from django.core.exceptions import ValidationError

from privacy.personal_data import Finding, find_numbers

MOST_TOLD = 5


def refuse_person_numbers(value: str) -> None:
    """Refuse personal and coordination numbers. The message says where, and does not repeat them.

    Raises:
        ValidationError: telling the kind and the place of each.
    """
    if found := find_numbers(value):
        raise ValidationError(refusal(found), code="person_number")


def refusal(found: list[Finding]) -> str:
    """Why a text with these findings cannot be saved."""
    told = [f"{finding.kind.with_article} (tecken {finding.start + 1}–{finding.end})" for finding in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        told.append(f"{len(found) - MOST_TOLD} till")
    listed = " och ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)
    return f"Texten innehåller {listed}. Ta bort {'det' if len(found) == 1 else 'dem'}: sådana nummer får inte sparas."
