"""The files that lie in a PDF, read back."""

import io


def attached_file(pdf: bytes, name: str) -> bytes | None:
    """The file of that name; None where the PDF has none.

    Raises:
        ValueError: it cannot be read as a PDF.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if name not in document.attachments:
                return None
            return document.attachments[name].get_file().read_bytes()
    except pikepdf.PdfError as error:
        raise ValueError("Not a PDF that can be read.") from error
