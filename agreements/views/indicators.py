from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from agreements import kolada
from agreements.access import Capability, Refused, require_unlocked
from agreements.costly_pages import CostlyMixin
from agreements.forms.indicators import IndicatorFileForm, IndicatorFilterForm, IndicatorForm, IndicatorValueForm
from agreements.indicator_charts import chart_of
from agreements.indicator_import import COLUMNS, ImportPlan, export_values, plan_import
from agreements.models import Agreement, Indicator, IndicatorValue, PendingIndicatorFile
from agreements.operations import keep_indicator_file, load_values, remove_indicator
from agreements.pages import ActionPage, EditPage, FormPage, SubjectMixin, as_key
from documents.file_types import safe_file_name
from documents.workbooks.csv_files import CONTENT_TYPE

PER_PAGE = 50
MENU = {"menu_current": "picture"}


class IndicatorList(SubjectMixin, TemplateView):
    """All that is measured, with the newest values in words."""

    subject_model = Agreement
    template_name = "agreements/indicator_list.html"
    extra_context = MENU

    def get_context_data(self, **context):
        charts = [chart_of(one, one.values.all()) for one in self.subject.indicators.with_values()]
        return super().get_context_data(
            charts=charts,
            without_values=sum(not chart.has_values for chart in charts),
            can_manage=self.may(Capability.MANAGE) and not self.subject.is_closed,
            **context,
        )


class IndicatorMixin(SubjectMixin):
    subject_model = Indicator
    extra_context = MENU

    def get_subjects(self):
        return super().get_subjects().select_related("agreement__municipality")


class IndicatorDetail(IndicatorMixin, TemplateView):
    template_name = "agreements/indicator_detail.html"

    def get_subjects(self):
        return super().get_subjects().with_values()

    def get_context_data(self, **context):
        values = list(self.subject.values.all())
        for value in values:
            value.indicator = self.subject
        filter_form = IndicatorFilterForm(self.request.GET or None, values=values)
        newest_first = sorted(values, key=lambda value: (-value.year, value.comparison.casefold(), value.pk))
        return super().get_context_data(
            filter_form=filter_form,
            chart=chart_of(self.subject, values, **filter_form.chosen),
            page_obj=Paginator(newest_first, PER_PAGE).get_page(self.request.GET.get("sida")),
            can_manage=self.may(Capability.MANAGE) and not self.subject.agreement.is_closed,
            **context,
        )


class IndicatorExport(IndicatorMixin, View):
    """All values of the indicator, in the columns that can be read in again."""

    http_method_names = ["get", "head", "options"]

    def get_subjects(self):
        return super().get_subjects().with_values()

    def get(self, request, *args, **kwargs):
        values = list(self.subject.values.all())
        for value in values:
            value.indicator = self.subject
        name = safe_file_name(f"{self.subject.name}.csv")
        return HttpResponse(
            export_values(values),
            content_type=CONTENT_TYPE,
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
                "Cache-Control": "private, no-store",
            },
        )


class IndicatorCreate(FormPage):
    subject_model = Agreement
    capability = Capability.MANAGE
    form_class = IndicatorForm
    extra_context = MENU
    heading = "Ny indikator"
    intro = "Något som mäts år för år och som ni vill följa."
    submit_label = "Spara indikatorn"
    success_message = "Indikatorn är sparad. Lägg nu in värden, eller läs in dem från en fil."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Indicator(agreement=self.subject)}

    def get_cancel_url(self):
        return reverse("agreements:indicator_list", args=[self.subject.pk])

    def perform(self, form):
        return form.save()


class IndicatorUpdate(IndicatorMixin, EditPage):
    capability = Capability.MANAGE
    form_class = IndicatorForm
    heading = "Ändra indikatorn"
    submit_label = "Spara indikatorn"


class IndicatorDelete(IndicatorMixin, ActionPage):
    capability = Capability.MANAGE

    def perform(self):
        remove_indicator(indicator=self.subject, by=self.request.user)
        return f"{self.subject.name} är borttagen med sina värden. Att den har funnits står kvar i historiken."

    def get_success_url(self):
        if self.subject.pk is None:
            return reverse("agreements:indicator_list", args=[self.subject.agreement_id])
        return self.subject.get_absolute_url()


# --- Values ---


class ValueFormMixin:
    capability = Capability.MANAGE
    form_class = IndicatorValueForm
    extra_context = MENU
    submit_label = "Spara värdet"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"today": self.today}


class IndicatorValueCreate(ValueFormMixin, IndicatorMixin, FormPage):
    heading = "Nytt värde"
    success_message = "Värdet är sparat."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": IndicatorValue(indicator=self.subject)}

    def perform(self, form):
        return form.save()


