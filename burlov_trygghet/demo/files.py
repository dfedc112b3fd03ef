"""Small real files to put beside log entries; each says itself that it is an example."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from burlov_trygghet.demo.year import Logged
from documents.pdf import render_pdf


def example_file(kind: str, logged: Logged) -> SimpleUploadedFile:
    if kind == "png":
        return SimpleUploadedFile("Skiss.png", example_picture(), "image/png")
    return SimpleUploadedFile("Minnesanteckning.pdf", example_note(logged), "application/pdf")


def example_note(logged: Logged) -> bytes:
    return render_pdf(
        '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Minnesanteckning (exempel)</title></head>'
        f"<body><h1>Minnesanteckning</h1><p>{logged.day:%Y-%m-%d}. {logged.text}</p>"
        "<p>Det här är ett exempel. Innehållet är påhittat.</p></body></html>"
    )


def example_picture() -> bytes:
    """A sketch of a yard: three houses, a path and some bushes."""
    picture = Image.new("RGB", (480, 320), "#eef3f0")
    draw = ImageDraw.Draw(picture)
    for left in (40, 190, 340):
        draw.rectangle((left, 40, left + 100, 110), outline="#33524a", width=4)
    draw.line((20, 300, 240, 170, 460, 300), fill="#a08a5b", width=14, joint="curve")
    for left in (110, 300):
        draw.ellipse((left, 190, left + 60, 240), fill="#7da088")
    draw.text((20, 12), "EXEMPEL", fill="#33524a")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()
