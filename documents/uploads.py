"""Receiving files without letting a huge one fill memory or disk."""

from django.core.files.uploadhandler import FileUploadHandler

from documents.file_types import MAX_BYTES


class CappedUploadHandler(FileUploadHandler):
    """Stop keeping a file once it passes `MAX_BYTES`.

    Put it first in FILE_UPLOAD_HANDLERS. The rest of the file is read and thrown away, so that the form can
    still be shown again with its other values. The handlers after this one complete the file with its true size,
    so validation sees how large it was, though no more than the cap has been kept.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data, start):
        self._received += len(raw_data)
        return raw_data if self._received <= MAX_BYTES else None

    def file_complete(self, file_size):
        return None
