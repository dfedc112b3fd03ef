"""Evaluations of the work: findings on three levels, recommendations, and what the parties answer."""

from django.db.models import Count, Q
from django.urls import reverse
from django.views.generic import TemplateView

from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.forms.evaluations import EvaluationForm, FindingForm, RecommendationForm
from focus_areas.models import Evaluation, Finding, Recommendation
from focus_areas.operations.evaluations import remove_finding

ADVISED = Count("recommendations")
ANSWERED = Count("recommendations", filter=~Q(recommendations__answer=Recommendation.Answer.WAITING))
DONE = Count("recommendations", filter=Q(recommendations__done_on__isnull=False))


class EvaluationListView(SubjectMixin, TemplateView):
    template_name = "focus_areas/evaluation_list.html"
    subject_model = Agreement

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_context_data(self, **context):
        evaluations = self.subject.evaluations.annotate(advised=ADVISED, answered=ANSWERED, done=DONE)
        return super().get_context_data(
            menu_current="plan",
            evaluations=evaluations.order_by(*Evaluation._meta.ordering),
            can_plan=self.may(Capability.PLAN) and not self.subject.is_closed,
            **context,
        )


class EvaluationCreateView(FormPage):
    subject_model = Agreement
    capability = Capability.PLAN
    form_class = EvaluationForm
    heading = "Ny utvärdering"
    submit_label = "Spara utvärderingen"
    success_message = "Utvärderingen är sparad. Lägg nu till slutsatser och rekommendationer."

    def get_cancel_url(self):
        return reverse("focus_areas:evaluation_list", args=[self.subject.pk])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Evaluation(agreement=self.subject), "today": self.today}

    def perform(self, form):
        return form.save()


class EvaluationDetailView(SubjectMixin, TemplateView):
    template_name = "focus_areas/evaluation_detail.html"
    subject_model = Evaluation

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "document")

    def get_context_data(self, **context):
        findings = list(self.subject.findings.order_by("pk"))
        recommendations = list(
            self.subject.recommendations.select_related("finding")
            .prefetch_related("activities__focus_area")
            .order_by("pk")
        )
        return super().get_context_data(
            menu_current="plan",
            levels=[
                {"label": level.label, "findings": [one for one in findings if one.level == level]}
                for level in Finding.Level
            ],
            recommendations=recommendations,
            answered=sum(one.is_answered for one in recommendations),
            done=sum(one.done_on is not None for one in recommendations),
            can_plan=self.may(Capability.PLAN) and not self.subject.agreement.is_closed,
            **context,
        )


class EvaluationUpdateView(EditPage):
    subject_model = Evaluation
    capability = Capability.PLAN
    form_class = EvaluationForm
    heading = "Ändra utvärderingen"
    submit_label = "Spara utvärderingen"

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}


class FindingCreateView(FormPage):
    subject_model = Evaluation
    capability = Capability.PLAN
    form_class = FindingForm
    heading = "Ny slutsats"
    submit_label = "Spara slutsatsen"
    success_message = "Slutsatsen är sparad."

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Finding(evaluation=self.subject)}

    def perform(self, form):
        return form.save()


class EvaluationPartMixin:
    """A part of an evaluation, changed and taken away on pages of its own."""

    capability = Capability.PLAN
    template_name = "focus_areas/removable_form.html"
    remove_name = ""
    remove_label = ""

    def get_subjects(self):
        return super().get_subjects().select_related("evaluation__agreement")

    def get_context_data(self, **context):
        remove_url = reverse(self.remove_name, args=[self.subject.pk])
        return super().get_context_data(remove_url=remove_url, remove_label=self.remove_label, **context)


class FindingUpdateView(EvaluationPartMixin, EditPage):
    subject_model = Finding
    form_class = FindingForm
    heading = "Ändra slutsatsen"
    submit_label = "Spara slutsatsen"
    remove_name = "focus_areas:finding_delete"
    remove_label = "Ta bort slutsatsen"


class FindingDeleteView(ActionPage):
    subject_model = Finding
    capability = Capability.PLAN

    def get_success_url(self):
        return self.subject.evaluation.get_absolute_url()

    def perform(self):
        remove_finding(finding=self.subject, by=self.request.user)
        return "Slutsatsen är borttagen."


class RecommendationCreateView(FormPage):
    subject_model = Evaluation
    capability = Capability.PLAN
    form_class = RecommendationForm
    heading = "Ny rekommendation"
    submit_label = "Spara rekommendationen"
    success_message = "Rekommendationen är sparad."

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Recommendation(evaluation=self.subject), "today": self.today}

    def perform(self, form):
        return form.save()


class RecommendationUpdateView(EvaluationPartMixin, EditPage):
    subject_model = Recommendation
    form_class = RecommendationForm
    heading = "Ändra eller besvara rekommendationen"
    submit_label = "Spara rekommendationen"
    remove_name = "focus_areas:recommendation_delete"
    remove_label = "Ta bort rekommendationen"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}


class RecommendationDeleteView(ActionPage):
    subject_model = Recommendation
    capability = Capability.PLAN

    def get_success_url(self):
        return self.subject.evaluation.get_absolute_url()

    def perform(self):
        self.subject.delete()
        return "Rekommendationen är borttagen."
