from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import Refused
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from meetings.access import Capability
from meetings.forms.agenda import AgendaItemForm, AgendaTemplateForm, ScheduleItemForm
from meetings.models import AgendaItem, AgendaTemplateItem, Meeting
from meetings.operations import agenda
from meetings.operations.locks import why_closed
from meetings.views.planning import IN_MENU, GroupMixin

TEMPLATE_CHANGED = (
    "Någon annan har ändrat mallen medan du skrev. Det du skrev finns kvar här. Spara igen om det är det som ska gälla."
)


class AgendaTemplateView(GroupMixin, FormPage):
    """The group's usual agenda, all rows on one page."""

    form_class = AgendaTemplateForm
    template_name = "meetings/agenda_template_form.html"
    heading = "Dagordningsmall"
    submit_label = "Spara mallen"
    success_message = "Mallen är sparad. Nya möten börjar med den; möten som finns har kvar sin dagordning."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"group": self.subject}

    def get_success_url(self):
        return reverse("meetings:agenda_template_update", args=[self.subject.pk])

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def current_version(self) -> str:
        history = AgendaTemplateItem.history.filter(group_id=self.subject.pk)
        return str(history.aggregate(newest=Max("history_id"))["newest"] or 0)

    def perform(self, form):
        if self.request.POST.get("version", self.current_version()) != self.current_version():
            raise ValidationError(TEMPLATE_CHANGED)
        agenda.set_agenda_template(group=self.subject, items=form.items(), by=self.request.user)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        rows = context["form"].rows
        minutes = sum(item.duration_minutes or 0 for item in self.subject.agenda_template.all())
        return {"version": self.current_version(), "rows": rows, "group": self.subject, "minutes": minutes} | context


class BacklogView(GroupMixin, TemplateView):
    """The items that wait for a meeting."""

    template_name = "meetings/backlog.html"
    capability = Capability.READ_MEETINGS

    def get_context_data(self, **context):
        items = self.subject.agenda_items.backlog().select_related(
            "activity__focus_area", "created_by", "carried_from__meeting", "group__agreement"
        )
        can_lead = self.may(Capability.LEAD_MEETING) and not self.subject.agreement.is_closed
        return super().get_context_data(
            group=self.subject,
            items=numbered(items),
            can_lead=can_lead,
            **context,
        )


def numbered(items) -> list[AgendaItem]:
    """The items with what their buttons need: `number`, `is_first` and `is_last`."""
    listed = list(items)
    for number, item in enumerate(listed, start=1):
        item.number, item.is_first, item.is_last = number, number == 1, number == len(listed)
    return listed


class BacklogItemCreateView(GroupMixin, FormPage):
    form_class = AgendaItemForm
    heading = "Ny punkt på väntelistan"
    intro = "Punkten väntar tills någon tar upp den på ett möte."
    submit_label = "Spara punkten"
    success_message = "Punkten står på väntelistan."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": AgendaItem(group=self.subject)}

    def get_success_url(self):
        return reverse("meetings:backlog", args=[self.subject.pk])

    def perform(self, form):
        agenda.add_item(item=form.instance, by=self.request.user)


class AgendaItemCreateView(FormPage):
    subject_model = Meeting
    capability = Capability.LEAD_MEETING
    form_class = AgendaItemForm
    heading = "Ny dagordningspunkt"
    submit_label = "Spara punkten"
    success_message = "Punkten står sist på dagordningen."
    extra_context = IN_MENU

    @property
    def intro(self):
        return f"{self.subject}. Punkten läggs sist; flytta den sedan."

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement__municipality")

    def check_access(self):
        super().check_access()
        refuse_closed(self.request, self.subject)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": AgendaItem(group=self.subject.group, meeting=self.subject)}

    def get_success_url(self):
        return agenda_url(self.subject)

    def perform(self, form):
        agenda.add_item(item=form.instance, by=self.request.user)


def agenda_url(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}#dagordning"


def refuse_closed(request, meeting: Meeting | None) -> None:
    """Say on the page itself that nothing can be changed, before anything is written in vain.

    What has been written already is refused when it is saved, above the form that has it.
    """
    if request.method != "POST" and meeting is not None and (reason := why_closed(meeting)):
        raise Refused(str(reason))


class ItemMixin(SubjectMixin):
    """An item of a meeting or of the backlog."""

    subject_model = AgendaItem
    capability = Capability.LEAD_MEETING
    extra_context = IN_MENU

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("group__agreement__municipality", "meeting__group__agreement", "activity")
        )

    def get_success_url(self):
        return self.list_url(self.subject)

    def list_url(self, item: AgendaItem) -> str:
        """The list that the item stands in, at the item."""
        if item.meeting_id is None:
            return reverse("meetings:backlog", args=[item.group_id]) + f"#punkt-{item.pk}"
        return item.get_absolute_url()


