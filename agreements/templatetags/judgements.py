"""Marks for problems: how a question about one is answered, and which way it is going. A shape and a word."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agreements.models import Problem
from documents.glyphs import glyph

register = template.Library()

SQUARE = '<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="1.5"/>'
ANSWERS = {
    Problem.Judgement.YES: ("yes", '<rect x="1.25" y="1.25" width="13.5" height="13.5" fill="currentColor"/>'),
    Problem.Judgement.PARTLY: ("partly", SQUARE + '<path d="M2 14V2L14 14z" fill="currentColor"/>'),
    Problem.Judgement.NO: ("no", SQUARE),
}
NOT_JUDGED = (
    '<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-dasharray="2.5 2"/>'
)
TRENDS = {
    Problem.Trend.RISING: '<path d="M3 13 13 3M6 3h7v7" fill="none" stroke="currentColor" stroke-width="2"/>',
    Problem.Trend.UNCHANGED: '<path d="M1.5 8h13M10 3.5 14.5 8 10 12.5" fill="none" stroke="currentColor" '
    'stroke-width="2"/>',
    Problem.Trend.FALLING: '<path d="M3 3l10 10M6 13h7V6" fill="none" stroke="currentColor" stroke-width="2"/>',
}
TREND_CLASSES = {Problem.Trend.RISING: "trend-up", Problem.Trend.FALLING: "trend-down"}


@register.simple_tag
def judgement_mark(value: int | None) -> SafeString:
    """Nej, Delvis or Ja; or that it has not been judged."""
    if value is None:
        return format_html('<span class="judgement judgement-none">{}{}</span>', glyph(NOT_JUDGED), "Inte bedömt")
    name, shapes = ANSWERS[value]
    return format_html(
        '<span class="judgement judgement-{}">{}{}</span>', name, glyph(shapes), Problem.Judgement(value).label
    )


@register.simple_tag
def problem_trend(problem: Problem) -> SafeString:
    """Ökar, Oförändrat or Minskar; that it is unknown in plain words."""
    if problem.trend not in TRENDS:
        return format_html('<span class="trend-unknown">{}</span>', "Utvecklingen är okänd")
    return format_html(
        '<span class="trend {}">{}{}</span>',
        TREND_CLASSES.get(problem.trend, ""),
        glyph(TRENDS[problem.trend]),
        problem.get_trend_display(),
    )
