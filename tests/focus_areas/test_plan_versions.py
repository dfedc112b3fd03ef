"""The pages of the plan's versions: the list, a draft's forms, the decision, the differences and the files."""

import datetime
import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agreements.models import SituationPicture
from focus_areas.forms.plans import proposed_title
from focus_areas.models import ActionPlan
from focus_areas.operations import adopt_plan
from tests.factories import (
    TODAY,
    as_person,
    make_activity,
    make_commitment,
    make_focus_area,
    make_goal,
    make_status_update,
    organisation_of,
)
from tests.thread_factories import make_picture, make_plan
from tests.worlds import fill

DAY = datetime.date(2026, 11, 16)


@pytest.fixture
def picture(agreement) -> SituationPicture:
    return make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))


@pytest.fixture
def activity(agreement, coordinator):
    lead = [organisation_of(agreement, "SF")]
    activity = make_activity(make_focus_area(agreement), title="Vandringar", lead=lead, responsible=coordinator)
    activity.goals.set([make_goal(activity.focus_area, statement="Fler vågar gå ut")])
    make_commitment(activity)
    return activity


@pytest.fixture
def draft(agreement, picture, activity) -> ActionPlan:
    return make_plan(agreement, title="Åtgärdsplan 2027", based_on=picture)


@pytest.fixture
def plan(draft, coordinator) -> ActionPlan:
    """Adopted by the executive board."""
    decision = {"decided_on": DAY, "decided_by": "Kommunstyrelsen", "paragraph": "§ 112"}
    return adopt_plan(plan=draft, reference_number="KS/2026:412", today=TODAY, by=coordinator, **decision)


def address(name: str, thing) -> str:
    return reverse(f"focus_areas:{name}", args=[thing.pk])


def text_of(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- The list ---


def test_list_without_versions_offers_the_first(client, agreement, coordinator):
    page = text_of(as_person(client, coordinator).get(address("plan_list", agreement)))

    assert "Ingen version är antagen än." in page
    assert address("plan_create", agreement) in page


def test_list_sets_versions_beside_each_other(client, agreement, plan, picture, coordinator):
    later = make_plan(agreement, title="Åtgärdsplan 2028", based_on=picture)

    page = text_of(as_person(client, coordinator).get(address("plan_list", agreement)))

    assert "<b>Version 1 gäller</b>, antagen av Kommunstyrelsen den 16 november 2026." in page
    assert page.index("Åtgärdsplan 2028") < page.index("Åtgärdsplan 2027")
    assert f"{address('plan_difference', later)}?mot={plan.pk}" in page
    assert address("plan_difference", plan) in page
    assert address("plan_create", agreement) not in page


def test_reader_is_offered_nothing_to_change(client, agreement, draft, reader):
    as_person(client, reader)

    pages = [text_of(client.get(address("plan_list", agreement))), text_of(client.get(draft.get_absolute_url()))]

    for name in ("plan_create", "plan_update", "plan_adopt", "plan_delete"):
        thing = agreement if name == "plan_create" else draft
        assert all(address(name, thing) not in page for page in pages)


# --- A draft ---


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (datetime.date(2026, 6, 30), "Åtgärdsplan 2026"),
        (datetime.date(2026, 7, 1), "Åtgärdsplan 2027"),
        (datetime.date(2026, 12, 31), "Åtgärdsplan 2027"),
    ],
)
def test_title_is_proposed_for_the_year_that_is_planned(day, title):
    assert proposed_title(day) == title


def test_new_version_is_filled_in_beforehand(client, agreement, picture, preparation_member):
    make_picture(agreement)
    as_person(client, preparation_member)

    form = client.get(address("plan_create", agreement)).context["form"]

    assert (form["title"].value(), form["based_on"].value()) == ("Åtgärdsplan 2027", picture.pk)


def test_new_version_is_saved_once_though_sent_twice(client, agreement, picture, police_liaison):
    as_person(client, police_liaison)
    written = {"title": "Åtgärdsplan 2027", "based_on": picture.pk, "submission_key": uuid.uuid4()}

    first, second = (client.post(address("plan_create", agreement), written) for _ in range(2))

    plan = agreement.action_plans.get()
    assert (plan.title, plan.based_on, plan.version, plan.state) == ("Åtgärdsplan 2027", picture, 1, "draft")
    assert first.url == plan.get_absolute_url()
    assert second.url == address("plan_list", agreement)


