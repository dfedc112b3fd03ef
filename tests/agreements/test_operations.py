import datetime
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.password_links import password_path
from agreements import operations
from agreements.models import Agreement, AgreementDocument, Group, Membership
from tests.factories import (
    FIRST_DAY,
    TODAY,
    group_of,
    make_organisation,
    make_person,
    make_seat,
    organisation_of,
    seat_person,
)

DAY = datetime.timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def seat(agreement):
    return make_seat(group_of(agreement, Group.Kind.STEERING), "Kommundirektör")


@pytest.fixture
def contact(agreement):
    """Somebody in SF who cannot sign in."""
    return make_person(
        "Per Åberg", password=None, email="per@burlov.example", organisation=organisation_of(agreement, "SF")
    )


def holders(seat) -> list[tuple]:
    return list(seat.memberships.order_by("starts_on").values_list("user__full_name", "starts_on", "ends_on"))


# --- The life of an agreement ---


def make_draft(agreement):
    Agreement.objects.filter(pk=agreement.pk).update(state=Agreement.State.DRAFT)
    agreement.refresh_from_db()
    return agreement


def test_adopt_draft_locks_it_and_says_who(agreement, coordinator):
    operations.adopt_agreement(agreement=make_draft(agreement), by=coordinator)

    saved = Agreement.objects.get(pk=agreement.pk)
    assert saved.is_locked
    assert saved.history.first().history_user == coordinator


@pytest.mark.parametrize(
    ("change", "missing"),
    [({"purpose": " "}, "ett syfte"), ({"starts_on": None}, "en första dag")],
)
def test_adopt_asks_for_what_is_missing(agreement, coordinator, change, missing):
    draft = make_draft(agreement)
    for name, value in change.items():
        setattr(draft, name, value)

    with pytest.raises(ValidationError, match=f"saknar {missing}"):
        operations.adopt_agreement(agreement=draft, by=coordinator)
    assert Agreement.objects.get(pk=agreement.pk).is_draft


def test_adopt_asks_for_parties(agreement, coordinator):
    agreement.parties.all().delete()

    with pytest.raises(ValidationError, match="minst en part"):
        operations.adopt_agreement(agreement=make_draft(agreement), by=coordinator)


STATES = Agreement.State


@pytest.mark.parametrize("start", STATES)
@pytest.mark.parametrize(
    ("operation", "end"), [(operations.adopt_agreement, STATES.ADOPTED), (operations.close_agreement, STATES.CLOSED)]
)
def test_only_permitted_moves_are_made(agreement, coordinator, start, operation, end):
    Agreement.objects.filter(pk=agreement.pk).update(state=start)
    agreement.refresh_from_db()
    permitted = (start, end) in {(STATES.DRAFT, STATES.ADOPTED), (STATES.ADOPTED, STATES.CLOSED)}

    if permitted:
        operation(agreement=agreement, by=coordinator)
    else:
        with pytest.raises(ValidationError, match="Överenskommelsen är"):
            operation(agreement=agreement, by=coordinator)

    assert Agreement.objects.get(pk=agreement.pk).state == (end if permitted else start)


def test_adopt_looks_at_what_is_saved_and_not_at_an_old_copy(agreement, coordinator):
    old_copy = Agreement.objects.get(pk=make_draft(agreement).pk)
    operations.adopt_agreement(agreement=agreement, by=coordinator)

    with pytest.raises(ValidationError, match="redan fastställd"):
        operations.adopt_agreement(agreement=old_copy, by=coordinator)


# --- Seats ---


def test_fill_vacant_seat(seat, contact, coordinator):
    operations.fill_seat(seat=seat, user=contact, starts_on=TODAY, by=coordinator)

    assert holders(seat) == [("Per Åberg", TODAY, None)]
    assert seat.memberships.get().history.get().history_user == coordinator


def test_fill_held_seat_ends_the_holder_the_day_before(seat, contact, coordinator):
    Membership.objects.create(seat=seat, user=make_person("Sara Berg"), starts_on=FIRST_DAY)

    operations.fill_seat(seat=seat, user=contact, starts_on=TODAY, by=coordinator)

    assert holders(seat) == [("Sara Berg", FIRST_DAY, TODAY - DAY), ("Per Åberg", TODAY, None)]


def test_fill_before_the_planned_end_shortens_the_holders_time(seat, contact, coordinator):
    sara = make_person("Sara Berg")
    Membership.objects.create(seat=seat, user=sara, starts_on=FIRST_DAY, ends_on=TODAY + 30 * DAY)

    operations.fill_seat(seat=seat, user=contact, starts_on=TODAY, by=coordinator)

    assert holders(seat) == [("Sara Berg", FIRST_DAY, TODAY - DAY), ("Per Åberg", TODAY, None)]


