"""How a report is shown: its parts in order, what it says of itself, and how its pages break."""

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from reports.content.of_kinds import CouncilGoal, CouncilSection, PublicActivity, PublicArea, PublicSection
from reports.content.report import (
    AssessedLine,
    Correction,
    DecisionRequest,
    DoneLine,
    FigureGroup,
    FigureRow,
    FollowUpLine,
    PromisedGroup,
)
from reports.content.since_last import SinceLast
from reports.parts import parts_of
from reports.rendering import first_page, render_report_html, render_report_pdf, report_context
from tests.reports.contents import (
    DRAFT,
    ISSUED,
    WORKING_COPY,
    activity_section,
    focus_area_section,
    report_content,
    written,
)

LONG = "Arbetet har gått framåt, men två aktiviteter väntar på besked som bara styrgruppen kan ge. "


def headings(html: str) -> list[tuple[str, str]]:
    """The second-level headings: anchor and text."""
    found = re.findall(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', html, flags=re.DOTALL)
    return [(anchor, " ".join(re.sub(r"<[^>]+>", " ", text).split())) for anchor, text in found]


def words_of(pdf: bytes, *, page: int | None = None) -> str:
    chosen = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run(["pdftotext", "-layout", *chosen, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def page_total(pdf: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(pdf)).pages)


# --- Which parts, in which order ---


def test_report_has_the_sections_that_are_chosen_in_its_own_order():
    report = report_content(sections=("since_last", "promised", "law", "plan"), since_last=SinceLast())

    html = render_report_html(report, status=DRAFT)

    assert headings(html) == [
        ("sammanfattning", "Sammanfattning"),
        ("sedan", "Sedan förra rapporten"),
        ("lovat", "Lovat och hållet"),
        ("lagen", "Lagens klockor"),
        ("bilaga", "Bilaga: åtgärdsplanen"),
    ]


def test_report_numbers_its_annexes_where_there_are_two():
    report = report_content(sections=("notes", "plan"))

    assert [part.title for part in parts_of(report, first_page(report))] == [
        "Bilaga 1: så har vi räknat",
        "Bilaga 2: åtgärdsplanen",
    ]


def test_report_has_no_heading_for_what_is_not_there():
    report = report_content(sections=("since_last", "situation", "closing", "grants", "problems"), decisions=())

    html = render_report_html(report, status=DRAFT)

    assert headings(html) == [("sammanfattning", "Sammanfattning")]
    assert "Beslut som begärs" not in html


def test_report_says_what_people_wrote_before_what_was_gathered():
    report = report_content(
        sections=("focus_areas",),
        written=written(
            summary=LONG * 20, conclusions="Vi går vidare.\n\nTillsammans.", police_comment="Vi instämmer."
        ),
    )
    report = replace(report, focus_areas=(replace(report.focus_areas[0], comment="Området växer."),))

    html = render_report_html(report, status=DRAFT)

    assert [anchor for anchor, _ in headings(html)] == [
        "sammanfattning",
        "samordnarens-sammanfattning",
        "slutsatser",
        "polisens-kommentar",
        "fokusomrade-1",
    ]
    assert "<p>Vi går vidare.</p>\n\n<p>Tillsammans.</p>" in html
    assert "<h3>Kommentar</h3>\n      <p>Området växer.</p>" in html


def test_page_lists_the_same_parts_as_the_report():
    report = report_content(sections=("focus_areas", "law"), areas=2)

    context = report_context(report, status=DRAFT)

    assert [(entry.anchor, entry.short_title) for entry in context["contents"]] == [
        ("fokusomrade-1", "Fokusområde 1"),
        ("fokusomrade-2", "Fokusområde 2"),
        ("lagen", "Lagens klockor"),
    ]


# --- What it says of itself ---


def test_report_on_a_focus_area_says_what_it_is_called():
    report = report_content(kind="focus_area")

    context = report_context(report, status=DRAFT)

    assert context["kind_line"] == "Rapport om fokusområde 1: öka känslan av trygghet, utkast"
    assert context["margins"]["header"] == "Rapport om fokusområde 1, KS/2023:305"


@pytest.mark.parametrize(
    ("status", "line", "version", "made"),
    [
        (DRAFT, "Uppföljningsrapport, utkast", "Utkast, läget den 30 juni 2026", "1 september 2026 av Maja Lind"),
        (
            WORKING_COPY,
            "Uppföljningsrapport, arbetsexemplar",
            "Arbetsexemplar, läget den 30 juni 2026",
            "1 september 2026 av Maja Lind",
        ),
        (ISSUED, "Uppföljningsrapport", "KS/2026:411, utfärdad 1 september 2026", "1 september 2026 av Maja Lind"),
    ],
)
def test_report_says_how_far_it_has_come(status, line, version, made):
    html = render_report_html(report_content(), status=status)

    assert f'<p class="kind">{line}</p>' in html
    assert f'data-version="{version}"' in html
    assert f"<dd>{made}</dd>" in html


def test_report_says_which_it_replaces_and_why():
    correction = Correction("Uppföljning våren", "KS/2026:300", "1 juli 2026", "Antalet möten var fel.")

    html = render_report_html(report_content(written=written(correction=correction)), status=ISSUED)

    assert "<b>Ersätter KS/2026:300</b>, ”Uppföljning våren”, utfärdad 1 juli 2026." in html
    assert "<b>Rättad:</b> Antalet möten var fel." in html


def test_residents_report_has_no_internal_words():
    area = PublicArea(
        "fokusomrade-1",
        "Trygghet",
        ("Fler områden",),
        (PublicActivity("Grannsamverkan", "Grannar hjälps åt.", "ongoing", "Pågår", "Polisen", "Åkarp"),),
    )
    report = report_content(
        kind="public",
        sections=("focus_areas",),
        public=PublicSection("Burlövs kommun", (area,), ()),
        assessed=(),
        decisions=(),
        figures=(),
        focus_areas=(),
        registration_note="Överenskommelsen lades in i portalen den 1 december 2025.",
        written=written(heading="Så arbetar vi", police_comment="Bra."),
    )

    html = render_report_html(report, status=ISSUED)

    assert "Grannar hjälps åt." in html
    assert "<h1>Så arbetar vi</h1>" in html
    for internal in (
        "Maja Lind",
        "Arbetsexemplar",
        "portalen den",
        "Mindre avvikelse",
        "Beslut som begärs",
        "styrgrupp",
    ):
        assert internal not in html


# --- The first page ---


def test_first_page_has_all_decisions_where_there_is_room():
    report = report_content(written=written(decisions_asked=("Förlänga överenskommelsen.",)))

    html = render_report_html(report, status=DRAFT)

    assert "<li><b>1.1 Grannsamverkan:</b> Flytta slutdatum till 30 april 2027.</li><li>Förlänga" in html
    assert "beslut-som-begars" not in html


def test_first_page_has_summary_and_five_decisions_where_both_fit():
    reasons = (LONG, LONG, "Få kontaktombud.", "Få kontaktombud.", "Få kontaktombud.")
    figures = tuple(
        FigureGroup(heading, tuple(FigureRow(label, "4 av 9", "0 av 9", "+4") for label in labels))
        for heading, labels in (
            ("Aktiviteter", ("Enligt plan", "Mindre avvikelse", "Större avvikelse", "Ej bedömd")),
            ("Åtaganden", ("Kommunen", "Polisen", "Gemensamt", "Övriga", "Utan antal, följs upp i ord")),
            ("I tid", ("Försenade aktiviteter", "Försenade uppföljningar")),
        )
    )
    report = report_content(
        summary=(*(LONG,) * 4, "Försenade eller med större avvikelse: 1.1 Grannsamverkan och 1.2 TuBen, " * 2),
        assessed=tuple(AssessedLine("yellow", "Mindre avvikelse", "1.2 TuBen", True, reason) for reason in reasons),
        decisions=(DecisionRequest("1.1 Grannsamverkan", LONG),) * 3,
        figures=figures,
        has_example_work=True,
        written=written(
            summary=LONG * 3, decisions_asked=("Fördela kostnaden.", "Utse processledare."), to="Styrgruppen"
        ),
    )

    pdf = render_report_pdf(report, status=replace(DRAFT, by="Brottsförebyggande samordnare"))

    page = " ".join(words_of(pdf, page=1).split())
    assert page.count("Arbetet har gått framåt") == 3 + 4 + 2 + 3
    assert page.count("1.2 TuBen") == 5 + 2
    assert "5. Utse processledare." in page
    assert "Alla beslut som begärs" not in page


def test_first_page_says_whom_the_report_is_for():
    report = report_content(written=written(to="Styrgruppen, 3 december 2026"))

    context = report_context(report, status=ISSUED)

    assert context["imprint"] == [
        ("Period", "1 januari–30 juni 2026"),
        ("Läget den", "30 juni 2026"),
        ("Till", "Styrgruppen, 3 december 2026"),
        ("Diarienummer", "KS/2026:411"),
        ("Utfärdad", "1 september 2026 av Maja Lind"),
    ]


def test_text_goes_on_after_decisions_where_the_page_tells_nothing_else_of_the_work():
    report = report_content(kind="promises", sections=("promised",), assessed=(), focus_areas=())

    pdf = render_report_pdf(report, status=DRAFT)

    page = words_of(pdf, page=1)
    assert page_total(pdf) == 1
    assert page.index("Beslut som begärs av styrgruppen") < page.index("Lovat och hållet\n")


def crowded(**fields):
    """Everything that can stand on a first page, as long as it gets."""
    line = AssessedLine("red", "Större avvikelse", "1.1 " + "Grannsamverkan i Åkarp och Arlöv " * 3, True, LONG)
    asked = DecisionRequest("1.1 Grannsamverkan", LONG * 4)
    return report_content(
        title="Samverkan mellan Burlövs kommun och lokalpolisområde Kävlinge " * 2,
        summary=(LONG,) * 5,
        assessed=(line,) * 8,
        decisions=(asked,) * 9,
        has_example_work=True,
        registration_note=LONG,
        written=written(
            heading="Uppföljning " * 16,
            summary=LONG * 7,
            decisions_asked=(LONG,) * 5,
            correction=Correction(LONG, "KS/2026:300", "1 juli 2026", LONG * 3),
        ),
        **fields,
    )


def test_first_page_leaves_to_later_what_it_has_no_room_for():
    report = crowded()

    page = first_page(report)

    assert page.summary == ""
    assert (len(page.assessed), page.assessed_left_out) == (1, "Ytterligare sju aktiviteter")
    assert (len(page.decisions), page.decisions_left_out) == (3, "elva beslut")
    assert [part.anchor for part in parts_of(report, page)[:2]] == ["beslut-som-begars", "samordnarens-sammanfattning"]


def test_council_report_leaves_out_nothing_that_is_written():
    texts = written(
        summary=LONG * 30,
        conclusions="Mer kvar.",
        decisions_asked=(LONG * 30,),
        police_comment="Vi håller det vi lovar.",
    )
    section = CouncilSection(agreement=(), done=(), goals_sentence="", goals=(), goals_left_out=0, coming=())
    report = report_content(
        kind="council", sections=(), council=section, assessed=(), decisions=(), figures=(), summary=(), written=texts
    )

    html = render_report_html(report, status=DRAFT)

    assert [anchor for anchor, _ in headings(html)] == [
        "sammanfattning",
        "polisens-kommentar",
        "slutsatser",
        "det-ar-gjort",
        "lovat",
        "lagen",
        "kommer",
    ]
    assert "Vi håller det vi lovar." in html
    # The summary and the decision, each in full.
    assert html.count(LONG.strip()) == 30 + 30


# --- On paper ---


@pytest.mark.parametrize(("summary", "conclusions"), [(6, 5), (21, 17)])
def test_council_report_is_one_page_whatever_is_written(summary, conclusions):
    section = CouncilSection(
        agreement=(LONG * 3,),
        done=(LONG,) * 9,
        goals_sentence=LONG,
        goals=(CouncilGoal("Fler områden har grannsamverkan", "12", "15", "På väg"),) * 5,
        goals_left_out=2,
        coming=(LONG,) * 2,
    )
    report = report_content(
        kind="council",
        sections=("promised", "law"),
        council=section,
        focus_areas=(),
        assessed=(),
        decisions=(),
        figures=(),
        summary=(),
        promised=(PromisedGroup("Polisen", LONG, ()),) * 4,
        written=written(
            heading="Det brottsförebyggande arbetet 2026", summary=LONG * summary, conclusions=LONG * conclusions
        ),
    )

    pdf = render_report_pdf(report, status=ISSUED)

    assert page_total(pdf) == 1
    assert words_of(pdf).count("framåt") == summary + 3 + 9 + 1 + 2 + 4 + conclusions


def test_short_report_has_no_contents_and_a_long_one_has_page_numbers():
    # Texts that the guess of the number of pages knows nothing of.
    activities = tuple(activity_section(f"1.{number}", text=LONG * 25) for number in range(1, 13))
    area = focus_area_section(activities=0)
    report = report_content(sections=("focus_areas",))

    short, long = (
        render_report_pdf(replace(report, focus_areas=(replace(area, activities=some),)), status=ISSUED)
        for some in (activities[:2], activities)
    )

    assert "Innehåll" not in words_of(short)
    listed = words_of(long, page=2)
    assert "Innehåll" in listed
    assert re.search(r"Fokusområde 1: Öka känslan av trygghet[ .]+2\n", listed)
    last = int(re.search(r"1\.12 Grannsamverkan[ .]+(\d+)\n", listed)[1])
    assert "1.12 Grannsamverkan" in words_of(long, page=last)


def test_long_report_breaks_well():
    done = tuple(DoneLine("1 mars 2026", LONG) for _ in range(4))
    areas = tuple(
        focus_area_section(
            number,
            activities=0,
            title="Trygghet " * number,
            comment=LONG * number,
        )
        for number in range(1, 7)
    )
    areas = tuple(
        replace(
            area,
            activities=tuple(
                activity_section(f"{place}.{number}", text=LONG * (1 + (place + number) % 5), done=done[: number % 4])
                for number in range(1, 6)
            ),
        )
        for place, area in enumerate(areas, start=1)
    )
    line = crowded().promised[0].lines[0]
    report = crowded(focus_areas=areas, promised=(PromisedGroup("Polisen", LONG, (line,) * 47),))

    pdf = render_report_pdf(report, status=ISSUED)

    pages = [words_of(pdf, page=number + 1) for number in range(page_total(pdf))]
    assert len(pages) > 15
    # The first page is whole, and nothing of it has run over.
    assert "Alla beslut som begärs i sin helhet" in pages[0]
    assert [line.strip() for line in pages[1].splitlines() if line.strip()][1] == "Innehåll"
    for number, page in enumerate(pages, start=1):
        lines = [text.strip() for text in page.splitlines() if text.strip()]
        assert f"{number} ({len(pages)})" in page
        assert number == 1 or "KS/2026:411, utfärdad 1 september 2026" in lines[0]
        above_footer = lines[:-2]
        assert not re.match(
            r"\d\.\d Grannsamverkan$|Fokusområde \d|Gjort under perioden|Bilaga|Trygghet", above_footer[-1]
        )
    kept = [page for page in pages if "Väntas inte hållas" in page]
    assert len(kept) > 1
    for page in kept:
        assert re.search(r"Aktivitet +Åtagande +Lovat +Gjort +Prognos", page)
        assert page.count("Väntas inte hållas") > 1


def test_activity_begins_where_there_is_room_for_its_beginning():
    done = tuple(DoneLine("1 mars 2026", LONG) for _ in range(5))
    follow_up = FollowUpLine("1 juni 2026", "process", "fortsätt", LONG, "Godkänd.")
    activities = tuple(
        activity_section(f"1.{number}", text=LONG * 2, done=done, follow_ups=(follow_up,)) for number in range(1, 8)
    )
    area = replace(focus_area_section(activities=0), activities=activities)
    report = report_content(sections=("focus_areas",), focus_areas=(area,))

    pdf = render_report_pdf(report, status=ISSUED)

    assert [empty < 80 for empty in empty_millimetres(pdf)[1:-1]] == [True] * 4


def empty_millimetres(pdf: bytes) -> list[float]:
    """How much of each page is empty between its last line and its footer."""
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    empty = []
    for page in boxes.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page)[1])
        room = height - 23 / 25.4 * 72
        lines = [float(bottom) for bottom in re.findall(r'yMax="([\d.]+)"', page)]
        empty.append((room - max(line for line in lines if line < room)) / 72 * 25.4)
    return empty


def test_hostile_titles_stay_within_their_page():
    wide = "W" * 200
    report = report_content(
        title=wide,
        parties=wide,
        agreement_title=wide,
        reference_number=wide[:50],
        sections=("focus_areas", "promised", "plan"),
        focus_areas=(focus_area_section(title=wide, activities=0),),
        summary=(wide,),
        written=written(heading=wide, decisions_asked=(wide,), conclusions=wide * 3),
    )
    report = replace(
        report,
        focus_areas=(
            replace(report.focus_areas[0], activities=(activity_section(title=wide, text=wide, actors=wide),)),
        ),
    )

    pdf = render_report_pdf(report, status=DRAFT)

    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for page in boxes.split("<page ")[1:]:
        width = float(re.search(r'width="([\d.]+)"', page)[1])
        assert max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', page)) < width - 55
