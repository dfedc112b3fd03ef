"""Trends without a word of what was observed, for those who steer; and what the meeting says of one."""

import datetime

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import Refused, require
from agreements.models import Agreement, Group
from agreements.pages import FormPage, SubjectMixin
from meetings.access import Capability
from meetings.forms.one_step import DiscussTrendForm, TrendChoiceForm, TrendNameForm
from meetings.models import Meeting
from meetings.operations.situation import discuss_trend
from meetings.situation import (
    Counts,
    Reporting,
    Span,
    TrendRow,
    areas_of,
    categories_of,
    meeting_days,
    next_meeting_of,
    recent_spans,
    reporting_to,
    situation_group_of,
    spans_between,
    spans_until,
    steps_from,
    trend_rows,
)
from meetings.views.observations import SituationMeetingMixin


class TrendListView(SubjectMixin, TemplateView):
    """Counts only: each category with its chart, its numbers and a verdict in words."""

    template_name = "meetings/trend_list.html"
    subject_model = Agreement
    capability = Capability.READ_TRENDS

    def get_context_data(self, **context):
        agreement, today = self.subject, timezone.localdate()
        group = situation_group_of(agreement)
        form = TrendChoiceForm(self.request.GET or {}, agreement=agreement)
        chosen = form.cleaned_data if form.is_valid() else {"perioder": 6, "omrade": None}
        shown = chosen["perioder"]
        days = meeting_days(group, until=today) if group else []
        spans = recent_spans(spans_until(days, today=today), day=today)
        areas = areas_of(agreement)
        rows = []
        reporting = reporting_now(group, days, today)
        if spans and form.is_valid():
            rows = trend_rows(
                Counts.of(agreement, first=spans[0].starts_on, last=today),
                spans,
                categories=categories_of(agreement),
                areas=areas,
                area=chosen["omrade"],
                shown=shown,
                reporting=reporting,
            )
        return super().get_context_data(
            menu_current="meetings",
            today=today,
            filter_form=form,
            rows=rows,
            spans=spans[-shown:],
            table=by_period(spans[-shown:], rows),
            is_unfinished=today not in days,
            reporting=reporting,
            area=chosen["omrade"],
            may_read=self.may(Capability.READ_OBSERVATIONS),
            **steps_from(self.request.user, agreement, group),
            **context,
        )


def reporting_now(group: Group | None, days: list[datetime.date], today: datetime.date) -> Reporting | None:
    """How far the reporting of the period that is under way has come; None where no meeting is to be reported to."""
    meeting = next_meeting_of(group, at=timezone.now())
    return reporting_to(meeting) if meeting is not None and (today not in days or meeting.day == today) else None


def by_period(spans: list[Span], rows: list[TrendRow]) -> list[dict]:
    """The numbers behind the charts, a period on each line, the latest first."""
    columns = [row.trend.spark.bars for row in rows]
    return [
        {"span": span, "bars": [bars[number] for bars in columns]} for number, span in reversed(list(enumerate(spans)))
    ]


def named_trend(request, agreement: Agreement, *, meeting: Meeting | None = None) -> TrendRow:
    """The trend that the address names, as it stands at the meeting or today. 404 for one that does not exist."""
    form = TrendNameForm(request.GET, agreement=agreement)
    if not form.is_valid():
        raise Http404
    category, area = form.cleaned_data["kategori"], form.cleaned_data["omrade"]
    today = timezone.localdate()
    group = meeting.group if meeting else situation_group_of(agreement)
    last = meeting.day if meeting else today
    days = meeting_days(group, until=last) if group else []
    spans = spans_between(days, today=today) if meeting else spans_until(days, today=today)
    spans = recent_spans(spans, day=today)
    if not spans:
        raise Refused("Det finns inga möten att räkna mellan än.")
    counts = Counts.of(agreement, first=spans[0].starts_on, last=spans[-1].ends_on)
    reporting = reporting_to(meeting) if meeting else reporting_now(group, days, today)
    rows = trend_rows(counts, spans, categories=[category], areas=[], area=area, reporting=reporting)
    if not rows:
        raise Http404
    return rows[0]


class TrendDiscussView(SituationMeetingMixin, FormPage):
    """Write in the minutes that a trend has been discussed, and what was said."""

    capability = Capability.LEAD_MEETING
    form_class = DiscussTrendForm
    submit_label = "Spara i anteckningarna"
    extra_context = {"menu_current": "meetings"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row = named_trend(request, self.subject.agreement, meeting=self.subject)
        self.heading = f"Diskuterad trend: {self.row.name}"
        self.intro = self.row.verdict.words

    def check_access(self):
        super().check_access()
        require(self.request.user, Capability.READ_TRENDS, self.subject)

    def perform(self, form):
        try:
            discuss_trend(
                meeting=self.subject,
                name=self.row.name,
                words=self.row.verdict.words,
                note=form.cleaned_data["note"],
                by=self.request.user,
            )
        except ValidationError as error:
            # Of the minutes, which the form has no field for.
            raise ValidationError(error.messages) from error
        self.success_message = f"Trenden {self.row.name} är diskuterad och står i anteckningarna."
