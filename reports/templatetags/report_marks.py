"""Marks of reports: how far one has come, and what is left to do before it is issued."""

import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.glyphs import glyph
from focus_areas.models import Activity
from focus_areas.templatetags.marks import ASSESSMENT_GLYPHS, STATUS_GLYPHS
from reports.models import Report
from reports.operations.locks import issuing_job_of

register = template.Library()


@register.simple_tag
def report_mark(report: Report, is_replaced: bool = False) -> SafeString:
    """A draft, issued, or issued and since then replaced."""
    if report.is_draft:
        return mark("ongoing", Activity.Status.ONGOING, "Utkast")
    if is_replaced:
        return mark("cancelled", Activity.Status.CANCELLED, "Ersatt")
    return mark("completed", Activity.Status.COMPLETED, "Utfärdad")


@register.simple_tag
def draft_mark(report: Report, now: datetime.datetime) -> SafeString:
    """A draft in the list: written in, being issued, or not issued though somebody asked for it."""
    job = issuing_job_of(report)
    if job is None or job.is_done:
        return report_mark(report)
    if job.has_failed:
        return mark("delayed", Activity.Status.DELAYED, "Kunde inte utfärdas")
    if job.stands_still(now=now):
        return mark("delayed", Activity.Status.DELAYED, "Utfärdandet har stannat")
    return mark("ongoing", Activity.Status.ONGOING, "Utfärdas just nu")


def mark(css_class: str, status: str, word: str) -> SafeString:
    return format_html('<span class="status status-{}">{}{}</span>', css_class, glyph(STATUS_GLYPHS[status]), word)


@register.simple_tag
def check_mark(is_done: bool) -> SafeString:
    """Whether one thing is done before issuing; nothing that is left stops it."""
    colour, word = ("green", "Klart") if is_done else ("yellow", "Att se över")
    return format_html('<span class="verdict verdict-{}">{}{}</span>', colour, glyph(ASSESSMENT_GLYPHS[colour]), word)
