"""The call and the minutes as files: what a machine, a screen reader and a person find in them."""

import datetime
import io
import json

import pikepdf
import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agreements.models import Group, Membership
from meetings.minutes import as_data, collect_minutes
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, MinutesAddendum
from meetings.papers import call_html, left_out_words, minutes_html, paper_name, render_call, render_minutes
from privacy.leaving import PersonalDataLeaving, refuse_personal_data, refuse_personal_data_in_document
from tests.factories import TODAY, as_person, at, group_of, make_group
from tests.hostile import HOSTILE
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_decision,
    make_guest,
    make_meeting,
    make_observation,
    situation_group,
)
from tests.reports.test_pdf import tags, text_of

PERSONAL_NUMBER = "811218-9876"


def words_of(pdf: bytes, **options) -> str:
    return " ".join(text_of(pdf, **options).split())


def make_attendance(meeting: Meeting, person: User, *, is_present: bool | None = True) -> Attendance:
    seat = Membership.objects.get(user=person).seat
    return Attendance.objects.create(
        meeting=meeting,
        role=Attendance.Role.MEMBER,
        seat=seat,
        user=person,
        name=person.full_name,
        organisation=seat.organisation,
        is_present=is_present,
    )


def approve(meeting: Meeting, *, by: User) -> None:
    """As the operation does, without asking who may."""
    content = json.loads(json.dumps(as_data(collect_minutes(meeting)), cls=DjangoJSONEncoder))
    content |= {"approved_by": by.full_name, "approved_at": at(TODAY, 15).isoformat()}
    Meeting.objects.filter(pk=meeting.pk).update(
        minutes_state=Meeting.MinutesState.APPROVED,
        approved_by=by,
        approved_at=at(TODAY, 15),
        approved_content=content,
    )
    meeting.refresh_from_db()


@pytest.fixture
def meeting(preparation, coordinator, police_liaison) -> Meeting:
    """A held meeting with something of everything."""
    earlier = make_meeting(preparation, datetime.date(2026, 11, 9), held=True)
    make_action_point(earlier, "Ring skolan", responsible=police_liaison)
    meeting = make_meeting(preparation, held=True)
    make_attendance(meeting, coordinator)
    make_attendance(meeting, police_liaison, is_present=False)
    make_guest(meeting, "Gun Gäst")
    station = make_agenda_item(
        meeting,
        "Läget vid stationen",
        minutes="Belysningen är släckt.\n\nVi ser fler som vistas där på kvällen.",
        presenter="Maja Lind",
        description="Se bilagan från BBAB.",
        duration_minutes=15,
    )
    internal = make_agenda_item(
        meeting, "Hemlig punkt", minutes="Hemliga ord", is_internal=True, description="Hemligt underlag"
    )
    make_agenda_item(meeting, "Övrigt", outcome=AgendaItem.Outcome.CARRIED, duration_minutes=10)
    make_decision(
        meeting,
        "Vandringarna fortsätter.",
        agenda_item=station,
        mandated_group=make_group(meeting.agreement, name="Arbetsgrupp belysning"),
    )
    make_decision(meeting, "Hemligt beslut", agenda_item=internal)
    make_action_point(meeting, "Laga belysningen", agenda_item=station, responsible=coordinator)
    make_action_point(meeting, "Hemligt uppdrag", agenda_item=internal)
    return meeting


# --- What they say ---


def test_call_has_the_digital_address_and_seeks_no_persons_in_it(meeting):
    meeting.online_address = "https://teams.microsoft.com/l/meetup-join/19900101-2385/0"

    words = words_of(render_call(meeting, on=TODAY))

    assert "Delta digitalt" in words
    assert "19900101-2385" in words.replace(" ", "")


