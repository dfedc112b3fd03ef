"""Marks: a shape and a word for status and assessment, a bar for planned and done."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from documents.glyphs import glyph
from focus_areas.models import Activity, Commitment

register = template.Library()

RING = '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
STATUS_GLYPHS = {
    Activity.Status.NOT_STARTED: RING,
    Activity.Status.ONGOING: RING + '<path d="M8 1.75a6.25 6.25 0 0 0 0 12.5z" fill="currentColor"/>',
    Activity.Status.DELAYED: RING + '<path d="M8 4.4v4.4M8 10.4v1.4" stroke="currentColor" stroke-width="1.75"/>',
    Activity.Status.PAUSED: RING + '<path d="M6.25 5.25v5.5m3.5-5.5v5.5" stroke="currentColor" stroke-width="1.75"/>',
    Activity.Status.COMPLETED: '<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" '
    'd="m4.75 8.25 2.25 2.25 4.25-4.75" fill="none" stroke="#fff" stroke-width="1.75"/>',
    Activity.Status.CANCELLED: RING
    + '<path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" stroke="currentColor" stroke-width="1.5"/>',
}
STATUS_CLASSES = {Activity.Status.NOT_STARTED: "planned"}
ASSESSMENT_GLYPHS = {
    Activity.Assessment.GREEN: '<rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor"/><path '
    'class="cut" d="m4.5 8.25 2.5 2.5 4.5-5" fill="none" stroke="#fff" stroke-width="1.75"/>',
    Activity.Assessment.YELLOW: '<path d="M8 .9 15.5 14.5H.5z" fill="currentColor"/><path class="cut" '
    'd="M8 5.6v4.2M8 11.2v1.6" stroke="#fff" stroke-width="1.6"/>',
    Activity.Assessment.RED: '<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/><path class="cut" '
    'd="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" stroke="#fff" stroke-width="1.7"/>',
    Activity.Assessment.NONE: '<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" '
    'stroke-width="1.5" stroke-dasharray="2.5 2"/>',
}


@register.simple_tag
def status_mark(status: str) -> SafeString:
    """Where in its course an activity is."""
    return format_html(
        '<span class="status status-{}">{}{}</span>',
        STATUS_CLASSES.get(status, status),
        glyph(STATUS_GLYPHS[status]),
        Activity.Status(status).label,
    )


@register.simple_tag
def assessment_mark(assessment: str) -> SafeString:
    """Whether it is carried out fully, as intended and with good result."""
    return format_html(
        '<span class="verdict verdict-{}">{}{}</span>',
        assessment or "none",
        glyph(ASSESSMENT_GLYPHS[assessment]),
        Activity.Assessment(assessment).label,
    )


@register.simple_tag
def kept_bar(done: int | None, planned: int | None) -> SafeString:
    """The bar that repeats the numbers beside it; it is full, not longer, when more than planned is done."""
    if not planned:
        return mark_safe("")
    percent = min(100, round(100 * (done or 0) / planned))
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-track" fill="#e4eae8" width="100" height="6"/>'
        '<rect class="bar-done" fill="#0a5560" width="{}" height="6"/></svg>',
        percent,
    )


@register.simple_tag
def kept_words(commitment: Commitment, is_short: bool = False) -> SafeString:
    """3 av 2 områden, 1 över; done without a promised number; or that nothing is reported. Three different things.

    In short, where there is little room, the number promised stands alone: 3 av 2, 1 över.
    """
    done = getattr(commitment, "done", None)
    promised = commitment.planned if is_short else commitment.promise_in_words
    about = "ca " if done is not None and commitment.is_done_about else ""
    if commitment.has_number and done is not None:
        over = f", {done - commitment.planned} över" if done > commitment.planned else ""
        return format_html("{}<b>{}</b> av {}{}", about, done, promised, over)
    if commitment.has_number:
        return format_html("utfall ej redovisat, {} lovat", promised)
    if done is not None:
        return format_html("{}<b>{}</b> gjort, inget antal lovat", about, done)
    return format_html("{}", commitment.outcome or "inget antal lovat")


@register.filter
def organisation_names(organisations) -> SafeString:
    """Short names where there are any, each with its full name for those who do not know it."""
    return format_html_join(
        ", ",
        "{}",
        (
            (format_html('<abbr title="{}">{}</abbr>', organisation.name, organisation.short_name),)
            if organisation.short_name
            else (organisation.name,)
            for organisation in organisations
        ),
    )
