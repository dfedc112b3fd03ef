import copy
import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.forms import PortalFormMixin
from accounts.models import Organisation, User, UserManager
from agreements.models import Agreement, AgreementDocument, Group, Membership, Seat
from agreements.operations import has_changeable_email
from agreements.people import organisations_in, organisations_visible_to, people_visible_to
from documents.file_types import ACCEPTED_EXTENSIONS, validate_upload


class OrganisationChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, organisation):
        return organisation.full_name


class PersonChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return ", ".join(str(part) for part in (person.full_name, person.title, person.organisation) if part)


class ReasonField(forms.CharField):
    """Why something is changed; pages write it in the history."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(**{"label": "Skäl", "max_length": 500} | kwargs)


class AgreementForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("municipality",)

    class Meta:
        model = Agreement
        fields = ["title", "reference_number", "purpose", "starts_on", "ends_on", "signed_on", "predecessor"]
        labels = {
            "starts_on": "Gäller från och med",
            "ends_on": "Gäller till och med",
            "predecessor": "Ersätter överenskommelsen",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].empty_label = "Ingen"
        self.fields["predecessor"].queryset = (
            Agreement.objects.visible_to(user)
            .filter(municipality=self.instance.municipality)
            .exclude(pk=self.instance.pk)
        )


class DocumentForm(PortalFormMixin, forms.ModelForm):
    file = forms.FileField(
        label="Fil",
        validators=[validate_upload],
        help_text="PDF, Word, Excel, JPEG eller PNG, högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED_EXTENSIONS)}),
    )

    class Meta:
        model = AgreementDocument
        fields = ["title", "reference_number"]


class GroupForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("agreement",)

    class Meta:
        model = Group
        fields = ["kind", "name", "also_known_as", "mandate", "parent"]
        labels = {"kind": "Slags grupp"}
        widgets = {"mandate": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].empty_label = "Ingen"
        groups = self.instance.agreement.groups.all()
        self.fields["parent"].queryset = groups.exclude(pk__in=_group_and_below(self.instance, groups))


def _group_and_below(group: Group, groups: QuerySet[Group]) -> set[int]:
    """The group and all that it has set up, in any number of steps: none of them can have set it up."""
    if group.pk is None:
        return set()
    found, grew = {group.pk}, True
    parents = dict(groups.values_list("pk", "parent"))
    while grew:
        below = {pk for pk, parent in parents.items() if parent in found} - found
        found, grew = found | below, bool(below)
    return found


class SeatForm(PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("group",)

    is_leading_position = forms.NullBooleanField(
        label="Ledande befattning",
        required=False,
        widget=forms.Select(choices=[("", "Vet inte"), ("true", "Ja"), ("false", "Nej")]),
    )

    class Meta:
        model = Seat
        fields = ["title", "organisation", "function", "is_leading_position"]
        field_classes = {"organisation": OrganisationChoiceField}
        labels = {"title": "Platsens namn"}
        help_texts = {
            "title": "Befattningen, inte personen: till exempel Förvaltningschef.",
            "function": "Ger behörighet i portalen till den som har platsen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = organisations_in(self.instance.group.agreement)
        self.fields["organisation"].queryset = Organisation.objects.filter(
            Q(pk__in=organisations.values("pk")) | Q(pk=self.instance.organisation_id)
        )
        if self.instance.is_leading_position is not None:
            self.initial["is_leading_position"] = str(self.instance.is_leading_position).lower()


class FillSeatForm(PortalFormMixin, forms.Form):
    marks_optional = False  # one of two fields is needed, and their labels say so

    user = PersonChoiceField(label="Vem får platsen?", queryset=User.objects.none(), required=False)
    email = forms.EmailField(
        label="Eller e-postadressen till någon som redan finns i portalen",
        required=False,
        help_text="För den som har plats i en annan kommuns överenskommelse och inte finns i listan.",
    )
    starts_on = forms.DateField(label="Från och med")

    def __init__(self, *args, seat: Seat, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.fields["user"].queryset = (
            people_visible_to(by).filter(is_active=True).select_related("organisation").order_by("full_name")
        )
        self.fields["user"].empty_label = "Välj"

    def clean(self):
        cleaned = super().clean()
        email = UserManager.normalise_email(cleaned.get("email"))
        if self.errors or (cleaned.get("user") and not email):
            return cleaned
        if not email:
            self.add_error("user", "Välj vem som får platsen.")
        elif cleaned.get("user"):
            self.add_error("email", "Välj en person i listan eller skriv en e-postadress, inte både och.")
        else:
            cleaned["user"] = self._person_with(email)
        return cleaned

    def _person_with(self, email: str) -> User | None:
        people = User.objects.filter(
            is_active=True, organisation__in=organisations_in(self.seat.agreement).values("pk")
        )
        person = people.filter(email__iexact=email).first()
        if person is None:
            self.add_error(
                "email",
                "Ingen i de organisationer som deltar har den e-postadressen. Lägg till personen först.",
            )
        return person


class VacateSeatForm(PortalFormMixin, forms.Form):
    ends_on = forms.DateField(label="Till och med")
    reason_for_change = ReasonField(help_text="Står i historiken, till exempel ”nytt mandat efter valet”.")


class OrganisationForm(PortalFormMixin, forms.ModelForm):
    """An organisation's facts. With an agreement: one to add to it, new or known since before."""

    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "parent"]
        field_classes = {"parent": OrganisationChoiceField}
        labels = {"kind": "Vad den är"}

    def __init__(self, *args, user: User, agreement: Agreement | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.known: Organisation | None = None
        self.fields["parent"].empty_label = "Ingen"
        seen = organisations_visible_to(user).filter(parent__parent__isnull=True)
        self.fields["parent"].queryset = Organisation.objects.filter(
            Q(pk__in=seen.values("pk")) | Q(pk=self.instance.parent_id)
        ).exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        if self.agreement and cleaned.get("name"):
            same = Organisation.objects.filter(name=cleaned["name"], parent=cleaned.get("parent")).first()
            if same and organisations_in(self.agreement).filter(pk=same.pk).exists():
                raise ValidationError({"name": "Organisationen deltar redan i överenskommelsen."})
            if same:
                # It is added as it is; judged as itself, it is no duplicate.
                self.known, self.instance = same, copy.copy(same)
        return cleaned


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
        email = UserManager.normalise_email(self.cleaned_data.get("email"))
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                "Det finns redan en person med den e-postadressen. Du kan tillsätta den på en plats med adressen."
            )
        return email


class DeactivatePersonForm(PortalFormMixin, forms.Form):
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