class AgendaItemUpdateView(ItemMixin, EditPage):
    form_class = AgendaItemForm
    template_name = "meetings/agendaitem_form.html"
    heading = "Ändra dagordningspunkten"
    submit_label = "Spara punkten"

    def check_access(self):
        super().check_access()
        refuse_closed(self.request, self.subject.meeting)

    def perform(self, form):
        agenda.update_item(item=form.instance, by=self.request.user)

    def get_context_data(self, **context):
        siblings = self.subject.meeting.agenda_items if self.subject.meeting_id else self.subject.group.agenda_items
        listed = numbered(siblings.all() if self.subject.meeting_id else siblings.backlog())
        item = next((one for one in listed if one.pk == self.subject.pk), self.subject)
        return super().get_context_data(**{"item": item, "item_count": len(listed)} | context)


class AgendaItemMoveView(ItemMixin, ActionPage):
    """Up or down: to the place that the button names, so that pressing it twice is pressing it once."""

    steps = {"upp": -1, "ner": 1}

    def perform(self):
        step = self.steps.get(self.kwargs["direction"])
        if step is None:
            raise Http404("Punkter flyttas upp eller ner.")
        to = self.request.POST.get("plats", "")
        if not (to.isdecimal() and len(to) < 5):
            siblings = self.subject.meeting.agenda_items if self.subject.meeting_id else self.subject.group.agenda_items
            listed = siblings.all() if self.subject.meeting_id else siblings.backlog()
            to = list(listed.values_list("pk", flat=True)).index(self.subject.pk) + 1 + step
        agenda.place_item(item=self.subject, position=int(to), by=self.request.user)
        return f"Punkten {self.subject.title} är flyttad."


class AgendaItemCarryView(ItemMixin, ActionPage):
    def perform(self):
        following = agenda.carry_item(item=self.subject, now=timezone.now(), by=self.request.user)
        if following.meeting_id is None:
            return f"Det finns inget nästa möte. Punkten {following.title} står på gruppens väntelista."
        return f"Punkten {following.title} står på dagordningen för {following.meeting}."


class AgendaItemShelveView(ItemMixin, ActionPage):
    was_on: Meeting | None = None

    def get_success_url(self):
        return agenda_url(self.was_on) if self.was_on else super().get_success_url()

    def perform(self):
        self.was_on = self.subject.meeting
        shelved = agenda.shelve_item(item=self.subject, by=self.request.user)
        if shelved.meeting_id is not None:
            return f"Punkten {shelved.title} hade redan gått vidare till {shelved.meeting}."
        return f"Punkten {shelved.title} står på gruppens väntelista."


class AgendaItemDeleteView(ItemMixin, ActionPage):
    was_at = ""

    def get_success_url(self):
        return self.was_at or super().get_success_url()

    def perform(self):
        title = self.subject.title
        meeting, group_id = self.subject.meeting, self.subject.group_id
        agenda.remove_item(item=self.subject, by=self.request.user)
        self.was_at = agenda_url(meeting) if meeting else reverse("meetings:backlog", args=[group_id])
        return f"Punkten {title} är borttagen."


class AgendaItemScheduleView(ItemMixin, FormPage):
    """From the backlog to a meeting."""

    form_class = ScheduleItemForm
    template_name = "meetings/schedule_form.html"
    heading = "Ta upp punkten på ett möte"
    submit_label = "Lägg på dagordningen"

    def check_access(self):
        super().check_access()
        if self.request.method != "POST" and self.subject.meeting_id is not None:
            raise Refused(f"Punkten står redan på dagordningen för {self.subject.meeting}.")

    @property
    def intro(self):
        return self.subject.title

    def meetings(self):
        return self.subject.group.meetings.upcoming(at=timezone.now()).select_related("group")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meetings": self.meetings()}

    def get_initial(self):
        return {"meeting": self.meetings().first()}

    def perform(self, form):
        meeting = form.cleaned_data["meeting"]
        agenda.schedule_item(item=self.subject, meeting=meeting, by=self.request.user)
        messages.success(self.request, f"Punkten står sist på dagordningen för {meeting}.")
        return self.subject

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return {
            "has_meetings": context["form"].fields["meeting"].queryset.exists(),
            "group": self.subject.group,
        } | context