def test_minutes_say_who_what_and_how_far_they_have_come(meeting, coordinator):
    words = words_of(render_minutes(meeting, on=TODAY, by=coordinator))

    for said in (
        "Protokoll Beredningsgruppen",
        "Måndag 23 november 2026",
        "kl. 09.00–10.00",
        "Diarienummer",
        "KS/2023:305",
        "Ojusterat utkast.",
        "§ 1/2026 Vandringarna fortsätter. Ger uppdrag till Arbetsgrupp belysning.",
        "Laga belysningen Maja Lind 30 november 2026",
        "Närvarande Maja Lind",
        "Gäster Gun Gäst",
        "Frånvarande Erik Holm",
        "1 Läget vid stationen",
        "Föredragande: Maja Lind",
        "Belysningen är släckt. Vi ser fler som vistas där på kvällen.",
        "Beslut: § 1/2026",
        "Åtgärdspunkt: Laga belysningen",
        "2 Hemlig punkt (intern)",
        "Punkten tas upp på nästa möte.",
        "Ring skolan Erik Holm 16 november 2026 9 november 2026 1",
    ):
        assert said in words
    assert "Exempel:" not in words


def test_minutes_state_is_on_the_first_page(meeting, coordinator, police_liaison):
    def first_page():
        return words_of(render_minutes(meeting, on=TODAY), page=1)

    assert "Ojusterat utkast." in first_page()
    meeting.minutes_state, meeting.sent_for_review_by = Meeting.MinutesState.UNDER_REVIEW, coordinator
    meeting.save()
    assert "Ojusterat utkast. Skickat på justering av Maja Lind." in first_page()
    approve(meeting, by=police_liaison)
    assert "Justerat av Erik Holm den 23 november 2026." in first_page()
    assert "Ojusterat" not in first_page()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Ojusterat utkast. Mötet är inte genomfört än."),
        ({"opened_at": at(TODAY)}, "Ojusterat utkast. Mötet pågår."),
        ({"state": Meeting.State.CANCELLED, "cancelled_because": "Sjukdom."}, "Mötet är inställt: Sjukdom."),
    ],
)
def test_minutes_of_a_meeting_that_is_not_held(preparation, fields, said):
    words = words_of(render_minutes(make_meeting(preparation, **fields), on=TODAY))

    assert said in words
    assert "Inga beslut antecknade." in words
    assert "Mötet hade ingen dagordning." in words


def test_approved_minutes_stay_as_they_were(meeting, coordinator, police_liaison):
    approve(meeting, by=police_liaison)
    before = minutes_html(meeting, on=TODAY)
    AgendaItem.objects.update(title="Ändrad", minutes="Ändrat")
    ActionPoint.objects.update(text="Ändrad")
    MinutesAddendum.objects.create(meeting=meeting, text="Mötet slutade halv elva.", written_by=coordinator)

    after = minutes_html(meeting, on=TODAY)

    assert "Ändra" not in after
    assert "Mötet slutade halv elva." in after
    assert "Tillägg den 23 november 2026 av Maja Lind" in after
    assert "Tillägg" not in before


def test_minutes_without_internal_items_say_so(meeting):
    with_all = words_of(render_minutes(meeting, on=TODAY))
    without = words_of(render_minutes(meeting, on=TODAY, leaves_out=True))

    assert with_all.lower().count("hemlig") == 5
    assert "hemlig" not in without.lower()
    assert "Utan interna punkter. En intern punkt är utelämnad, med beslut och åtgärdspunkter." in without
    assert "Utan interna punkter" not in with_all
    assert "3 Övrigt" in without


def test_internal_addendum_stays_with_the_internal_items(meeting, coordinator, police_liaison):
    approve(meeting, by=police_liaison)
    MinutesAddendum.objects.create(meeting=meeting, text="Rätt dag är den 3 mars.", written_by=coordinator)
    MinutesAddendum.objects.create(
        meeting=meeting, text="Om den känsliga platsen.", is_internal=True, written_by=coordinator
    )

    whole = minutes_html(meeting, on=TODAY)
    without = minutes_html(meeting, on=TODAY, leaves_out=True)

    assert "Om den känsliga platsen." in whole
    assert "Interna tillägg är utelämnade." not in whole
    assert "Om den känsliga platsen." not in without
    assert "Interna tillägg är utelämnade." in without
    assert "Rätt dag är den 3 mars." in without


