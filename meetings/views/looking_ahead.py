"""What is coming, the year wheel, and the words that observations are sorted by."""

import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.models import Agreement, Area
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from documents.swedish_dates import week_label
from meetings.access import Capability
from meetings.forms.looking_ahead import AreaForm, CategoryForm, EventForm
from meetings.models import ObservationCategory, UpcomingEvent
from meetings.operations.situation import remove_event, save_area, save_category, save_event
from meetings.situation import (
    Ahead,
    events_with_watchers,
    looking_ahead,
    meeting_days,
    situation_group_of,
    situation_on,
    spans_until,
)

SHOWN_AHEAD = datetime.timedelta(weeks=26)


class EventListView(SubjectMixin, TemplateView):
    """Half a year ahead, week by week, and what the same weeks brought in earlier years."""

    template_name = "meetings/event_list.html"
    subject_model = Agreement
    capability = Capability.READ_OBSERVATIONS

    def get_context_data(self, **context):
        agreement, today = self.subject, timezone.localdate()
        group = situation_group_of(agreement)
        spans = spans_until(meeting_days(group, until=today), today=today) if group else []
        last = today + SHOWN_AHEAD
        events = events_with_watchers(agreement).during(today, last)
        situation = situation_on(agreement, spans, day=today, today=today)
        return super().get_context_data(
            menu_current="meetings",
            today=today,
            weeks=by_week(looking_ahead(events, first=today, last=last, today=today), today=today),
            years=situation.years,
            patterns=situation.patterns,
            can_write=self.may(Capability.REPORT_OBSERVATIONS) and not agreement.is_closed,
            **context,
        )


def by_week(ahead: list[Ahead], *, today: datetime.date) -> list[dict]:
    """Each week with what begins in it; what has begun already stands in this one."""
    weeks = {}
    for one in ahead:
        day = max(one.starts_on, today)
        week = weeks.setdefault(day.isocalendar()[:2], {"words": week_label(day).capitalize(), "ahead": []})
        week["ahead"].append(one)
    return list(weeks.values())


class EventFormMixin:
    capability = Capability.REPORT_OBSERVATIONS
    form_class = EventForm
    template_name = "meetings/event_form.html"
    submit_label = "Spara"
    extra_context = {"menu_current": "meetings"}

    def perform(self, form):
        return save_event(event=form.instance, by=self.request.user, watched_by=form.cleaned_data["watched_by"])


class EventCreateView(EventFormMixin, FormPage):
    subject_model = Agreement
    heading = "Lägg till något som är på gång"
    success_message = "Det är tillagt."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": UpcomingEvent(agreement=self.subject)}

    def get_cancel_url(self):
        return reverse("meetings:event_list", args=[self.subject.pk])


class EventUpdateView(EventFormMixin, EditPage):
    subject_model = UpcomingEvent
    heading = "Ändra det som är på gång"

    def get_subjects(self):
        return super().get_subjects().select_related("agreement", "area")


class EventDeleteView(ActionPage):
    subject_model = UpcomingEvent
    capability = Capability.REPORT_OBSERVATIONS

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def get_success_url(self):
        return reverse("meetings:event_list", args=[self.subject.agreement_id])

    def perform(self):
        remove_event(event=self.subject, by=self.request.user)
        return f"{self.subject} är borttaget."


class WordsMixin:
    """A page for the coordinator's own words; back to the list of them."""

    capability = Capability.KEEP_CATEGORIES
    submit_label = "Spara"
    extra_context = {"menu_current": "meetings"}

    def get_success_url(self):
        return reverse("meetings:category_list", args=[self.get_agreement().pk])


class CategoryListView(SubjectMixin, TemplateView):
    template_name = "meetings/category_list.html"
    subject_model = Agreement
    capability = Capability.KEEP_CATEGORIES

    def get_context_data(self, **context):
        return super().get_context_data(
            menu_current="meetings",
            categories=self.subject.observation_categories.annotate(count=Count("observations")).order_by(
                "-is_in_use", "position", "name"
            ),
            areas=self.subject.areas.annotate(count=Count("observations")),
            can_write=not self.subject.is_closed,
            **context,
        )


class CategoryCreateView(WordsMixin, FormPage):
    subject_model = Agreement
    form_class = CategoryForm
    heading = "Ny kategori"
    success_message = "Kategorin är tillagd."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": ObservationCategory(agreement=self.subject)}

    def perform(self, form):
        save_category(category=form.instance, by=self.request.user)


class CategoryUpdateView(WordsMixin, EditPage):
    subject_model = ObservationCategory
    form_class = CategoryForm
    heading = "Ändra kategorin"

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def perform(self, form):
        save_category(category=form.instance, by=self.request.user)


class AreaCreateView(WordsMixin, FormPage):
    subject_model = Agreement
    form_class = AreaForm
    heading = "Nytt delområde"
    success_message = "Delområdet är tillagt."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Area(agreement=self.subject)}

    def perform(self, form):
        save_area(area=form.instance, by=self.request.user)


class AreaUpdateView(WordsMixin, EditPage):
    subject_model = Area
    form_class = AreaForm
    heading = "Ändra delområdet"

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def perform(self, form):
        save_area(area=form.instance, by=self.request.user)
