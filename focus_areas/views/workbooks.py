from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import FormView, TemplateView, View

from agreements.access import Capability, Refused, require_unlocked
from agreements.costly_pages import CostlyMixin
from agreements.models import Agreement
from agreements.pages import ActionPage, FormPage, SubjectMixin
from documents.file_types import XLSX, safe_file_name
from documents.workbooks import write_xlsx, write_yaml
from focus_areas import workbook
from focus_areas.forms.workbooks import WorkbookUploadForm
from focus_areas.models import PendingWorkbook

PER_PAGE = 50
FAULTS_SHOWN = 200
PREVIEW_SECONDS = 60 * 60
WRITERS = {"xlsx": (write_xlsx, XLSX.content_type), "yaml": (write_yaml, "application/yaml")}


class WorkbookView(FormPage):
    """What the workbook is, the workbook itself, and the way back in for a changed one."""

    subject_model = Agreement
    capability = Capability.MANAGE
    writes = False
    template_name = "focus_areas/workbook.html"
    form_class = WorkbookUploadForm
    heading = "Arbetsbok"
    submit_label = "Granska arbetsboken"

    def check_access(self):
        super().check_access()
        if self.request.method == "POST":
            require_unlocked(self.subject)

    def post(self, request, *args, **kwargs):
        """Nothing in the agreement changes yet: others need not wait while the file is read."""
        return self.receive(request)

    def perform(self, form):
        name, content = form.cleaned_data["file"]
        mine = PendingWorkbook.objects.filter(uploaded_by=self.request.user)
        mine.delete()
        mine.create(agreement=self.subject, uploaded_by=self.request.user, file_name=name, content=content)

    def get_success_url(self):
        pending = PendingWorkbook.objects.filter(agreement=self.subject, uploaded_by=self.request.user).first()
        return reverse("focus_areas:workbook_preview", args=[pending.pk]) if pending else self.request.path

    def get_cancel_url(self):
        return self.subject.get_absolute_url()

    def get_context_data(self, **context):
        return super().get_context_data(
            menu_current="agreement", can_upload=not self.subject.is_closed, sheets=workbook.SHEETS, **context
        )


class WorkbookNewView(FormView):
    """A new agreement from a workbook, for the system administrator. There is nothing yet that it could write over."""

    template_name = "focus_areas/workbook_new.html"
    form_class = WorkbookUploadForm
    extra_context = {"menu_current": "agreement"}

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise Refused("Du får inte läsa in nya överenskommelser. Vänd dig till systemadministratören.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        name, content = form.cleaned_data["file"]
        tried = workbook.load(content, name, by=self.request.user, dry_run=True)
        if not tried.faults and Agreement.objects.filter(pk=tried.agreement.pk).exists():
            form.add_error("file", "Överenskommelsen finns redan. Ändra den från sidan Arbetsbok vid överenskommelsen.")
            return self.form_invalid(form)
        outcome = tried if tried.faults else workbook.load(content, name, by=self.request.user)
        if outcome.faults:
            count = len(outcome.faults)
            return self.render_to_response(
                self.get_context_data(form=form, fault_count=count, faults=outcome.faults[:FAULTS_SHOWN])
            )
        messages.success(self.request, "Överenskommelsen är inläst. Nästa steg är att fylla platserna i grupperna.")
        return HttpResponseRedirect(outcome.agreement.get_absolute_url())


class WorkbookDownloadView(CostlyMixin, SubjectMixin, View):
    http_method_names = ["get", "head", "options"]
    subject_model = Agreement
    capability = Capability.MANAGE

    def get(self, request, *args, suffix: str, **kwargs):
        if suffix not in WRITERS:
            raise Http404("no such format")
        write, content_type = WRITERS[suffix]
        made_at = workbook.newest_change()
        content = write(workbook.export(self.subject), workbook.SHEETS, made_at=made_at)
        name = safe_file_name(f"{self.subject.reference.replace('/', '-').replace(':', '-')}.{suffix}")
        return HttpResponse(
            content,
            content_type=content_type,
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
                "Cache-Control": "private, no-store",
            },
        )


class PendingWorkbookMixin(SubjectMixin):
    """A workbook between upload and confirmation is its uploader's own business."""

    subject_model = PendingWorkbook
    capability = Capability.MANAGE

    def get_subjects(self):
        visible = Agreement.objects.visible_to(self.request.user)
        return PendingWorkbook.objects.filter(agreement__in=visible).select_related("agreement", "uploaded_by")

    def check_access(self):
        super().check_access()
        require_unlocked(self.subject)
        if self.subject.uploaded_by != self.request.user:
            raise Refused("Arbetsboken är uppladdad av någon annan. Ladda upp den själv för att läsa in den.")

    @property
    def takes_back(self) -> bool:
        """Whether the file may write over what has been changed in the portal after it was made."""
        return "skriv-over" in (self.request.POST if self.request.method == "POST" else self.request.GET)

    def load(self, *, dry_run: bool) -> workbook.Outcome:
        pending = self.subject
        return workbook.load(
            bytes(pending.content),
            pending.file_name,
            by=self.request.user,
            dry_run=dry_run,
            expected_agreement=pending.agreement,
            takes_back=self.takes_back,
        )

    @property
    def preview_key(self) -> str:
        return f"workbook-preview-{self.subject.pk}-{self.takes_back}"


class WorkbookPreviewView(CostlyMixin, PendingWorkbookMixin, TemplateView):
    """What the uploaded workbook would change, or what is wrong with it. Nothing is saved."""

    http_method_names = ["get", "head", "options"]
    template_name = "focus_areas/workbook_preview.html"

    def get_preview(self) -> tuple[workbook.Changes, list]:
        """Tried out once and remembered for a while; the confirmation tries it again in any case."""
        preview = cache.get(self.preview_key)
        if preview is None:
            outcome = self.load(dry_run=True)
            preview = outcome.changes, outcome.faults
            cache.set(self.preview_key, preview, PREVIEW_SECONDS)
        return preview

    def get_context_data(self, **context):
        changes, faults = self.get_preview()
        page = Paginator(faults or changes.rows, PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            menu_current="agreement",
            changes=changes,
            fault_count=len(faults),
            page_obj=page,
            takes_back=self.takes_back,
            **context,
        )


class WorkbookConfirmView(CostlyMixin, PendingWorkbookMixin, ActionPage):
    """Load the workbook for real, if that still does what was shown."""

    is_loaded = False

    def perform(self):
        outcome = self.load(dry_run=False)
        if outcome.faults or outcome.changes.digest != self.request.POST.get("digest"):
            cache.delete(self.preview_key)
            raise ValidationError(
                "Något har ändrats sedan du granskade arbetsboken, så ingenting är inläst. Granska den igen."
            )
        self.subject.delete()
        self.is_loaded = True
        return f"Arbetsboken är inläst. {outcome.changes.summary}"

    def get_success_url(self):
        if self.is_loaded:
            return self.subject.agreement.get_absolute_url()
        return reverse("focus_areas:workbook_preview", args=[self.subject.pk])
