"""The report as a file: what a machine, a screen reader and a person find in it."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest

from accounts.history import recording
from reports.rendering import render_follow_up_html, render_follow_up_pdf, report_file_name
from tests.factories import (
    at,
    make_activity,
    make_agreement,
    make_commitment,
    make_focus_area,
    make_log_entry,
    make_status_update,
)
from tests.hostile import HOSTILE
from tests.reports.scenario import ENDS_ON, STARTS_ON, activity_of, day

_printed: list[bytes] = []


@pytest.fixture
def pdf(request) -> bytes:
    """The scenario's report, printed once for all who only look at it."""
    if not _printed:
        _printed.append(render_follow_up_pdf(request.getfixturevalue("burlov"), STARTS_ON, ENDS_ON))
    return _printed[0]


def text_of(pdf: bytes, *, page: int | None = None) -> str:
    pages = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run(["pdftotext", "-layout", *pages, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def tags(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree."""
    found, waiting = [], [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(element)
            if "/K" in element:
                waiting.append(element.K)
    return found


def test_pdf_is_tagged_swedish_with_title_author_and_bookmarks(pdf):
    assert pdf.startswith(b"%PDF")
    document = pikepdf.open(io.BytesIO(pdf))

    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "sv"
    assert str(document.docinfo.Title) == "Uppföljningsrapport 1 januari–30 juni 2026, KS/2023:305"
    assert str(document.docinfo.Author) == "Burlövs kommun och lokalpolisområde Kävlinge"
    with document.open_outline() as outline:
        assert [(item.title, len(item.children)) for item in outline.root] == [
            ("Sammanfattning", 0),
            (
                "Fokusområde 1: Genom preventiva åtgärder förebygga att ungdomar hamnar i drogberoende, kriminalitet "
                "och utanförskap",
                2,
            ),
            ("Fokusområde 2: Förebygga och minska våld i nära relation och våld mot barn", 2),
            ("Fokusområde 3: Öka känslan av trygghet och förebygga mängdbrott", 5),
            ("Lovat och hållet", 0),
            ("Beslut", 0),
            ("Barnets bästa", 0),
            ("Lagens klockor", 0),
            ("Bilaga 1: så har vi räknat", 0),
            ("Bilaga 2: åtgärdsplanen", 0),
        ]


def test_pdf_embeds_its_own_font_and_no_other(pdf):
    document = pikepdf.open(io.BytesIO(pdf))
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]

    assert fonts
    for font in fonts:
        assert "Source-Sans-Pro" in str(font.BaseFont).replace("SourceSansPro", "Source-Sans-Pro")
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_pdf_tags_table_heads_and_figures(pdf):
    document = pikepdf.open(io.BytesIO(pdf))
    found = tags(document)
    heads = [tag for tag in found if tag.S == "/TH"]
    figures = [tag for tag in found if tag.S == "/Figure"]

    named = {str(head.ID) for head in heads}
    assert len([tag for tag in found if tag.S == "/Caption"]) == len([tag for tag in found if tag.S == "/Table"]) == 10
    assert len(named) == len(heads) > 50
    for cell in (tag for tag in found if tag.S == "/TD"):
        assert {str(name) for name in cell.A.Headers} & named
    assert sorted({str(figure.Alt) for figure in figures}) == [
        "100 procent",
        "25 procent",
        "50 procent",
        "60 procent",
        "75 procent",
    ]
    assert {"/H1", "/H2", "/H3"} <= {str(tag.S) for tag in found}


def test_pdf_first_page_tells_what_is_on_plan_and_what_is_not(pdf):
    page = " ".join(text_of(pdf, page=1).split())

    for said in (
        "Samverkan mellan Burlövs kommun och lokalpolisområde Kävlinge",
        "Fyra av nio aktiviteter går enligt plan",
        "Enligt plan 1.1 SSPU-gruppen, 2.1 Våld i nära relation och hedersrelaterat våld",
        "3.4 Avhopparverksamhet (försenad)",
        "Kostnadsfördelningen är inte avgjord",
        "Kommunen 1 av 5 0 av 5 +1",
        "Beslut som begärs av styrgruppen",
        "avgöra hur kostnaden för 2027 fördelas mellan parterna.",
    ):
        assert said in page


def test_pdf_margins_come_from_the_agreement(burlov):
    burlov.has_example_work = True
    burlov.save()

    pdf = render_follow_up_pdf(burlov, STARTS_ON, ENDS_ON)

    first, second = (text_of(pdf, page=number) for number in (1, 2))
    assert "Uppföljningsrapport av samverkansöverenskommelsen KS/2023:305" not in first
    assert "Uppföljningsrapport av samverkansöverenskommelsen KS/2023:305" in second
    assert "Arbetsexemplar, läget den 30 juni 2026" in second
    assert "Exempel: genomfört arbete, status och datum är påhittade" in second
    assert first.count("Exempel: genomfört arbete, status och datum är påhittade") == 2
    assert "2 (" in second


def test_pdf_of_an_earlier_day_is_what_was_true_then(burlov):
    make_status_update(activity_of(burlov, "Avhopparverksamhet"), text="Rutinen är klar.")

    june, november = (text_of(render_follow_up_pdf(burlov, STARTS_ON, end)) for end in (ENDS_ON, day(11, 23)))

    assert "Rutinen är klar." not in june
    assert "Rutinen är klar." in november


def test_pdf_of_an_empty_agreement(db, frozen_today):
    agreement = make_agreement(reference_number="", starts_on=None, ends_on=None)
    agreement.parties.all().delete()

    pdf = render_follow_up_pdf(agreement, STARTS_ON, ENDS_ON)

    assert "Planen har inga aktiviteter än." in text_of(pdf)


def test_pdf_survives_hostile_texts(db, frozen_today):
    with recording(at=at(day(1, 2))):
        agreement = make_agreement(title=HOSTILE[3], reference_number=HOSTILE[5])
        area = make_focus_area(agreement, title=HOSTILE[0])
        for hostile in HOSTILE:
            activity = make_activity(area, title=hostile[:200], lead=[agreement.municipality])
            commitment = make_commitment(activity, text=hostile[:200], unit=hostile[:50])
            make_status_update(activity, "delayed", "red", text=hostile, reason=hostile, decision_requested=hostile)
            make_log_entry(activity, commitment=commitment, quantity=2, happened_on=day(2, 1), text=hostile)

    pdf = render_follow_up_pdf(agreement, STARTS_ON, ENDS_ON)

    text = text_of(pdf)
    assert "<script>alert('x')</script>" in text
    assert "{{ 7|add:7 }}" in text
    assert 'av samverkansöverenskommelsen " onload="x" data-header="' in text
    # Its own data, and nothing that a text asked for.
    with pikepdf.open(io.BytesIO(pdf)) as document:
        carried = set(document.attachments.keys())
    assert {name for name in carried if not name.endswith(".csv")} == {"data.json"}
    assert "passwd" not in "".join(carried)


def test_pdf_breaks_no_heading_from_its_text(db, frozen_today):
    with recording(at=at(day(1, 2))):
        agreement = make_agreement()
        area = make_focus_area(agreement, title="Många")
        for number in range(30):
            activity = make_activity(area, title=f"Kort {number}", lead=[agreement.municipality])
            make_log_entry(activity, happened_on=day(2, 1), text="Vi gick. " * (number % 7 + 1))

    pdf = render_follow_up_pdf(agreement, STARTS_ON, ENDS_ON)

    count = len(pikepdf.open(io.BytesIO(pdf)).pages)
    for number in range(2, count + 1):
        lines = [line for line in text_of(pdf, page=number).splitlines() if line.strip()]
        assert not re.fullmatch(r"\s*1\.\d+\s+Kort \d+\s*", lines[-2]), lines
        assert "Gjort under perioden" not in lines[-2], lines


def test_html_holds_no_styles_of_its_own(burlov):
    html = render_follow_up_html(burlov, STARTS_ON, ENDS_ON)

    assert " style=" not in html
    assert "<style" not in html
    assert '<html lang="sv">' in html
    assert '<meta name="description" content="Uppföljning av samverkansöverenskommelsen KS/2023:305' in html


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("KS/2023:305", "uppfoljningsrapport-KS-2023-305-2026-06-30.pdf"),
        ('"; rm -rf /', "uppfoljningsrapport-rm-rf-2026-06-30.pdf"),
        ("åäö", "uppfoljningsrapport-7-2026-06-30.pdf"),
        ("", "uppfoljningsrapport-7-2026-06-30.pdf"),
    ],
)
def test_report_file_name_is_plain(reference, name):
    from agreements.models import Agreement

    assert report_file_name(Agreement(pk=7, reference_number=reference), ENDS_ON) == name


def test_pdftotext_is_there():
    assert shutil.which("pdftotext"), "poppler-utils is needed: scripts/set-up installs it"
