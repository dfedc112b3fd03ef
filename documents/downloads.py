"""Handing out files that people have put in: as downloads, never shown inside the portal."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def download(file: FieldFile, *, file_name: str, content_type: str) -> FileResponse:
    """Answer with a stored file under the name it came with.

    Raises:
        Http404: the file is no longer in the store.
    """
    try:
        opened = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Filen finns inte kvar.") from error
    response = FileResponse(opened, as_attachment=True, filename=file_name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # Should a browser open it all the same, nothing in it can run.
    response["Content-Security-Policy"] = "sandbox"
    return response
