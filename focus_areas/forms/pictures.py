from django import forms

from accounts.forms import PortalFormMixin
from agreements.models import SituationPicture


class AdoptPictureForm(PortalFormMixin, forms.Form):
    """Who adopted the picture and when; with the model's own checks, though the state is set by the operation."""

    adopted_on = forms.DateField(label="Dag")
    adopted_by = SituationPicture._meta.get_field("adopted_by").formfield(
        label="Fastställd av", required=True, help_text="Till exempel ”Kommunstyrelsen”."
    )
    paragraph = SituationPicture._meta.get_field("paragraph").formfield(
        label="Paragraf", help_text="Till exempel ”§ 112”."
    )
    reference_number = SituationPicture._meta.get_field("reference_number").formfield(label="Diarienummer")

    def clean_paragraph(self) -> str:
        """§ 112, however the number was written."""
        paragraph = " ".join(self.cleaned_data["paragraph"].split())
        return f"§ {paragraph}" if paragraph.isdecimal() else paragraph
