from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from documents import swedish_dates as dates

TODAY = date(2026, 11, 23)


def test_date_words():
    assert dates.date_words(date(2026, 11, 21)) == "21 november 2026"
    assert dates.date_words(None) == ""


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2023, 7, 1), date(2026, 12, 31), "1 juli 2023–31 december 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "1 januari–30 juni 2026"),
        (date(2026, 1, 1), date(2026, 1, 1), "1 januari 2026"),
        (date(2023, 7, 1), None, "från 1 juli 2023"),
        (None, date(2026, 12, 31), "till 31 december 2026"),
        (None, None, ""),
    ],
)
def test_date_range_words(start, end, words):
    assert dates.date_range_words(start, end) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 13), date(2026, 11, 13), "13 november"),
        (date(2026, 11, 13), date(2026, 11, 21), "13–21 november"),
        (date(2026, 10, 29), date(2026, 11, 3), "29 oktober–3 november"),
        (date(2026, 12, 29), date(2027, 1, 3), "29 december 2026–3 januari 2027"),
        (date(2025, 12, 29), date(2025, 12, 30), "29–30 december 2025"),
    ],
)
def test_near_days_are_said_in_short(first, last, words):
    assert dates.near_date_range_words(first, last, TODAY) == words


def test_clocks_are_swedish_in_summer_and_winter():
    winter, summer = datetime(2026, 11, 24, 8, 0, tzinfo=UTC), datetime(2026, 7, 24, 8, 5, tzinfo=UTC)

    assert (dates.clock_words(winter), dates.clock_words(summer)) == ("09.00", "10.05")
    assert dates.day_and_clock_words(winter, winter + timedelta(hours=1)) == "Tisdag 24 november 2026 kl. 09.00–10.00"


def test_week_label_and_weekday_words():
    assert dates.week_label(TODAY) == "v. 48"
    assert dates.week_label(date(2027, 1, 1)) == "v. 53"
    assert dates.weekday_words(TODAY) == "Måndag 23 november 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"),
        (1, "i morgon"),
        (-1, "i går"),
        (2, "om 2 dagar"),
        (13, "om 13 dagar"),
        (14, "om 2 veckor"),
        (21, "om 3 veckor"),
        (56, "om 8 veckor"),
        (57, "om 2 månader"),
        (152, "om 5 månader"),
        (349, "om 11 månader"),
        (350, "om 1 år"),
        (365, "om 1 år"),
        (730, "om 2 år"),
        (-3, "för 3 dagar sedan"),
        (-152, "för 5 månader sedan"),
    ],
)
def test_relative_words(days, words):
    assert dates.relative_words(TODAY + timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("days", "words", "state"),
    [
        (-11, "11 dagar försenad", "over"),
        (-1, "1 dag försenad", "over"),
        (0, "i dag", "soon"),
        (7, "om 7 dagar", "soon"),
        (8, "om 8 dagar", "later"),
    ],
)
def test_due_words_and_state(days, words, state):
    day = TODAY + timedelta(days=days)

    assert dates.due_words(day, TODAY) == words
    assert dates.due_state(day, TODAY) == state


def test_due_state_with_a_longer_warning():
    assert dates.due_state(TODAY + timedelta(days=60), TODAY, soon_days=60) == "soon"


def test_number_word():
    assert dates.number_word(0) == "noll"
    assert dates.number_word(1) == "en"
    assert dates.number_word(1, neuter=True) == "ett"
    assert dates.number_word(9) == "nio"
    assert dates.number_word(13) == "13"


def _render(source, **context):
    return Template("{% load swedish_dates %}" + source).render(Context({"today": TODAY, **context}))


def test_filters_and_range_tag():
    day = date(2026, 11, 27)

    assert _render("{{ day|date_words }}|{{ day|week_label }}", day=day) == "27 november 2026|v. 48"
    assert _render("{{ day|relative_to:today }}", day=day) == "om 4 dagar"
    assert _render("{% date_range day None %}", day=day) == "från 27 november 2026"


def test_due_mark():
    soon = _render("{% due_mark day today %}", day=date(2026, 11, 27))
    over = _render("{% due_mark day today %}", day=date(2026, 11, 12))

    assert soon.startswith('<span class="due due-soon"><svg class="glyph"')
    assert soon.endswith('</svg>om 4 dagar</span><span class="due-date">27 november 2026</span>')
    assert 'class="cut"' not in soon
    assert over.startswith('<span class="due due-over"><svg class="glyph"')
    assert 'class="cut"' in over
    assert ">11 dagar försenad</span>" in over
    assert _render("{% due_mark day today %}", day=None) == ""
