from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import DetailView

from accounts.history import latest_version
from accounts.personal_data import keep_reasons
from agreements.access import Refused
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, as_key
from focus_areas.access import APPROVALS, Capability, approving_seat
from focus_areas.forms.planning import ApprovalForm, ChildImpactForm, FollowUpForm
from focus_areas.models import Activity, ChildImpact, FollowUp, FollowUpApproval
from focus_areas.operations import APPROVED, approve_follow_up, save_follow_up, withdraw_approval


class FollowUpMixin:
    subject_model = FollowUp

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("activity__focus_area__agreement", "created_by", "planned")
            .prefetch_related(
                "approvals__approved_by", "approvals__seat__organisation", "activity__leads", "activity__participations"
            )
        )


class FollowUpDetailView(FollowUpMixin, SubjectMixin, DetailView):
    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **context):
        is_open = not self.subject.agreement.is_closed
        given = {approval.side: approval for approval in self.subject.approvals.all()}
        sides = [
            {
                "side": side,
                "approval": given.get(side),
                "may_approve": side not in given and is_open and self.may(APPROVALS[side]),
                "may_withdraw": side in given
                and is_open
                and not self.subject.is_approved
                and self.may(APPROVALS[side]),
            }
            for side in FollowUpApproval.Side
        ]
        return super().get_context_data(
            menu_current="plan",
            activity=self.subject.activity,
            sides=sides,
            form=ApprovalForm() if any(side["may_approve"] for side in sides) else None,
            version=latest_version(self.subject),
            can_change=self.may(Capability.FOLLOW_UP) and is_open and not self.subject.is_locked,
            today=timezone.localdate(),
            **context,
        )


class FollowUpCreateView(FormPage):
    subject_model = Activity
    capability = Capability.FOLLOW_UP
    form_class = FollowUpForm
    heading = "Skriv uppföljning"
    submit_label = "Spara uppföljningen"
    success_message = "Uppföljningen är sparad. Nu kan båda parter godkänna den."

    def get_initial(self):
        """The planned follow-up that `?planerad=` names, with its kind; nothing for one that does not wait here."""
        waiting = self.subject.planned_follow_ups.waiting()
        planned = waiting.filter(pk=as_key(self.request.GET.get("planerad"))).first()
        return {"planned": planned.pk, "kind": planned.kind} if planned else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject, "today": self.today}

    def perform(self, form):
        return save_follow_up(follow_up=form.instance, by=self.request.user)


class FollowUpUpdateView(FollowUpMixin, EditPage):
    capability = Capability.FOLLOW_UP
    form_class = FollowUpForm
    heading = "Ändra uppföljningen"
    submit_label = "Spara uppföljningen"

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(APPROVED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"activity": self.subject.activity, "today": self.today}

    def perform(self, form):
        return save_follow_up(follow_up=form.instance, by=self.request.user)


class SideMixin:
    """One side's signature: the capability is that side's own."""

    def setup(self, request, *args, **kwargs):
        if kwargs["side"] not in FollowUpApproval.Side:
            raise Http404
        self.side = FollowUpApproval.Side(kwargs["side"])
        self.capability = APPROVALS[self.side]
        super().setup(request, *args, **kwargs)


class FollowUpApproveView(SideMixin, FollowUpMixin, ActionPage):
    def post(self, request, *args, **kwargs):
        self.form = ApprovalForm(request.POST)
        return super().post(request, *args, **kwargs) if self.form.is_valid() else self.show_form()

    def show_form(self):
        """What was written, with what is wrong in it; a page of its own, since the follow-up's has two such forms."""
        context = {
            "subject": self.subject,
            "heading": f"Godkänn för {self.side.label.lower()}",
            "form": self.form,
            "submit_label": "Godkänn",
            "cancel_url": self.get_success_url(),
            "version": self.request.POST.get("version"),
        }
        return render(self.request, "includes/form_page.html", context)

    def perform(self):
        version = str(latest_version(self.subject))
        if self.request.POST.get("version", version) != version:
            raise ValidationError("Uppföljningen har ändrats sedan du läste den. Läs den igen innan du godkänner.")
        approve_follow_up(
            follow_up=self.subject,
            side=self.side,
            by=self.request.user,
            seat=approving_seat(self.request.user, self.side, self.subject),
            dissent=self.form.cleaned_data["dissent"],
        )
        keep_reasons(self.form, by=self.request.user, page=self.request.path)
        return f"Uppföljningen är godkänd för {self.side.label.lower()}."


class FollowUpWithdrawView(SideMixin, FollowUpMixin, ActionPage):
    def perform(self):
        withdraw_approval(follow_up=self.subject, side=self.side, by=self.request.user)
        return "Godkännandet är tillbakadraget."


class ChildImpactUpdateView(EditPage):
    """Written the first time and changed after that, on the same page."""

    subject_model = Activity
    capability = Capability.EDIT_ACTIVITY
    form_class = ChildImpactForm
    heading = "Pröva barnets bästa"
    intro = "Skriv hur barn berörs av aktiviteten och hur de har fått komma till tals. Aldrig om enskilda barn."
    submit_label = "Spara prövningen"
    success_message = "Prövningen är sparad."

    def get_instance(self):
        existing = ChildImpact.objects.filter(activity=self.subject).first()
        return existing or ChildImpact(activity=self.subject, assessed_on=self.today)

    def receive(self, request):
        if self.get_instance().pk is None:
            return FormPage.receive(self, request)
        return super().receive(request)

    def get_success_url(self):
        return self.subject.get_absolute_url() + "#barnets-basta"
