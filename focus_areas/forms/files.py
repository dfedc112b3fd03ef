from django import forms

from documents.file_types import validate_upload


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files, each judged by its content; cleans to a list."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        cleaned = [super(SeveralFilesField, self).clean(file, initial) for file in files]
        for file in cleaned:
            validate_upload(file)
        return cleaned