def test_call_says_when_where_and_what(meeting, coordinator, police_liaison):
    words = words_of(render_call(meeting, on=TODAY, by=coordinator))

    for said in (
        "Kallelse Beredningsgruppen",
        "Måndag 23 november 2026",
        "kl. 09.00–10.00",
        "Medborgarhuset i Arlöv",
        "23 november 2026 av",
        "3 punkter, sammanlagt 25 minuter",
        "1 Läget vid stationen Maja Lind 15 min",
        "Se bilagan från BBAB.",
        "Ring skolan Erik Holm 16 november 2026",
        "Erik Holm Plats",
    ):
        assert said in words
    assert "Belysningen är släckt" not in words
    assert "Laga belysningen" not in words


def test_call_without_internal_items_says_so(meeting):
    words = words_of(render_call(meeting, on=TODAY, leaves_out=True))

    assert "hemlig" not in words.lower()
    assert "Utan interna punkter. En intern punkt är utelämnad, med beslut och åtgärdspunkter." in words


def test_call_to_a_cancelled_meeting_says_that_it_is(preparation):
    meeting = make_meeting(preparation, state=Meeting.State.CANCELLED, cancelled_because="Sjukdom.")

    words = words_of(render_call(meeting, on=TODAY))

    assert "Mötet är inställt: Sjukdom." in words
    assert "Dagordningen är inte klar än." in words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Utan interna punkter. Mötet hade inga."),
        (1, "Utan interna punkter. En intern punkt är utelämnad, med beslut och åtgärdspunkter."),
        (2, "Utan interna punkter. Två interna punkter är utelämnade, med beslut och åtgärdspunkter."),
    ],
)
def test_left_out_words(count, words):
    assert left_out_words(count) == words


def test_example_work_is_marked(meeting):
    meeting.agreement.has_example_work = True
    meeting.agreement.save()

    for pdf in (render_call(meeting, on=TODAY), render_minutes(meeting, on=TODAY)):
        assert "Exempel: möten, beslut och åtgärdspunkter är påhittade." in words_of(pdf, page=1)


def test_situation_minutes_have_trends_in_words_and_no_observation(agreement, coordinator):
    group = situation_group(agreement)
    for number in range(8, 0, -1):
        make_meeting(group, TODAY - datetime.timedelta(weeks=2 * number), held=True)
        make_observation(agreement, TODAY - datetime.timedelta(weeks=2 * number - 1), text="Hemlig iakttagelse")
    meeting = make_meeting(group, held=True)
    for number in range(9):
        make_observation(agreement, TODAY - datetime.timedelta(days=number), text="Hemlig iakttagelse")

    words = words_of(render_minutes(meeting, on=TODAY))
    approve(meeting, by=coordinator)
    make_observation(agreement, TODAY)

    assert "Iakttagelser sedan förra mötet. Rapporter är inte brott." in words
    assert "Skadegörelse 10 ungefär 1 Ökar, sticker ut" in words
    assert "Hemlig iakttagelse" not in words
    assert "Skadegörelse 10 ungefär 1 Ökar, sticker ut" in words_of(render_minutes(meeting, on=TODAY))


# --- As files ---


def test_paper_is_tagged_swedish_with_title_and_bookmarks(meeting):
    document = pikepdf.open(io.BytesIO(render_minutes(meeting, on=TODAY)))

    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "sv"
    assert str(document.docinfo.Title) == "Protokoll, Beredningsgruppen 23 november 2026, KS/2023:305"
    with document.open_outline() as outline:
        assert [(item.title, len(item.children)) for item in outline.root] == [
            ("Beslut", 0),
            ("Åtgärdspunkter", 0),
            ("Närvaro", 0),
            ("Anteckningar", 3),
            ("Åtgärdspunkter från tidigare möten", 0),
        ]
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    assert fonts
    assert all("Source-Sans-Pro" in str(font.BaseFont).replace("SourceSansPro", "Source-Sans-Pro") for font in fonts)


