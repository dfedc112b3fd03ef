from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import Capability
from agreements.forms import FillSeatForm, GroupForm, SeatForm, VacateSeatForm
from agreements.models import Agreement, Group, Membership, Seat
from agreements.open_work import open_work
from agreements.operations import confirm_holder, fill_seat, may_confirm, vacate_seat, withdraw_holder
from agreements.operations.groups import speaks_for_side
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin
from agreements.people import people_to_seat, refuse
from documents.swedish_dates import date_words


@dataclass(frozen=True)
class SeatRow:
    """A seat as the group's page shows it: who holds it, who is about to, and who has."""

    seat: Seat
    holding: Membership | None
    coming: list[Membership]
    earlier: list[Membership]
    waiting: list[Membership]
    may_confirm: list[Membership]

    @classmethod
    def of(cls, seat: Seat, *, on, user) -> "SeatRow":
        others = [one for one in seat.memberships.all() if one != seat.holding]
        now_or_coming = [one for one in seat.memberships.all() if one.ends_on is None or one.ends_on >= on]
        for one in now_or_coming:
            one.seat = seat
        return cls(
            seat=seat,
            holding=seat.holding,
            coming=[one for one in others if one.starts_on > on],
            earlier=[one for one in others if one.starts_on <= on],
            waiting=[one for one in now_or_coming if not one.is_confirmed],
            may_confirm=[one for one in now_or_coming if may_confirm(user, one, on=on)],
        )


class GroupMixin(SubjectMixin):
    subject_model = Group
    extra_context = {"menu_current": "agreement"}

    def get_subjects(self):
        return super().get_subjects().select_related("agreement", "parent")


class GroupDetail(GroupMixin, TemplateView):
    template_name = "agreements/group_detail.html"

    def get_context_data(self, **context):
        today = timezone.localdate()
        seats = (
            self.subject.seats.select_related("organisation__parent__parent", "group")
            .with_holder(on=today)
            .prefetch_related("memberships__user", "memberships__confirmed_for")
        )
        rows = [SeatRow.of(seat, on=today, user=self.request.user) for seat in seats]
        return super().get_context_data(
            **{
                "group": self.subject,
                "rows": rows,
                "vacant_count": sum(row.holding is None for row in rows),
                "children": self.subject.children.all(),
                "today": today,
                "can_manage": self.may(Capability.MANAGE) and not self.subject.agreement.is_closed,
            }
            | context
        )


class GroupCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = GroupForm
    heading = "Lägg till en grupp"
    submit_label = "Lägg till gruppen"
    success_message = "Gruppen är tillagd."
    extra_context = {"menu_current": "agreement"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Group(agreement=self.subject)}

    def perform(self, form):
        return form.save()


class GroupUpdate(GroupMixin, EditPage):
    capability = Capability.MANAGE
    form_class = GroupForm
    heading = "Ändra gruppen"


class SeatCreate(GroupMixin, FormPage):
    capability = Capability.MANAGE
    form_class = SeatForm
    heading = "Lägg till en plats"
    intro = "Platsen ligger kvar när innehavaren byts."
    submit_label = "Lägg till platsen"
    success_message = "Platsen är tillagd."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Seat(group=self.subject)}

    def perform(self, form):
        return form.save()


class SeatMixin(SubjectMixin):
    subject_model = Seat
    capability = Capability.MANAGE
    extra_context = {"menu_current": "agreement"}

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement", "organisation")


class SeatUpdate(SeatMixin, EditPage):
    form_class = SeatForm
    heading = "Ändra platsen"


class SeatFill(SeatMixin, FormPage):
    form_class = FillSeatForm
    template_name = "agreements/seat_fill.html"
    submit_label = "Tillsätt platsen"

    @property
    def heading(self):
        return f"Tillsätt platsen {self.subject.title}"

    @property
    def intro(self):
        open_holding = self.subject.memberships.filter(ends_on__isnull=True).select_related("user").first()
        if open_holding is None:
            return f"Platsen i {self.subject.group} är vakant."
        return f"{open_holding.user} har platsen i {self.subject.group}. Den tiden slutar dagen innan den nya börjar."

    def get_initial(self):
        return {"starts_on": timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"seat": self.subject, "by": self.request.user, "today": self.today}

    def perform(self, form):
        membership = fill_seat(
            seat=self.subject,
            user=form.cleaned_data["user"],
            starts_on=form.cleaned_data["starts_on"],
            by=self.request.user,
        )
        self.success_message = f"{membership.user} har platsen från och med {date_words(membership.starts_on)}."

    def get_context_data(self, **context):
        add_person_url = reverse("agreements:person_create", args=[self.subject.agreement.pk])
        return super().get_context_data(**{"add_person_url": add_person_url} | context)


class MembershipConfirm(ActionPage):
    """A party's own people say who speaks for it."""

    subject_model = Membership
    capability = Capability.READ

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("seat__group__agreement", "seat__organisation__parent__parent", "user")
        )

    def check_access(self):
        super().check_access()
        seat = self.subject.seat
        if not speaks_for_side(self.request.user, seat, on=timezone.localdate()):
            refuse(
                f"Du får inte bekräfta platsen. Vänd dig till någon som redan företräder {seat.speaks_for}, "
                "eller till systemförvaltaren för den första."
            )

    def get_success_url(self):
        return self.subject.seat.get_absolute_url()

    def perform(self):
        membership = confirm_holder(membership=self.subject, on=timezone.localdate(), by=self.request.user)
        return f"{membership.user} är bekräftad på platsen {membership.seat.title}."


class SeatVacate(SeatMixin, FormPage):
    form_class = VacateSeatForm
    template_name = "agreements/leave_form.html"
    intro = "Platsen ligger kvar som vakant. Vem som har haft den står kvar i historiken."
    submit_label = "Avsluta innehavet"

    @property
    def heading(self):
        return f"Avsluta innehavet av platsen {self.subject.title}"

    def get_initial(self):
        return {"ends_on": timezone.localdate()}

    def get_work(self):
        """What the holder is to do in this agreement."""
        holding = self.subject.memberships.select_related("user").first()
        own = Agreement.objects.filter(pk=self.subject.agreement.pk)
        return open_work(holding.user, agreements=own) if holding else []

    def get_form_kwargs(self):
        takers = people_to_seat(self.subject.agreement, by=self.request.user, on=self.today)
        return super().get_form_kwargs() | {"takers": takers if self.get_work() else None}

    def get_context_data(self, **context):
        return super().get_context_data(**{"work": self.get_work()} | context)

    def perform(self, form):
        membership = vacate_seat(
            seat=self.subject,
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason_for_change"],
            work_goes_to=form.cleaned_data.get("work_goes_to"),
            by=self.request.user,
        )
        self.success_message = f"{membership.user} har platsen till och med {date_words(membership.ends_on)}."


class SeatWithdraw(SeatMixin, ActionPage):
    """The appointment was wrong, or did not come about: the seat is as before."""

    def perform(self):
        coming = withdraw_holder(seat=self.subject, on=timezone.localdate(), by=self.request.user)
        return f"{coming.user} tillträder inte längre platsen."