class ValueMixin(SubjectMixin):
    subject_model = IndicatorValue
    capability = Capability.MANAGE

    def get_subjects(self):
        return super().get_subjects().select_related("indicator__agreement__municipality", "area")


class IndicatorValueUpdate(ValueFormMixin, ValueMixin, EditPage):
    template_name = "agreements/indicatorvalue_form.html"
    heading = "Ändra värdet"


class IndicatorValueDelete(ValueMixin, ActionPage):
    def perform(self):
        self.subject.delete()
        return f"Värdet för {self.subject.year} är borttaget. Att det har funnits står kvar i historiken."


# --- Files ---


class IndicatorImport(FormPage):
    """What a file of values looks like, and the way in for one. Nothing is saved before the confirmation."""

    subject_model = Agreement
    capability = Capability.MANAGE
    writes = False
    template_name = "agreements/indicator_import.html"
    form_class = IndicatorFileForm
    extra_context = MENU | {"columns": COLUMNS}
    heading = "Läs in värden"
    submit_label = "Granska filen"

    def check_access(self):
        super().check_access()
        require_unlocked(self.subject)

    def post(self, request, *args, **kwargs):
        """Nothing in the agreement changes yet: others need not wait while the file is read."""
        return self.receive(request)

    def get_initial(self):
        return {"indicator": as_key(self.request.GET.get("indikator"))}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agreement": self.subject, "today": self.today}

    def perform(self, form):
        name, content = form.cleaned_data["file"]
        keep_indicator_file(
            agreement=self.subject,
            indicator=form.cleaned_data["indicator"],
            file_name=name,
            content=content,
            table_row=form.cleaned_data["table_row"],
            by=self.request.user,
        )

    def get_success_url(self):
        pending = PendingIndicatorFile.objects.filter(agreement=self.subject, uploaded_by=self.request.user).first()
        return reverse("agreements:indicator_import_preview", args=[pending.pk]) if pending else self.request.path

    def get_cancel_url(self):
        return reverse("agreements:indicator_list", args=[self.subject.pk])

    def get_context_data(self, **context):
        return super().get_context_data(own_code=kolada.code_of(self.subject.municipality.name), **context)


class PendingFileMixin(SubjectMixin):
    """A file between upload and confirmation is its uploader's own business."""

    subject_model = PendingIndicatorFile
    capability = Capability.MANAGE

    def get_subjects(self):
        visible = Agreement.objects.visible_to(self.request.user)
        return PendingIndicatorFile.objects.filter(agreement__in=visible).select_related(
            "agreement__municipality", "indicator", "uploaded_by"
        )

    def check_access(self):
        super().check_access()
        require_unlocked(self.subject)
        if self.subject.uploaded_by != self.request.user:
            raise Refused("Filen är uppladdad av någon annan. Ladda upp den själv för att läsa in den.")


class IndicatorImportPreview(CostlyMixin, PendingFileMixin, TemplateView):
    """What the file would change, or what is wrong with it. Nothing is saved."""

    http_method_names = ["get", "head", "options"]
    template_name = "agreements/indicator_import_preview.html"
    extra_context = MENU

    def get_plan(self) -> ImportPlan:
        pending = self.subject
        return plan_import(
            bytes(pending.content),
            pending.file_name,
            agreement=pending.agreement,
            indicator=pending.indicator,
            table_row=pending.table_row,
            today=timezone.localdate(),
        )

    def get_context_data(self, **context):
        plan = self.get_plan()
        page = Paginator(plan.faults or plan.changes, PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(plan=plan, page_obj=page, **context)


class IndicatorImportConfirm(CostlyMixin, PendingFileMixin, ActionPage):
    """Read the file in for real, if that still does what was shown."""

    is_loaded = False

    def perform(self):
        pending = self.subject
        plan = load_values(
            agreement=pending.agreement,
            content=bytes(pending.content),
            file_name=pending.file_name,
            indicator=pending.indicator,
            table_row=pending.table_row,
            by=self.request.user,
            today=timezone.localdate(),
            expected_digest=self.request.POST.get("digest", ""),
        )
        pending.delete()
        self.is_loaded = True
        return f"Filen är inläst. {plan.summary}"

    def get_success_url(self):
        if not self.is_loaded:
            return reverse("agreements:indicator_import_preview", args=[self.subject.pk])
        if self.subject.indicator:
            return self.subject.indicator.get_absolute_url()
        return reverse("agreements:indicator_list", args=[self.subject.agreement_id])
