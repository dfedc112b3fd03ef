from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, View

from agreements.access import Capability as AgreementCapability
from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.forms.goals import GoalCriteriaForm, GoalForm, review_of_form, review_of_goal, review_of_saved
from focus_areas.goal_charts import charts_of
from focus_areas.models import FocusArea, Goal
from focus_areas.operations import remove_goal, save_goal, set_goal_criteria, what_hangs_on
from focus_areas.progress import goal_progress


class GoalDetailView(SubjectMixin, DetailView):
    subject_model = Goal

    def get_subjects(self):
        related = ("focus_area__agreement", "parent", "indicator", "problem__situation_picture__agreement")
        return super().get_subjects().select_related(*related)

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **context):
        goal, today = self.subject, timezone.localdate()
        (progress,) = goal_progress(Goal.objects.filter(pk=goal.pk), on=today)
        activities = list(goal.activities.select_related("focus_area").with_actors().with_latest_update().in_order())
        commitments = list(
            goal.commitments.with_done().select_related("activity__focus_area", "organisation__parent__parent")
        )
        can_plan = self.may(Capability.PLAN) and not goal.agreement.is_closed
        return super().get_context_data(
            menu_current="plan",
            today=today,
            progress=progress,
            charts=charts_of(Goal.objects.filter(pk=goal.pk)),
            sub_goals=goal_progress(goal.sub_goals.select_related("parent").order_by("pk"), on=today),
            activities=activities,
            commitments=commitments,
            reads_problem=bool(goal.problem)
            and self.request.user.has_perm(AgreementCapability.READ_PICTURE, goal.problem),
            review=review_of_goal(
                goal,
                latest=progress.now if goal.indicator_id else None,
                has_commitment=bool(commitments),
                has_owner=any(activity.responsible_id for activity in activities),
                today=today,
            ),
            can_plan=can_plan,
            can_delete=can_plan and not what_hangs_on(goal),
            **context,
        )


class ReviewedGoalMixin:
    """The reviewer beside the form: while writing with htmx, by a button without. Asking saves and loses nothing."""

    template_name = "focus_areas/goal_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def receive(self, request):
        if "review" not in request.POST:
            return super().receive(request)
        review = review_of_form(self.get_form(), today=self.today)
        return self.render_to_response(self.get_context_data(form=self.form_as_written(), review=review))

    def form_as_written(self):
        """The form with what was written in it, not yet judged: whoever asks for a review has not asked to save."""
        kwargs = self.get_form_kwargs()
        data = kwargs.pop("data")
        kwargs.pop("files", None)
        several = {"commitments": data.getlist("commitments")}
        return self.get_form_class()(**kwargs | {"initial": data.dict() | several})

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        form = context["form"]
        focus_area = form.instance.focus_area
        if "review" not in context and form.is_bound:
            context["review"] = review_of_form(form, today=self.today)
        elif "review" not in context and form.instance.pk:
            context["review"] = review_of_saved(form.instance, today=self.today)
        return context | {"review_url": reverse("focus_areas:goal_review", args=[focus_area.pk])}


class GoalCreateView(ReviewedGoalMixin, FormPage):
    subject_model = FocusArea
    capability = Capability.PLAN
    form_class = GoalForm
    heading = "Nytt mål"
    submit_label = "Spara målet"
    success_message = "Målet är sparat."

    def get_form_kwargs(self):
        # A gap in the red thread names the problem that has no goal.
        initial = {"problem": self.request.GET.get("problem")}
        return super().get_form_kwargs() | {"instance": Goal(focus_area=self.subject), "initial": initial}

    def perform(self, form):
        return save_goal(goal=form.instance, commitments=form.cleaned_data.get("commitments"), by=self.request.user)


class GoalUpdateView(ReviewedGoalMixin, EditPage):
    subject_model = Goal
    capability = Capability.PLAN
    form_class = GoalForm
    heading = "Ändra målet"
    submit_label = "Spara målet"

    def get_subjects(self):
        return super().get_subjects().select_related("focus_area__agreement")

    def perform(self, form):
        save_goal(goal=form.instance, commitments=form.cleaned_data.get("commitments"), by=self.request.user)


class GoalReviewView(SubjectMixin, View):
    """What the reviewer says of a goal that is being written; saves nothing."""

    subject_model = FocusArea
    capability = Capability.PLAN
    writes = True
    http_method_names = ["post"]

    def post(self, request, pk):
        form = GoalForm(request.POST, instance=Goal(focus_area=self.subject), user=request.user)
        review = review_of_form(form, today=timezone.localdate())
        context = {"review": review, "agreement": self.subject.agreement, "is_partial": True}
        return render(request, "focus_areas/_goal_review.html", context)


class GoalDeleteView(ActionPage):
    subject_model = Goal
    capability = Capability.PLAN

    def get_success_url(self):
        return (
            self.subject.focus_area.get_absolute_url() if self.subject.pk is None else self.subject.get_absolute_url()
        )

    def perform(self):
        remove_goal(goal=self.subject, by=self.request.user)
        return "Målet är borttaget."


class GoalCriteriaView(FormPage):
    subject_model = Agreement
    capability = Capability.PLAN
    form_class = GoalCriteriaForm
    template_name = "focus_areas/goal_criteria.html"
    heading = "Målkriterier"
    intro = "Så heter kriterierna när mål granskas i den här överenskommelsen."
    submit_label = "Spara kriterierna"
    success_message = "Kriterierna är sparade."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agreement": self.subject}

    def get_success_url(self):
        return self.subject.get_plan_url()

    def perform(self, form):
        set_goal_criteria(agreement=self.subject, criteria=form.criteria, by=self.request.user)
