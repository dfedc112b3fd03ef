from agreements.access import Capability
from agreements.forms.pictures import LinkedPlanForm
from agreements.models import Agreement, LinkedPlan
from agreements.pages import ActionPage, EditPage, FormPage


class LinkedPlanCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = LinkedPlanForm
    heading = "Lägg till en annan plan"
    intro = "En plan enligt en annan lag, som arbetet ska hänga ihop med (7 §)."
    submit_label = "Spara planen"
    success_message = "Planen är sparad."
    extra_context = {"menu_current": "agreement"}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": LinkedPlan(agreement=self.subject)}

    def perform(self, form):
        return form.save()


class LinkedPlanUpdate(EditPage):
    subject_model = LinkedPlan
    capability = Capability.MANAGE
    form_class = LinkedPlanForm
    heading = "Ändra planen"
    submit_label = "Spara planen"
    extra_context = {"menu_current": "agreement"}

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")


class LinkedPlanDelete(ActionPage):
    subject_model = LinkedPlan
    capability = Capability.MANAGE

    def get_subjects(self):
        return super().get_subjects().select_related("agreement")

    def perform(self):
        self.subject.delete()
        return f"Planen ”{self.subject}” är borttagen ur listan."
