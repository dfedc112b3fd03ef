from django import forms

from accounts.forms import PortalFormMixin
from accounts.models import User
from agreements.models import Membership
from documents.fields import ProseFormField, validate_printable

LONGEST_GREETING = 500


class RecipientsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: User) -> str:
        if person.can_sign_in:
            return person.description
        return f"{person.description} (har inget konto och kan inte öppna länken)"


class SendPaperForm(PortalFormMixin, forms.Form):
    """Who gets the mail, and a line of greeting. Everybody who has an address is chosen from the start."""

    recipients = RecipientsField(queryset=User.objects.none(), label="Mottagare")
    greeting = ProseFormField(
        label="Hälsning",
        max_length=LONGEST_GREETING,
        required=False,
        validators=[validate_printable],
        help_text="Står först i mejlet.",
    )

    def __init__(self, *args, holdings: list[Membership], **kwargs):
        people = [holding.user.pk for holding in holdings if holding.user.email and holding.user.is_active]
        super().__init__(*args, **kwargs)
        self.fields["recipients"].queryset = User.objects.filter(pk__in=people).select_related("organisation")
        self.fields["recipients"].initial = people
        self.fields["recipients"].error_messages["required"] = "Välj minst en mottagare."
