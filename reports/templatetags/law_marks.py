"""How a demand of the law stands: a shape and a word, never a colour alone."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.glyphs import glyph
from documents.templatetags.swedish_dates import due_glyph
from focus_areas.models import Activity
from focus_areas.templatetags.marks import ASSESSMENT_GLYPHS
from reports.law import Clock, State

register = template.Library()

# Square, clock, triangle: the classes and shapes of the activities' marks.
MARKS = {
    State.MET: ("verdict verdict-green", glyph(ASSESSMENT_GLYPHS[Activity.Assessment.GREEN])),
    State.SOON: ("due due-soon", due_glyph("soon")),
    State.LACKING: ("verdict verdict-yellow", glyph(ASSESSMENT_GLYPHS[Activity.Assessment.YELLOW])),
    State.OPTIONAL: ("verdict verdict-none", glyph(ASSESSMENT_GLYPHS[Activity.Assessment.NONE])),
}
CLOCK_CLASSES = {State.MET: "later", State.SOON: "soon", State.LACKING: "over"}
BAR_CLASSES = {State.MET: "done", State.SOON: "soon", State.LACKING: "over"}


@register.simple_tag
def law_mark(state: State) -> SafeString:
    """Uppfyllt, Förfaller snart, Brist."""
    classes, mark = MARKS[state]
    return format_html('<span class="{}">{}{}</span>', classes, mark, state.value)


@register.simple_tag
def clock_mark(clock: Clock) -> SafeString:
    """When it falls due, in words: om 38 dagar, för 2 år sedan."""
    name = CLOCK_CLASSES[clock.state]
    return format_html('<span class="due due-{}">{}{}</span>', name, due_glyph(name), clock.words)


@register.simple_tag
def clock_bar(clock: Clock) -> SafeString:
    """How much of the time has passed; the words beside it say the same."""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-track" fill="#e4eae8" width="100" height="6"/>'
        '<rect class="bar-{}" fill="#0a5560" width="{}" height="6"/></svg>',
        BAR_CLASSES[clock.state],
        clock.percent,
    )