def test_second_draft_leads_to_the_first(client, agreement, draft, coordinator):
    as_person(client, coordinator)

    opened = client.get(address("plan_create", agreement))
    posted = client.post(address("plan_create", agreement), {"title": "En till"})

    assert opened.url == draft.get_absolute_url()
    assert "Det finns redan ett utkast till ny version." in text_of(posted)
    assert agreement.action_plans.get() == draft


@pytest.mark.parametrize("title", ["", "x" * 201, "Rad ett\nrad två", "811218-9876"])
def test_wrong_title_is_explained_and_saves_nothing(client, agreement, coordinator, title):
    as_person(client, coordinator)

    response = client.post(address("plan_create", agreement), {"title": title})

    assert set(response.context["form"].errors) == {"title"}
    assert not agreement.action_plans.exists()


def test_draft_is_the_living_plan(client, draft, activity, reader):
    as_person(client, reader)
    activity.title = "Nattvandringar"
    activity.save()

    page = text_of(client.get(draft.get_absolute_url()))

    assert "Utkast. Planen är inte antagen än." in page
    assert "1.1 Nattvandringar" in page
    assert "Fler vågar gå ut" in page
    assert "Orsak saknas" in page


def test_draft_is_taken_away_and_its_activities_stay(client, agreement, draft, activity, coordinator):
    as_person(client, coordinator)

    response = client.post(address("plan_delete", draft))

    assert response.url == address("plan_list", agreement)
    assert not agreement.action_plans.exists()
    assert activity.focus_area.activities.get() == activity


# --- The decision ---


DECISION = {
    "decided_by": "Kommunstyrelsen",
    "decided_on": "2026-11-16",
    "paragraph": "§ 112",
    "reference_number": "KS/2026:412",
}


def test_decision_adopts_the_plan(client, draft, coordinator):
    as_person(client, coordinator)
    written = DECISION | {"submission_key": uuid.uuid4()}

    first, again = (client.post(address("plan_adopt", draft), written) for _ in range(2))

    saved = ActionPlan.objects.get()
    assert first.url == again.url == saved.get_absolute_url()
    assert (saved.state, saved.decided_by, saved.decided_on) == ("adopted", "Kommunstyrelsen", DAY)
    assert saved.adopted_entered_by == coordinator
    assert "Det var redan sparat." in text_of(client.get(again.url))


def test_second_of_two_decisions_at_once_is_told_so(client, draft, coordinator):
    as_person(client, coordinator)
    client.post(address("plan_adopt", draft), DECISION)

    response = client.post(address("plan_adopt", draft), DECISION | {"decided_by": "Styrgruppen"})

    assert "Åtgärdsplanen är antagen och kan inte ändras." in text_of(response)
    assert ActionPlan.objects.get().decided_by == "Kommunstyrelsen"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"decided_by": ""}, "decided_by"),
        ({"decided_on": ""}, "decided_on"),
        ({"decided_on": "2026-11-24"}, "decided_on"),
        ({"decided_on": "2022-10-02"}, "decided_on"),
        ({"decided_on": "i går"}, "decided_on"),
        ({"paragraph": "§" * 21}, "paragraph"),
        ({"reference_number": "KS/2026:412" * 5}, "reference_number"),
    ],
)
def test_wrong_decision_is_explained_beside_its_field(client, draft, coordinator, fields, wrong):
    as_person(client, coordinator)

    response = client.post(address("plan_adopt", draft), DECISION | fields)

    assert set(response.context["form"].errors) == {wrong}
    assert ActionPlan.objects.get().is_draft


def test_what_is_missing_is_named_with_where_to_mend_it(client, agreement, activity, coordinator):
    plan = make_plan(agreement)
    activity.responsible = None
    activity.save()
    as_person(client, coordinator)

    page = text_of(client.get(address("plan_adopt", plan)))

    assert "<b>Planen kan inte antas än.</b> 2 saker behöver ordnas först." in page
    assert address("plan_update", plan) in page
    assert f'Aktiviteten 1.1 Vandringar har ingen ansvarig. <a href="{address("activity_update", activity)}">' in page
    assert 'name="decided_by"' not in page
    assert "har ingen ansvarig" in text_of(client.post(address("plan_adopt", plan), DECISION))


