"""The renewal guide: a new period from an old one, step by step."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.forms import plain_label
from agreements.access import Refused
from agreements.models import Agreement
from agreements.pages import ActionPage, Difference, EditPage, FormPage, SubjectMixin, TwoVersionsPage, in_words
from documents.swedish_words import counted
from focus_areas.access import Capability
from focus_areas.forms.renewals import (
    ActivityChoicesForm,
    ClosingStatementForm,
    GoalChoicesForm,
    RenewalForm,
    SeatChoicesForm,
)
from focus_areas.models import ActivityChoice, GoalChoice, Renewal, SeatChoice
from focus_areas.operations import renewals as operations
from focus_areas.progress import goal_progress
from focus_areas.renewal_guide import (
    activities_to_choose,
    closing_words,
    goals_to_choose,
    missing_choices,
    period_of,
    seats_to_choose,
    steps_of,
    to_rewrite,
)
from focus_areas.renewal_periods import election_between, next_period, title_of_next


class RenewalStart(FormPage):
    """The first step. An agreement that has been closed can be renewed too: nothing of it changes."""

    subject_model = Agreement
    capability = Capability.RENEW
    writes = False
    form_class = RenewalForm
    heading = "Förnya överenskommelsen"
    intro = (
        "Guiden gör ett utkast till nästa överenskommelse av den här. Ingenting i den här ändras. "
        "Börja med den nya perioden."
    )
    submit_label = "Börja förnyelsen"
    success_message = "Förnyelsen är påbörjad."
    extra_context = {"menu_current": "agreement"}

    def get(self, request, *args, **kwargs):
        return self.to_begun() or super().get(request, *args, **kwargs)

    def receive(self, request):
        return self.to_begun() or super().receive(request)

    def to_begun(self):
        """An agreement is renewed once: whoever comes second goes on where the first one is."""
        begun = Renewal.objects.filter(agreement=self.subject).select_related("created_by").first()
        if begun is None:
            return None
        messages.info(self.request, f"Förnyelsen är redan påbörjad av {begun.created_by}. Fortsätt här.")
        return HttpResponseRedirect(begun.get_absolute_url())

    def get_form_kwargs(self):
        new = next_period(period_of(self.subject), today=self.today)
        renewal = Renewal(agreement=self.subject, created_by=self.request.user)
        suggested = {
            "title": title_of_next(self.subject.title, new),
            "starts_on": new.starts_on,
            "ends_on": new.ends_on,
        }
        return super().get_form_kwargs() | {"instance": renewal, "initial": suggested}

    def perform(self, form):
        return operations.save_renewal(renewal=form.instance, by=self.request.user)


class RenewalPage(SubjectMixin):
    """A page of the guide; a closed agreement is renewed as others are, and what is done is not done again."""

    subject_model = Renewal
    capability = Capability.RENEW
    writes = False
    ends_with_draft = True
    extra_context = {"menu_current": "agreement"}

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality", "successor", "created_by")

    def check_access(self):
        super().check_access()
        if self.ends_with_draft and self.subject.is_done:
            raise Refused(operations.DONE)


class RenewalDetail(RenewalPage, TemplateView):
    """The guide: each step with what is done and what is left."""

    ends_with_draft = False
    template_name = "focus_areas/renewal_detail.html"

    def get_context_data(self, **context):
        renewal, today = self.subject, timezone.localdate()
        done = renewal.is_done
        return super().get_context_data(
            steps=steps_of(renewal),
            missing=[] if done else missing_choices(renewal, on=today),
            to_rewrite=to_rewrite(renewal) if done else [],
            can_write_closing=not operations.is_settled(renewal),
            today=today,
            **context,
        )


class RenewalUpdate(RenewalPage, EditPage):
    form_class = RenewalForm
    heading = "Den nya perioden"
    submit_label = "Spara perioden"
    success_message = "Den nya perioden är sparad."

    def perform(self, form):
        operations.save_renewal(renewal=form.instance, by=self.request.user)


class ChoicesPage(RenewalPage, TwoVersionsPage):
    """All the things of one kind on one page. What is chosen is kept; the rest can wait."""

    submit_label = "Spara valen"
    model = ActivityChoice
    link = ""
    # What the quick start's button says; nothing where there is none.
    quick_label = ""
    nouns = ("", "")
    is_neuter = False

    @property
    def saved(self) -> dict[int, ActivityChoice | GoalChoice | SeatChoice]:
        if not hasattr(self, "_saved"):
            rows = self.model.objects.filter(renewal=self.subject)
            self._saved = {getattr(row, f"{self.link}_id"): row for row in rows}
        return self._saved

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"saved": self.saved}

    def perform(self, form):
        is_quick = self.quick_label and "snabbstart" in self.request.POST
        chosen = form.continue_with_the_rest() if is_quick else form.chosen()
        operations.keep_choices(
            renewal=self.subject, model=self.model, link=self.link, choices=chosen, by=self.request.user
        )
        self.left = len(form.things) - len(chosen.keys() | {one for one in form.things if one.pk in self.saved})

    def get_success_message(self, result) -> str:
        if not self.left:
            return "Valen är sparade."
        return f"Valen är sparade. {counted(self.left, *self.nouns, neuter=self.is_neuter).capitalize()} är kvar."

    # --- Two who choose at the same time ---

    def current_version(self) -> int:
        newest = self.model.history.filter(renewal=self.subject.pk).order_by("-history_id")
        return newest.values_list("history_id", flat=True).first() or 0

    def receive(self, request):
        current = self.current_version()
        if answer := self.answer_choice():
            return answer
        if request.POST.get("version", str(current)) != str(current):
            form = self.get_form()
            if form.is_valid() and (differences := self.differences(form)):
                return self.show_both(differences, current)
        return super().receive(request)

    def differences(self, form) -> list[Difference]:
        """Where somebody has saved something and this form says something else."""
        found = []
        for thing in form.things:
            if thing.pk not in self.saved:
                continue
            for name, mine in form.values_of(thing).items():
                field = f"{name}_{thing.pk}"
                theirs = getattr(self.saved[thing.pk], name)
                words = in_words(form, field, theirs), in_words(form, field, mine)
                if words[0] != words[1] and not (name == "choice" and not mine):
                    found.append(Difference(plain_label(form.fields[field]), *words))
        return found

    def show_both(self, differences, current: int):
        newest = self.model.history.filter(renewal=self.subject.pk).select_related("history_user").latest("history_id")
        return self.show_versions(
            differences,
            what="val i förnyelsen",
            saved_by=newest.history_user,
            saved_at=newest.history_date,
            version=current,
        )

    def get_context_data(self, **context):
        posted = self.request.POST.get("version")
        return super().get_context_data(
            **{"version": posted or self.current_version(), "quick_label": self.quick_label} | context
        )


class RenewalActivities(ChoicesPage):
    form_class = ActivityChoicesForm
    template_name = "focus_areas/renewal_activities.html"
    model, link = ActivityChoice, "activity"
    heading = "Aktiviteterna i nästa period"
    intro = (
        "Välj för var och en om den fortsätter, fortsätter ändrad eller avslutas. "
        "Du kan spara när som helst och göra resten senare."
    )
    quick_label = "Fortsätt med alla som inte är avslutade"
    nouns = ("aktivitet", "aktiviteter")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"things": activities_to_choose(self.subject.agreement)}


class RenewalGoals(ChoicesPage):
    form_class = GoalChoicesForm
    template_name = "focus_areas/renewal_goals.html"
    model, link = GoalChoice, "goal"
    heading = "Målen i nästa period"
    intro = "Välj för vart och ett om det förs över, förs över ändrat eller inte förs över."
    quick_label = "För över alla som inte är valda"
    nouns = ("mål", "mål")
    is_neuter = True

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"progress": goal_progress(goals_to_choose(self.subject.agreement))}


class RenewalSeats(ChoicesPage):
    form_class = SeatChoicesForm
    template_name = "focus_areas/renewal_seats.html"
    model, link = SeatChoice, "seat"
    heading = "Platserna i nästa period"
    intro = "Förslagen är ifyllda. Ändra dem som inte stämmer och spara."
    nouns = ("plats", "platser")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "things": seats_to_choose(self.subject.agreement, on=self.today),
            "new": period_of(self.subject),
        }

    def get_context_data(self, **context):
        old = self.subject.agreement
        election = election_between(old.starts_on, self.subject.starts_on) if old.starts_on else None
        return super().get_context_data(**{"election": election} | context)


class RenewalClosing(RenewalPage, EditPage):
    """The closing statement, begun from the period's figures; written also after the draft has been made."""

    ends_with_draft = False
    form_class = ClosingStatementForm
    heading = "Slutord om perioden"
    intro = "Vad blev gjort, vad blev det av det, och vad tar ni med er? Siffrorna är ifyllda ur portalen."
    submit_label = "Spara slutordet"
    success_message = "Slutordet är sparat."

    def check_access(self):
        super().check_access()
        if operations.is_settled(self.subject):
            raise Refused(operations.SETTLED)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if not self.subject.closing_statement and kwargs.get("data") is None:
            kwargs["initial"] = {"closing_statement": closing_words(self.subject.agreement, today=timezone.localdate())}
        return kwargs

    def perform(self, form):
        operations.save_closing_statement(renewal=form.instance, by=self.request.user)


class RenewalFinish(RenewalPage, ActionPage):
    """Make the draft. Pressed twice it says that it is there already."""

    ends_with_draft = False

    def perform(self):
        operations.make_draft(renewal=self.subject, by=self.request.user, today=timezone.localdate())
        return "Utkastet är gjort. Den gamla överenskommelsen är orörd."


class RenewalDelete(RenewalPage, ActionPage):
    ends_with_draft = False
    is_deleted = False

    def perform(self):
        agreement = self.subject.agreement
        operations.delete_renewal(renewal=self.subject, by=self.request.user)
        self.is_deleted, self.agreement = True, agreement
        return "Förnyelsen är borttagen. Överenskommelsen är orörd."

    def get_success_url(self):
        return (self.agreement if self.is_deleted else self.subject).get_absolute_url()
