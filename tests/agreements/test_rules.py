"""What always holds for agreements, groups, seats and organisations, whoever saves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Organisation, User
from agreements.models import Agreement, AgreementSection, Area, Definition, Group, Membership, Party, Seat
from agreements.wording import breakable, state_words
from tests.factories import (
    FIRST_DAY,
    TODAY,
    group_of,
    make_agreement,
    make_municipality,
    make_organisation,
    make_person,
    make_seat,
)

DAY = datetime.timedelta(days=1)


def is_refused(save) -> bool:
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        return True
    return False


def test_seat_has_one_current_holder(agreement):
    seat = make_seat(group_of(agreement, Group.Kind.STEERING))
    Membership.objects.create(seat=seat, user=make_person(), starts_on=FIRST_DAY)

    assert is_refused(lambda: Membership.objects.create(seat=seat, user=make_person(), starts_on=TODAY))


def test_holders_do_not_overlap(agreement):
    seat = make_seat(group_of(agreement, Group.Kind.STEERING))
    Membership.objects.create(seat=seat, user=make_person(), starts_on=FIRST_DAY, ends_on=TODAY)
    other = make_person()

    with pytest.raises(ValidationError, match="har platsen under den tiden"):
        Membership(seat=seat, user=other, starts_on=TODAY).full_clean()
    Membership(seat=seat, user=other, starts_on=TODAY + DAY).full_clean()


def test_holder_does_not_leave_before_coming(agreement):
    seat, user = make_seat(group_of(agreement, Group.Kind.STEERING)), make_person()

    assert is_refused(lambda: Membership.objects.create(seat=seat, user=user, starts_on=TODAY, ends_on=TODAY - DAY))


def test_agreement_does_not_end_before_it_starts(db):
    municipality = make_municipality()

    assert is_refused(lambda: make_agreement(municipality=municipality, starts_on=TODAY, ends_on=TODAY - DAY))


def test_agreement_of_one_day_is_fine(db):
    assert make_agreement(starts_on=TODAY, ends_on=TODAY).days_left(on=TODAY) == 0


def test_agreement_does_not_replace_itself(agreement):
    agreement.predecessor = agreement

    assert is_refused(agreement.save)


def test_reference_number_is_unique_in_the_municipality_but_may_be_missing(agreement, other_agreement):
    fields = {"municipality": agreement.municipality, "title": "Ännu en"}

    assert is_refused(lambda: Agreement.objects.create(**fields, reference_number="KS/2023:305"))
    Agreement.objects.create(**fields)
    Agreement.objects.create(**fields)
    Agreement.objects.create(municipality=other_agreement.municipality, title="x", reference_number="KS/2023:305")


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (AgreementSection, {"heading": "Ansvar", "text": "…"}),
        (Definition, {"term": "Otrygghet", "text": "…"}),
        (Area, {"name": "Arlöv"}),
        (Group, {"name": "Trygg centrumgrupp", "kind": Group.Kind.WORKING}),
    ],
)
def test_name_is_unique_in_its_agreement_only(agreement, other_agreement, model, fields):
    model.objects.create(agreement=agreement, **fields)

    assert is_refused(lambda: model.objects.create(agreement=agreement, **fields))
    model.objects.create(agreement=other_agreement, **fields)


def test_party_signs_once(agreement):
    organisation = agreement.municipality

    assert is_refused(lambda: Party.objects.create(agreement=agreement, organisation=organisation))


def test_seat_is_unique_in_its_group_for_an_organisation(agreement):
    group = group_of(agreement, Group.Kind.STEERING)
    make_seat(group, "Förvaltningschef")

    assert is_refused(lambda: make_seat(group, "Förvaltningschef"))
    make_seat(group, "Förvaltningschef", organisation=make_organisation("Kultur"))


def test_group_is_not_set_up_by_itself(agreement):
    group = group_of(agreement, Group.Kind.WORKING)
    group.parent = group

    assert is_refused(group.save)


def test_organisation_name_is_unique_at_the_top_and_in_what_it_belongs_to(db):
    top = make_organisation("Region Skåne")
    make_organisation("Psykiatrin", parent=top)

    assert is_refused(lambda: make_organisation("Region Skåne"))
    assert is_refused(lambda: make_organisation("Psykiatrin", parent=top))
    make_organisation("Psykiatrin", parent=make_organisation("Region Halland"))


def test_organisations_have_three_levels_at_most(db):
    top = make_organisation("Kommunen")
    second = make_organisation("Förvaltningen", parent=top)
    third = make_organisation("Enheten", parent=second)

    with pytest.raises(ValidationError, match="högst tre nivåer"):
        Organisation(name="Gruppen", parent=third).full_clean()
    other = make_organisation("Annan kommun")
    top.parent = other
    with pytest.raises(ValidationError, match="högst tre nivåer"):
        top.full_clean()


def test_organisation_does_not_belong_to_what_belongs_to_it(db):
    top = make_organisation("Kommunen")
    second = make_organisation("Förvaltningen", parent=top)
    top.parent = second

    with pytest.raises(ValidationError, match="hör till den själv"):
        top.full_clean()


def test_organisation_does_not_belong_to_itself(db):
    top = make_organisation("Kommunen")
    top.parent = top

    assert is_refused(top.save)


def test_one_address_is_one_person_whatever_case(db):
    make_person("Maja Lind", email="maja@burlov.example")

    assert is_refused(lambda: make_person("Maja Två", email="MAJA@burlov.example"))


def test_contacts_may_have_an_address_that_somebody_signs_in_with(db):
    make_person("Maja Lind", email="maja@burlov.example")
    make_person("Maja på Lomma", email="maja@burlov.example", password=None)

    assert User.objects.filter(email="maja@burlov.example").count() == 2
    assert User.objects.get_by_natural_key("MAJA@burlov.example").full_name == "Maja Lind"


def test_contacts_without_address_are_many(db):
    make_person("Ett", email=None)
    make_person("Två", email="")

    assert User.objects.filter(email__isnull=True).count() == 2


@pytest.mark.parametrize("kept", [Seat, Membership])
def test_what_a_person_held_is_never_lost_with_the_person(coordinator, kept):
    with pytest.raises(Exception, match="protected"):
        coordinator.delete()

    assert kept.objects.exists()


@pytest.mark.parametrize(
    ("fields", "headline", "rest"),
    [
        ({}, "Gäller i 38 dagar till.", "Perioden är 1 juli 2023–31 december 2026."),
        ({"ends_on": TODAY + DAY}, "Gäller i 1 dag till.", "Perioden är 1 juli 2023–24 november 2026."),
        ({"ends_on": TODAY}, "Gäller till och med i dag.", "Perioden är 1 juli 2023–23 november 2026."),
        (
            {"ends_on": TODAY - 3 * DAY},
            "Gick ut 20 november 2026, för 3 dagar sedan.",
            "Perioden är 1 juli 2023–20 november 2026.",
        ),
        ({"ends_on": None}, "Gäller tills vidare.", "Perioden är från 1 juli 2023."),
        ({"starts_on": None, "ends_on": None}, "Gäller tills vidare.", "Perioden är inte angiven."),
        (
            {"starts_on": TODAY + 5 * DAY},
            "Börjar gälla om 5 dagar.",
            "Perioden är 28 november–31 december 2026.",
        ),
        (
            {"state": Agreement.State.DRAFT, "starts_on": None, "ends_on": None},
            "Utkast.",
            "Perioden är inte bestämd än. Texten kan ändras tills överenskommelsen fastställs.",
        ),
        (
            {"state": Agreement.State.CLOSED},
            "Avslutad.",
            "Perioden var 1 juli 2023–31 december 2026. Överenskommelsen kan läsas men inte ändras.",
        ),
    ],
)
def test_state_in_words(fields, headline, rest):
    agreement = Agreement(
        **{"state": Agreement.State.ADOPTED, "starts_on": FIRST_DAY, "ends_on": datetime.date(2026, 12, 31)} | fields
    )

    words = state_words(agreement, on=TODAY)

    assert (words.headline, words.rest) == (headline, rest)


def test_long_word_in_title_breaks_with_a_hyphen():
    assert breakable("Samverkansöverenskommelse 2023") == "Samverkans\u00adöverenskommelse 2023"
    assert breakable("Utbildnings- och kulturförvaltningen") == "Utbildnings- och kultur\u00adförvaltningen"
    assert breakable("Överenskommelse") == "Överenskommelse"
