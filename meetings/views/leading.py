from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.history import histories_of, load_pairs, tell
from accounts.interrupted_forms import kept_here
from agreements.access import Refused
from agreements.models import Group
from agreements.pages import ActionPage, FormPage, Question, SubjectMixin
from documents.swedish_dates import weekday_words
from meetings.access import Capability
from meetings.forms.leading import AddendumForm, GuestForm, SubstituteForm
from meetings.meeting_page import abilities, attendance_table, meeting_context
from meetings.minutes import collect_minutes, digest
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, MinutesAddendum
from meetings.operations import leading
from meetings.operations.attendance import note_absent, unknown_attendance
from meetings.operations.locks import why_closed
from meetings.operations.minutes import NOT_APPROVED
from meetings.requested_decisions import requested_decisions
from meetings.situation.page import situation_context

HISTORY_PER_PAGE = 25
YES, ABSENT = "ja", "franvarande"


class MeetingMixin(SubjectMixin):
    """A meeting as the subject, with what its pages say of it fetched at once."""

    subject_model = Meeting
    capability = Capability.READ_MEETINGS

    def get_subjects(self):
        return (
            super().get_subjects().select_related("group__agreement__municipality", "approved_by", "sent_for_review_by")
        )


class LeadMixin(MeetingMixin):
    capability = Capability.LEAD_MEETING


class WhileOpenMixin:
    """A form about what the minutes say: not offered once they are closed.

    What somebody has written already is taken in all the same, and comes back with the reason beside it.
    """

    def get(self, request, *args, **kwargs):
        # What somebody was writing when their session ended is shown to them all the same.
        is_new = kept_here(request) is None
        if is_new and (reason := why_closed(self.get_meeting())):
            raise Refused(reason)
        return super().get(request, *args, **kwargs)

    def get_meeting(self) -> Meeting:
        return self.subject


class MeetingDetailView(MeetingMixin, TemplateView):
    """The page to lead a meeting from; Örat mot marken has a page of its own."""

    def get_template_names(self):
        return [
            "meetings/situation_meeting.html" if self.subject.is_situation_meeting else "meetings/meeting_detail.html"
        ]

    def check_access(self):
        if self.subject.is_situation_meeting and not self.may(self.capability) and self.may(Capability.READ_TRENDS):
            raise Refused("Du får inte läsa mötena i Örat mot marken. Trenderna därifrån får du läsa: Möten, Trender.")
        super().check_access()

    def get_context_data(self, **context):
        today = timezone.localdate()
        context["may_read_trends"] = self.may(Capability.READ_TRENDS)
        context |= meeting_context(self.subject, user=self.request.user, today=today)
        if self.subject.group.kind == Group.Kind.STEERING and self.subject.is_planned:
            context["requested"] = requested_decisions(self.subject)
        if self.subject.is_situation_meeting:
            titles = [row.item.title for row in context.get("agenda", ())]
            context |= situation_context(
                self.subject, self.request.user, today, previous=context["previous"], agenda_titles=titles
            )
        return super().get_context_data(menu_current="meetings", **context)


class CarefulMixin(LeadMixin):
    """A button that asks first: before the meeting's day, and when nobody has noted who came."""

    extra_context = {"menu_current": "meetings"}
    doing = ""
    heading = ""

    def ask_first(self, *, about_day: bool = True, about_attendance: bool = False) -> None:
        """Ask about all that is odd at once; do with the attendance what is answered."""
        meeting, odd, facts, answers = self.subject, [], [], {YES: f"Ja, {self.doing} ändå"}
        if about_day and meeting.day > timezone.localdate():
            odd.append(f"Mötet är {weekday_words(meeting.day).lower()}. Den dagen har inte kommit än.")
        unknown = unknown_attendance(meeting) if about_attendance else []
        are_noted = about_attendance and meeting.attendances.filter(is_present__isnull=False).exists()
        if about_attendance and not are_noted:
            odd.append("Närvaron är inte antecknad, och det kommer att stå så i protokollet.")
        elif unknown:
            odd.append("Närvaron är inte antecknad för alla.")
            facts = [(row.name, str(row.organisation)) for row in unknown]
            answers[ABSENT] = f"De var frånvarande: anteckna det och {self.doing}"
        if not odd:
            return
        back_label = "Fyll i närvaron" if about_attendance and (unknown or not are_noted) else "Avbryt"
        question = Question(self.heading, " ".join(odd), facts=facts, answers=answers, back_label=back_label)
        if self.ask(question) == ABSENT:
            note_absent(meeting=meeting, absent=unknown, by=self.request.user)


class MeetingOpenView(CarefulMixin, ActionPage):
    doing, heading = "öppna mötet", "Öppna mötet före dess dag?"

    def perform(self):
        if self.subject.opened_at is None:
            self.ask_first()
        leading.open_meeting(meeting=self.subject, by=self.request.user)
        return "Mötet är öppnat."


class MeetingUnopenView(LeadMixin, ActionPage):
    def perform(self):
        leading.unopen_meeting(meeting=self.subject, by=self.request.user)
        return "Mötet är inte öppnat längre."


class MeetingCloseView(CarefulMixin, ActionPage):
    doing, heading = "avsluta mötet", "Avsluta mötet?"

    def perform(self):
        if self.subject.is_under_way:
            self.ask_first(about_attendance=True)
        leading.close_meeting(meeting=self.subject, by=self.request.user)
        left = self.subject.agenda_items.filter(outcome=AgendaItem.Outcome.TO_DO).count()
        if not left:
            return "Mötet är avslutat."
        what = "En punkt är inte behandlad" if left == 1 else f"{left} punkter är inte behandlade"
        return f"Mötet är avslutat. {what}; flytta till nästa möte det som ska tas upp då."


# --- Attendance ---


