from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils import timezone
from django.views.generic import ListView, TemplateView

from accounts.history import histories_of, load_pairs, tell
from agreements.access import CLOSED, Capability, Refused
from agreements.forms import AgreementForm
from agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementSection,
    Area,
    Definition,
    Group,
    LinkedPlan,
    Membership,
    Party,
    Seat,
)
from agreements.operations import adopt_agreement, close_agreement
from agreements.pages import ActionPage, EditPage, NoAgreement, SubjectMixin
from agreements.people import organisations_in
from agreements.wording import breakable, state_words

NEWEST_CHANGES = 5
CHANGES_PER_PAGE = 25

LOCKED = (
    "Överenskommelsen är fastställd och ändras inte. Behöver något skrivas om görs en ny överenskommelse "
    "som ersätter den här, så att båda går att läsa."
)


def histories(agreement: Agreement) -> dict:
    """Which history rows belong to the agreement's own page."""
    return {
        Agreement: Q(id=agreement.pk),
        Party: Q(agreement=agreement),
        AgreementSection: Q(agreement=agreement),
        Definition: Q(agreement=agreement),
        Area: Q(agreement=agreement),
        AgreementDocument: Q(agreement=agreement),
        LinkedPlan: Q(agreement=agreement),
        Group: Q(agreement=agreement),
        Seat: Q(group__agreement=agreement),
        Membership: Q(seat__group__agreement=agreement),
    }


class AgreementList(ListView):
    template_name = "agreements/agreement_list.html"
    extra_context = {"menu_current": "agreement"}

    def get_queryset(self):
        return Agreement.objects.visible_to(self.request.user).select_related("municipality", "predecessor")

    def get_context_data(self, **context):
        agreements = list(self.object_list)
        if not agreements:
            raise NoAgreement
        today = timezone.localdate()
        rows = [(agreement, state_words(agreement, on=today)) for agreement in agreements]
        return super().get_context_data(**{"rows": rows} | context)


class AgreementPage(SubjectMixin):
    subject_model = Agreement
    extra_context = {"menu_current": "agreement"}

    def get_subjects(self):
        return super().get_subjects().select_related("municipality", "predecessor")


class AgreementDetail(AgreementPage, TemplateView):
    template_name = "agreements/agreement_detail.html"

    def get_context_data(self, **context):
        agreement, today = self.subject, timezone.localdate()
        groups = list(agreement.groups.annotate(seat_count=Count("seats")))
        steering_group = next((group for group in groups if group.kind == Group.Kind.STEERING), None)
        organisations = organisations_in(agreement)
        things = histories(agreement)
        can_manage = self.may(Capability.MANAGE) and not agreement.is_closed
        return super().get_context_data(
            **{
                "today": today,
                "breakable_title": breakable(agreement.title),
                "state": state_words(agreement, on=today),
                "parties": agreement.parties.select_related("organisation"),
                "sections": agreement.sections.all(),
                "groups": groups,
                "steering_group": steering_group,
                "seats": list(
                    steering_group.seats.select_related("organisation").with_holder(on=today) if steering_group else []
                ),
                "definitions": agreement.definitions.all(),
                "abbreviations": organisations.exclude(short_name="").order_by("short_name"),
                "areas": agreement.areas.all(),
                "documents": agreement.documents.all(),
                "linked_plans": agreement.linkedplans.all(),
                "changes": tell(load_pairs(histories_of(things)[:NEWEST_CHANGES], things)),
                "can_manage": can_manage,
                "can_edit": can_manage and agreement.is_draft,
                "can_close": can_manage and agreement.is_adopted,
            }
            | context
        )


class AgreementHistory(AgreementPage, TemplateView):
    template_name = "agreements/agreement_history.html"

    def get_context_data(self, **context):
        things = histories(self.subject)
        page = Paginator(histories_of(things), CHANGES_PER_PAGE).get_page(self.request.GET.get("sida"))
        changes = tell(load_pairs(list(page.object_list), things))
        return super().get_context_data(**{"page_obj": page, "changes": changes} | context)


class AgreementUpdate(AgreementPage, EditPage):
    form_class = AgreementForm
    capability = Capability.MANAGE
    heading = "Ändra överenskommelsen"
    intro = "Det är ett utkast. När det är fastställt ändras det inte mer."

    def check_access(self):
        super().check_access()
        if self.subject.is_locked:
            raise Refused(LOCKED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class AgreementAdopt(AgreementPage, ActionPage):
    capability = Capability.MANAGE

    def perform(self):
        adopt_agreement(agreement=self.subject, by=self.request.user)
        return "Överenskommelsen är fastställd."


class AgreementClose(AgreementPage, ActionPage):
    capability = Capability.MANAGE
    writes = False  # closing what is closed says so, rather than being refused

    def perform(self):
        close_agreement(agreement=self.subject, by=self.request.user)
        return CLOSED
