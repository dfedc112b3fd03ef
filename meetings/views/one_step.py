"""One step from an observation or a trend: an action point, an item for the preparation group, or a line in a log."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from agreements.access import Refused, require
from agreements.models import Agreement, Group
from agreements.pages import FormPage, as_key
from documents.swedish_dates import date_range_words, near_date_range_words
from focus_areas.models import Activity, LogEntry
from focus_areas.operations import log_activity
from focus_areas.views.log import loggable_activities
from meetings.access import Capability
from meetings.forms.one_step import StepActionPointForm, StepAgendaItemForm, StepLogEntryForm
from meetings.models import ActionPoint, AgendaItem, Meeting
from meetings.operations.agenda import add_item
from meetings.operations.leading import add_action_point
from meetings.situation import next_meeting_of, own_organisation, situation_group_of
from meetings.views.observations import ObservationSubject
from meetings.views.trends import named_trend

ONE_WEEK = datetime.timedelta(days=7)


class FromObservation(ObservationSubject):
    """The step begins with an observation; its category, place and time come along, to be edited.

    Its text does not: more people read the preparation group's agenda and an activity's log than the observations.
    """

    @property
    def short_words(self) -> str:
        seen = self.subject
        return f"{seen.where}, {near_date_range_words(seen.occurred_from, seen.occurred_to, timezone.localdate())}"

    @property
    def words(self) -> str:
        seen = self.subject
        days = date_range_words(seen.occurred_from, seen.occurred_to)
        often = " Har hänt där förut." if seen.is_recurring else ""
        return f"{seen.where}, {days}.{often}"

    def get_own_organisation(self):
        return self.subject.source


class FromTrend:
    """The step begins with a trend, named by the address: its numbers come along."""

    subject_model = Agreement
    capability = Capability.READ_TRENDS

    @property
    def short_words(self) -> str:
        return self.row.name

    @property
    def words(self) -> str:
        return f"{self.row.name}: {self.row.verdict.words}"

    def get_own_organisation(self):
        return own_organisation(self.request.user, self.subject)


class StepPage(FormPage):
    template_name = "meetings/step_form.html"
    extra_context = {"menu_current": "meetings"}

    def check_access(self):
        super().check_access()
        self.agreement = self.get_agreement()
        self.check_step()

    def check_step(self) -> None:
        """Ask for what the step itself needs, beside reading what it begins with."""
        raise NotImplementedError

    def get_cancel_url(self):
        return self.came_from()

    def came_from(self) -> str:
        """Back to the meeting's page when the step began there."""
        meeting = self.meeting_in_address()
        return meeting.get_absolute_url() if meeting else self.list_url()

    def list_url(self) -> str:
        return self.subject.get_absolute_url()

    def meeting_in_address(self) -> Meeting | None:
        key = as_key(self.request.GET.get("mote"))
        if key is None or not hasattr(self, "agreement"):
            return None
        return (
            Meeting.objects.filter(pk=key, group__agreement=self.agreement, group__kind=Group.Kind.SITUATION)
            .select_related("group__agreement")
            .first()
        )

    def get_success_url(self):
        return self.came_from()

    def get_context_data(self, **context):
        return super().get_context_data(back_label=self.meeting_in_address() or self.list_label(), **context)

    def list_label(self) -> str:
        return str(self.subject)


