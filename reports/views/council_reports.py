from django.urls import reverse

from agreements.models import Agreement
from agreements.pages import ActionPage, EditPage, FormPage
from reports.access import Capability
from reports.forms.council_reports import CouncilReportForm
from reports.models import CouncilReport

INTRO = "Lag (2023:196) säger i 13 § att kommunstyrelsen löpande rapporterar till fullmäktige."


class CouncilReportPage:
    """What the pages about reports to the municipal council have in common."""

    capability = Capability.REGISTER_COUNCIL_REPORT
    extra_context = {"menu_current": "law"}


class CouncilReportFormPage(CouncilReportPage):
    form_class = CouncilReportForm
    intro = INTRO
    submit_label = "Spara rapporten"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}

    def get_success_url(self):
        return reverse("reports:law_page", args=[self.subject.agreement.pk]) + "#fullmaktige"


class CouncilReportCreate(CouncilReportFormPage, FormPage):
    subject_model = Agreement
    heading = "Lägg in en rapport till fullmäktige"
    success_message = "Rapporten är inlagd."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": CouncilReport(agreement=self.subject)}

    def perform(self, form):
        return form.save()


class CouncilReportUpdate(CouncilReportFormPage, EditPage):
    subject_model = CouncilReport
    heading = "Ändra rapporten till fullmäktige"


class CouncilReportDelete(CouncilReportPage, ActionPage):
    subject_model = CouncilReport

    def perform(self):
        self.subject.delete()
        return "Rapporten är borttagen. Att den har funnits står kvar i historiken."

    def get_success_url(self):
        return reverse("reports:law_page", args=[self.subject.agreement.pk]) + "#fullmaktige"
