from django.db.models import Count, Q
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import Organisation
from agreements.access import Capability
from agreements.forms import JoinAgreementForm, OrganisationFilterForm, OrganisationForm
from agreements.models import Agreement, Seat
from agreements.operations import add_organisation
from agreements.pages import EditPage, FormPage, NoAgreement, SubjectMixin
from agreements.people import (
    agreements_to_join,
    manageable_agreements,
    organisations_visible_to,
    people_visible_to,
    refuse,
    why_not_change_organisation,
)
from agreements.views.lists import PagedList
from agreements.wording import breakable


class OrganisationList(PagedList):
    template_name = "agreements/organisation_list.html"
    extra_context = {"menu_current": "organisations"}

    def get_queryset(self):
        self.agreements = list(Agreement.objects.visible_to(self.request.user))
        if not self.agreements:
            raise NoAgreement
        self.filter_form = OrganisationFilterForm(self.request.GET)
        organisations = organisations_visible_to(self.request.user).with_parents()
        return self.filter_form.filter(organisations).annotate(
            seat_count=Count("seats", filter=Q(seats__group__agreement__in=self.agreements))
        )

    def get_context_data(self, **context):
        return super().get_context_data(
            **{
                "filter_form": self.filter_form,
                "manageable": manageable_agreements(self.request.user),
            }
            | context
        )


class OrganisationMixin(SubjectMixin):
    """Organisations belong to no single agreement; who may change one is a question of its own."""

    extra_context = {"menu_current": "organisations"}

    def get_subjects(self):
        return organisations_visible_to(self.request.user).with_parents()


class OrganisationDetail(OrganisationMixin, TemplateView):
    template_name = "agreements/organisation_detail.html"

    def check_access(self):
        """Whoever sees it may read it."""

    def get_context_data(self, **context):
        organisation, user, today = self.subject, self.request.user, timezone.localdate()
        agreements = Agreement.objects.visible_to(user)
        return super().get_context_data(
            **{
                "organisation": organisation,
                "breakable_name": breakable(organisation.name),
                "children": organisations_visible_to(user).filter(parent=organisation),
                "takes_part_in": agreements.filter(
                    Q(pk__in=organisation.agreements.values("pk")) | Q(municipality=organisation)
                ),
                "seats": Seat.objects.visible_to(user)
                .filter(organisation=organisation)
                .select_related("group__agreement")
                .with_holder(on=today),
                "people": people_visible_to(user).filter(organisation=organisation, is_active=True),
                "can_change": not why_not_change_organisation(user, organisation),
                "can_join": agreements_to_join(user, organisation, on=today).exists(),
            }
            | context
        )


class OrganisationCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = OrganisationForm
    heading = "Lägg till en organisation"
    intro = "Organisationen deltar sedan i överenskommelsen och kan få platser, leda aktiviteter och göra åtaganden."
    submit_label = "Lägg till organisationen"
    extra_context = {"menu_current": "organisations"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "instance": Organisation(),
            "user": self.request.user,
            "agreement": self.subject,
        }

    def perform(self, form):
        organisation = add_organisation(
            organisation=form.known or form.instance, agreement=self.subject, by=self.request.user
        )
        self.success_message = (
            f"{organisation.full_name} var redan inlagd och deltar nu i överenskommelsen."
            if form.known
            else f"{organisation.full_name} är tillagd."
        )
        return organisation


class OrganisationUpdate(OrganisationMixin, EditPage):
    subject_model = Organisation
    form_class = OrganisationForm
    heading = "Ändra organisationen"

    def check_access(self):
        refuse(why_not_change_organisation(self.request.user, self.subject))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class OrganisationJoin(OrganisationMixin, FormPage):
    """An organisation's own people let it take part where they sit; nobody else links another municipality's."""

    form_class = JoinAgreementForm
    intro = (
        "Den som samordnar överenskommelsen ser sedan organisationen och kan ge den platser, aktiviteter och åtaganden."
    )
    submit_label = "Låt organisationen delta"

    @property
    def heading(self):
        return f"Låt {self.subject} delta i en överenskommelse"

    def get_agreements(self):
        return agreements_to_join(self.request.user, self.subject, on=timezone.localdate())

    def check_access(self):
        if not self.get_agreements().exists():
            refuse(f"Du får inte låta {self.subject} delta i något mer. Vänd dig till organisationens egna personer.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agreements": self.get_agreements()}

    def perform(self, form):
        agreement = form.cleaned_data["agreement"]
        add_organisation(organisation=self.subject, agreement=agreement, by=self.request.user)
        self.success_message = f"{self.subject.full_name} deltar nu i {agreement}."
