"""What goals are measured by is drawn where they are read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from focus_areas.goal_charts import charts_of
from focus_areas.models import Goal
from tests.factories import as_person, make_focus_area, make_goal
from tests.thread_factories import make_indicator


@pytest.fixture
def focus_area(agreement):
    return make_focus_area(agreement)


def test_each_indicator_that_measures_the_goals_is_drawn_once(agreement, focus_area):
    index, elsewhere = make_indicator(agreement), make_indicator(agreement)
    make_indicator(agreement, name="Inget mål mäts med den")
    empty = make_indicator(agreement, name="Utan värden", with_values=False)
    for indicator in (index, index, empty, None):
        make_goal(focus_area, indicator=indicator)
    make_goal(make_focus_area(agreement), indicator=elsewhere)

    charts = charts_of(focus_area.goals.all())

    assert [chart.indicator for chart in charts] == [index]


@pytest.mark.parametrize("page_of", [lambda goal: goal, lambda goal: goal.focus_area], ids=["goal", "focus area"])
def test_page_shows_the_chart_with_its_numbers_and_the_way_to_the_sources(
    client, agreement, focus_area, reader, page_of
):
    index = make_indicator(agreement)
    goal = make_goal(focus_area, indicator=index)

    page = as_person(client, reader).get(page_of(goal).get_absolute_url()).content.decode()

    assert f'<h2 id="h-indicator-{index.pk}">Trygghetsindex</h2>' in page
    assert page.count('<figure class="chart">') == 1
    assert '<td class="num">2,16</td>' in page
    assert f'href="{index.get_absolute_url()}">Värden och källor' in page


def test_focus_area_asks_as_much_for_more_charts(client, agreement, focus_area, coordinator):
    make_goal(focus_area, indicator=make_indicator(agreement))
    as_person(client, coordinator).get(focus_area.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(focus_area.get_absolute_url())
    for _ in range(2):
        make_goal(focus_area, indicator=make_indicator(agreement))
    client.get(focus_area.get_absolute_url())

    with CaptureQueriesContext(connection) as many:
        client.get(focus_area.get_absolute_url())

    assert Goal.objects.count() == 3
    assert len(few) == len(many) <= 25
