"""The personal-data guard in the portal's forms, the administration and what is brought in from files."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.forms import PortalFormMixin
from accounts.interrupted_forms import sign_form
from accounts.models import ConfirmedPersonalData, User
from accounts.personal_data import WITHOUT_REASON, keep_reasons
from agreements.models import Group
from focus_areas.models import Activity, FollowUpApproval, LogEntry
from tests.factories import (
    as_person,
    make_activity,
    make_focus_area,
    make_follow_up,
    make_log_entry,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db
NUMBER = "850709-9805"
REFUSED = "Texten innehåller ett personnummer (tecken 9–19). Ta bort det: sådana nummer får inte sparas."
TELEPHONE = "Ring vaktmästaren på 040-62 50 00 <b>före</b> fem."
REASON = "Telefonen hör till en verksamhet."


@pytest.fixture
def activity(agreement) -> Activity:
    return make_activity(make_focus_area(agreement))


def log_data(text: str, **changes) -> dict:
    return {"happened_on": "2026-11-20", "text": text, "quantity": "", "commitment": ""} | changes


def answered(response, **changes) -> dict:
    """What the browser posts when the person has read the question and given a reason."""
    return {
        "personal_data_seen": response.context["form"].personal_data.seen,
        "personal_data_reason": REASON,
    } | changes


# --- Refused ---


def test_personal_number_is_refused_beside_its_field(client, activity, coordinator):
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(f"Samtal. {NUMBER} kom."))

    assert response.status_code == 200
    assert response.context["form"].errors == {"text": [REFUSED]}
    assert "Samtal. <mark>850709-9805</mark> kom." in response.content.decode()
    assert "Varför behöver uppgiften stå här?" not in response.content.decode()
    assert not LogEntry.objects.exists()


def test_personal_number_is_refused_though_a_reason_is_given(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])

    asked = client.post(address, log_data(TELEPHONE))
    response = client.post(address, log_data(f"{TELEPHONE} {NUMBER}", **answered(asked)))

    assert list(response.context["form"].errors) == ["text"]
    assert not LogEntry.objects.exists()


def test_what_may_single_somebody_out_is_answered_by_saving_once_more(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    text = "Kevin Andersson misstänks för klottret."

    asked = client.post(address, log_data(text))

    assert "Kan någon känna igen sig eller bli igenkänd?" in asked.text
    assert "Varför behöver uppgiften stå här?" not in asked.text
    assert not LogEntry.objects.exists()

    client.post(address, log_data(text, personal_data_seen=asked.context["form"].personal_data.seen))

    assert LogEntry.objects.get().text == text
    kept = ConfirmedPersonalData.objects.get()
    assert (kept.kind, kept.confirmed_by) == ("named", coordinator)


def test_personal_number_is_refused_in_a_reason_for_change(client, activity, coordinator):
    person = make_person(organisation=make_organisation("Fritid"))
    as_person(client, make_person(is_superuser=True, is_staff=True))
    form_class = type(
        "Form", (PortalFormMixin, forms.Form), {"reason_for_change": forms.CharField(label="Skäl", max_length=500)}
    )

    form = form_class({"reason_for_change": f"Det var {NUMBER}"})

    assert person.pk
    assert form.errors == {"reason_for_change": [REFUSED]}


@pytest.mark.parametrize("field", ["background", "title"])
def test_model_refuses_personal_numbers_whichever_way_they_come(activity, field):
    setattr(activity, field, f"Det var {NUMBER}")

    with pytest.raises(ValidationError) as refusal:
        activity.full_clean()

    assert refusal.value.message_dict == {field: [REFUSED]}


def test_refusal_names_every_number_and_repeats_none(activity):
    activity.background = f"{NUMBER}, 850769-9802 och 19850709-9805"

    with pytest.raises(ValidationError) as refusal:
        activity.full_clean()

    assert refusal.value.message_dict["background"] == [
        "Texten innehåller ett personnummer (tecken 1–11), ett samordningsnummer (tecken 14–24) och ett personnummer "
        "(tecken 30–42). Ta bort dem: sådana nummer får inte sparas."
    ]


def test_administration_refuses_personal_numbers(client, agreement, system_administrator):
    as_person(client, system_administrator)
    group = agreement.groups.get(kind=Group.Kind.STEERING)

    response = client.post(
        reverse("admin:agreements_group_change", args=[group.pk]),
        {"agreement": agreement.pk, "kind": group.kind, "name": group.name, "mandate": f"Leds av {NUMBER}"},
    )

    assert "ett personnummer (tecken 9–19)" in response.content.decode()
    assert Group.objects.get(pk=group.pk).mandate == group.mandate


# --- Asked about ---


def test_telephone_number_is_asked_about_and_the_text_is_kept(client, activity, coordinator):
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), log_data(TELEPHONE))

    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["form"].errors == {"__all__": [WITHOUT_REASON]}
    assert "<q>Ring vaktmästaren på <mark>040-62 50 00</mark> &lt;b&gt;före&lt;/b&gt; fem.</q>" in page
    assert page.count("Varför behöver uppgiften stå här?") == 1
    assert "040-62 50 00 &lt;b&gt;före&lt;/b&gt; fem.</textarea>" in page
    assert not LogEntry.objects.exists()


def test_answered_text_is_saved_and_the_reason_kept_without_it(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    asked = client.post(address, log_data(TELEPHONE))

    response = client.post(address, log_data(TELEPHONE, **answered(asked)))

    kept = ConfirmedPersonalData.objects.get()
    assert response.status_code == 302
    assert LogEntry.objects.get().text == TELEPHONE
    assert (kept.kind, kept.field, kept.page) == ("telephone", "Vad gjordes?", address)
    assert (kept.reason, kept.confirmed_by) == (REASON, coordinator)


def test_reason_is_asked_for_again_when_it_is_empty(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    asked = client.post(address, log_data(TELEPHONE))

    response = client.post(address, log_data(TELEPHONE, **answered(asked, personal_data_reason=" ")))

    assert "Skriv varför uppgiften behöver stå här." in response.content.decode()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("reason", ["Det är 040-62 50 00.", f"Hon har {NUMBER}."])
def test_reason_holds_no_personal_data_itself(client, activity, coordinator, reason):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    asked = client.post(address, log_data(TELEPHONE))

    response = client.post(address, log_data(TELEPHONE, **answered(asked, personal_data_reason=reason)))

    assert "Skriv skälet utan personuppgifter." in response.content.decode()
    assert not LogEntry.objects.exists()


def test_reason_covers_what_was_seen_and_nothing_more(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    asked = client.post(address, log_data(TELEPHONE))

    more = client.post(address, log_data(f"{TELEPHONE} Eller 070-123 45 67.", **answered(asked)))

    assert more.context["form"].errors == {"__all__": [WITHOUT_REASON]}
    assert REASON in more.content.decode()
    assert not LogEntry.objects.exists()


def test_reason_nobody_asked_for_answers_nothing(client, activity, coordinator):
    as_person(client, coordinator)
    data = log_data(TELEPHONE, personal_data_reason=REASON)

    response = client.post(reverse("focus_areas:log_create", args=[activity.pk]), data)

    assert response.context["form"].errors == {"__all__": [WITHOUT_REASON]}
    assert not LogEntry.objects.exists()


def test_reason_still_holds_when_one_of_two_is_taken_away(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:log_create", args=[activity.pk])
    asked = client.post(address, log_data(f"{TELEPHONE} Eller 070-123 45 67."))

    client.post(address, log_data(TELEPHONE, **answered(asked)))

    assert LogEntry.objects.get().text == TELEPHONE


def test_what_stood_there_before_is_not_asked_about_again(client, activity, coordinator):
    entry = make_log_entry(activity, text=TELEPHONE)
    as_person(client, coordinator)

    response = client.post(reverse("focus_areas:log_update", args=[entry.pk]), log_data(f"{TELEPHONE} Ingen svarade."))

    entry.refresh_from_db()
    assert response.status_code == 302
    assert entry.text == f"{TELEPHONE} Ingen svarade."
    assert not ConfirmedPersonalData.objects.exists()


def test_reason_comes_along_when_two_saved_at_once(client, activity, coordinator):
    entry = make_log_entry(activity, text="Vandring.")
    as_person(client, coordinator)
    address = reverse("focus_areas:log_update", args=[entry.pk])
    version = client.get(address).context["version"]
    entry.text = "En kollegas ord."
    entry.save()

    asked = client.post(address, log_data(TELEPHONE, version=version))
    both = client.post(address, log_data(TELEPHONE, version=version, **answered(asked)))
    client.post(
        address, dict(both.context["posted"]) | {"version": both.context["version"], "conflict_choice": "replace"}
    )

    entry.refresh_from_db()
    assert both.status_code == 409
    assert entry.text == TELEPHONE
    assert ConfirmedPersonalData.objects.get().reason == REASON


def test_reason_is_there_when_two_versions_are_merged(client, activity, coordinator):
    entry = make_log_entry(activity, text="Vandring.")
    as_person(client, coordinator)
    address = reverse("focus_areas:log_update", args=[entry.pk])
    version = client.get(address).context["version"]
    asked = client.post(address, log_data(TELEPHONE, version=version))

    merging = client.post(address, log_data(TELEPHONE, **answered(asked), conflict_choice="merge"))

    assert REASON in merging.content.decode()


def test_question_is_there_after_an_ended_session(client, activity, coordinator):
    address = reverse("focus_areas:log_create", args=[activity.pk])
    client.post(address, log_data(TELEPHONE, written_by=sign_form(coordinator)))
    as_person(client, coordinator)

    response = client.get(address)

    assert "<mark>040-62 50 00</mark>" in response.content.decode()
    assert not LogEntry.objects.exists()


def test_status_report_is_asked_about_under_its_prefix(client, activity, coordinator):
    as_person(client, coordinator)
    address = reverse("focus_areas:status_create", args=[activity.pk])
    words = {"assessment": "yellow", "status": "ongoing", "text": "Skriv till anna@burlov.example."}
    data = {f"lage-{activity.pk}-{name}": value for name, value in words.items()}

    asked = client.post(address, data)
    answer = {f"lage-{activity.pk}-{name}": value for name, value in answered(asked).items()}
    response = client.post(address, data | answer)

    assert "<mark>anna@burlov.example</mark>" in asked.content.decode()
    assert response.status_code == 302
    assert activity.status_updates.get().text == words["text"]


def test_dissent_is_asked_about_and_not_lost(client, activity, coordinator):
    follow_up = make_follow_up(activity)
    as_person(client, coordinator)
    address = reverse("focus_areas:follow_up_approve", args=[follow_up.pk, "municipality"])

    asked = client.post(address, {"dissent": TELEPHONE})
    response = client.post(address, {"dissent": TELEPHONE} | answered(asked))

    assert TELEPHONE.split("<")[0] in asked.content.decode()
    assert response.status_code == 302
    assert FollowUpApproval.objects.get().dissent == TELEPHONE
    assert ConfirmedPersonalData.objects.get().field == "Avvikande mening"


def test_administration_tells_afterwards_and_keeps_that_it_did(client, agreement, system_administrator):
    as_person(client, system_administrator)

    response = client.post(
        reverse("admin:accounts_organisation_add"), {"name": "Växeln 040-62 50 00", "kind": "other"}, follow=True
    )

    assert "Namn innehåller ett telefonnummer." in response.content.decode()
    assert ConfirmedPersonalData.objects.get().confirmed_by == system_administrator


# --- Left alone ---


def test_search_for_a_personal_number_is_a_search(client, coordinator):
    as_person(client, coordinator)

    response = client.get(reverse("search"), {"q": NUMBER})

    assert response.context["form"].errors == {}


def test_password_that_looks_like_a_telephone_number_signs_in(client, agreement):
    person = make_person(password="040-62 50 00 850709-9805")

    client.post(reverse("account_login"), {"login": person.email, "password": "040-62 50 00 850709-9805"})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_title_of_a_person_may_say_how_to_reach_them(client, agreement, coordinator):
    organisation = agreement.organisations.first()
    as_person(client, coordinator)

    client.post(
        reverse("agreements:person_create", args=[agreement.pk]),
        {"full_name": "Vera Dahl", "title": "Rektor, 040-62 50 00", "organisation": organisation.pk, "email": ""},
    )

    assert User.objects.get(full_name="Vera Dahl").title == "Rektor, 040-62 50 00"


# --- Forms inside forms ---


class Row(PortalFormMixin, forms.Form):
    text = forms.CharField(label="Text")


class Whole(PortalFormMixin, forms.Form):
    heading = forms.CharField(label="Rubrik")

    def parts(self):
        return self.rows


def test_reasons_of_forms_inside_a_form_are_kept(coordinator):
    rows = []
    for number, text in enumerate(("040-62 50 00", "Ingenting", "ABC 123")):
        seen = Row({f"{number}-text": text}, prefix=str(number))
        seen.full_clean()
        answer = {f"{number}-personal_data_seen": seen.personal_data.seen} if seen.personal_data else {}
        data = {f"{number}-text": text, f"{number}-personal_data_reason": f"Skäl {number}"} | answer
        rows.append(Row(data, prefix=str(number)))
    whole = Whole({"heading": "Två rader"})
    whole.rows = rows

    assert whole.is_valid()
    assert all(row.is_valid() for row in rows)
    keep_reasons(whole, by=coordinator, page="/prov/")

    kept = ConfirmedPersonalData.objects.order_by("pk").values_list("kind", "reason")
    assert list(kept) == [("telephone", "Skäl 0"), ("vehicle", "Skäl 2")]


def test_reasons_are_only_to_look_at(client, system_administrator):
    confirmed = ConfirmedPersonalData.objects.create(
        kind="email", field="Vad som hänt", page="/prov/", reason=REASON, confirmed_by=system_administrator
    )
    as_person(client, system_administrator)
    address = reverse("admin:accounts_confirmedpersonaldata_change", args=[confirmed.pk])

    seen = client.get(address)
    changed = client.post(address, {"reason": "Ett annat."})

    assert REASON in seen.content.decode()
    assert changed.status_code == 403
    assert client.get(reverse("admin:accounts_confirmedpersonaldata_add")).status_code == 403