@pytest.mark.parametrize("who", ["police_liaison", "preparation_member", "steering_member", "reader"])
def test_only_the_coordinator_adopts(request, client, draft, who):
    as_person(client, request.getfixturevalue(who))

    response = client.post(address("plan_adopt", draft), DECISION)

    assert response.status_code == 403
    assert "Vänd dig till" in response.content.decode()
    assert ActionPlan.objects.get().is_draft


# --- Reading an adopted plan ---


def test_adopted_plan_shows_what_was_adopted(client, plan, activity, reader):
    activity.title = "Något annat"
    activity.save()
    as_person(client, reader)

    page = text_of(client.get(plan.get_absolute_url()))

    assert "1.1 Vandringar" in page
    assert "Något annat" not in page
    assert "Kommunstyrelsen den 16 november 2026, § 112, KS/2026:412" in page
    assert plan.sha256 in page
    assert "Innehållet stämmer med den." in page


def test_replaced_plan_names_its_successor(client, agreement, plan, picture, coordinator):
    adopt_plan(
        plan=make_plan(agreement, based_on=picture),
        decided_on=TODAY,
        decided_by="Styrgruppen",
        today=TODAY,
        by=coordinator,
    )

    page = text_of(as_person(client, coordinator).get(plan.get_absolute_url()))

    assert "Den ersattes den 23 november 2026 av version 2." in page


def test_altered_contents_are_pointed_out(client, plan, coordinator):
    plan.snapshot["focus_areas"][0]["title"] = "Ändrat förbi portalen"
    ActionPlan.objects.filter(pk=plan.pk).update(snapshot=plan.snapshot)

    page = text_of(as_person(client, coordinator).get(plan.get_absolute_url()))

    assert "Innehållet stämmer inte med kontrollsumman." in page


# --- Differences ---


def test_adopted_plan_is_compared_with_the_living(client, plan, activity, reader):
    activity.ends_on = datetime.date(2027, 6, 30)
    activity.save()
    make_status_update(activity, status="completed")
    as_person(client, reader)

    page = text_of(client.get(address("plan_difference", plan)))

    assert "<b>1 ändring</b> (1 ändrad)." in page
    assert "30 juni 2027" in page


def test_draft_is_compared_with_the_adopted(client, agreement, plan, picture, activity, coordinator):
    draft = make_plan(agreement, based_on=picture)
    make_activity(activity.focus_area, title="Belysning")
    as_person(client, coordinator)

    pages = [
        text_of(client.get(address("plan_difference", draft))),
        text_of(client.get(address("plan_difference", draft), {"mot": plan.pk})),
        text_of(client.get(address("plan_difference", plan), {"mot": draft.pk})),
    ]

    assert all("till version 2, som är ett utkast: <b>1 ändring</b> (1 ny)." in page for page in pages)


def test_first_draft_has_nothing_to_be_compared_with(client, draft, coordinator):
    page = text_of(as_person(client, coordinator).get(address("plan_difference", draft)))

    assert "Det finns ingen antagen version att jämföra med än." in page


@pytest.mark.parametrize("other", ["", "0", "x", "999999", "-1", "9" * 40])
def test_version_that_is_not_there_is_not_found(client, plan, coordinator, other):
    as_person(client, coordinator)

    assert client.get(address("plan_difference", plan), {"mot": other}).status_code == 404


def test_version_of_another_agreement_is_not_found(client, plan, other_agreement, coordinator):
    strange = make_plan(other_agreement)
    as_person(client, coordinator)

    assert client.get(address("plan_difference", plan), {"mot": strange.pk}).status_code == 404


def test_plan_page_says_which_version_holds(client, agreement, plan, activity, reader):
    activity.title = "Nattvandringar"
    activity.save()
    as_person(client, reader)

    page = text_of(client.get(address("action_plan", agreement)))
    count = text_of(client.get(address("plan_difference", plan), {"del": "antal"}))

    assert "Version 1</a> gäller, antagen av Kommunstyrelsen den 16 november 2026." in page
    assert f'hx-get="{address("plan_difference", plan)}?del=antal"' in page
    assert count.strip() == "1 ändring sedan planen antogs"


