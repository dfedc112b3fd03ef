"""Dates in Swedish words, for templates."""

from django import template
from django.utils.html import format_html

from documents import swedish_dates
from documents.glyphs import glyph

register = template.Library()

register.filter("date_words", swedish_dates.date_words)
register.filter("near_date", swedish_dates.near_date_words)
register.filter("week_label", swedish_dates.week_label)
register.filter("weekday_words", swedish_dates.weekday_words)
register.filter("relative_to", swedish_dates.relative_words)

_FILLED_CLOCK = glyph(
    '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path class="cut" d="M8 3.8V8l3 2" fill="none" stroke="#fff" stroke-width="1.6"/>'
)
_OUTLINED_CLOCK = glyph(
    '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M8 4.2V8l2.6 1.7" fill="none" stroke="currentColor" stroke-width="1.5"/>'
)


@register.simple_tag
def date_range(start, end):
    """Return "1 januari–30 juni 2026"."""
    return swedish_dates.date_range_words(start, end)


@register.simple_tag
def due_glyph(state):
    """Return the clock of a day when something is due: filled once the day has passed ("over")."""
    return _FILLED_CLOCK if state == "over" else _OUTLINED_CLOCK


@register.simple_tag
def due_mark(day, today, soon_days=7):
    """Return the mark for a day when something is due: clock, words and the date; nothing for no day."""
    if not day:
        return ""
    state = swedish_dates.due_state(day, today, soon_days)
    return format_html(
        '<span class="due due-{}">{}{}</span><span class="due-date">{}</span>',
        state,
        due_glyph(state),
        swedish_dates.due_words(day, today),
        swedish_dates.date_words(day),
    )
