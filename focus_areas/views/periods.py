"""Two periods side by side, and an agreement's annex as files."""

from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.costly_pages import CostlyFileMixin
from agreements.models import Agreement
from agreements.pages import SubjectMixin, as_key
from documents.file_types import XLSX
from focus_areas.annex import annex_name, render_annex, write_annex
from focus_areas.period_comparison import compare_periods, neighbours


class PeriodComparison(SubjectMixin, TemplateView):
    """This agreement beside the one before or after it; of several, the one that is asked for, else the newest."""

    http_method_names = ["get", "head", "options"]
    subject_model = Agreement
    template_name = "focus_areas/period_comparison.html"
    extra_context = {"menu_current": "agreement"}

    def get_context_data(self, **context):
        others = neighbours(self.subject, user=self.request.user)
        asked_for = as_key(self.request.GET.get("med"))
        other = next((one for one in others if one.pk == asked_for), others[0] if others else None)
        comparison = compare_periods(self.subject, other) if other else None
        return super().get_context_data(
            comparison=comparison, others=[one for one in others if one != other], **context
        )


class AnnexFile(CostlyFileMixin, SubjectMixin, View):
    """The annex as a download, for everybody who reads the agreement."""

    subject_model = Agreement
    suffix = ""

    def get_file_name(self):
        return annex_name(self.subject, self.suffix)


class AnnexPdf(AnnexFile):
    suffix = "pdf"

    def make(self):
        return render_annex(self.subject, on=timezone.localdate(), by=self.request.user)


class AnnexWorkbook(AnnexFile):
    suffix, content_type = "xlsx", XLSX.content_type

    def make(self):
        return write_annex(self.subject)
