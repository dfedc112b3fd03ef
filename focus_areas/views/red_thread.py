from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from agreements.models import Agreement
from agreements.pages import EditPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.child_interests import child_interests
from focus_areas.forms.red_thread import ChildSummaryForm, ThreadFilterForm
from focus_areas.models import FocusArea
from focus_areas.red_thread import read_thread


class OfAgreementMixin(SubjectMixin):
    """A page that reads an agreement."""

    subject_model = Agreement

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_object(self, queryset=None):
        return self.subject

    def may_plan(self) -> bool:
        return self.may(Capability.PLAN) and not self.subject.is_closed


class RedThreadView(OfAgreementMixin, DetailView):
    """The whole agreement's thread; `?lucka=` cuts it down to where one kind of link is missing."""

    template_name = "focus_areas/red_thread.html"

    def get_context_data(self, **context):
        filter_form = ThreadFilterForm(self.request.GET)
        thread = read_thread(self.subject, today=timezone.localdate(), reader=self.request.user)
        return super().get_context_data(
            menu_current="plan",
            today=timezone.localdate(),
            filter_form=filter_form,
            kind=filter_form.kind,
            whole=thread,
            thread=thread.only(filter_form.kind) if filter_form.kind else thread,
            can_plan=self.may_plan(),
            **context,
        )


class ChildInterestsView(OfAgreementMixin, DetailView):
    template_name = "focus_areas/child_interests.html"

    def get_context_data(self, **context):
        areas = child_interests(self.subject)
        return super().get_context_data(
            menu_current="plan",
            today=timezone.localdate(),
            areas=areas,
            assessed=sum(len(area.assessed) for area in areas),
            total=sum(area.total for area in areas),
            can_plan=self.may_plan(),
            **context,
        )


class ChildSummaryUpdateView(EditPage):
    subject_model = FocusArea
    capability = Capability.PLAN
    form_class = ChildSummaryForm
    heading = "Barnets bästa, samlat"
    submit_label = "Spara sammanfattningen"

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality")

    def get_success_url(self):
        page = reverse("focus_areas:child_interests", args=[self.subject.agreement_id])
        return f"{page}#omrade-{self.subject.pk}"
