from django.views.generic import View


class DocumentCreate(View):
    """Being built."""


class DocumentDownload(View):
    """Being built."""


class DocumentDelete(View):
    """Being built."""
