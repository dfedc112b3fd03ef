"""The archive package: what is in it, that it can be checked, and that nothing leaves that should not."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from agreements.models import AgreementDocument, Group
from focus_areas.models import LogAttachment
from focus_areas.operations import adopt_plan
from meetings.models import Meeting
from meetings.operations import minutes as minutes_operations
from reports.archive import archive_file_name, write_archive
from reports.archive.collecting import CHANGED, INTERNAL, WHEN_ISSUED, days_of
from reports.archive.counting import years_of
from reports.archive.items import Entry, Kind
from reports.archive.names import Names, safe_name
from reports.archive.package import GONE, NAMED
from reports.models import IssuedDocument, Report
from tests.factories import (
    TODAY,
    as_person,
    at,
    group_of,
    make_activity,
    make_focus_area,
    make_log_entry,
    organisation_of,
)
from tests.meeting_factories import make_agenda_item, make_meeting
from tests.report_factories import freeze_report, make_issued_report, make_report
from tests.thread_factories import make_picture, make_picture_document, make_plan, make_problem

YEAR = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)}
PERSONAL_NUMBER = "811218-9876"


def make_document(
    agreement, by, *, file_name="avtal.pdf", title="Undertecknat avtal", content=b"%PDF-1.7 avtal", day=TODAY
):
    document = AgreementDocument(
        agreement=agreement,
        title=title,
        file_name=file_name,
        content_type="application/pdf",
        size=len(content),
        added_by=by,
        added_at=at(day),
    )
    document.file.save("fil", ContentFile(content))
    return document


def attach(entry, file_name: str, content: bytes = b"%PDF-1.7 karta") -> LogAttachment:
    attachment = LogAttachment(log_entry=entry, file_name=file_name, content_type="application/pdf", size=len(content))
    attachment.file.save("fil", ContentFile(content))
    return attachment


def approve(meeting: Meeting, *, by, approved_by) -> Meeting:
    minutes_operations.send_for_review(meeting=meeting, by=by)
    return minutes_operations.approve_minutes(meeting=meeting, by=approved_by)


@pytest.fixture
def activity(agreement, coordinator):
    lead = [organisation_of(agreement, "SF")]
    return make_activity(make_focus_area(agreement), title="Vandringar", lead=lead, responsible=coordinator)


@pytest.fixture
def whole(agreement, coordinator, police_liaison, activity):
    """One of everything in the year, and beside it what does not belong in the package."""
    make_issued_report(agreement, by=coordinator)
    make_issued_report(agreement, by=coordinator, title="Förra årets", issued_at=at(datetime.date(2025, 12, 31), 23))
    make_report(agreement, title="Ett utkast")
    group = group_of(agreement, Group.Kind.PREPARATION)
    meeting = make_meeting(group, datetime.date(2026, 10, 5), held=True)
    make_agenda_item(meeting, "Intern punkt", is_internal=True, minutes="Det här är internt.")
    approve(meeting, by=coordinator, approved_by=police_liaison)
    make_meeting(group, datetime.date(2026, 10, 19), held=True)
    picture = make_picture(agreement, adopted_on=datetime.date(2026, 3, 2))
    make_picture_document(picture, by=coordinator)
    working_material = make_picture(agreement, supersedes=picture, title="Hemligt arbetsmaterial")
    make_picture_document(working_material, by=coordinator)
    make_problem(working_material, "Hemligt problem")
    make_document(agreement, coordinator)
    attach(make_log_entry(activity, by=coordinator, happened_on=datetime.date(2026, 5, 4)), "karta.pdf")
    plan = make_plan(agreement, based_on=picture)
    adopt_plan(
        plan=plan, decided_on=datetime.date(2026, 11, 2), decided_by="Kommunstyrelsen", today=TODAY, by=coordinator
    )
    make_plan(agreement, based_on=picture)
    return agreement


def test_report_for_residents_is_masked_as_they_read_it(agreement, coordinator):
    focus_area = make_focus_area(agreement, title="Stöd till 3 familjer")
    make_activity(focus_area, title="2 killar", is_public=True, public_text="3 pojkar fick stöd.")
    title = "Om fyra ungdomar"
    words = {"title": title, "summary": "1 elev kom.", "ends_on": TODAY}
    freeze_report(make_report(agreement, kind=Report.Kind.PUBLIC, **words), by=coordinator)

    content, _ = package(agreement)
    files = opened(content)
    told = "\n".join([*files, *(text.decode() for name, text in files.items() if ".json" in name or ".html" in name)])

    assert "färre än 5 ungdomar" in told
    assert title not in told
    for shown in ("3 familjer", "2 killar", "3 pojkar", "1 elev"):
        assert shown not in told
    assert "Färre än 5 pojkar fick stöd." in told


def test_a_reports_period_is_said_once(agreement, coordinator):
    first_half = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 6, 30)}
    make_issued_report(agreement, by=coordinator, title="Uppföljning första halvåret 2026", **first_half)
    make_issued_report(agreement, by=coordinator, title="Håller vi ord?", reference_number="KS/2026:2", **first_half)

    _, entries = package(agreement)

    assert {entry.title for entry in entries if entry.kind is Kind.REPORT} == {
        "Uppföljning första halvåret 2026",
        "Håller vi ord?, 1 januari–30 juni 2026",
    }


def package(agreement, **period) -> tuple[bytes, list[Entry]]:
    target = io.BytesIO()
    entries = write_archive(agreement, target=target, **YEAR | period)
    return target.getvalue(), entries


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["manifest.csv"].decode("utf-8-sig")), delimiter=";"))


class Page(HTMLParser):
    """The links of a page, and what could run or be fetched."""

    def __init__(self, html: str):
        super().__init__()
        self.links, self.tags, self.ids = [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        self.links += [attrs[name] for name in ("href", "src") if name in attrs]
        self.ids |= {attrs["id"]} if "id" in attrs else set()


# --- What is in it ---


def test_package_holds_the_years_decided_things_and_every_checksum_is_right(whole):
    content, _ = package(whole)
    files = opened(content)
    rows = rows_of(files)
    manifest = json.loads(files["manifest.json"])

    assert [name for name in files if not name.startswith("data/")] == [
        "LÄS-MIG.txt",
        "rapporter/2026-09-01 Uppföljning första halvåret 2026 KS-2026-411.pdf",
        "rapporter/2026-09-01 Uppföljning första halvåret 2026 KS-2026-411.json",
        "protokoll/2026-10-05 Beredningsgruppen.pdf",
        "åtgärdsplaner/2026-11-02 Åtgärdsplan 2023 version 1.pdf",
        "åtgärdsplaner/2026-11-02 Åtgärdsplan 2023 version 1.json",
        "lägesbilder/2026-03-02 enkat.pdf",
        "överenskommelsen/2026-11-23 avtal.pdf",
        "bilagor/2026-05-04 karta.pdf",
        "index.css",
        "index.html",
        "manifest.csv",
        "manifest.json",
    ]
    # Every file but the two manifests has a row, and every row is true.
    assert {row["Fil"] for row in rows} == set(files) - {"manifest.csv", "manifest.json"}
    for row in (*rows, *manifest["files"]):
        file = files[row.get("Fil") or row["path"]]
        assert (row.get("Kontrollsumma (SHA-256)") or row["sha256"]) == hashlib.sha256(file).hexdigest()
        assert int(row.get("Storlek i byte") or row["size"]) == len(file)
    assert manifest["left_out"] == []
    assert manifest["period"] == {"from": "2026-01-01", "to": "2026-12-31"}
    (report,) = [row for row in rows if row["Vad det är"] == "Utfärdad rapport"]
    assert report["Rubrik"] == "Uppföljning första halvåret 2026"
    assert (report["Diarienummer"], report["Datum"], report["Organ"]) == ("KS/2026:411", "2026-09-01", "Burlövs kommun")
    assert (report["Utfärdad, justerad eller inlagd av"], report["Filtyp"]) == ("Maja Lind", "application/pdf")
    (minutes,) = [row for row in rows if row["Vad det är"] == "Justerat protokoll"]
    assert (minutes["Organ"], minutes["Utfärdad, justerad eller inlagd av"]) == ("Beredningsgruppen", "Erik Holm")
    assert minutes["Anmärkning"] == INTERNAL
    assert not [name for name, file in files.items() if b"Hemligt" in file]

    page = Page(files["index.html"].decode())
    to_files = {unquote(link) for link in page.links if not link.startswith("#")}
    assert to_files == set(files) - {"index.html"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    assert not {"script", "img", "iframe", "form"} & set(page.tags)
    assert page.tags.count("h1") == 1

    plan_data = files["åtgärdsplaner/2026-11-02 Åtgärdsplan 2023 version 1.json"]
    assert hashlib.sha256(plan_data).hexdigest() == whole.action_plans.get(version=1).sha256
    # The same once more, and by the way that a browser takes it.
    assert package(whole)[0] == content


def test_streamed_package_is_the_written_one(client, agreement, coordinator):
    make_issued_report(agreement, by=coordinator, pdf=b"%PDF-1.7\n" + b"x" * 700_000)
    make_document(agreement, coordinator)
    as_person(client, coordinator)

    response = client.get(
        reverse("reports:archive_package", args=[agreement.pk]), {"fran": "2026-01-01", "till": "2026-12-31"}
    )
    content = response.getvalue()

    assert response.streaming
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="arkiv-KS-2023-305-2026.zip"'
    assert response.headers["Cache-Control"] == "private, no-store"
    assert content == package(agreement)[0]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.flag_bits & 0x08 for info in archive.infolist()} == {0}


def test_agreement_with_nothing_has_a_package_that_says_so(agreement):
    content, entries = package(agreement, starts_on=datetime.date(2024, 1, 1), ends_on=datetime.date(2024, 12, 31))
    files = opened(content)

    assert {entry.kind for entry in entries} == {Kind.GUIDE, Kind.TABLE}
    assert "data/02 Överenskommelse.csv" in files
    assert "Period: 1 januari–31 december 2024\r\n" in files["LÄS-MIG.txt"].decode("utf-8-sig")


def test_tables_open_as_swedish_and_cannot_run(agreement, coordinator):
    make_focus_area(agreement, title="=HYPERLINK(1)")

    files = opened(package(agreement)[0])
    table = files["data/17 Fokusområden.csv"]

    assert table.startswith(b"\xef\xbb\xbf")
    assert ";'=HYPERLINK(1);" in table.decode("utf-8-sig")


# --- What does not leave ---


def test_what_cannot_be_included_is_listed_with_the_reason(agreement, coordinator, activity):
    make_document(agreement, coordinator, file_name=f"{PERSONAL_NUMBER}.pdf", title="Anmälan")
    lost = make_document(agreement, coordinator, file_name="borta.pdf", title="Borta")
    lost.file.storage.delete(lost.file.name)
    make_issued_report(agreement, by=coordinator, data=json.dumps({"text": f"Ring {PERSONAL_NUMBER}"}))
    type(activity).objects.filter(pk=activity.pk).update(background=f"Gäller {PERSONAL_NUMBER}.")

    content, entries = package(agreement)
    files = opened(content)
    left_out = {entry.title: entry.left_out_because for entry in entries if not entry.path}

    assert left_out.pop("Anmälan") == NAMED
    assert left_out.pop("Borta") == GONE
    data = left_out.pop("Uppföljning första halvåret 2026 (data)")
    assert data.endswith("för det innehåller ett personnummer.")
    assert (
        left_out.pop("Aktiviteter") == "Tabellen lämnas inte ut, för det innehåller ett personnummer under ”Bakgrund”."
    )
    assert left_out == {}
    assert "Uppföljning första halvåret 2026 KS-2026-411.pdf" in "".join(files)
    assert not [name for name, file in files.items() if PERSONAL_NUMBER.encode() in file or PERSONAL_NUMBER in name]
    assert [row["title"] for row in json.loads(files["manifest.json"])["left_out"]] == [
        entry.title for entry in entries if not entry.path
    ]
    assert "Filen finns inte kvar i portalens lager." in files["index.html"].decode()


def test_file_that_differs_from_its_checksum_is_there_with_a_note(agreement, coordinator):
    report = make_report(
        agreement,
        state=Report.State.ISSUED,
        reference_number="KS/1",
        as_of=at(TODAY),
        issued_at=at(TODAY),
        issued_by=coordinator,
    )
    IssuedDocument.objects.create(
        report=report, data="{}", data_sha256="0" * 64, pdf=b"%PDF", pdf_sha256="0" * 64, page_count=1, size=4
    )

    entries = package(agreement)[1]

    assert {entry.note for entry in entries if entry.kind in (Kind.REPORT, Kind.REPORT_DATA)} == {
        CHANGED.format(when=WHEN_ISSUED)
    }


# --- Names ---


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026 KS/2026:411.pdf", "2026 KS-2026-411.pdf"),
        ("2026 ../../etc/passwd", "2026 ..-..-etc-passwd"),
        ("..\\..\\win.ini", "-..-win.ini"),
        ("2026 a\u202egnp.exe\x00\n.pdf", "2026 agnp.exe.pdf"),
        ('2026 <a>|"?*.pdf', "2026 _a_____.pdf"),
        ("", "fil"),
        ("...", "fil"),
        ("A\u030akarp.pdf", "Åkarp.pdf"),
        pytest.param("half \ud83d.pdf", "half.pdf", id="half of a pair"),
    ],
)
def test_name_is_safe_to_unpack(given, expected):
    assert safe_name(given) == expected


def test_long_name_fits_in_a_file_system_and_keeps_its_ending():
    name = safe_name("2026 " + "🙂" * 300 + ".pdf")

    assert name.endswith(".pdf")
    assert len(name.encode()) <= 200


def test_same_name_is_numbered_whatever_its_capitals():
    names = Names()

    paths = [names.path_for("bilagor", name) for name in ("Karta.pdf", "karta.PDF", "karta.pdf")]

    assert paths == ["bilagor/Karta.pdf", "bilagor/karta (2).PDF", "bilagor/karta (3).pdf"]


def test_hostile_file_names_stay_in_their_folder(agreement, coordinator, activity):
    entry = make_log_entry(activity, by=coordinator, happened_on=TODAY)
    for name in ("../../manifest.csv", "C:\\Windows\\a.pdf", "manifest.csv", "a\u202egpj.pdf", "x" * 150):
        attach(entry, name[:150])

    with zipfile.ZipFile(io.BytesIO(package(agreement)[0])) as archive:
        names = archive.namelist()

    assert len(names) == len({name.casefold() for name in names})
    hostile = [name for name in names if name.startswith("bilagor/")]
    assert len(hostile) == 5
    for name in hostile:
        folder, _, file = name.partition("/")
        assert folder == "bilagor"
        assert file.startswith("2026-11-23 ")
        assert not set(file) & set('/\\:<>"|?*\u202e')


def test_package_is_named_for_its_agreement_and_period(agreement):
    half = datetime.date(2026, 6, 30)

    assert archive_file_name(agreement, **YEAR) == "arkiv-KS-2023-305-2026.zip"
    assert archive_file_name(agreement, YEAR["starts_on"], half) == "arkiv-KS-2023-305-2026-01-01--2026-06-30.zip"


# --- The page and the command ---


def test_years_tell_what_they_hold(whole):
    years = {one.period.label: one for one in years_of(whole, days_of(whole), today=TODAY)}

    assert list(years) == ["2026", "2025", "2024", "2023"]
    assert (years["2026"].reports, years["2026"].minutes, years["2026"].plans, years["2026"].documents) == (1, 1, 1, 3)
    assert (years["2025"].reports, years["2025"].total, years["2024"].total) == (1, 1, 0)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("system_administrator", 200),
        ("police_liaison", 403),
        ("steering_member", 403),
        ("reader", 403),
        ("outsider", 404),
    ],
)
def test_package_is_for_the_coordinator(request, client, agreement, who, status):
    as_person(client, request.getfixturevalue(who))
    period = {"fran": "2026-01-01", "till": "2026-01-31"}

    page = client.get(reverse("reports:archive_page", args=[agreement.pk]), period)
    file = client.get(reverse("reports:archive_package", args=[agreement.pk]), period)
    if file.streaming:
        file.getvalue()

    assert (page.status_code, file.status_code) == (status, status)


def test_page_tells_what_the_period_holds(client, agreement, coordinator, django_assert_max_num_queries):
    for number in range(3):
        make_issued_report(agreement, by=coordinator, reference_number=f"KS/2026:{number}")
    as_person(client, coordinator)

    with django_assert_max_num_queries(18):
        response = client.get(
            reverse("reports:archive_page", args=[agreement.pk]), {"fran": "2026-01-01", "till": "2026-12-31"}
        )

    page = response.content.decode()
    assert "Paketet för 1 januari–31 december 2026" in page
    assert response.context["chosen"].reports == 3
    assert "Perioden är inte slut." in page


def test_wrong_period_is_explained(client, agreement, coordinator):
    as_person(client, coordinator)

    response = client.get(
        reverse("reports:archive_package", args=[agreement.pk]),
        {"fran": "2026-02-01", "till": "2026-01-01"},
        follow=True,
    )

    assert response.redirect_chain[0][0].startswith(reverse("reports:archive_page", args=[agreement.pk]))
    assert "Sista dagen kan inte vara före den första." in response.content.decode()


def test_command_writes_the_same_package(agreement, coordinator, tmp_path, capsys):
    make_issued_report(agreement, by=coordinator)
    make_document(agreement, coordinator, title=f"Om {PERSONAL_NUMBER}")
    file = tmp_path / "arkiv.zip"

    call_command("archive_package", "--agreement=KS/2023:305", "--year=2026", f"--output={file}")

    said = capsys.readouterr()
    assert file.read_bytes() == package(agreement)[0]
    assert said.out.startswith(f"Skrev {file}: ")
    assert said.err == f"Utelämnad: Handling till överenskommelsen, Om …. {NAMED}\n"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ([], "Ange antingen --year eller både --from och --to."),
        (["--year=2026", "--from=2026-01-01"], "Ange antingen --year eller både --from och --to."),
        (["--year=1999"], "Första dagen kan vara tidigast 2000."),
        (["--year=9995"], "Året ska ligga mellan 1900 och 2199."),
        (["--from=2026-02-01", "--to=2026-01-01"], "Sista dagen kan inte vara före den första."),
        (["--from=i går", "--to=2026-01-01"], "Skriv ett datum"),
    ],
)
def test_command_refuses_what_is_no_period(agreement, tmp_path, period, said):
    file = tmp_path / "arkiv.zip"

    with pytest.raises(CommandError, match=said):
        call_command("archive_package", "--agreement=KS/2023:305", *period, f"--output={file}")

    assert not file.exists()
