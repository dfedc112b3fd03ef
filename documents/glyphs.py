from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def glyph(shapes: str) -> SafeString:
    """A small drawing beside a word that says the same; hidden from those who listen."""
    return format_html(
        '<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(shapes),  # noqa: S308 -- our own constants
    )
