"""Swedish kronor, for templates."""

from decimal import Decimal

from django import template

from documents.swedish_numbers import amount_words

register = template.Library()


@register.filter
def kronor(amount: Decimal | None) -> str:
    """Return "150 000 kr" in one piece, with öre only where there are any; nothing for no amount."""
    if amount is None:
        return ""
    return f"{amount_words(amount)}\u00a0kr"
