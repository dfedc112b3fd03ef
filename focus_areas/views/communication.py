"""The parties' communication: plans, what is to be told, and what has been."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.forms.communication import CommunicationItemForm, CommunicationPlanForm
from focus_areas.models import Activity, CommunicationItem, CommunicationPlan
from focus_areas.operations.communication import finish_item, remove_item, remove_plan

WAITING_SHOWN = 30


class CommunicationListView(SubjectMixin, TemplateView):
    """The plans, and what is to be told next whichever plan it stands in."""

    template_name = "focus_areas/communication_list.html"
    subject_model = Agreement

    def get_context_data(self, **context):
        plans = self.subject.communication_plans.annotate(
            item_count=Count("items"),
            done_count=Count("items", filter=Q(items__done_on__isnull=False)),
            next_on=Min("items__due_on", filter=Q(items__done_on__isnull=True)),
        )
        waiting = (
            CommunicationItem.objects.filter(plan__agreement=self.subject, done_on__isnull=True)
            .select_related("plan", "activity__focus_area", "responsible")
            .order_by(*CommunicationItem._meta.ordering)
        )
        return super().get_context_data(
            menu_current="plan",
            today=timezone.localdate(),
            plans=plans,
            has_joint_plan=any(plan.is_joint for plan in plans),
            waiting=waiting[:WAITING_SHOWN],
            public_count=Activity.objects.of(self.subject).filter(is_public=True).count(),
            can_plan=self.may(Capability.PLAN) and not self.subject.is_closed,
            **context,
        )


class CommunicationPlanDetailView(SubjectMixin, TemplateView):
    template_name = "focus_areas/communicationplan_detail.html"
    subject_model = CommunicationPlan

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality")

    def get_context_data(self, **context):
        items = list(self.subject.items.select_related("activity__focus_area", "responsible"))
        return super().get_context_data(
            menu_current="plan",
            today=timezone.localdate(),
            waiting=[item for item in items if not item.done_on],
            done=sorted((item for item in items if item.done_on), key=lambda item: item.done_on, reverse=True),
            can_plan=self.may(Capability.PLAN) and not self.subject.agreement.is_closed,
            **context,
        )


class CommunicationPlanCreateView(FormPage):
    subject_model = Agreement
    capability = Capability.PLAN
    form_class = CommunicationPlanForm
    heading = "Ny kommunikationsplan"
    submit_label = "Spara planen"
    success_message = "Planen är sparad. Lägg nu till det som ska berättas."

    def get_cancel_url(self):
        return reverse("focus_areas:communication_list", args=[self.subject.pk])

    def get_form_kwargs(self):
        has_joint = self.subject.communication_plans.filter(is_joint=True).exists()
        return super().get_form_kwargs() | {
            "instance": CommunicationPlan(agreement=self.subject),
            "initial": {"is_joint": not has_joint},
        }

    def perform(self, form):
        return form.save()


class CommunicationPlanUpdateView(EditPage):
    subject_model = CommunicationPlan
    capability = Capability.PLAN
    form_class = CommunicationPlanForm
    heading = "Ändra kommunikationsplanen"
    submit_label = "Spara planen"


class CommunicationPlanDeleteView(ActionPage):
    subject_model = CommunicationPlan
    capability = Capability.PLAN

    def get_success_url(self):
        if self.subject.pk is None:
            return reverse("focus_areas:communication_list", args=[self.subject.agreement_id])
        return self.subject.get_absolute_url()

    def perform(self):
        title = str(self.subject)
        remove_plan(plan=self.subject, by=self.request.user)
        return f"{title} är borttagen."


class ItemFormMixin:
    capability = Capability.PLAN
    form_class = CommunicationItemForm
    submit_label = "Spara insatsen"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}


class CommunicationItemCreateView(ItemFormMixin, FormPage):
    subject_model = CommunicationPlan
    heading = "Ny insats"
    intro = "Vad ska berättas, för vem, hur och när?"
    success_message = "Insatsen är sparad."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": CommunicationItem(plan=self.subject)}

    def perform(self, form):
        return form.save()


class CommunicationItemUpdateView(ItemFormMixin, EditPage):
    subject_model = CommunicationItem
    heading = "Ändra insatsen"
    template_name = "focus_areas/communicationitem_form.html"


class CommunicationItemButton(ActionPage):
    subject_model = CommunicationItem
    capability = Capability.PLAN

    def get_success_url(self):
        return self.subject.plan.get_absolute_url()


class CommunicationItemFinishView(CommunicationItemButton):
    def perform(self):
        finish_item(item=self.subject, on=timezone.localdate(), by=self.request.user)
        return "Insatsen är gjord."


class CommunicationItemDeleteView(CommunicationItemButton):
    def perform(self):
        remove_item(item=self.subject, by=self.request.user)
        return "Insatsen är borttagen. Den finns kvar i historiken."