def test_plan_page_without_a_decision_says_so(client, agreement, reader):
    assert "Planen är inte antagen." in text_of(as_person(client, reader).get(address("action_plan", agreement)))


# --- Files ---


def test_pdf_and_workbook_are_named_for_what_they_are(client, agreement, plan, picture, reader):
    draft = make_plan(agreement, based_on=picture)
    as_person(client, reader)

    files = [client.get(address("plan_pdf", plan)), client.get(address("plan_export", draft))]

    assert [file.headers["Content-Disposition"] for file in files] == [
        'attachment; filename="atgardsplan-KS-2023-305-version-1.pdf"',
        'attachment; filename="atgardsplan-KS-2023-305-version-2-utkast.xlsx"',
    ]
    assert [file.content[:4] for file in files] == [b"%PDF", b"PK\x03\x04"]


def test_workbook_holds_the_plan(client, plan, reader):
    content = as_person(client, reader).get(address("plan_export", plan)).content

    book = load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["Om planen", "Åtgärdsplan", "Mål", "Åtaganden"]
    about = {row[0]: row[1] for row in book["Om planen"].values}
    assert about["Beslut"] == "Kommunstyrelsen den 16 november 2026, § 112, KS/2026:412"
    assert about["Kontrollsumma (SHA-256)"] == plan.sha256
    head, row = book["Åtgärdsplan"].values
    assert dict(zip(head, row, strict=True))["Operativa mål"] == "Fler vågar gå ut"


@pytest.mark.parametrize("name", ["plan_pdf", "plan_export"])
def test_personal_number_does_not_leave_in_a_file(client, draft, activity, coordinator, name):
    type(activity).objects.filter(pk=activity.pk).update(background="Gäller 811218-9876.")
    as_person(client, coordinator)

    response = client.get(address(name, draft), follow=True)

    assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "lämnas inte ut" in response.content.decode()


# --- What pages ask of the database ---


@pytest.mark.parametrize("name", ["plan_detail", "plan_difference", "plan_list", "plan_export"])
def test_adopted_plan_takes_few_queries(client, agreement, coordinator, name):
    fill(agreement, by=coordinator)
    draft = agreement.action_plans.get()
    plan = adopt_plan(plan=draft, decided_on=DAY, decided_by="Styrgruppen", today=TODAY, by=coordinator)
    page = address(name, agreement if name == "plan_list" else plan)
    as_person(client, coordinator).get(page)

    with CaptureQueriesContext(connection) as captured:
        client.get(page)

    assert len(captured) <= 25


# --- What an adopted plan asks of activities ---


def test_activity_needs_somebody_responsible_once_the_plan_is_adopted(client, plan, activity, coordinator):
    as_person(client, coordinator)
    written = {"title": "Belysning", "number": 2}

    response = client.post(address("activity_create", activity.focus_area), written)
    client.post(address("activity_create", activity.focus_area), written | {"responsible": coordinator.pk})

    assert response.context["form"].errors["responsible"] == [
        "Välj vem som är ansvarig. Åtgärdsplanen är antagen, och då ska varje aktivitet ha någon."
    ]
    assert activity.focus_area.activities.get(title="Belysning").responsible == coordinator


def test_activity_may_wait_for_somebody_responsible_before_that(client, draft, activity, coordinator):
    as_person(client, coordinator)

    client.post(address("activity_create", activity.focus_area), {"title": "Belysning", "number": 2})

    assert activity.focus_area.activities.get(title="Belysning").responsible is None


def test_adopting_warns_of_a_newer_picture(client, coordinator, agreement, draft):
    as_person(client, coordinator)
    before = text_of(client.get(address("plan_adopt", draft)))
    make_picture(agreement, title="Lägesbild 2026", adopted_on=TODAY)

    after = text_of(client.get(address("plan_adopt", draft)))

    assert "En nyare lägesbild gäller" not in before
    assert "En nyare lägesbild gäller: Lägesbild 2026" in after
