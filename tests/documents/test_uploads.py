import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParser
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from documents.file_types import MAX_BYTES, UnacceptableFile, validate_upload
from documents.uploads import CappedUploadHandler


def receive(content):
    body = encode_multipart(BOUNDARY, {"fil": SimpleUploadedFile("a.pdf", content), "ord": "kvar"})
    meta = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
    handlers = [CappedUploadHandler()]
    post, files = MultiPartParser(meta, _Stream(body), handlers).parse()
    return post, files["fil"]


class _Stream:
    def __init__(self, body):
        self._body, self._at = memoryview(body), 0

    def read(self, size):
        piece = bytes(self._body[self._at : self._at + size])
        self._at += len(piece)
        return piece


def test_oversized_upload_is_discarded_but_its_size_is_known():
    post, file = receive(b"x" * (40 * 1024**2))

    with file:
        assert (file.name, file.size, post["ord"]) == ("a.pdf", 40 * 1024**2, "kvar")
        assert os.path.getsize(file.temporary_file_path()) <= MAX_BYTES
        with pytest.raises(UnacceptableFile, match="40,0 MB"):
            validate_upload(file)


def test_upload_at_the_limit_is_kept_whole():
    _, file = receive(b"x" * MAX_BYTES)

    with file:
        assert file.size == MAX_BYTES
        assert os.path.getsize(file.temporary_file_path()) == MAX_BYTES
