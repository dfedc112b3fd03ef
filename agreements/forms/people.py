import copy
import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.forms import PortalFormMixin
from accounts.models import Organisation, User, UserManager
from agreements.forms.agreements import LeaveForm, OrganisationChoiceField, ReasonField
from agreements.models import Agreement, Membership
from agreements.operations import has_changeable_email
from agreements.people import organisations_in, organisations_visible_to
from documents.written_text import comparison_key


class OrganisationForm(PortalFormMixin, forms.ModelForm):
    """An organisation's facts. It is new to its keeper, or kept already: others' organisations are no answer here."""

    fields_set_by_view = ("keeper",)

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "parent"]
        field_classes = {"parent": OrganisationChoiceField}
        labels = {"kind": "Vad den är"}

    def __init__(self, *args, user: User, agreement: Agreement | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.known: Organisation | None = None
        self.home_id = agreement.municipality_id if agreement else self.instance.home_id
        self.fields["parent"].empty_label = "Ingen"
        seen = organisations_visible_to(user).filter(parent__parent__isnull=True)
        if not user.is_superuser:
            seen = seen.filter(pk__in=Organisation.objects.kept_by(self.home_id).values("pk"))
        self.fields["parent"].queryset = Organisation.objects.filter(
            Q(pk__in=seen.values("pk")) | Q(pk=self.instance.parent_id)
        ).exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        is_home = self.instance.pk == self.home_id
        self.instance.keeper_id = None if is_home or cleaned.get("parent") else self.home_id
        if self.agreement and cleaned.get("name"):
            self.meet_known(cleaned)
        return cleaned

    def meet_known(self, cleaned: dict) -> None:
        """Let an organisation that the agreement's municipality keeps already be the one that is added."""
        wanted = comparison_key(cleaned["name"])
        taking_part = organisations_in(self.agreement)
        kept = Organisation.objects.kept_by(self.home_id)
        beside = Organisation.objects.filter(
            Q(pk__in=kept.values("pk")) | Q(pk__in=taking_part.values("pk")), parent=cleaned.get("parent")
        )
        same = next((one for one in beside if comparison_key(one.name) == wanted), None)
        if same and taking_part.filter(pk=same.pk).exists():
            raise ValidationError({"name": "Organisationen deltar redan i överenskommelsen."})
        if same:
            # It is added as it is; judged as itself, it is no duplicate.
            self.known, self.instance = same, copy.copy(same)


class JoinAgreementForm(PortalFormMixin, forms.Form):
    agreement = forms.ModelChoiceField(queryset=Agreement.objects.none(), label="Överenskommelse")

    def __init__(self, *args, agreements: QuerySet[Agreement], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements


class PersonForm(PortalFormMixin, forms.ModelForm):
    personal_data_belongs_in = ("full_name", "title")

    class Meta:
        model = User
        fields = ["full_name", "title", "organisation", "email"]
        field_classes = {"organisation": OrganisationChoiceField}
        help_texts = {"email": "Behövs för att kunna bjuda in personen att logga in."}

    def __init__(self, *args, organisations: QuerySet[Organisation], **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not has_changeable_email(self.instance):
            del self.fields["email"]
        self.fields["organisation"].required = True
        self.fields["organisation"].label = "Organisation"
        self.fields["organisation"].error_messages["required"] = "Välj organisation."
        self.fields["organisation"].queryset = Organisation.objects.filter(
            Q(pk__in=organisations.values("pk")) | Q(pk=self.instance.organisation_id)
        )

    def clean_email(self):
        return UserManager.normalise_email(self.cleaned_data.get("email"))

    def clean(self):
        """Twice in the same home is a slip. Who has the address elsewhere is not told: not by a refusal either."""
        cleaned = super().clean()
        email, organisation = cleaned.get("email"), cleaned.get("organisation")
        if email and organisation:
            at_home = Organisation.objects.kept_by(organisation.home_id)
            others = User.objects.filter(email__iexact=email, organisation__in=at_home.values("pk"))
            if others.exclude(pk=self.instance.pk).exists():
                self.add_error("email", "Det finns redan en person med den e-postadressen i kommunens organisationer.")
        return cleaned


class NewEmailForm(PortalFormMixin, forms.Form):
    is_guarded = False

    email = forms.EmailField(label="Ny e-postadress")

    def clean_email(self):
        return UserManager.normalise_email(self.cleaned_data["email"])


class DeactivatePersonForm(LeaveForm):
    reason_for_change = ReasonField(help_text="Står i historiken, till exempel ”har slutat”.")


def holding(words: str, *fields: str) -> Q:
    """A condition: one of the fields holds the words, å as well as Å (SQLite's own LIKE knows only a and A)."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__iregex": re.escape(words)})
    return condition


class OrganisationFilterForm(forms.Form):
    q = forms.CharField(label="Sök", required=False, max_length=100, widget=forms.SearchInput)
    slag = forms.ChoiceField(label="Slag", required=False, choices=[("", "Alla"), *Organisation.Kind.choices])

    def filter(self, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
        wanted = self.cleaned_data if self.is_valid() else {}
        if words := wanted.get("q"):
            organisations = organisations.filter(holding(words, "name", "short_name"))
        if kind := wanted.get("slag"):
            organisations = organisations.filter(kind=kind)
        return in_tree_order(organisations)


def in_tree_order(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each organisation right after what it belongs to; `level` is 0, 1 or 2."""
    nothing = Value("", output_field=CharField())
    return organisations.annotate(
        level=Case(When(parent__isnull=True, then=0), When(parent__parent__isnull=True, then=1), default=2),
        first=Coalesce("parent__parent__name", "parent__name", "name"),
        second=Case(
            When(level=0, then=nothing),
            When(level=1, then=F("name")),
            default=F("parent__name"),
            output_field=CharField(),
        ),
        third=Case(When(level=2, then=F("name")), default=nothing, output_field=CharField()),
    ).order_by("first", "second", "third", "pk")


class PersonFilterForm(forms.Form):
    STATES = [
        ("", "Alla"),
        ("med-plats", "Har en plats i dag"),
        ("utan-plats", "Har ingen plats i dag"),
        ("inaktiv", "Inaktiverade"),
    ]

    q = forms.CharField(label="Sök", required=False, max_length=100, widget=forms.SearchInput)
    visa = forms.ChoiceField(label="Visa", required=False, choices=STATES)

    def filter(self, people: QuerySet[User], *, agreements: QuerySet[Agreement], on: datetime.date) -> QuerySet[User]:
        wanted = self.cleaned_data if self.is_valid() else {}
        if words := wanted.get("q"):
            people = people.filter(
                holding(words, "full_name", "title", "organisation__name", "organisation__short_name")
            )
        seated = Q(pk__in=Membership.objects.held(on=on).filter(seat__group__agreement__in=agreements).values("user"))
        match wanted.get("visa"):
            case "med-plats":
                people = people.filter(seated, is_active=True)
            case "utan-plats":
                people = people.filter(~seated, is_active=True)
            case "inaktiv":
                people = people.filter(is_active=False)
        return people.order_by("full_name", "pk")
