from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.models import Agreement
from agreements.pages import SubjectMixin
from documents.file_types import XLSX
from documents.workbooks import Column, write_table_xlsx
from focus_areas.forms.promises import PromiseFilterForm
from focus_areas.promises import PromiseRow, done_words, outcome_words, read_promises
from privacy.leaving import PersonalDataLeaving, refuse_personal_data

PER_PAGE = 50
EXPORT_COLUMNS = [
    Column("party", "Part", "text"),
    Column("who", "Vem", "text"),
    Column("focus_area", "Fokusområde", "text"),
    Column("activity", "Aktivitet", "text"),
    Column("text", "Åtagande", "text"),
    Column("comparison", "Hur många", "text"),
    Column("planned", "Lovat", "integer"),
    Column("unit", "Enhet", "text"),
    Column("done", "Gjort", "text"),
    Column("starts_on", "Från och med", "date"),
    Column("ends_on", "Till och med", "date"),
    Column("forecast", "Hur det går", "text"),
    Column("outcome", "Utfall i ord", "prose"),
]


class PromisesMixin(SubjectMixin):
    subject_model = Agreement

    def promised(self):
        """All promises, the filter, and what it leaves."""
        promises = read_promises(self.subject, today=timezone.localdate())
        form = PromiseFilterForm(self.request.GET or {}, agreement=self.subject, parties=promises.parties)
        return promises, form, form.filter(promises.rows)


class PromisesView(PromisesMixin, TemplateView):
    template_name = "focus_areas/promises.html"

    def get_context_data(self, **context):
        promises, form, rows = self.promised()
        return super().get_context_data(
            menu_current="plan",
            today=timezone.localdate(),
            filter_form=form,
            parties=promises.parties,
            total=len(promises.rows),
            sentence=promises.total.sentence,
            page_obj=Paginator(rows, PER_PAGE).get_page(self.request.GET.get("sida")),
            order=form.order if form.is_valid() else "",
            sorted_by=PromiseFilterForm.ORDERS[form.order] if form.is_valid() else "",
            **context,
        )


class PromisesExportView(PromisesMixin, View):
    """The filtered promises as a workbook; small numbers of people are masked, for it leaves the portal."""

    http_method_names = ["get"]

    def get(self, request, pk):
        _, _, promised = self.promised()
        rows = [export_row(row) for row in promised]
        texts = (("Lovat och hållet", value) for row in rows for value in row.values() if isinstance(value, str))
        try:
            refuse_personal_data(texts, what="Arbetsboken")
        except PersonalDataLeaving as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("focus_areas:promises", args=[self.subject.pk]))
        content = write_table_xlsx("Lovat och hållet", EXPORT_COLUMNS, rows)
        response = HttpResponse(content, content_type=XLSX.content_type)
        response["Content-Disposition"] = 'attachment; filename="lovat-och-hallet.xlsx"'
        response["Cache-Control"] = "private, no-store"
        return response


def export_row(row: PromiseRow) -> dict:
    commitment = row.commitment
    return {
        "party": row.heading,
        "who": commitment.who,
        "focus_area": str(row.focus_area),
        "activity": str(commitment.activity),
        "text": commitment.text,
        "comparison": commitment.get_comparison_display(),
        "planned": commitment.planned,
        "unit": commitment.unit,
        "done": done_words(commitment),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "forecast": outcome_words(row),
        "outcome": commitment.outcome,
    }