def test_tables_have_heads_with_scope(meeting):
    document = pikepdf.open(io.BytesIO(render_minutes(meeting, on=TODAY)))
    found = tags(document)
    heads = {str(tag.ID) for tag in found if tag.S == "/TH"}

    assert len([tag for tag in found if tag.S == "/Table"]) == 4
    assert {"/H1", "/H2", "/H3"} <= {str(tag.S) for tag in found}
    for cell in (tag for tag in found if tag.S == "/TD"):
        assert {str(name) for name in cell.A.Headers} & heads
    assert all(str(tag.A.Scope) in ("/Column", "/Row") for tag in found if tag.S == "/TH")


def test_papers_survive_hostile_texts(meeting, coordinator):
    for hostile in [*HOSTILE, "o" * 10_000, "Ord " * 2_500]:
        item = make_agenda_item(meeting, hostile[:150], description=hostile[:2000], minutes=hostile[:10_000])
        make_decision(meeting, hostile[:2000], agenda_item=item)
        make_action_point(meeting, hostile[:300], agenda_item=item)
        make_guest(meeting, hostile[:150])
    Meeting.objects.filter(pk=meeting.pk).update(place=HOSTILE[5])
    MinutesAddendum.objects.create(meeting=meeting, text="a" * 10_000, written_by=coordinator)
    meeting.refresh_from_db()

    for pdf in (render_call(meeting, on=TODAY), render_minutes(meeting, on=TODAY)):
        text = text_of(pdf)
        assert "<script>alert('x')</script>" in text
        assert "{{ 7|add:7 }}" in text
        assert "/EmbeddedFiles" not in pikepdf.open(io.BytesIO(pdf)).Root.get("/Names", {})


def test_long_minutes_keep_headings_with_their_text_and_repeat_table_heads(meeting):
    for number in range(40):
        item = make_agenda_item(meeting, f"Rubrik {number}", minutes="Vi talade om saken. " * (number % 9 + 1))
        make_decision(meeting, f"Beslutet nummer {number} gäller. " * 3, agenda_item=item)

    pdf = render_minutes(meeting, on=TODAY)

    count = len(pikepdf.open(io.BytesIO(pdf)).pages)
    pages = [text_of(pdf, page=number) for number in range(1, count + 1)]
    for page in pages:
        body = [line.strip() for line in page.splitlines() if line.strip()]
        assert not body[-2].startswith("Rubrik"), body[-4:]
        assert f"({count})" in page
    with_decisions = [page for page in pages if "Beslutet nummer" in page]
    assert len(with_decisions) > 2
    assert all("Paragraf" in page for page in with_decisions)


@pytest.mark.parametrize(
    ("name", "leaves_out", "file_name"),
    [
        ("Beredningsgruppen", False, "protokoll-beredningsgruppen-2026-11-23.pdf"),
        ("Örat mot marken", True, "protokoll-orat-mot-marken-2026-11-23-utan-interna.pdf"),
        ('"; rm -rf /', False, "protokoll-rm-rf-2026-11-23.pdf"),
        ("🚓", False, "protokoll-grupp-7-2026-11-23.pdf"),
    ],
)
def test_paper_name_is_plain(name, leaves_out, file_name):
    meeting = Meeting(group=Group(pk=7, name=name), starts_at=at(TODAY))

    assert paper_name("protokoll", meeting, leaves_out=leaves_out) == file_name


# --- Who gets them ---