@pytest.mark.parametrize("starts_on", [FIRST_DAY, FIRST_DAY - DAY])
def test_fill_from_before_the_holder_came_is_refused(seat, contact, coordinator, starts_on):
    Membership.objects.create(seat=seat, user=make_person("Sara Berg"), starts_on=FIRST_DAY)

    with pytest.raises(ValidationError, match="Sara Berg har platsen från och med 1 juli 2023"):
        operations.fill_seat(seat=seat, user=contact, starts_on=starts_on, by=coordinator)
    assert holders(seat) == [("Sara Berg", FIRST_DAY, None)]


def test_fill_with_the_present_holder_is_refused(seat, contact, coordinator):
    operations.fill_seat(seat=seat, user=contact, starts_on=FIRST_DAY, by=coordinator)

    with pytest.raises(ValidationError, match="Per Åberg har redan platsen"):
        operations.fill_seat(seat=seat, user=contact, starts_on=TODAY, by=coordinator)
    assert holders(seat) == [("Per Åberg", FIRST_DAY, None)]


def test_fill_with_deactivated_person_is_refused(seat, contact, coordinator):
    contact.is_active = False

    with pytest.raises(ValidationError, match="inaktiverad"):
        operations.fill_seat(seat=seat, user=contact, starts_on=TODAY, by=coordinator)
    assert holders(seat) == []


def test_vacate_keeps_the_seat_and_the_reason(seat, contact, coordinator):
    membership = Membership.objects.create(seat=seat, user=contact, starts_on=FIRST_DAY)

    operations.vacate_seat(seat=seat, ends_on=TODAY, reason="Nytt mandat efter valet.", by=coordinator)

    assert holders(seat) == [("Per Åberg", FIRST_DAY, TODAY)]
    row = membership.history.first()
    assert (row.history_user, row.history_change_reason) == (coordinator, "Nytt mandat efter valet.")


def test_vacate_before_the_holder_came_is_refused(seat, contact, coordinator):
    Membership.objects.create(seat=seat, user=contact, starts_on=FIRST_DAY)

    with pytest.raises(ValidationError, match="från och med 1 juli 2023"):
        operations.vacate_seat(seat=seat, ends_on=FIRST_DAY - DAY, reason="Fel.", by=coordinator)
    assert holders(seat) == [("Per Åberg", FIRST_DAY, None)]


def test_vacate_vacant_seat_is_refused(seat, coordinator):
    with pytest.raises(ValidationError, match="redan vakant"):
        operations.vacate_seat(seat=seat, ends_on=TODAY, reason="Fel.", by=coordinator)


# --- Documents ---


def test_document_keeps_name_kind_and_who(agreement, coordinator):
    file = SimpleUploadedFile("../Överens\u202ekommelse.pdf", PDF, content_type="text/html")

    document = operations.add_document(
        document=AgreementDocument(agreement=agreement, title="Överenskommelsen"), file=file, by=coordinator
    )

    assert document.file_name == "Överenskommelse.pdf"
    assert document.content_type == "application/pdf"
    assert document.size == len(PDF)
    assert document.added_by == coordinator
    assert "verens" not in document.file.name


def test_removed_document_keeps_its_file_and_history(agreement, coordinator):
    document = operations.add_document(
        document=AgreementDocument(agreement=agreement, title="Överenskommelsen"),
        file=SimpleUploadedFile("a.pdf", PDF),
        by=coordinator,
    )
    pk, storage, name = document.pk, document.file.storage, document.file.name

    operations.remove_document(document=document, by=coordinator)

    assert not AgreementDocument.objects.exists()
    assert storage.exists(name)
    assert AgreementDocument.history.filter(id=pk, history_type="-").get().history_user == coordinator


# --- Organisations and people ---


def test_added_organisation_takes_part(agreement, coordinator):
    rescue = make_organisation("Räddningstjänsten Syd")

    operations.add_organisation(organisation=rescue, agreement=agreement, by=coordinator)

    assert rescue in agreement.organisations.all()
    assert agreement.history.first().history_user == coordinator


def test_contact_cannot_sign_in_and_history_says_who_added(coordinator):
    person = operations.add_contact(person=User(full_name="Per Åberg"), by=coordinator)

    assert not person.can_sign_in
    assert person.history.get().history_user == coordinator


def test_change_of_address_is_saved_for_a_contact_and_forgets_the_old(contact, coordinator):
    EmailAddress.objects.create(user=contact, email="gammal@burlov.example")
    contact.email = "ny@burlov.example"

    operations.change_person(person=contact, fields=["email"], by=coordinator)

    assert User.objects.get(pk=contact.pk).email == "ny@burlov.example"
    assert not EmailAddress.objects.filter(user=contact).exists()


