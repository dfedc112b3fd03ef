from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from agreements.access import Capability as AgreementCapability
from agreements.models import Problem, SituationPicture
from agreements.pages import EditPage, FormPage, SubjectMixin
from documents.swedish_words import counted, joined, upper_first
from focus_areas.access import Capability
from focus_areas.cause_page import analysis_of, fishbone_of, legs_of
from focus_areas.forms.causes import CauseAnalysisForm, CauseAnalysisStartForm, CauseDeleteForm, CauseForm
from focus_areas.models import Cause, CauseAnalysis
from focus_areas.operations.causes import add_cause, remove_cause, start_cause_analysis


class OfProblemMixin:
    """A page about a problem's causes; afterwards one is back at them."""

    subject_model = Problem

    def get_subjects(self):
        return super().get_subjects().select_related("situation_picture__agreement__municipality")

    def get_success_url(self):
        return reverse("focus_areas:cause_analysis", args=[self.subject.pk])


class CauseAnalysisView(OfProblemMixin, SubjectMixin, DetailView):
    """A problem's causes, drawn and listed."""

    capability = AgreementCapability.READ_PICTURE
    template_name = "focus_areas/causeanalysis_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **context):
        analysis = analysis_of(self.subject)
        legs = legs_of(analysis)
        picture = self.subject.situation_picture
        current = SituationPicture.objects.current(picture.agreement)
        is_replaced = picture.is_adopted and current != picture
        return super().get_context_data(
            menu_current="picture",
            today=timezone.localdate(),
            analysis=analysis,
            legs=legs,
            cause_count=sum(len(leg.causes) for leg in legs),
            fishbone=fishbone_of(self.subject, legs),
            focus_areas=self.subject.focus_areas.in_order(),
            is_replaced=is_replaced,
            successor=self.subject.carried_over_to.filter(situation_picture=current).first() if is_replaced else None,
            can_plan=self.may(Capability.PLAN) and not is_replaced and not self.subject.agreement.is_closed,
            **context,
        )


class CauseAnalysisStartView(OfProblemMixin, FormPage):
    capability = Capability.PLAN
    form_class = CauseAnalysisStartForm
    heading = "Tre frågor om orsaker"
    intro = "Skriv en orsak på varje rad. En fråga räcker för att börja; resten kan ni fylla på senare."
    submit_label = "Spara orsakerna"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"problem": self.subject}

    def perform(self, form):
        return start_cause_analysis(problem=self.subject, answers=form.answers(), by=self.request.user)

    def get_success_message(self, result):
        return "Orsakerna är sparade som antaganden. Ange hur väl ni vet dem, och var det framgår."


class CauseAnalysisUpdateView(OfProblemMixin, EditPage):
    capability = Capability.PLAN
    form_class = CauseAnalysisForm
    heading = "Sammanfatta orsaksanalysen"
    submit_label = "Spara sammanfattningen"

    def get_instance(self):
        analysis = CauseAnalysis.objects.filter(problem=self.subject).first()
        if analysis is None:
            raise Http404("Problemet har ingen orsaksanalys än.")
        return analysis


class CauseCreateView(OfProblemMixin, FormPage):
    capability = Capability.PLAN
    form_class = CauseForm
    heading = "Ny orsak"
    submit_label = "Spara orsaken"
    success_message = "Orsaken är sparad."

    def get_form_kwargs(self):
        analysis = CauseAnalysis.objects.filter(problem=self.subject).first()
        return super().get_form_kwargs() | {"instance": Cause(analysis=analysis)}

    def perform(self, form):
        return add_cause(cause=form.instance, problem=self.subject, by=self.request.user)


class OfCauseMixin:
    """A page about one cause."""

    subject_model = Cause
    capability = Capability.PLAN

    def get_subjects(self):
        return super().get_subjects().select_related("analysis__problem__situation_picture__agreement__municipality")


class CauseUpdateView(OfCauseMixin, EditPage):
    form_class = CauseForm
    heading = "Ändra orsaken"
    submit_label = "Spara orsaken"


class CauseDeleteView(OfCauseMixin, FormPage):
    """Asked for once more, for activities may refer to it."""

    form_class = CauseDeleteForm
    template_name = "focus_areas/cause_confirm_delete.html"
    heading = "Ta bort orsaken"
    submit_label = "Ta bort orsaken"

    def get_success_url(self):
        return reverse("focus_areas:cause_analysis", args=[self.subject.analysis.problem_id])

    def perform(self, form):
        self.removed_from = remove_cause(cause=self.subject, by=self.request.user)

    def get_success_message(self, result):
        if not self.removed_from:
            return "Orsaken är borttagen."
        count = upper_first(counted(len(self.removed_from), "aktivitet", "aktiviteter"))
        titles = joined(f"”{activity.title}”" for activity in self.removed_from)
        return f"Orsaken är borttagen. {count} pekar inte längre på den: {titles}."

    def get_context_data(self, **context):
        activities = self.subject.activities.select_related("focus_area").in_order()
        return super().get_context_data(activities=activities, **context)
