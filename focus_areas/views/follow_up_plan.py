"""What is planned to be followed up, the overview of it, and asking again."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import Refused
from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.follow_up_overview import read_overview
from focus_areas.forms.follow_ups import FollowUpFilterForm, PlannedFollowUpForm
from focus_areas.models import Activity, PlannedFollowUp, Reminder
from focus_areas.operations import remind, remove_planned_follow_up, save_planned_follow_up
from focus_areas.operations.follow_ups import ANSWER_APPROVED

PER_PAGE = 25
REMINDERS_SHOWN = 10


class FollowUpOverviewView(SubjectMixin, TemplateView):
    """Every unfinished activity with who was heard last and what comes next, the worst first."""

    template_name = "focus_areas/follow_up_overview.html"
    subject_model = Agreement

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_context_data(self, **context):
        today = timezone.localdate()
        overview = read_overview(self.subject, today=today)
        form = FollowUpFilterForm(self.request.GET or {}, agreement=self.subject)
        reminders = Reminder.objects.filter(activity__focus_area__agreement=self.subject)
        return super().get_context_data(
            menu_current="plan",
            today=today,
            overview=overview,
            filter_form=form,
            page_obj=Paginator(form.filter(overview.rows), PER_PAGE).get_page(self.request.GET.get("sida")),
            reminders=reminders.select_related("activity__focus_area", "recipient", "sent_by")[:REMINDERS_SHOWN],
            can_remind=self.may(Capability.REMIND) and not self.subject.is_closed,
            **context,
        )


class ActivityRemindView(ActionPage):
    """Ask who is responsible to tell how the activity is going."""

    subject_model = Activity
    capability = Capability.REMIND

    def get_subjects(self):
        return super().get_subjects().select_related("focus_area__agreement", "responsible")

    def get_success_url(self):
        return reverse("focus_areas:follow_up_overview", args=[self.subject.agreement.pk])

    def perform(self):
        recipient = remind(
            activity=self.subject,
            by=self.request.user,
            today=timezone.localdate(),
            site=self.request.build_absolute_uri("/").rstrip("/"),
        )
        return f"{recipient} påminns om {self.subject} med ett mejl till {recipient.email}."


class PlannedFollowUpCreateView(FormPage):
    subject_model = Activity
    capability = Capability.FOLLOW_UP
    form_class = PlannedFollowUpForm
    heading = "Planera uppföljning"
    intro = "Skriv vad som ska följas upp, hur och när. En rad för varje slag."
    submit_label = "Spara i planen"
    success_message = "Uppföljningen är planerad."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject, "today": self.today}

    def get_success_url(self):
        return self.subject.get_absolute_url() + "#uppfoljningsplan"

    def perform(self, form):
        return save_planned_follow_up(planned=form.instance, by=self.request.user)


class PlannedFollowUpMixin:
    subject_model = PlannedFollowUp
    capability = Capability.FOLLOW_UP

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("activity__focus_area__agreement")
            .prefetch_related("activity__leads", "activity__participations")
        )


class PlannedFollowUpUpdateView(PlannedFollowUpMixin, EditPage):
    form_class = PlannedFollowUpForm
    template_name = "focus_areas/removable_form.html"
    heading = "Ändra planerad uppföljning"
    submit_label = "Spara i planen"

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(ANSWER_APPROVED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject.activity, "today": self.today}

    def perform(self, form):
        return save_planned_follow_up(planned=form.instance, by=self.request.user)

    def get_context_data(self, **context):
        return super().get_context_data(
            remove_url=reverse("focus_areas:planned_follow_up_delete", args=[self.subject.pk]),
            remove_label="Ta bort ur planen",
            **context,
        )


class PlannedFollowUpDeleteView(PlannedFollowUpMixin, ActionPage):
    def get_success_url(self):
        return self.subject.get_absolute_url()

    def perform(self):
        remove_planned_follow_up(planned=self.subject, by=self.request.user)
        return "Den planerade uppföljningen är borttagen. Den kan tas tillbaka från aktivitetens historik."