def test_change_of_address_is_refused_when_a_password_was_chosen_meanwhile(contact, coordinator):
    stale = User.objects.get(pk=contact.pk)
    contact.set_password("sju gröna cyklar 88")
    contact.save()
    stale.email = "annan@burlov.example"

    with pytest.raises(ValidationError, match="loggar in med sin e-postadress"):
        operations.change_person(person=stale, fields=["email"], by=coordinator)
    assert User.objects.get(pk=contact.pk).email == "per@burlov.example"


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_change_of_address_is_refused_for_who_runs_the_portal(contact, coordinator, flag):
    User.objects.filter(pk=contact.pk).update(**{flag: True})
    contact.email = "annan@burlov.example"

    with pytest.raises(ValidationError):
        operations.change_person(person=contact, fields=["email"], by=coordinator)


def test_change_of_title_never_touches_the_password(contact, coordinator):
    stale = User.objects.get(pk=contact.pk)
    contact.set_password("sju gröna cyklar 88")
    contact.save()
    stale.title = "Enhetschef"

    operations.change_person(person=stale, fields=["title"], by=coordinator)

    saved = User.objects.get(pk=contact.pk)
    assert saved.title == "Enhetschef"
    assert saved.check_password("sju gröna cyklar 88")


def test_invitation_is_mailed_after_commit(contact, coordinator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        operations.invite_person(person=contact, by=coordinator, site_url="https://portalen.example/")
    assert mail.outbox == []
    [send] = callbacks
    send()

    [message] = mail.outbox
    assert message.to == ["per@burlov.example"]
    assert message.subject == "Inbjudan till Burlöv trygghet"
    assert "Maja Lind bjuder in dig" in message.body
    assert "https://portalen.example/konto/nytt-losenord/" in message.body
    assert "gäller i tre dagar" in message.body


def test_invitation_leads_to_choosing_a_password(client, contact, coordinator):
    page = client.get(password_path(contact), follow=True)
    client.post(page.context["action_url"], {"password1": "sju gröna cyklar 88", "password2": "sju gröna cyklar 88"})

    assert "Välj lösenord" in page.content.decode()
    assert User.objects.get(pk=contact.pk).can_sign_in


def test_invitation_to_an_old_address_stops_working_when_the_address_changes(client, contact, coordinator):
    link = password_path(contact)
    contact.email = "ny@burlov.example"
    operations.change_person(person=contact, fields=["email"], by=coordinator)

    page = client.get(link, follow=True)

    assert "Länken gäller inte längre" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"is_active": False}, "inaktiverad"), ({"email": None}, "ingen e-postadress")],
)
def test_invitation_is_refused(contact, coordinator, change, reason):
    for name, value in change.items():
        setattr(contact, name, value)

    with pytest.raises(ValidationError, match=reason):
        operations.invite_person(person=contact, by=coordinator, site_url="https://portalen.example/")


def test_invitation_is_refused_for_who_has_a_password(coordinator, reader):
    with pytest.raises(ValidationError, match="redan ett lösenord"):
        operations.invite_person(person=reader, by=coordinator, site_url="https://portalen.example/")


def test_mail_server_that_does_not_answer_is_explained(
    contact, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    def does_not_answer(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", does_not_answer)
    with django_capture_on_commit_callbacks() as callbacks:
        operations.invite_person(person=contact, by=coordinator, site_url="https://portalen.example/")

    with pytest.raises(ValidationError, match="gick inte att skicka"):
        callbacks[0]()


def test_deactivate_vacates_seats_and_keeps_the_name(agreement, coordinator, reader):
    membership = reader.memberships.get()

    operations.deactivate_person(person=reader, on=TODAY, reason="Har slutat.", by=coordinator)

    membership.refresh_from_db()
    assert membership.ends_on == TODAY
    assert not User.objects.get(pk=reader.pk).is_active
    for row in (membership.history.first(), reader.history.first()):
        assert (row.history_user, row.history_change_reason) == (coordinator, "Har slutat.")


def test_deactivate_leaves_earlier_seats_and_drops_those_not_begun(agreement, coordinator, reader):
    earlier = seat_person(agreement, user=reader, starts_on=FIRST_DAY, ends_on=TODAY - DAY).memberships.get(
        ends_on=TODAY - DAY
    )
    seat_person(agreement, user=reader, starts_on=TODAY + DAY)

    operations.deactivate_person(person=reader, on=TODAY, reason="Har slutat.", by=coordinator)

    assert Membership.objects.get(pk=earlier.pk).ends_on == TODAY - DAY
    assert not reader.memberships.filter(starts_on__gt=TODAY).exists()


def test_deactivate_is_refused_for_oneself_for_staff_and_twice(coordinator, reader, staff_outsider):
    def deactivate(person):
        operations.deactivate_person(person=person, on=TODAY, reason="Har slutat.", by=coordinator)

    with pytest.raises(ValidationError, match="dig själv"):
        deactivate(coordinator)
    with pytest.raises(ValidationError, match="förvaltar portalen"):
        deactivate(staff_outsider)
    deactivate(reader)
    with pytest.raises(ValidationError, match="redan inaktiverad"):
        deactivate(reader)
