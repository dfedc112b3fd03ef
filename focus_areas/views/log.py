from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.access import Refused, require
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, chosen_agreement
from documents.downloads import download
from focus_areas.access import Capability
from focus_areas.forms.log import LogEntryForm, QuickLogForm
from focus_areas.models import Activity, LogAttachment, LogEntry
from focus_areas.operations import log_activity, remove_log_entry
from focus_areas.views.activities import log_of

PER_PAGE = 25


class LogListView(SubjectMixin, TemplateView):
    template_name = "focus_areas/log_list.html"
    subject_model = Activity

    def get_subjects(self):
        return super().get_subjects().select_related("focus_area__agreement").with_actors()

    def get_context_data(self, **context):
        items = log_of(self.subject, user=self.request.user)
        page = Paginator(items, PER_PAGE).get_page(self.request.GET.get("sida"))
        can_log = self.may(Capability.LOG_ACTIVITY) and not self.subject.agreement.is_closed
        return super().get_context_data(
            activity=self.subject,
            page_obj=page,
            can_log=can_log,
            menu_current="plan",
            today=timezone.localdate(),
            **context,
        )


class LogCreateView(FormPage):
    subject_model = Activity
    capability = Capability.LOG_ACTIVITY
    form_class = LogEntryForm
    template_name = "focus_areas/logentry_form.html"
    heading = "Logga det som hänt"
    submit_label = "Spara anteckning"
    success_message = "Anteckningen är sparad."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject, "today": self.today}

    def perform(self, form):
        return log_activity(entry=form.instance, by=self.request.user, files=form.cleaned_data["files"])


class QuickLogView(FormPage):
    """Log from the start page: the activity is chosen in the form."""

    form_class = QuickLogForm
    capability = Capability.LOG_ACTIVITY
    heading = "Logga det som hänt"
    submit_label = "Spara anteckning"
    success_message = "Anteckningen är sparad."

    def get_subject(self):
        return chosen_agreement(self.request)

    def check_access(self):
        self.activities = loggable_activities(self.request.user, self.subject, today=timezone.localdate())
        if not self.activities:
            require(self.request.user, self.capability, self.subject)
            raise Refused("Det finns ingen pågående aktivitet att logga på.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activities": self.activities, "today": self.today}

    def get_success_url(self):
        return reverse("start")

    def perform(self, form):
        return log_activity(entry=form.entry(), by=self.request.user)


def loggable_activities(user, agreement, *, today) -> list[Activity]:
    """The agreement's unfinished activities that the person may log on, with their current commitments."""
    if agreement.is_closed:
        return []
    activities = (
        Activity.objects.of(agreement)
        .unfinished()
        .select_related("focus_area__agreement")
        .with_actors()
        .with_commitments(on=today)
        .in_order()
    )
    return [activity for activity in activities if user.has_perm(Capability.LOG_ACTIVITY, activity)]


class OwnEntryMixin:
    """Who wrote an entry may correct it; others need to be able to edit the activity."""

    subject_model = LogEntry
    capability = Capability.LOG_ACTIVITY

    def get_subjects(self):
        return super().get_subjects().select_related("activity__focus_area__agreement", "commitment", "area")

    def check_access(self):
        super().check_access()
        if self.subject.created_by_id != self.request.user.pk:
            require(self.request.user, Capability.EDIT_ACTIVITY, self.subject)


class LogUpdateView(OwnEntryMixin, EditPage):
    form_class = LogEntryForm
    template_name = "focus_areas/logentry_form.html"
    heading = "Rätta anteckningen"
    submit_label = "Spara anteckning"
    success_message = "Anteckningen är rättad."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject.activity, "today": self.today}

    def perform(self, form):
        return log_activity(entry=form.instance, by=self.request.user, files=form.cleaned_data["files"])


class LogDeleteView(OwnEntryMixin, ActionPage):
    def get_success_url(self):
        return self.subject.activity.get_absolute_url()

    def perform(self):
        remove_log_entry(entry=self.subject, by=self.request.user)
        return "Anteckningen är borttagen. Den kan tas tillbaka från aktivitetens historik."


class LogRepeatView(FormPage):
    """Log once more like this: the same commitment, count and words, with today's date."""

    subject_model = LogEntry
    capability = Capability.LOG_ACTIVITY
    form_class = LogEntryForm
    template_name = "focus_areas/logentry_form.html"
    heading = "Logga en gång till"
    submit_label = "Spara anteckning"
    success_message = "Anteckningen är sparad."

    def get_subjects(self):
        return super().get_subjects().select_related("activity__focus_area__agreement")

    def get_form_kwargs(self):
        like = self.subject
        return super().get_form_kwargs() | {
            "activity": like.activity,
            "today": self.today,
            "initial": {
                "commitment": like.commitment_id,
                "quantity": like.quantity,
                "text": like.text,
                "area": like.area_id,
            },
        }

    def perform(self, form):
        return log_activity(entry=form.instance, by=self.request.user, files=form.cleaned_data["files"])


class AttachmentDownloadView(SubjectMixin, View):
    """A file as a download, never shown inside the portal."""

    subject_model = LogAttachment
    http_method_names = ["get", "head"]

    def get_subjects(self):
        return super().get_subjects().select_related("log_entry__activity__focus_area__agreement")

    def get(self, request, pk):
        attachment = self.subject
        return download(attachment.file, file_name=attachment.file_name, content_type=attachment.content_type)