class AttendanceUpdateView(LeadMixin, ActionPage):
    """The boxes: only those that were ticked or cleared here change, so that two can tick at once."""

    def get_success_url(self):
        return self.subject.get_absolute_url() + "#narvaro"

    def perform(self):
        rows = list(self.subject.attendances.all())
        ticked, was = (set(self.request.POST.getlist(name)) for name in ("present", "was"))
        here = {row.pk for row in rows if row.is_present}
        for row in rows:
            key = str(row.pk)
            if "all" in self.request.POST:
                if row.role == Attendance.Role.MEMBER:
                    here.add(row.pk)
            elif (key in ticked) != (key in was):
                here ^= {row.pk} if (key in ticked) != (row.pk in here) else set()
        leading.set_attendance(
            meeting=self.subject, present=[row for row in rows if row.pk in here], by=self.request.user
        )
        return "Närvaron är sparad."

    def post(self, request, *args, **kwargs):
        if not request.headers.get("HX-Request"):
            return super().post(request, *args, **kwargs)
        super().post(request, *args, **kwargs)
        # The block says itself how it went.
        notes = [str(message) for message in messages.get_messages(request)]
        can_write = abilities(self.subject, user=request.user, today=timezone.localdate()).can_write
        context = {
            "meeting": self.subject,
            "attendance": attendance_table(self.subject),
            "can_write": can_write,
            "notes": notes,
            "saved_at": timezone.now(),
        }
        return render(request, "meetings/_attendance.html", context)


class GuestCreateView(WhileOpenMixin, LeadMixin, FormPage):
    form_class = GuestForm
    heading = "Lägg till en gäst"
    submit_label = "Spara gästen"
    success_message = "Gästen är tillagd."

    def get_success_url(self):
        return self.subject.get_absolute_url() + "#narvaro"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.subject}

    def perform(self, form):
        leading.add_guest(
            meeting=self.subject,
            name=form.cleaned_data["name"],
            organisation=form.cleaned_data["organisation"],
            by=self.request.user,
        )


class SubstituteCreateView(GuestCreateView):
    form_class = SubstituteForm
    heading = "Lägg till en ersättare"
    intro = "Den som ersätts markeras som frånvarande."
    submit_label = "Spara ersättaren"
    success_message = "Ersättaren är tillagd."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seats": attendance_table(self.subject).seats}

    def perform(self, form):
        leading.add_substitute(
            meeting=self.subject,
            seat=form.cleaned_data["seat"],
            name=form.cleaned_data["name"],
            by=self.request.user,
        )


class AttendanceDeleteView(ActionPage):
    subject_model = Attendance
    capability = Capability.LEAD_MEETING

    def get_subjects(self):
        return super().get_subjects().select_related("meeting__group__agreement")

    def get_success_url(self):
        return self.subject.meeting.get_absolute_url() + "#narvaro"

    def perform(self):
        name = self.subject.name
        leading.remove_attendance(attendance=self.subject, by=self.request.user)
        return f"{name} är borttagen ur närvaron."


# --- Review ---


class SendForReviewView(CarefulMixin, ActionPage):
    doing, heading = "skicka på justering", "Skicka protokollet på justering?"

    def perform(self):
        if self.subject.is_held and not (self.subject.is_under_review or self.subject.is_approved):
            self.ask_first(about_day=False, about_attendance=True)
        leading.send_for_review(meeting=self.subject, by=self.request.user)
        return "Protokollet är skickat på justering."


class TakeBackView(LeadMixin, ActionPage):
    def perform(self):
        leading.take_back(meeting=self.subject, by=self.request.user)
        return "Protokollet är öppet igen och kan ändras."


class ApproveView(CarefulMixin, ActionPage):
    doing, heading = "justera protokollet", "Justera protokollet före mötets dag?"

    def perform(self):
        is_as_read = self.request.POST.get("version") == digest(collect_minutes(self.subject))
        if not self.subject.is_approved and not is_as_read:
            raise ValidationError("Protokollet har ändrats sedan du läste det. Läs det igen innan du justerar.")
        if self.subject.is_under_review:
            self.ask_first()
        leading.approve_minutes(meeting=self.subject, by=self.request.user)
        return "Protokollet är justerat."


class AddendumCreateView(LeadMixin, FormPage):
    form_class = AddendumForm
    heading = "Skriv ett tillägg till protokollet"
    intro = "Det justerade protokollet ändras inte. Tillägget står bredvid, med namn och tid."
    submit_label = "Spara tillägget"
    success_message = "Tillägget är sparat."

    def get(self, request, *args, **kwargs):
        if not self.subject.is_approved:
            raise Refused(NOT_APPROVED)
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        return self.subject.get_absolute_url() + "#tillagg"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meeting": self.subject}

    def perform(self, form):
        leading.add_addendum(meeting=self.subject, by=self.request.user, **form.cleaned_data)


# --- History ---


def histories_of_meeting(meeting: Meeting) -> dict:
    """Which history rows are about the meeting: its own, and those of what is written about it."""
    of_meeting = Q(meeting_id=meeting.pk)
    return {
        Meeting: Q(id=meeting.pk),
        AgendaItem: of_meeting,
        Attendance: of_meeting,
        Decision: of_meeting,
        ActionPoint: of_meeting,
        MinutesAddendum: of_meeting,
    }


class MeetingHistoryView(MeetingMixin, TemplateView):
    template_name = "meetings/meeting_history.html"

    def get_context_data(self, **context):
        things = histories_of_meeting(self.subject)
        page = Paginator(histories_of(things), HISTORY_PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            meeting=self.subject,
            page_obj=page,
            changes=tell(load_pairs(list(page.object_list), things)),
            menu_current="meetings",
            today=timezone.localdate(),
            **context,
        )
