"""Receiving files without letting a huge one fill memory or disk."""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from documents.file_types import MAX_BYTES


class OversizedFile(UploadedFile):
    """Stands for a file that was too large to keep: it knows its size and name and has no content."""


class CappedUploadHandler(FileUploadHandler):
    """Stop keeping a file once it passes `MAX_BYTES`.

    Put it first in FILE_UPLOAD_HANDLERS. The rest of the file is read and thrown away, so that the form can
    still be shown again with its other values and say how large the file was.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data, start):
        self._received += len(raw_data)
        return raw_data if self._received <= MAX_BYTES else None

    def file_complete(self, file_size):
        if file_size <= MAX_BYTES:
            return None
        return OversizedFile(
            file=BytesIO(),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
