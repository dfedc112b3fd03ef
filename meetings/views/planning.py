from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import Refused
from agreements.models import Group
from agreements.pages import EditPage, FormPage, Question, SubjectMixin
from documents.swedish_dates import date_words, day_and_clock_words
from documents.swedish_words import counted, lower_first, upper_first
from meetings.access import Capability
from meetings.forms.planning import CancelMeetingForm, GenerateForm, MeetingForm, MoveMeetingForm, SeriesForm
from meetings.models import Meeting, MeetingSeries
from meetings.operations import planning
from meetings.swedish_days import why_no_workday

IN_MENU = {"menu_current": "meetings"}
SHOWN_COMING = 30
# What becomes of meetings that a changed series leaves outside it.
KEEP, CANCEL = "lat-ligga", "stall-in"
SERIES_CHANGED = "Mötesserien är ändrad."


class PlaceFormPage(FormPage):
    """A page with a form for when and where; it says when a link was moved from the place to its own field."""

    def form_valid(self, form):
        if form.moved_address:
            messages.info(self.request, "Länken i Plats står nu i Digital adress.")
        return super().form_valid(form)


class GroupMixin(SubjectMixin):
    """The group whose meetings are planned."""

    subject_model = Group
    capability = Capability.LEAD_MEETING
    extra_context = IN_MENU

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality")


class SeriesMixin(SubjectMixin):
    subject_model = MeetingSeries
    capability = Capability.LEAD_MEETING
    extra_context = IN_MENU

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement__municipality")


class SeriesCreateView(GroupMixin, PlaceFormPage):
    form_class = SeriesForm
    heading = "Ny mötesserie"
    intro = "När gruppen brukar träffas. Efter att serien är sparad väljer du vilka möten som skapas."
    submit_label = "Spara serien"
    success_message = "Serien är sparad. Välj vilka möten som ska skapas."

    series: MeetingSeries | None = None

    def get_initial(self):
        return {"interval_weeks": 2, "starts_on": self.today}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": MeetingSeries(group=self.subject)}

    def get_success_url(self):
        if self.series is None:
            return super().get_success_url()
        return reverse("meetings:series_generate", args=[self.series.pk])

    def perform(self, form):
        planning.save_series(series=form.instance, now=timezone.now(), by=self.request.user)
        self.series = form.instance


class SeriesUpdateView(SeriesMixin, PlaceFormPage, EditPage):
    form_class = SeriesForm
    heading = "Ändra mötesserien"
    intro = (
        "Serien behåller sina veckor, och kommande möten följer med till den nya dagen, tiden och platsen. Möten som"
        " inte kan följa med visas innan något sparas."
    )
    submit_label = "Spara serien"

    def perform(self, form):
        now = timezone.now()
        # One moment for the question and for what is done: the agreement is held, so nobody changes it in between.
        change = planning.plan_change(form.instance, now=now)
        cancels = bool(change.staying) and self.ask(question_of(change)) == CANCEL
        cancelled = change.outside if cancels else []
        moved = planning.save_series(
            series=form.instance, now=now, by=self.request.user, cancels_outside_because=SERIES_CHANGED * cancels
        )
        said = ["Serien är sparad."]
        if moved:
            said.append(f"{len(moved)} kommande möte{'n' if len(moved) > 1 else ''} följde med.")
        if cancelled:
            said.append(f"{upper_first(counted(len(cancelled), 'möte', 'möten'))} är inställda.")
        if called := sum(meeting.call_sent_at is not None for meeting in cancelled):
            said.append(f"Det var kallat till {called} av dem: berätta för gruppen.")
        self.success_message = " ".join(said)


def question_of(change: planning.SeriesChange) -> Question:
    """Ask about the meetings that cannot follow: how many, which and why."""
    count, outside = len(change.staying), len(change.outside)
    text = f"{upper_first(counted(count, 'kommande möte', 'kommande möten'))} kan inte följa med."
    if outside:
        text += (
            f" {upper_first(counted(outside, 'möte', 'möten'))} ligger utanför den ändrade serien och kan ställas in."
        )
    if moving := sum(one.moves for one in change.following):
        text += f" {upper_first(counted(moving, 'möte', 'möten'))} följer med."
    facts = [
        (day_and_clock_words(one.meeting.starts_at, one.meeting.ends_at), called_or_not(one)) for one in change.staying
    ]
    answers = {KEEP: "Spara och låt mötena ligga kvar"}
    if outside:
        answers[CANCEL] = f"Spara och ställ in {'mötet' if outside == 1 else f'de {outside} mötena'} utanför serien"
    return Question("Alla möten kan inte följa med", text, facts=facts, answers=answers)


def called_or_not(one: planning.StayingMeeting) -> str:
    return f"{one.reason} Kallelsen är skickad." if one.is_outside and one.meeting.call_sent_at else one.reason


class SeriesDetailView(SeriesMixin, TemplateView):
    template_name = "meetings/series_detail.html"
    capability = Capability.READ_MEETINGS

    def get_context_data(self, **context):
        now = timezone.now()
        coming = list(self.subject.meetings.not_over(at=now).select_related("group")[:SHOWN_COMING])
        rows = [(meeting, planning.why_off_series(meeting, self.subject)) for meeting in coming]
        can_lead = self.may(Capability.LEAD_MEETING) and not self.subject.agreement.is_closed
        return super().get_context_data(
            series=self.subject,
            group=self.subject.group,
            rows=rows,
            can_lead=can_lead,
            today=timezone.localdate(now),
            **context,
        )


