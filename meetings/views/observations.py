"""Observations: reporting them, reading them, correcting them."""

import csv

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from accounts.history import histories_of, load_pairs, tell
from agreements.access import Refused, require
from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, as_key
from documents.file_types import XLSX
from documents.swedish_dates import near_date_range_words, near_date_words
from documents.swedish_words import counted, upper_first
from documents.workbooks import Column, write_table_xlsx
from meetings.access import Capability, may_correct
from meetings.forms.observations import (
    ObservationDeleteForm,
    ObservationFilterForm,
    ObservationReportForm,
    ObservationUpdateForm,
    Offered,
)
from meetings.models import Meeting, Observation
from meetings.operations.situation import (
    change_observation,
    remove_observation,
    report_nothing,
    report_observations,
)
from meetings.situation import (
    areas_of,
    categories_of,
    next_meeting_of,
    own_organisation,
    situation_group_of,
    spoken_for,
    steps_from,
)

PER_PAGE = 25
UNPROCESSABLE = 422
EXPORT_COLUMNS = [
    Column("category", "Kategori", "text"),
    Column("area", "Delområde", "text"),
    Column("place", "Plats", "text"),
    Column("occurred_from", "Från", "date"),
    Column("occurred_to", "Till", "date"),
    Column("time_of_day", "Tid på dygnet", "text"),
    Column("text", "Vad har hänt?", "prose"),
    Column("severity", "Allvar", "text"),
    Column("is_recurring", "Har hänt där förut", "text"),
    Column("source", "Rapporterad av", "text"),
    Column("reported_on", "Inlagd", "date"),
]


class ObservationListMixin(SubjectMixin):
    subject_model = Agreement
    capability = Capability.READ_OBSERVATIONS

    def filter_form(self) -> ObservationFilterForm:
        return ObservationFilterForm(self.request.GET or {}, agreement=self.subject)

    def observations(self):
        return (
            Observation.objects.filter(agreement=self.subject)
            .select_related("category", "area", "source")
            .latest_first()
        )


class ObservationListView(ObservationListMixin, TemplateView):
    """The observations, narrowed by the address; with `format=csv` or `format=xlsx` as a file."""

    template_name = "meetings/observation_list.html"

    def get(self, request, *args, **kwargs):
        match request.GET.get("format"):
            case "csv":
                return as_csv(self.exported())
            case "xlsx":
                return as_file(
                    write_table_xlsx("Iakttagelser", EXPORT_COLUMNS, self.exported()), XLSX.content_type, "xlsx"
                )
        return super().get(request, *args, **kwargs)

    def exported(self) -> list[dict]:
        return [row_of(observation) for observation in self.filter_form().filter(self.observations())]

    def get_context_data(self, **context):
        form = self.filter_form()
        page = Paginator(form.filter(self.observations()), PER_PAGE).get_page(self.request.GET.get("sida"))
        today = timezone.localdate()
        for observation in page:
            observation.days_words = near_date_range_words(observation.occurred_from, observation.occurred_to, today)
        return super().get_context_data(
            menu_current="meetings",
            today=today,
            filter_form=form,
            page_obj=page,
            can_report=self.may(Capability.REPORT_OBSERVATIONS) and not self.subject.is_closed,
            can_keep=self.may(Capability.KEEP_CATEGORIES),
            **context,
        )


def row_of(observation: Observation) -> dict:
    return {
        "category": str(observation.category),
        "area": str(observation.area or ""),
        "place": observation.place,
        "occurred_from": observation.occurred_from,
        "occurred_to": observation.occurred_to,
        "time_of_day": observation.get_time_of_day_display(),
        "text": observation.text,
        "severity": observation.get_severity_display(),
        "is_recurring": "ja" if observation.is_recurring else "nej",
        "source": observation.source.full_name,
        "reported_on": timezone.localdate(observation.reported_at),
    }


