"""The charts of what goals are measured by."""

from django.db.models import QuerySet

from agreements.indicator_charts import IndicatorChart, chart_of
from agreements.models import Indicator
from focus_areas.models import Goal


def charts_of(goals: QuerySet[Goal]) -> list[IndicatorChart]:
    """A chart for each indicator that measures any of the goals and has values; two queries, however many."""
    indicators = Indicator.objects.filter(pk__in=goals.order_by().values("indicator")).with_values()
    charts = (chart_of(indicator, indicator.values.all()) for indicator in indicators)
    return [chart for chart in charts if chart.has_values]
