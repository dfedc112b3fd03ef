import uuid

from django.core.paginator import Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.history import histories_of, load_pairs, tell
from agreements.access import Refused, refusal
from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, as_key
from focus_areas.views.status import BackToStartMixin
from meetings.access import Capability, may_finish, readable_groups
from meetings.forms.leading import ActionPointFilterForm, ActionPointForm, FinishForm
from meetings.meeting_page import PointRow
from meetings.models import ActionPoint, Meeting
from meetings.operations import leading
from meetings.views.decisions import AtAnItem

PER_PAGE = 25
HISTORY_LENGTH = 20


class ActionPointMixin(SubjectMixin):
    """An action point as the subject: for those who read the group's meetings, and for who is responsible."""

    subject_model = ActionPoint
    capability = Capability.READ_MEETINGS

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related(
                "group__agreement__municipality",
                "meeting__group",
                "agenda_item",
                "responsible",
                "organisation",
                "activity__focus_area",
                "finished_by",
                "created_by",
            )
            .with_meeting_count(until=timezone.now())
        )

    def check_access(self):
        if not may_finish(self.request.user, self.subject):
            super().check_access()
        elif self.writes:
            self.check_unlocked()

    def check_unlocked(self):
        if self.subject.agreement.is_closed:
            super().check_access()


class ActionPointCreateView(AtAnItem):
    form_class = ActionPointForm
    heading = "Skriv en åtgärdspunkt"
    intro = "Punkten följer med till gruppens nästa möten tills den är klar."
    submit_label = "Spara åtgärdspunkten"
    success_message = "Åtgärdspunkten är sparad."

    def get_initial(self):
        following = Meeting.objects.after(self.subject).first()
        return super().get_initial() | ({"due_on": following.day} if following and following.day >= self.today else {})

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "group": self.subject.group,
            "meeting": self.subject,
            "today": self.today,
        }

    def perform(self, form):
        leading.add_action_point(meeting=self.subject, by=self.request.user, **form.cleaned_data)


class ActionPointDetailView(ActionPointMixin, TemplateView):
    template_name = "meetings/actionpoint_detail.html"

    def get_context_data(self, **context):
        point, user = self.subject, self.request.user
        things = {ActionPoint: Q(id=point.pk)}
        rows = list(histories_of(things)[:HISTORY_LENGTH])
        is_open = not point.agreement.is_closed
        return super().get_context_data(
            point=point,
            row=PointRow(point=point),
            reads_meetings=self.may(Capability.READ_MEETINGS),
            can_change=self.may(Capability.LEAD_MEETING) and is_open and point.is_open,
            can_finish=may_finish(user, point) and is_open,
            finish_form=FinishForm(),
            submission_key=uuid.uuid4(),
            changes=tell(load_pairs(rows, things)) if self.may(Capability.READ_MEETINGS) else [],
            menu_current="meetings",
            today=timezone.localdate(),
            **context,
        )


class ActionPointUpdateView(ActionPointMixin, EditPage):
    capability = Capability.LEAD_MEETING
    form_class = ActionPointForm
    heading = "Ändra åtgärdspunkten"
    submit_label = "Spara åtgärdspunkten"

    def check_access(self):
        SubjectMixin.check_access(self)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "group": self.subject.group,
            "meeting": self.subject.meeting,
            "today": self.today,
        }

    def perform(self, form):
        return leading.change_action_point(point=form.instance, by=self.request.user)


class FinisherMixin(BackToStartMixin, ActionPointMixin):
    """Only who is responsible, or leads the group, says how it went."""

    def check_access(self):
        if not may_finish(self.request.user, self.subject):
            super().check_access()
            raise Refused(
                "Bara den som är ansvarig, eller den som leder gruppens möten, kan avsluta åtgärdspunkten. "
                + refusal(Capability.LEAD_MEETING, self.subject.agreement).split(". ", 1)[-1]
            )
        super().check_access()

    def get_success_url(self):
        """Back to the meeting that the button was on, or to the start page; else the point."""
        if key := as_key(self.request.POST.get("meeting")):
            meeting = Meeting.objects.filter(pk=key, group=self.subject.group_id).first()
            if meeting and self.may(Capability.READ_MEETINGS):
                return meeting.get_absolute_url() + "#atgardspunkter"
        return super().get_success_url()


class ActionPointFinishView(FinisherMixin, FormPage):
    form_class = FinishForm
    heading = "Avsluta åtgärdspunkten"
    submit_label = "Avsluta punkten"

    def get_success_message(self, result):
        return self.done_message

    def perform(self, form):
        finish = {
            ActionPoint.State.DONE: (leading.finish_action_point, "Åtgärdspunkten är klar."),
            ActionPoint.State.DROPPED: (leading.drop_action_point, "Åtgärdspunkten utgår."),
        }
        act, self.done_message = finish[form.cleaned_data["state"]]
        act(point=self.subject, outcome=form.cleaned_data["outcome"], by=self.request.user)


class ActionPointReopenView(FinisherMixin, ActionPage):
    def perform(self):
        leading.reopen_action_point(point=self.subject, by=self.request.user)
        return "Åtgärdspunkten är öppen igen."


class ActionPointListView(SubjectMixin, TemplateView):
    """Action points of the groups whose meetings the person may read, and those that are their own."""

    template_name = "meetings/action_point_list.html"
    subject_model = Agreement

    def get_context_data(self, **context):
        user = self.request.user
        groups = readable_groups(user, self.subject)
        form = ActionPointFilterForm(self.request.GET or None, groups=groups, user=user)
        readable = ActionPoint.objects.of(self.subject).filter(Q(group__in=groups) | Q(responsible=user))
        found = (
            form.filter(readable.by_due_date())
            .select_related("group__agreement", "meeting", "responsible", "organisation", "activity__focus_area")
            .with_meeting_count(until=timezone.now())
        )
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            filter_form=form,
            page_obj=page,
            points=[PointRow(point=point, can_finish=may_finish(user, point)) for point in page],
            points_caption=f"{page.paginator.count} "
            + ("åtgärdspunkt" if page.paginator.count == 1 else "åtgärdspunkter"),
            has_any=readable.exists(),
            menu_current="meetings",
            today=timezone.localdate(),
            decisions_url=reverse("meetings:decision_list", args=[self.subject.pk]),
            **context,
        )
