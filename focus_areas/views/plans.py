"""Versions of the action plan: the list, one of them, its differences, its decision and its files."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.access import Refused
from agreements.costly_pages import CostlyFileMixin
from agreements.models import Agreement, SituationPicture
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, as_key
from documents.file_types import XLSX
from focus_areas import operations
from focus_areas.access import Capability
from focus_areas.forms.plans import ActionPlanForm, AdoptPlanForm, proposed_title
from focus_areas.models import ActionPlan, Activity
from focus_areas.operations.plans import DECIDED, lacks_of
from focus_areas.plan_contents import contents_from
from focus_areas.plan_differences import PlanDifference, compare
from focus_areas.plan_papers import blocks_of, plan_file_name, plan_workbook, render_plan, state_words
from focus_areas.plan_snapshot import contents_of, read_draft, read_living_beside, verify

logger = logging.getLogger("focus_areas")
COUNT_ONLY = "antal"


class PlanMixin(SubjectMixin):
    subject_model = ActionPlan

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "based_on", "adopted_entered_by")

    def replaced_by(self) -> ActionPlan | None:
        """The version that was adopted after a replaced one."""
        if self.subject.state != ActionPlan.State.REPLACED:
            return None
        later = self.subject.agreement.action_plans.exclude(state=ActionPlan.State.DRAFT)
        return later.filter(version__gt=self.subject.version).order_by("version").first()


class PlanListView(SubjectMixin, TemplateView):
    subject_model = Agreement
    template_name = "focus_areas/plan_list.html"

    def get_context_data(self, **context):
        plans = list(self.subject.action_plans.select_related("based_on").newest_first())
        decided = [plan for plan in plans if plan.is_locked]
        before = dict(zip(plans, plans[1:], strict=False))
        unfinished = Activity.objects.of(self.subject).unfinished().count()
        return super().get_context_data(
            menu_current="plan",
            rows=[
                {
                    "plan": plan,
                    "before": before.get(plan),
                    "activity_count": unfinished if plan.is_draft else len(contents_from(plan.snapshot).activities),
                }
                for plan in plans
            ],
            adopted=next((plan for plan in decided if plan.is_adopted), None),
            draft=next((plan for plan in plans if plan.is_draft), None),
            can_plan=self.may(Capability.PLAN) and not self.subject.is_closed,
            **context,
        )


class PlanDetailView(PlanMixin, TemplateView):
    template_name = "focus_areas/plan_detail.html"

    def get_context_data(self, **context):
        plan = self.subject
        contents = contents_of(plan)
        is_open_draft = plan.is_draft and not plan.agreement.is_closed
        return super().get_context_data(
            menu_current="plan",
            plan=plan,
            contents=contents,
            blocks=blocks_of(contents),
            state=state_words(plan, replaced_by=self.replaced_by()),
            is_intact=verify(plan),
            still_there=set(Activity.objects.of(plan.agreement).values_list("pk", flat=True)),
            can_change=is_open_draft and self.may(Capability.PLAN),
            can_adopt=is_open_draft and self.may(Capability.ADOPT_PLAN),
            **context,
        )


class PlanCreateView(FormPage):
    extra_context = {"menu_current": "plan"}
    subject_model = Agreement
    capability = Capability.PLAN
    form_class = ActionPlanForm
    heading = "Ny version av åtgärdsplanen"
    intro = "Versionen är ett utkast och följer planen som den är, tills den antas."
    submit_label = "Spara utkastet"
    success_message = "Utkastet är sparat. Nu kan det antas när beslutet är fattat."

    def get(self, request, *args, **kwargs):
        draft = self.subject.action_plans.filter(state=ActionPlan.State.DRAFT).first()
        if draft:
            messages.info(request, "Det finns redan ett utkast till ny version.")
            return HttpResponseRedirect(draft.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        current = SituationPicture.objects.adopted().current(self.subject)
        initial = {"title": proposed_title(self.today), "based_on": current}
        return super().get_form_kwargs() | {"agreement": self.subject, "initial": initial}

    def get_success_url(self):
        return reverse("focus_areas:plan_list", args=[self.subject.pk])

    def perform(self, form):
        return operations.start_plan(agreement=self.subject, by=self.request.user, **form.facts)


class PlanUpdateView(PlanMixin, EditPage):
    extra_context = {"menu_current": "plan"}
    capability = Capability.PLAN
    form_class = ActionPlanForm
    heading = "Ändra utkastet"
    submit_label = "Spara utkastet"

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(DECIDED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agreement": self.subject.agreement}

    def perform(self, form):
        operations.change_draft(plan=self.subject, by=self.request.user, **form.facts)


class PlanDeleteView(PlanMixin, ActionPage):
    capability = Capability.PLAN

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused("Åtgärdsplanen är antagen och kan inte tas bort.")

    def get_success_url(self):
        return reverse("focus_areas:plan_list", args=[self.subject.agreement_id])

    def perform(self):
        operations.delete_draft(plan=self.subject, by=self.request.user)
        return "Utkastet är borttaget. Aktiviteterna och målen är kvar."


class PlanAdoptView(PlanMixin, FormPage):
    """The decision on a draft; what is missing stands above the form, with where it is mended."""

    template_name = "focus_areas/plan_adopt.html"
    capability = Capability.ADOPT_PLAN
    form_class = AdoptPlanForm
    heading = "Anta åtgärdsplanen"
    submit_label = "Anta planen"
    success_message = "Planen är antagen och ändras inte mer."

    def check_access(self):
        super().check_access()
        # Who sends the form a moment after somebody else is told so in the form, or that it was sent twice.
        if self.subject.is_locked and self.request.method != "POST":
            raise Refused(DECIDED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": ActionPlan(agreement=self.subject.agreement)}

    def perform(self, form):
        return operations.adopt_plan(plan=self.subject, today=self.today, by=self.request.user, **form.decision)

    def get_context_data(self, **context):
        plan = self.subject
        contents = read_draft(plan) if plan.is_draft else contents_of(plan)
        pictures = SituationPicture.objects.adopted().filter(agreement=plan.agreement)
        current = pictures.current_first().first()
        return super().get_context_data(
            menu_current="plan",
            plan=plan,
            contents=contents,
            lacks=lacks_of(plan, contents) if plan.is_draft else [],
            replaces=plan.agreement.action_plans.adopted().exclude(pk=plan.pk).first(),
            newer_picture=current if current and current.pk != plan.based_on_id else None,
            **context,
        )


class PlanDifferenceView(PlanMixin, TemplateView):
    """A version beside an earlier or later one, named with `?mot=`, or beside the living plan."""

    template_name = "focus_areas/plan_difference.html"

    def get(self, request, *args, **kwargs):
        if request.GET.get("del") == COUNT_ONLY:
            context = {"difference": self.difference(*self.pair())}
            return render(request, "focus_areas/_plan_change_count.html", context)
        return super().get(request, *args, **kwargs)

    def pair(self) -> tuple[ActionPlan, ActionPlan | None]:
        """The earlier version and the later; None is the living plan."""
        versions = self.subject.agreement.action_plans.select_related("agreement", "based_on")
        if (asked_for := self.request.GET.get("mot")) is not None:
            key = as_key(asked_for)
            if key is None:
                raise Http404("no such version")
            other = get_object_or_404(versions, pk=key)
        elif self.subject.is_draft:
            other = versions.adopted().first()
        else:
            return self.subject, None
        if other is None or other.pk == self.subject.pk:
            return self.subject, None
        return (other, self.subject) if other.version < self.subject.version else (self.subject, other)

    def difference(self, old: ActionPlan, new: ActionPlan | None) -> PlanDifference:
        before = contents_of(old)
        if new is not None:
            return compare(before, contents_of(new))
        # A draft is the living plan: it is read once, and differs in nothing.
        return compare(before, before if old.is_draft else read_living_beside(old))

    def get_context_data(self, **context):
        old, new = self.pair()
        return super().get_context_data(
            menu_current="plan", plan=self.subject, old=old, new=new, difference=self.difference(old, new), **context
        )


class PlanFileView(CostlyFileMixin, PlanMixin, View):
    """A version as a file."""

    suffix = ""

    def get_file_name(self):
        return plan_file_name(self.subject, self.suffix)


class PlanPdfView(PlanFileView):
    suffix = "pdf"

    def make(self):
        return render_plan(
            self.subject,
            contents_of(self.subject),
            on=timezone.localdate(),
            by=self.request.user,
            replaced_by=self.replaced_by(),
        )


class PlanExportView(PlanFileView):
    suffix = "xlsx"
    content_type = XLSX.content_type

    def make(self):
        return plan_workbook(self.subject, contents_of(self.subject), replaced_by=self.replaced_by())
