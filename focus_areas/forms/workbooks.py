from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import PortalFormMixin
from documents.file_types import safe_file_name
from documents.workbooks import read_workbook
from documents.workbooks.tables import MAX_BYTES
from focus_areas.sheets import SHEETS


class WorkbookUploadForm(PortalFormMixin, forms.Form):
    """Choose an agreement's workbook. A file that is none is refused here; faults in its rows are for the preview."""

    file = forms.FileField(
        label="Arbetsbok",
        help_text=f"Excel (.xlsx) eller YAML (.yaml), högst {MAX_BYTES // 1024**2} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
        error_messages={
            "empty": "Filen är tom.",
            "missing": "Ingen fil kom fram. Välj den igen.",
            "invalid": "Ingen fil kom fram. Välj den igen.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "Välj en fil."

    def clean_file(self):
        """Read the file once; clean to its name and content."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            megabytes = f"{file.size / 1024**2:.1f}".replace(".", ",")
            raise ValidationError(f"Filen är {megabytes} MB. Den får vara högst {MAX_BYTES // 1024**2} MB.")
        name, content = safe_file_name(file.name), file.read()
        _, faults = read_workbook(content, name, SHEETS)
        for fault in faults:
            if fault.sheet is None:
                raise ValidationError(str(fault))
        return name, content