def as_file(content: bytes, content_type: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="iakttagelser.{suffix}"'
    response["Cache-Control"] = "private, no-store"
    return response


FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def as_csv(rows: list[dict]) -> HttpResponse:
    """Semicolons and a byte order mark, as Swedish Excel wants them. What looks like a formula does not become one."""
    response = as_file(b"", "text/csv; charset=utf-8", "csv")
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(column.label for column in EXPORT_COLUMNS)
    for row in rows:
        values = (str(row[column.name]) for column in EXPORT_COLUMNS)
        writer.writerow(f"'{value}" if value.startswith(FORMULA_STARTS) else value for value in values)
    return response


class ObservationCreateView(FormPage):
    """Report what has been seen. With `?mote=` it comes from that meeting's page, and goes back to it."""

    subject_model = Agreement
    capability = Capability.REPORT_OBSERVATIONS
    form_class = ObservationReportForm
    template_name = "meetings/observation_form.html"
    heading = "Rapportera iakttagelser"
    submit_label = "Spara"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.group = situation_group_of(self.subject)
        self.meeting = self.get_meeting()

    def get_meeting(self) -> Meeting | None:
        """The meeting that the report is for: the one in the address, else the next."""
        asked_for = self.request.GET.get("mote", "")
        if not asked_for:
            return next_meeting_of(self.group, at=timezone.now())
        if self.group is None:
            raise Http404
        return get_object_or_404(self.group.meetings.select_related("group__agreement"), pk=as_key(asked_for))

    @property
    def is_at_meeting(self) -> bool:
        return "mote" in self.request.GET

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "offered": self.offered(),
            "today": self.today,
            "own": own_organisation(self.request.user, self.subject),
            "is_compact": self.is_at_meeting,
            "kept": self.kept(),
            "initial": {"organisation": self.request.GET["kalla"]} if "kalla" in self.request.GET else {},
        }

    def offered(self) -> Offered:
        agreement = self.subject
        return Offered(
            categories=[one for one in categories_of(agreement) if one.is_in_use],
            areas=areas_of(agreement),
            organisations=spoken_for(self.request.user, agreement, agreement.organisations.order_by("name")),
        )

    def kept(self) -> dict:
        """What the one before was about, for the next one, where there is no script to add another block."""
        names = {"category": "kategori", "area": "omrade"}
        return {field: self.request.GET[name] for field, name in names.items() if name in self.request.GET}

    def perform(self, form):
        try:
            self.saved = report_observations(
                agreement=self.subject,
                observations=form.observations(agreement=self.subject),
                meeting=self.meeting,
                by=self.request.user,
            )
        except ValidationError as error:
            # Of what became wrong while the form was written; the form has blocks, and no fields of their names.
            raise ValidationError(error.messages) from error

    def get_success_message(self, result):
        count = len(self.saved)
        saved = upper_first(counted(count, "iakttagelse är sparad.", "iakttagelser är sparade."))
        if self.meeting is None:
            return saved
        day = near_date_words(self.meeting.day, self.today)
        return f"{saved} {self.saved[0].source} har rapporterat till mötet {day}."

    def get_success_url(self):
        if getattr(self, "saved", None) and "mer" in self.request.POST:
            last = self.saved[-1]
            parts = {"kategori": last.category_id, "omrade": last.area_id, "kalla": last.source_id}
            query = "&".join(f"{name}={value}" for name, value in parts.items() if value)
            return f"{reverse('meetings:observation_create', args=[self.subject.pk])}?{query}"
        if self.is_at_meeting and self.meeting is not None:
            return self.meeting.get_absolute_url()
        return reverse("meetings:observation_list", args=[self.subject.pk])

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if getattr(form, "is_too_many", False):
            response.status_code = UNPROCESSABLE
        return response

    def get_context_data(self, **context):
        return super().get_context_data(
            menu_current="meetings",
            meeting=self.meeting,
            is_at_meeting=self.is_at_meeting,
            today=self.today,
            own=own_organisation(self.request.user, self.subject),
            **context,
        )


