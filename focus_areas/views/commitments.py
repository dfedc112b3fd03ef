from agreements.pages import EditPage, FormPage
from focus_areas.access import Capability
from focus_areas.forms.planning import CommitmentForm
from focus_areas.models import Activity, Commitment


class CommitmentCreateView(FormPage):
    subject_model = Activity
    capability = Capability.EDIT_ACTIVITY
    form_class = CommitmentForm
    heading = "Nytt åtagande"
    intro = "Vem lovar hur många av vad? Lämna antalet tomt om åtagandet följs upp i ord."
    submit_label = "Spara åtagandet"
    success_message = "Åtagandet är sparat."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Commitment(activity=self.subject)}

    def perform(self, form):
        return form.save()


class CommitmentUpdateView(EditPage):
    subject_model = Commitment
    capability = Capability.EDIT_ACTIVITY
    form_class = CommitmentForm
    heading = "Ändra åtagandet"
    submit_label = "Spara åtagandet"