class ActionPointStep(StepPage):
    """An action point for Örat mot marken: at the meeting it came from, else the current or next one."""

    form_class = StepActionPointForm
    heading = "Gör en åtgärdspunkt"
    submit_label = "Spara åtgärdspunkten"

    def check_step(self):
        self.group = situation_group_of(self.agreement)
        if self.group is None:
            raise Refused("Överenskommelsen har ingen grupp för Örat mot marken.")
        require(self.request.user, Capability.LEAD_MEETING, self.group)

    def get_meeting(self) -> Meeting | None:
        meeting = self.meeting_in_address()
        if meeting and not (meeting.is_locked or meeting.is_cancelled or meeting.is_under_review):
            return meeting
        return next_meeting_of(self.group, at=timezone.now())

    def get_form_kwargs(self):
        own = self.get_own_organisation()
        first = max(self.today, meeting.day) if (meeting := self.get_meeting()) else self.today
        limit = ActionPoint._meta.get_field("text").max_length
        return super().get_form_kwargs() | {
            "agreement": self.agreement,
            "initial": {
                "text": Truncator(f"{self.short_words}: ").chars(limit),
                "organisation": own.pk if own else None,
                "due_on": first + 2 * ONE_WEEK,
            },
        }

    def perform(self, form):
        meeting = self.get_meeting()
        add_action_point(
            meeting=meeting,
            group=None if meeting else self.group,
            by=self.request.user,
            **{name: form.cleaned_data[name] for name in ("text", "organisation", "due_on")},
        )
        where = f"mötet {meeting.week}" if meeting else "gruppens nästa möte"
        self.success_message = f"Åtgärdspunkten är sparad till {where} och följer med tills den är klar."


class AgendaItemStep(StepPage):
    """An item for the preparation group: its next planned meeting, else its backlog."""

    form_class = StepAgendaItemForm
    heading = "Ta upp i beredningsgruppen"
    submit_label = "Spara punkten"

    def check_step(self):
        self.group = self.agreement.groups.filter(kind=Group.Kind.PREPARATION).order_by("pk").first()
        if self.group is None:
            raise Refused("Överenskommelsen har ingen beredningsgrupp.")
        require(self.request.user, Capability.LEAD_MEETING, self.group)

    def get_form_kwargs(self):
        limit = AgendaItem._meta.get_field("title").max_length
        return super().get_form_kwargs() | {
            "initial": {
                "title": Truncator(self.short_words).chars(limit),
                "description": f"Från Örat mot marken. {self.words}",
            }
        }

    def perform(self, form):
        meeting = Meeting.objects.filter(group=self.group).upcoming(at=timezone.now()).first()
        add_item(
            item=AgendaItem(
                group=self.group,
                meeting=meeting,
                title=form.cleaned_data["title"],
                description=form.cleaned_data["description"],
            ),
            by=self.request.user,
        )
        where = f"dagordningen för {meeting}" if meeting else f"väntelistan för {self.group}"
        self.success_message = f"Punkten står på {where}."


class LogEntryStep(StepPage):
    """A line in the log of an activity that the person may log on."""

    form_class = StepLogEntryForm
    heading = "Skriv i en aktivitets logg"
    submit_label = "Spara anteckning"

    def check_step(self):
        self.activities = loggable_activities(self.request.user, self.agreement, today=timezone.localdate())
        if not self.activities:
            raise Refused("Det finns ingen pågående aktivitet som du får skriva i loggen för.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "activities": self.activities,
            "today": self.today,
            "initial": {"happened_on": self.get_day(), "text": self.words},
        }

    def get_day(self) -> datetime.date:
        return self.today

    def get_area(self):
        return None

    def perform(self, form):
        activity: Activity = form.cleaned_data["activity"]
        log_activity(
            entry=LogEntry(
                activity=activity,
                happened_on=form.cleaned_data["happened_on"],
                text=form.cleaned_data["text"],
                area=self.get_area(),
            ),
            by=self.request.user,
        )
        self.success_message = f"Anteckningen står i loggen för {activity}."


class ObservationActionPointView(FromObservation, ActionPointStep):
    pass


class ObservationAgendaItemView(FromObservation, AgendaItemStep):
    pass


class ObservationLogEntryView(FromObservation, LogEntryStep):
    def get_day(self):
        return self.subject.occurred_to

    def get_area(self):
        return self.subject.area


class TrendStep(FromTrend):
    """404 for a trend that does not exist, before any form is shown."""

    def check_step(self):
        super().check_step()
        self.row = named_trend(self.request, self.subject)

    def list_url(self):
        return reverse("meetings:trend_list", args=[self.subject.pk])

    def list_label(self):
        return "Trender"


class TrendActionPointView(TrendStep, ActionPointStep):
    pass


class TrendAgendaItemView(TrendStep, AgendaItemStep):
    pass


class TrendLogEntryView(TrendStep, LogEntryStep):
    def get_area(self):
        return self.row.area