@pytest.mark.parametrize("name", ["meeting_call_pdf", "meeting_minutes_pdf"])
def test_papers_are_for_those_who_read_the_groups_meetings(
    client, agreement, steering_member, situation_member, reader, outsider, name
):
    steering, situation = (
        make_meeting(group_of(agreement, Group.Kind.STEERING)),
        make_meeting(situation_group(agreement)),
    )

    def status(person, meeting):
        return as_person(client, person).get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code

    assert status(steering_member, steering) == 200
    assert status(steering_member, situation) == 403
    assert status(situation_member, situation) == 200
    assert status(situation_member, steering) == 403
    assert status(reader, steering) == 403
    assert status(outsider, steering) == 404


def test_paper_is_a_download_that_no_cache_keeps(client, coordinator, meeting):
    address = reverse("meetings:meeting_minutes_pdf", args=[meeting.pk])

    response = as_person(client, coordinator).get(address + "?utan-interna=1")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="protokoll-beredningsgruppen-2026-11-23-utan-interna.pdf"'
    )
    assert "hemlig" not in words_of(response.content).lower()


@pytest.mark.parametrize("name", ["meeting_call_pdf", "meeting_minutes_pdf"])
def test_papers_take_no_more_queries_for_more_of_everything(client, coordinator, meeting, name):
    as_person(client, coordinator)
    address = reverse(f"meetings:{name}", args=[meeting.pk])
    client.get(address)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
        item = make_agenda_item(meeting, f"Punkt {number}", description="Underlag", minutes="Ord")
        make_decision(meeting, agenda_item=item, mandated_group=make_group(meeting.agreement, name=f"Ny {number}"))
        make_action_point(meeting, agenda_item=item, responsible=coordinator)
        make_guest(meeting, f"Gäst {number}")
        MinutesAddendum.objects.create(meeting=meeting, text="Tillägg", written_by=coordinator)

    assert counts[0] == counts[1] <= 25


# --- What may not leave ---


@pytest.mark.parametrize("name", ["meeting_call_pdf", "meeting_minutes_pdf"])
def test_paper_with_a_personal_number_does_not_leave(client, coordinator, meeting, name):
    make_agenda_item(meeting, "Läget i parken", minutes=f"Se {PERSONAL_NUMBER}.", description=f"Se {PERSONAL_NUMBER}.")

    response = as_person(client, coordinator).get(reverse(f"meetings:{name}", args=[meeting.pk]), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert "Dokumentet lämnas inte ut, för det innehåller ett personnummer under ”4 Läget i parken”." in page
    assert response.headers["Content-Type"].startswith("text/html")


def test_number_is_found_wherever_it_stands_in_a_document():
    html = (
        f"<title>x</title><h2>Ett</h2><p>Per 81<b>1218</b>-9876</p><h2>Två {PERSONAL_NUMBER}</h2>"
        f"<table><caption>Tre</caption><tr><td>8112</td><td>189876</td><td>811218&#8209;9876</td></tr></table>"
    )

    with pytest.raises(PersonalDataLeaving) as refused:
        refuse_personal_data_in_document(html)

    assert refused.value.message == (
        "Dokumentet lämnas inte ut, för det innehåller ett personnummer under ”Ett”, ett personnummer under ”Två …”, "
        "ett personnummer under ”Tre”. Ta bort det i portalen och försök igen. Går det inte att ändra, vänd dig till "
        "systemförvaltaren."
    )


def test_many_places_are_counted():
    texts = [(f"Rubrik {number}", PERSONAL_NUMBER) for number in range(5)]

    with pytest.raises(PersonalDataLeaving) as refused:
        refuse_personal_data(texts, what="Mejlet")

    assert "under ”Rubrik 2”, 2 ställen till." in refused.value.message


def test_what_is_not_a_personal_number_leaves(meeting, coordinator):
    make_agenda_item(meeting, "Ring 040-625 60 00", minutes="Skriv till kommunen@burlov.example om KS/2023:305.")

    assert "040-625 60 00" in call_html(meeting, on=TODAY)
    refuse_personal_data_in_document(minutes_html(meeting, on=TODAY, by=coordinator))
