import datetime

from django import forms
from django.db.models import Q, QuerySet

from accounts.forms import PortalFormMixin
from accounts.models import Organisation, User
from agreements.models import Agreement, AgreementDocument, Group, Seat
from agreements.people import organisations_in, people_to_seat
from documents.file_types import ACCEPTED_EXTENSIONS, validate_upload


class OrganisationChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, organisation):
        return organisation.full_name


class PersonChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.description


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
    user = PersonChoiceField(label="Vem får platsen?", queryset=User.objects.none(), empty_label="Välj")
    starts_on = forms.DateField(label="Från och med")

    def __init__(self, *args, seat: Seat, by: User, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_to_seat(seat.agreement, by=by, on=today)
        self.fields["user"].queryset = people.select_related("organisation").order_by("full_name")
        self.fields["user"].error_messages["required"] = "Välj vem som får platsen."


class LeaveForm(PortalFormMixin, forms.Form):
    """Somebody leaves. Whom the work goes to is asked where there is any."""

    work_goes_to = PersonChoiceField(
        label="Vem tar över uppgifterna?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Ingen än",
        help_text="Det som ingen tar över märks på startsidan tills det har en ny ansvarig.",
    )

    def __init__(self, *args, takers: QuerySet[User] | None, **kwargs):
        super().__init__(*args, **kwargs)
        if takers is None:
            del self.fields["work_goes_to"]
        else:
            self.fields["work_goes_to"].queryset = takers.select_related("organisation").order_by("full_name", "pk")


class VacateSeatForm(LeaveForm):
    ends_on = forms.DateField(label="Till och med")
    reason_for_change = ReasonField(help_text="Står i historiken, till exempel ”nytt mandat efter valet”.")
