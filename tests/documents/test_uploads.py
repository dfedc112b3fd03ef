import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from documents.file_types import MAX_BYTES, UnacceptableFile, validate_upload
from documents.uploads import CappedUploadHandler, OversizedFile


def receive(content):
    body = encode_multipart(BOUNDARY, {"fil": SimpleUploadedFile("a.pdf", content), "ord": "kvar"})
    handlers = [CappedUploadHandler(), TemporaryFileUploadHandler()]
    meta = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
    post, files = MultiPartParser(meta, _Stream(body), handlers).parse()
    stored = handlers[1].file.tell() if hasattr(handlers[1], "file") and not handlers[1].file.closed else None
    for handler in handlers[1:]:
        if hasattr(handler, "file"):
            handler.file.close()
    return post, files["fil"], stored


class _Stream:
    def __init__(self, body):
        self._body, self._at = memoryview(body), 0

    def read(self, size):
        piece = bytes(self._body[self._at : self._at + size])
        self._at += len(piece)
        return piece


def test_oversized_upload_is_discarded_but_its_size_is_known():
    post, file, stored = receive(b"x" * (40 * 1024**2))

    assert isinstance(file, OversizedFile)
    assert (file.name, file.size, post["ord"]) == ("a.pdf", 40 * 1024**2, "kvar")
    assert stored <= MAX_BYTES
    with pytest.raises(UnacceptableFile, match="40,0 MB"):
        validate_upload(file)


def test_upload_at_the_limit_is_kept():
    _, file, _ = receive(b"x" * MAX_BYTES)

    assert not isinstance(file, OversizedFile)
    assert file.size == MAX_BYTES
