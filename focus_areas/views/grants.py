"""Money from outside: what each activity has, and when its use is to be reported."""

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.forms.follow_ups import GrantForm
from focus_areas.grants import DUE_WITHIN_DAYS, grants_due, grants_of, sums_by_source
from focus_areas.models import Activity, Grant


class GrantListView(SubjectMixin, TemplateView):
    template_name = "focus_areas/grant_list.html"
    subject_model = Agreement

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_context_data(self, **context):
        today = timezone.localdate()
        grants = list(grants_of(self.subject))
        due_days = [grant.report_due_on for grant in grants_due(self.subject, today)]
        late_count = sum(day < today for day in due_days)
        activities = Activity.objects.of(self.subject).select_related("focus_area__agreement").with_actors().in_order()
        is_open = not self.subject.is_closed
        changeable = {
            activity.pk
            for activity in activities
            if is_open and self.request.user.has_perm(Capability.EDIT_ACTIVITY, activity)
        }
        return super().get_context_data(
            menu_current="plan",
            today=today,
            soon_days=DUE_WITHIN_DAYS,
            grants=[{"grant": grant, "can_change": grant.activity_id in changeable} for grant in grants],
            late_count=late_count,
            soon_count=len(due_days) - late_count,
            sums=sums_by_source(grants),
            total=sum(grant.amount for grant in grants),
            can_add_to=[activity for activity in activities if activity.pk in changeable and not activity.is_finished],
            **context,
        )


class GrantCreateView(FormPage):
    subject_model = Activity
    capability = Capability.EDIT_ACTIVITY
    form_class = GrantForm
    heading = "Nytt bidrag"
    submit_label = "Spara bidraget"
    success_message = "Bidraget är sparat."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject, "today": self.today}

    def perform(self, form):
        return form.save()


class GrantMixin:
    subject_model = Grant
    capability = Capability.EDIT_ACTIVITY

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("activity__focus_area__agreement")
            .prefetch_related("activity__leads", "activity__participations")
        )


class GrantUpdateView(GrantMixin, EditPage):
    form_class = GrantForm
    template_name = "focus_areas/removable_form.html"
    heading = "Ändra bidraget"
    submit_label = "Spara bidraget"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject.activity, "today": self.today}

    def get_context_data(self, **context):
        return super().get_context_data(
            remove_url=reverse("focus_areas:grant_delete", args=[self.subject.pk]),
            remove_label="Ta bort bidraget",
            **context,
        )


class GrantDeleteView(GrantMixin, ActionPage):
    def get_success_url(self):
        return reverse("focus_areas:grant_list", args=[self.subject.agreement.pk])

    def perform(self):
        self.subject.delete()
        return "Bidraget är borttaget. Det kan tas tillbaka från aktivitetens historik."