class SeriesGenerateView(SeriesMixin, FormPage):
    """The days first, then the button: what is shown for a last day is what is made."""

    form_class = GenerateForm
    template_name = "meetings/series_generate.html"
    heading = "Skapa möten"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def perform(self, form):
        made = planning.generate_meetings(
            series=self.subject, until=form.cleaned_data["until"], now=timezone.now(), by=self.request.user
        )
        self.success_message = {0: "Alla möten fanns redan. Inget nytt är skapat.", 1: "Ett möte är skapat."}.get(
            len(made), f"{len(made)} möten är skapade."
        )

    def get_context_data(self, **context):
        now = timezone.now()
        end = planning.usual_end(self.subject, today=self.today)
        asked_for = self.request.POST.get("until") or self.request.GET.get("until")
        choice = GenerateForm({"until": asked_for or end.isoformat()}, today=self.today)
        until = choice.cleaned_data["until"] if choice.is_valid() else None
        days = planning.plan_days(series=self.subject, until=until, now=now) if until else []
        agreement_ends = self.subject.agreement.ends_on
        return super().get_context_data(
            **{
                "series": self.subject,
                "group": self.subject.group,
                "choice": choice,
                "until": until,
                "days": days,
                "new_count": sum(day.is_new for day in days),
                "after_agreement": bool(
                    agreement_ends and any(day.is_new and day.occurrence.day > agreement_ends for day in days)
                ),
                "has_template": self.subject.group.agenda_template.exists(),
            }
            | context
        )


class MeetingCreateView(GroupMixin, PlaceFormPage):
    form_class = MeetingForm
    template_name = "meetings/meeting_form.html"
    heading = "Nytt möte"
    submit_label = "Spara mötet"
    success_message = "Mötet är inlagt."

    @property
    def intro(self):
        return f"Ett enstaka möte för {self.subject}. Gruppens stående punkter läggs på dagordningen."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Meeting(group=self.subject)}

    def perform(self, form):
        form.instance.starts_at, form.instance.ends_at = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
        return planning.create_meeting(meeting=form.instance, now=timezone.now(), by=self.request.user)


class ChangeMeetingMixin(SubjectMixin):
    """A meeting that can still be moved or cancelled."""

    subject_model = Meeting
    capability = Capability.LEAD_MEETING
    extra_context = IN_MENU

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement__municipality", "series")

    def check_access(self):
        super().check_access()
        if reason := planning.why_not_changeable(self.subject):
            raise Refused(reason)


class MeetingUpdateView(ChangeMeetingMixin, PlaceFormPage, EditPage):
    form_class = MoveMeetingForm
    template_name = "meetings/meeting_form.html"
    heading = "Flytta mötet"
    submit_label = "Spara ny tid och plats"

    @property
    def intro(self):
        when = day_and_clock_words(self.subject.starts_at, self.subject.ends_at).lower()
        return f"{self.subject.group}, nu {when}. De som har mötet i kalendern får den nya tiden."

    def perform(self, form):
        # The form has written the new place on the subject; what is saved is judged against what was there.
        moved = planning.move_meeting(
            meeting=self.subject,
            starts_at=form.cleaned_data["starts_at"],
            ends_at=form.cleaned_data["ends_at"],
            place=form.cleaned_data["place"],
            online_address=form.cleaned_data["online_address"],
            reason=form.cleaned_data["reason_for_change"],
            now=timezone.now(),
            by=self.request.user,
        )
        free = why_no_workday(moved.day)
        no_workday = f" Det är {lower_first(free)}." if free else ""
        again = " Kallelsen är redan skickad: skicka den igen." if moved.call_sent_at else ""
        when = lower_first(day_and_clock_words(moved.starts_at, moved.ends_at))
        self.success_message = f"Mötet är {when}.{no_workday}{again}"


class MeetingCancelView(ChangeMeetingMixin, FormPage):
    form_class = CancelMeetingForm
    heading = "Ställ in mötet"
    submit_label = "Ställ in mötet"

    def check_access(self):
        # Twice is no fault: the second time there is nothing left to do.
        if self.request.method != "POST" or not self.subject.is_cancelled:
            return super().check_access()
        return super(ChangeMeetingMixin, self).check_access()

    @property
    def intro(self):
        when = day_and_clock_words(self.subject.starts_at, self.subject.ends_at).lower()
        return f"{self.subject.group}, {when}. Ett inställt möte står kvar i listan och öppnas inte igen."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.subject}

    def perform(self, form):
        cancelled = planning.cancel_meeting(
            meeting=self.subject,
            because=form.cleaned_data["cancelled_because"],
            carries_items=form.cleaned_data["carries_items"],
            now=timezone.now(),
            by=self.request.user,
        )
        told = " Kallelsen är redan skickad: berätta för gruppen." if cancelled.call_sent_at else ""
        self.success_message = f"Mötet {date_words(cancelled.day)} är inställt.{told}"
