from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.views.generic import DetailView

from accounts.history import histories_of, load_pairs, tell
from agreements.access import Role, roles_of, seats_held
from agreements.models import Agreement
from agreements.pages import EditPage, FormPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.forms.activities import ActivityForm
from focus_areas.forms.log import LogEntryForm
from focus_areas.forms.status import StatusUpdateForm
from focus_areas.models import Activity, FocusArea, FollowUp, LogEntry, StatusUpdate
from focus_areas.operations import save_activity
from focus_areas.undo import plan_histories

LOG_LENGTH = 6
HISTORY_LENGTH = 5


@dataclass(frozen=True)
class LogItem:
    """One line of the log: an entry or a status update."""

    day: object
    entry: LogEntry | None = None
    update: StatusUpdate | None = None
    can_correct: bool = False


def log_of(activity: Activity, *, user, limit: int | None = None) -> list[LogItem]:
    """What was done and reported, newest day first: entries by the day it happened, updates by the day written."""
    entries = activity.log_entries.select_related("commitment", "area", "created_by").prefetch_related("attachments")
    updates = activity.status_updates.newest_first().select_related("created_by")
    may_edit = user.has_perm(Capability.EDIT_ACTIVITY, activity)
    may_log = user.has_perm(Capability.LOG_ACTIVITY, activity)
    items = [
        LogItem(
            day=entry.happened_on,
            entry=entry,
            can_correct=not activity.agreement.is_closed and (may_edit or (may_log and entry.created_by_id == user.pk)),
        )
        for entry in entries.latest_happened_first()[:limit]
    ]
    items += [LogItem(day=timezone.localdate(update.created_at), update=update) for update in updates[:limit]]
    return sorted(items, key=lambda item: item.day, reverse=True)[:limit]


class ActivityDetailView(SubjectMixin, DetailView):
    subject_model = Activity

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("focus_area__agreement__municipality", "responsible", "working_group", "child_impact")
            .select_related("carried_over_from__focus_area__agreement")
            .with_actors()
            .with_grants()
        )

    def get_object(self, queryset=None):
        return self.subject

    def get_carried_over_from(self) -> Activity | None:
        """The old period's activity, for who has a seat in that period too; asks nothing that is not known already."""
        old, user = self.subject.carried_over_from, self.request.user
        if old is None or user.is_superuser:
            return old
        return old if old.agreement.pk in {seat.group.agreement_id for seat in seats_held(user)} else None

    def get_context_data(self, **context):
        activity, today = self.subject, timezone.localdate()
        is_open = not activity.agreement.is_closed
        log = log_of(activity, user=self.request.user, limit=LOG_LENGTH)
        latest = next((item.update for item in log if item.update), None)
        latest = latest or activity.status_updates.newest_first().first()
        may = {
            "can_edit": self.may(Capability.EDIT_ACTIVITY) and is_open,
            "can_log": self.may(Capability.LOG_ACTIVITY) and is_open,
            "can_report": self.may(Capability.REPORT_STATUS) and is_open,
            "can_follow_up": self.may(Capability.FOLLOW_UP) and is_open,
        }
        commitments = list(
            activity.commitments.with_done().select_related("organisation__parent__parent", "goal").order_by("pk")
        )
        if may["can_log"]:
            context["log_form"] = LogEntryForm(activity=activity, today=today)
            # The page has them already; the form need not ask once more.
            chosen_from = context["log_form"].fields["commitment"]
            chosen_from.choices = [("", chosen_from.empty_label), *((one.pk, str(one)) for one in commitments)]
        if may["can_report"]:
            context["status_form"] = StatusUpdateForm(activity=activity, latest=latest)
        follow_ups = list(activity.follow_ups.latest_first().with_signatures())
        return super().get_context_data(
            menu_current="plan",
            today=today,
            commitments=commitments,
            areas=activity.areas.all(),
            causes=activity.causes.select_related("analysis__problem__situation_picture"),
            goals=activity.goals.all(),
            log=log,
            latest=latest,
            follow_ups=follow_ups,
            follow_up_plan=follow_up_plan(activity, follow_ups),
            child_impact=getattr(activity, "child_impact", None),
            carried_over_from=self.get_carried_over_from(),
            history=newest_changes(activity),
            **may,
            **context,
        )


def follow_up_plan(activity: Activity, follow_ups: list[FollowUp]) -> list[dict]:
    """What is planned, each with the follow-up that answers it, which the page has already."""
    answers = {follow_up.planned_id: follow_up for follow_up in follow_ups}
    return [
        {"planned": planned, "answer": answer, "is_locked": bool(answer and answer.signatures)}
        for planned in activity.planned_follow_ups.select_related("responsible").in_order()
        for answer in [answers.get(planned.pk)]
    ]


def newest_changes(activity: Activity):
    """The latest changes of the plan for the activity, as sentences."""
    things = plan_histories(activity)
    return tell(load_pairs(list(histories_of(things)[:HISTORY_LENGTH]), things))


class ActivityCreateView(FormPage):
    subject_model = FocusArea
    capability = Capability.CREATE_ACTIVITY
    form_class = ActivityForm
    heading = "Ny aktivitet"
    submit_label = "Spara aktiviteten"
    success_message = "Aktiviteten är sparad."

    def get_form_kwargs(self):
        highest = self.subject.activities.aggregate(number=Max("number"))["number"] or 0
        return super().get_form_kwargs() | {
            "focus_area": self.subject,
            "groups": own_groups(self.request.user, self.subject.agreement),
            "initial": {"number": highest + 1, "goals": self.request.GET.getlist("mal")},
        }

    def perform(self, form):
        return save_form(form, by=self.request.user)


class ActivityUpdateView(EditPage):
    subject_model = Activity
    capability = Capability.EDIT_ACTIVITY
    form_class = ActivityForm
    heading = "Ändra aktiviteten"
    submit_label = "Spara aktiviteten"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "focus_area": self.subject.focus_area,
            "groups": own_groups(self.request.user, self.subject.agreement),
        }

    def perform(self, form):
        return save_form(form, by=self.request.user)


def own_groups(user, agreement: Agreement) -> list[int] | None:
    """None for those who plan everywhere; else the working groups that the person is in, to keep activities there."""
    if user.has_perm(Capability.PLAN, agreement):
        return None
    return [
        seat.group_id
        for seat in seats_held(user)
        if Role.WORKING_GROUP in roles_of(seat) and seat.group.agreement_id == agreement.pk
    ]


def save_form(form: ActivityForm, *, by) -> Activity:
    activity = save_activity(
        activity=form.instance,
        by=by,
        process_lead=form.in_agreed_order("process_lead"),
        participants=form.in_agreed_order("participants"),
    )
    form.save_m2m_fields()
    return activity