class SituationMeetingMixin:
    """A meeting of Örat mot marken as the subject; 404 for other groups' meetings."""

    subject_model = Meeting

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement")

    def check_access(self):
        super().check_access()
        if not self.subject.is_situation_meeting:
            raise Http404


class NothingToReportView(SituationMeetingMixin, ActionPage):
    """One tap: nothing has happened. For one's own organisation; who leads the meeting says it for any of them."""

    capability = Capability.REPORT_OBSERVATIONS

    def get_success_url(self):
        if self.request.user.has_perm(Capability.READ_MEETINGS, self.subject):
            return self.subject.get_absolute_url()
        return reverse("meetings:observation_list", args=[self.subject.agreement.pk])

    def perform(self):
        agreement = self.subject.agreement
        own = own_organisation(self.request.user, agreement)
        asked_for = self.request.POST.get("organisation", "")
        organisation = own
        if asked_for and (own is None or asked_for != str(own.pk)):
            require(self.request.user, Capability.LEAD_MEETING, self.subject)
            organisation = agreement.organisations.filter(pk=as_key(asked_for)).first()
        if organisation is None:
            raise Http404
        report_nothing(meeting=self.subject, organisation=organisation, by=self.request.user)
        return f"{organisation} har rapporterat: inget att rapportera."


class ObservationSubject:
    subject_model = Observation
    capability = Capability.READ_OBSERVATIONS

    def get_subjects(self):
        return super().get_subjects().select_related("agreement", "category", "area", "source", "reported_by")


class ObservationDetailView(ObservationSubject, SubjectMixin, DetailView):
    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **context):
        observation, user = self.subject, self.request.user
        is_open = not observation.agreement.is_closed
        group = situation_group_of(observation.agreement)
        today = timezone.localdate()
        return super().get_context_data(
            observation=observation,
            days_words=near_date_range_words(observation.occurred_from, observation.occurred_to, today),
            menu_current="meetings",
            today=today,
            changes=history_of(observation),
            can_correct=is_open and may_correct(user, observation),
            **steps_from(user, observation.agreement, group),
            **context,
        )


def history_of(observation: Observation) -> list:
    """Who has changed what in the observation, the latest first."""
    things = {Observation: Q(id=observation.pk)}
    return tell(load_pairs(list(histories_of(things)), things))


class CorrectingMixin(ObservationSubject):
    capability = Capability.REPORT_OBSERVATIONS

    def check_access(self):
        super().check_access()
        if not may_correct(self.request.user, self.subject):
            raise Refused("Den som har lagt in iakttagelsen, samordnaren och kommunpolisen kan ändra den.")


class ObservationUpdateView(CorrectingMixin, EditPage):
    form_class = ObservationUpdateForm
    heading = "Rätta iakttagelsen"
    submit_label = "Spara iakttagelsen"
    success_message = "Iakttagelsen är rättad."
    extra_context = {"menu_current": "meetings"}

    def get_form_kwargs(self):
        agreement = self.subject.agreement
        sources = spoken_for(self.request.user, agreement, agreement.organisations.all())
        return super().get_form_kwargs() | {"today": self.today, "sources": sources}

    def perform(self, form):
        return change_observation(
            observation=form.instance, by=self.request.user, reason=form.cleaned_data["reason_for_change"]
        )


class ObservationDeleteView(CorrectingMixin, FormPage):
    form_class = ObservationDeleteForm
    heading = "Ta bort iakttagelsen"
    intro = "Den försvinner ur listorna och trenderna. Vem som tog bort den och varför står kvar i historiken."
    submit_label = "Ta bort"
    success_message = "Iakttagelsen är borttagen."
    extra_context = {"menu_current": "meetings"}

    def perform(self, form):
        self.list_url = reverse("meetings:observation_list", args=[self.subject.agreement_id])
        remove_observation(
            observation=self.subject, by=self.request.user, reason=form.cleaned_data["reason_for_change"]
        )

    def get_success_url(self):
        return getattr(self, "list_url", None) or super().get_success_url()
