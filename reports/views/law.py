from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.models import Agreement
from agreements.pages import SubjectMixin
from documents.workbooks.csv_files import CONTENT_TYPE
from privacy.leaving import PersonalDataLeaving, refuse_personal_data
from reports.access import Capability
from reports.law import judge, read_evidence
from reports.law.survey import survey_answers, survey_csv


class LawPage(SubjectMixin, TemplateView):
    """What the law and the agreement ask, paragraph by paragraph: how it stands, what shows it, what is missing."""

    subject_model = Agreement
    template_name = "reports/law_page.html"

    def get_context_data(self, **context):
        today = timezone.localdate()
        judgement = judge(read_evidence(self.subject), today=today)
        is_open = not self.subject.is_closed
        mends = {row.mend for row in judgement.rows if row.mend and is_open and self.may(row.mend.capability)}
        return super().get_context_data(
            menu_current="law",
            today=today,
            judgement=judgement,
            mends=mends,
            first_mend=next((row.mend for row in judgement.wanting() if row.mend in mends), None),
            council_reports=self.subject.council_reports.all(),
            can_register=is_open and self.may(Capability.REGISTER_COUNCIL_REPORT),
            **context,
        )


class LawSurvey(SubjectMixin, View):
    """The same as answers to Brå's yearly survey, to paste from."""

    subject_model = Agreement

    def get(self, request, *args, **kwargs):
        today = timezone.localdate()
        answers = survey_answers(judge(read_evidence(self.subject), today=today))
        try:
            refuse_personal_data(
                (("Svar till Brås enkät", text) for answer in answers for text in answer.values()), what="Filen"
            )
        except PersonalDataLeaving as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("reports:law_page", args=[self.subject.pk]))
        return HttpResponse(
            survey_csv(answers),
            content_type=CONTENT_TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="lagkrav-{today.isoformat()}.csv"',
                "Cache-Control": "private, no-store",
            },
        )
