import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from documents.pdf import render_pdf
from meetings.charts import trend_of
from meetings.trends import Direction, Period


def periods_of(counts):
    return [
        Period(date(2026, 1, 7) + timedelta(weeks=2 * index), date(2026, 1, 20) + timedelta(weeks=2 * index), count)
        for index, count in enumerate(counts)
    ]


def test_trend_draws_the_last_six_periods_with_the_current_one_at_the_right():
    trend = trend_of(periods_of([9, 1, 2, 2, 3, 3, 4]))

    assert (trend.spark.width, trend.spark.height) == (72, 36)
    assert [bar.count for bar in trend.spark.bars] == [1, 2, 2, 3, 3, 4]
    assert [bar.x for bar in trend.spark.bars] == [0, 12, 24, 36, 48, 60]
    assert [bar.is_current for bar in trend.spark.bars] == [False] * 5 + [True]
    # The scale is five at least: four are 24 × 4/5 above the stub of two.
    assert [bar.height for bar in trend.spark.bars] == [7, 12, 12, 16, 16, 21]
    assert {bar.y + bar.height for bar in trend.spark.bars} == {36}


def test_trend_with_fewer_periods_than_shown_leaves_room_to_the_left():
    trend = trend_of(periods_of([0, 3]), shown=8)

    assert trend.spark.width == 96
    assert [(bar.x, bar.height) for bar in trend.spark.bars] == [(72, 2), (84, 16)]
    assert trend.verdict.direction == Direction.TOO_LITTLE_KNOWN


def test_trend_marks_the_periods_that_stood_out_then():
    trend = trend_of(periods_of([1] * 13 + [9, 1, 1]))

    assert [bool(bar.mark) for bar in trend.spark.bars] == [False, False, False, True, False, False]
    assert trend.spark.bars[3].mark == "M40.5 1l4 4-4 4-4-4z"
    assert trend.verdict.stands_out is False
    assert trend.spark.words == "6 perioder, den senaste sist: 1, 1, 1, 9, 1, 1. Sticker ut: 9."


def test_trend_with_huge_counts_stays_inside_its_frame():
    trend = trend_of(periods_of([0, 1_000_000, 1, 500_000, 0, 0, 1_000_000, 3]), shown=8)

    assert all(0 <= bar.y <= 34 and 2 <= bar.height <= 26 for bar in trend.spark.bars)


@pytest.mark.parametrize(("shown", "size"), [(6, ""), (8, "wide"), (13, "half-year"), (26, "year")])
def test_spark_says_how_wide_it_is(shown, size):
    assert trend_of(periods_of([1] * 30), shown=shown).spark.size == size


@pytest.mark.parametrize("shown", [0, 5, 27])
def test_trend_refuses_more_or_fewer_bars_than_fit(shown):
    with pytest.raises(ValueError, match="6–26 periods"):
        trend_of(periods_of([1, 2]), shown=shown)


def test_trend_refuses_no_periods():
    with pytest.raises(ValueError, match="no period"):
        trend_of([])


def test_spark_template_is_hidden_on_the_page_and_has_a_title_in_print():
    spark = trend_of(periods_of([1] * 15 + [9])).spark

    page = render_to_string("meetings/_spark.html", {"spark": spark})
    printed = render_to_string("meetings/_spark.html", {"spark": spark, "is_print": True})

    assert 'aria-hidden="true"' in page
    assert "<title>" not in page
    assert "<title>6 perioder, den senaste sist: 1, 1, 1, 1, 1, 9. Sticker ut: 9.</title>" in printed
    assert "aria-hidden" not in printed
    assert len(re.findall("<rect", page)) == 6
    assert len(re.findall("spark-mark", page)) == 1
    assert "style" not in page


def test_spark_numbers_say_in_words_which_stood_out():
    spark = trend_of(periods_of([1] * 15 + [9])).spark

    page = render_to_string("meetings/_spark_numbers.html", {"spark": spark})

    assert re.sub("<[^>]+>", "", page).strip() == "1, 1, 1, 1, 1, 9 (stack ut)"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([1] * 15 + [9], "Ökar Sticker ut"),
        ([2] * 13 + [4, 4, 5], "Ökar"),
        ([1] * 16, "Som vanligt"),
        ([3] * 13 + [0, 0, 0], "Minskar"),
        ([1, 2], "För lite att jämföra med"),
    ],
)
def test_trend_mark_says_it_in_words(counts, words):
    page = render_to_string("meetings/_trend_mark.html", {"verdict": trend_of(periods_of(counts)).verdict})

    assert re.sub("<[^>]+>", "", page).strip() == words
    assert page.count("<path") == 1 + words.endswith("Sticker ut")


def test_trend_explanation_says_that_reports_are_not_crimes():
    page = render_to_string("meetings/_trend_explanation.html")

    assert "Rapporterade iakttagelser är inte anmälda brott." in page
    assert "fler rapporterar" in page


def test_trends_can_be_printed():
    trend = trend_of(periods_of([1] * 15 + [9]))
    rows = "".join(
        render_to_string(f"meetings/_{name}.html", {"spark": trend.spark, "verdict": trend.verdict, "is_print": True})
        for name in ("spark", "spark_numbers", "trend_mark", "trend_explanation")
    )

    pdf = render_pdf(
        f'<!doctype html><html lang="sv"><head><title>Trender</title></head><body><h1>Trender</h1>{rows}</body></html>',
        stylesheets=["reports/report.css"],
    )

    assert pdf.startswith(b"%PDF")
