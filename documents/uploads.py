"""Receiving files without letting a huge one fill memory or disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from documents.file_types import MAX_BYTES


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Receive files on disk, and stop keeping one that passes `MAX_BYTES`.

    The rest of it is read and thrown away, so that the form can still be shown again with its other values, and the
    file knows its true size, so that validation can say how large it was.
    """

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= MAX_BYTES:
            return super().receive_data_chunk(raw_data, start)
        return None
