from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.email_changes import ask_for_email_change
from accounts.models import User
from agreements.access import Capability
from agreements.forms import DeactivatePersonForm, NewEmailForm, PersonFilterForm, PersonForm
from agreements.models import Agreement, Membership
from agreements.open_work import open_work
from agreements.operations import (
    accept_invitation,
    add_contact,
    change_person,
    deactivate_person,
    decline_invitation,
    invite_person,
    why_not_invite,
)
from agreements.pages import ActionPage, EditPage, FormPage, NoAgreement, SubjectMixin
from agreements.people import (
    invitations_to,
    manageable_agreements,
    organisations_to_move_to,
    organisations_to_work_for,
    organisations_visible_to,
    people_visible_to,
    refuse,
    why_not_change_person,
)
from agreements.views.lists import PagedList
from documents.swedish_words import joined


class PersonList(PagedList):
    template_name = "agreements/person_list.html"
    extra_context = {"menu_current": "people"}

    def get_queryset(self):
        agreements = Agreement.objects.visible_to(self.request.user)
        if not agreements.exists():
            raise NoAgreement
        today = timezone.localdate()
        self.filter_form = PersonFilterForm(self.request.GET)
        seats_today = (
            Membership.objects.visible_to(self.request.user).held(on=today).select_related("seat__group__agreement")
        )
        people = people_visible_to(self.request.user).select_related("organisation")
        return self.filter_form.filter(people, agreements=agreements, on=today).prefetch_related(
            Prefetch("memberships", queryset=seats_today, to_attr="holdings_today")
        )

    def get_context_data(self, **context):
        return super().get_context_data(
            **{
                "filter_form": self.filter_form,
                "manageable": manageable_agreements(self.request.user),
            }
            | context
        )


class PersonMixin(SubjectMixin):
    """People belong to no single agreement; who may change one is a question of its own."""

    subject_model = User
    extra_context = {"menu_current": "people"}

    def get_subjects(self):
        return people_visible_to(self.request.user).select_related("organisation__parent__parent")

    def check_access(self):
        refuse(why_not_change_person(self.request.user, self.subject))


class PersonDetail(PersonMixin, TemplateView):
    template_name = "agreements/person_detail.html"

    def check_access(self):
        """Whoever sees a person may read about them."""

    def get_context_data(self, **context):
        user, person, today = self.request.user, self.subject, timezone.localdate()
        can_change = not why_not_change_person(user, person)
        return super().get_context_data(
            **{
                "person": person,
                "memberships": Membership.objects.visible_to(user)
                .filter(user=person)
                .select_related("seat__group__agreement", "seat__organisation"),
                "today": today,
                "is_self": person == user,
                "can_see_email": can_change or person == user,
                "can_change": can_change,
                "can_change_email": can_change and person.can_sign_in and bool(person.email),
                "sees_organisation": organisations_visible_to(user).filter(pk=person.organisation_id).exists(),
                "can_invite": can_change and not why_not_invite(person),
                "can_deactivate": can_change and person.is_active and not person.is_staff and person != user,
            }
            | context
        )


class PersonCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = PersonForm
    heading = "Lägg till en person"
    intro = "Personen blir en kontakt som kan få platser i grupper. Den som ska logga in bjuds sedan in."
    submit_label = "Lägg till personen"
    extra_context = {"menu_current": "people"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": User(),
            "organisations": organisations_to_work_for(self.subject, by=self.request.user),
        }

    def perform(self, form):
        person = add_contact(person=form.instance, by=self.request.user)
        self.success_message = f"{person} är tillagd."
        return person


class PersonUpdate(PersonMixin, EditPage):
    form_class = PersonForm
    heading = "Ändra personen"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "organisations": organisations_to_move_to(self.subject, by=self.request.user)
        }

    def perform(self, form):
        change_person(person=form.instance, fields=list(form.fields), by=self.request.user)


class PersonInvite(PersonMixin, ActionPage):
    def perform(self):
        invite_person(person=self.subject, by=self.request.user, site_url=self.request.build_absolute_uri("/"))
        return f"En inbjudan är skickad till {self.subject.email}."


class PersonEmail(PersonMixin, FormPage):
    """Another address for somebody who signs in: whoever reads the old one says yes."""

    form_class = NewEmailForm
    intro = "En länk skickas till den nuvarande adressen. Adressen ändras när personen själv har bekräftat."
    submit_label = "Skicka länken"

    @property
    def heading(self):
        return f"Ny e-postadress för {self.subject}"

    def check_access(self):
        super().check_access()
        person = self.subject
        refuse("" if person.can_sign_in and person.email else f"{person} loggar inte in. Ändra adressen direkt.")

    def perform(self, form):
        ask_for_email_change(
            person=self.subject,
            new=form.cleaned_data["email"],
            by=self.request.user,
            site_url=self.request.build_absolute_uri("/"),
        )
        self.success_message = f"En länk är skickad till {self.subject.email}."


class InvitationList(TemplateView):
    """The seats that wait for an answer of mine, whoever invited me."""

    template_name = "agreements/invitation_list.html"
    extra_context = {"menu_current": "start"}

    def get_context_data(self, **context):
        today = timezone.localdate()
        contacts = invitations_to(self.request.user, on=today).prefetch_related(
            Prefetch(
                "memberships",
                queryset=Membership.objects.overlapping(starts_on=today, ends_on=None).select_related(
                    "seat__organisation", "seat__group__agreement__municipality"
                ),
                to_attr="offered",
            )
        )
        return super().get_context_data(**{"contacts": contacts} | context)


class InvitationAnswer(ActionPage):
    """Whoever is invited answers: neither the one who invites nor anybody else does it for them."""

    def get_subjects(self):
        return invitations_to(self.request.user, on=timezone.localdate())

    def check_access(self):
        """It is one's own to answer."""

    def get_success_url(self):
        return reverse("start")


class InvitationAccept(InvitationAnswer):
    def perform(self):
        held = accept_invitation(contact=self.subject, on=timezone.localdate(), by=self.request.user)
        return f"Du har nu {joined([f'platsen {one.seat.title} i {one.seat.group}' for one in held])}."


class InvitationDecline(InvitationAnswer):
    def perform(self):
        decline_invitation(contact=self.subject, on=timezone.localdate(), by=self.request.user)
        return "Du har tackat nej. Samordnaren får veta det."


class PersonDeactivate(PersonMixin, FormPage):
    form_class = DeactivatePersonForm
    template_name = "agreements/leave_form.html"
    intro = "Personen kan inte längre logga in och lämnar sina platser i dag. Namnet står kvar i historiken."
    submit_label = "Inaktivera personen"

    @property
    def heading(self):
        return f"Inaktivera {self.subject}"

    def get_work(self):
        return open_work(self.subject, agreements=Agreement.objects.visible_to(self.request.user))

    def get_form_kwargs(self):
        takers = people_visible_to(self.request.user).filter(is_active=True).exclude(pk=self.subject.pk)
        return super().get_form_kwargs() | {"takers": takers if self.get_work() else None}

    def get_context_data(self, **context):
        return super().get_context_data(**{"work": self.get_work()} | context)

    def perform(self, form):
        person = deactivate_person(
            person=self.subject,
            on=timezone.localdate(),
            reason=form.cleaned_data["reason_for_change"],
            work_goes_to=form.cleaned_data.get("work_goes_to"),
            by=self.request.user,
        )
        self.success_message = f"{person} är inaktiverad. Platserna är vakanta från i morgon."
