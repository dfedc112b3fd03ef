"""Every address, walked as the people who should not get in, and as the one who only reads."""

import re
from dataclasses import dataclass

import pytest
from django import forms
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from accounts.models import Submission
from reports.models import ReportReading
from tests.factories import as_person
from tests.ground import kept
from tests.worlds import address_values, fill

# Open to everybody, signed in or not.
PUBLIC = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "email_change_confirm",
    "meetings:calendar_feed",
    "focus_areas:public_page",
    "reports:public_reports",
    "reports:public_report_pdf",
    "accessibility",
    "alive",
    "ready",
}
# One's own: they show what the person may see, whoever that is.
OWN = {
    "start",
    "search",
    "account_detail",
    "account_logout",
    "account_change_password",
    "agreements:agreement_list",
    "agreements:invitation_list",
    "agreements:organisation_list",
    "agreements:person_list",
    "meetings:meeting_list",
    "meetings:calendar_list",
    "reports:report_list",
}
# Pages that a reader reads. Everything else that belongs to an agreement is refused to a reader.
READING = {
    "agreements:agreement_detail",
    "agreements:agreement_history",
    "agreements:document_download",
    "agreements:group_detail",
    "agreements:indicator_detail",
    "agreements:indicator_export",
    "agreements:indicator_list",
    "agreements:organisation_detail",
    "agreements:person_detail",
    "focus_areas:action_plan",
    "focus_areas:action_plan_export",
    "focus_areas:child_interests",
    "focus_areas:red_thread",
    "focus_areas:plan_detail",
    "focus_areas:plan_difference",
    "focus_areas:plan_export",
    "focus_areas:plan_list",
    "focus_areas:plan_pdf",
    "focus_areas:focus_area_detail",
    "focus_areas:goal_detail",
    "focus_areas:promises",
    "focus_areas:promises_export",
    "focus_areas:activity_detail",
    "focus_areas:activity_history",
    "focus_areas:log_list",
    "focus_areas:attachment_download",
    "focus_areas:follow_up_detail",
    "focus_areas:period_comparison",
    "focus_areas:annex_pdf",
    "focus_areas:annex_workbook",
    "focus_areas:communication_list",
    "focus_areas:communication_plan_detail",
    "meetings:decision_list",
    "meetings:action_point_list",
    "reports:follow_up_report",
    "reports:follow_up_report_pdf",
    "reports:report_data",
    "reports:report_pdf",
    "reports:law_page",
    "reports:law_survey",
    "reports:report_detail",
    "agreements:picture_overview",
    "focus_areas:evaluation_detail",
    "focus_areas:evaluation_list",
    "focus_areas:follow_up_overview",
    "focus_areas:grant_list",
}
# Pages that show something and change nothing, for those whose group it is; a reader is refused.
READING_OF_GROUPS = {
    "meetings:series_detail",
    "meetings:backlog",
    "meetings:meeting_detail",
    "meetings:meeting_history",
    "meetings:meeting_ics",
    "meetings:meeting_call_pdf",
    "meetings:meeting_minutes_pdf",
    "meetings:minutes_list",
    "meetings:action_point_detail",
    "meetings:observation_list",
    "meetings:observation_detail",
    "meetings:trend_list",
    "meetings:event_list",
    "meetings:category_list",
    "focus_areas:renewal_detail",
    "reports:report_draft_pdf",
    "reports:report_gathered",
    "agreements:picture_detail",
    "agreements:picture_document_download",
    "agreements:problem_detail",
    "focus_areas:cause_analysis",
    "reports:archive_package",
    "reports:archive_page",
    "reports:report_issuing",
    "reports:report_readers",
}
# Files, sent as downloads.
FILES = {
    "agreements:document_download",
    "agreements:indicator_export",
    "focus_areas:action_plan_export",
    "focus_areas:annex_pdf",
    "focus_areas:annex_workbook",
    "focus_areas:attachment_download",
    "focus_areas:promises_export",
    "focus_areas:plan_export",
    "focus_areas:plan_pdf",
    "focus_areas:workbook_download",
    "meetings:calendar_feed",
    "meetings:meeting_call_pdf",
    "meetings:meeting_ics",
    "meetings:meeting_minutes_pdf",
    "reports:follow_up_report_pdf",
    "reports:report_data",
    "reports:report_pdf",
    "reports:law_survey",
    "reports:report_draft_pdf",
    "reports:public_report_pdf",
    "reports:archive_package",
    "agreements:picture_document_download",
}
# A person's own calendar addresses: nobody else's business, whatever agreement they sit in.
PERSONAL = {
    "meetings:calendar_create",
    "meetings:calendar_revoke",
    "interrupted_form",
    "email_change",
    "agreements:invitation_accept",
    "agreements:invitation_decline",
}
# Answered by the one who is invited, and by nobody else.
INVITATIONS = {"agreements:invitation_accept", "agreements:invitation_decline"}
# Its form offers what the person may log on; with nothing to offer it refuses.
QUICK_LOG = "focus_areas:quick_log"
TREND_STEP = re.compile("/trender/.")


@dataclass(frozen=True)
class Route:
    name: str
    path: str
    parameters: tuple[str, ...]

    @property
    def belongs_to_an_agreement(self) -> bool:
        return "pk" in self.parameters and self.name not in PERSONAL | PUBLIC

    def address(self, things: dict[str, object]) -> str:
        address = reverse(self.name, kwargs=address_values(things, route=self.path, names=self.parameters))
        # What is done about a trend names it: the trend is no row of its own.
        return f"{address}?kategori={things['kategorier'].pk}" if TREND_STEP.search(self.path) else address


def walk(patterns, namespace="", prefix=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if not isinstance(pattern, URLPattern):
            yield from walk(pattern.url_patterns, pattern.namespace or namespace, path)
        else:
            name = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
            parameters = tuple(pattern.pattern.converters) or tuple(re.findall(r"\?P<(\w+)>", path))
            yield Route(name, path, parameters)


def routes() -> list[Route]:
    return [route for route in walk(get_resolver().url_patterns) if not route.path.startswith("admin/")]


def admin_addresses(things: dict[str, object]) -> list[str]:
    """Every address of the admin, with the first row of each model where one is named."""
    addresses = []
    for route in walk(get_resolver().url_patterns):
        if not route.path.startswith("admin/") or route.path.endswith("$"):
            continue
        values = {name: admin_value(name, route.name, things) for name in route.parameters}
        if None not in values.values():
            addresses.append(reverse(route.name, kwargs=values))
    return addresses


def admin_value(name: str, route_name: str, things):
    if name == "object_id":
        models = {
            f"{model._meta.app_label}_{model._meta.model_name}": model
            for model in apps.get_models()
            if model._meta.app_label in ("accounts", "agreements", "focus_areas", "meetings", "reports")
        }
        label = route_name.split(":")[1].rsplit("_", 1)[0]
        first = models[label]._default_manager.first() if label in models else None
        return first.pk if first else None
    return {"app_label": "agreements", "content_type_id": 1}.get(name)


# That a form came in, and that somebody read a report: kept of whoever asks, and no change to anything.
NOTED = {Submission, ReportReading}


def rows() -> dict[str, int]:
    """How many rows there are of each of our things; what a refused request leaves alone."""
    ours = ("accounts", "agreements", "focus_areas", "meetings", "reports")
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in ours and model not in NOTED
    }


@pytest.fixture
def client(client):
    """A failing page is an answer (500) with a name, so that one walk tells of all of them."""
    client.raise_request_exception = False
    return client


def status_of(response) -> int:
    """The answer's status; a file that is sent is read to its end, which closes it."""
    if response.streaming:
        response.getvalue()
    return response.status_code


@kept
def things(agreement, coordinator) -> dict[str, object]:
    return fill(agreement, by=coordinator)


@kept
def strange_things(other_agreement, outsider) -> dict[str, object]:
    return fill(other_agreement, by=outsider)


def unexpected(answers: dict[str, object], *, allowed) -> str:
    """The answers that are not allowed, one on each line; so that a failure shows all of them."""
    return "\n".join(f"{what}: {answer}" for what, answer in answers.items() if not allowed(answer))


def test_walk_finds_the_addresses():
    found = routes()

    assert len(found) > 60
    assert {route.name for route in found} >= PUBLIC | OWN | READING | {QUICK_LOG}
    assert len([route for route in found if route.belongs_to_an_agreement]) > 45


def test_anonymous_is_sent_to_sign_in(client, things):
    sign_in = reverse("account_login")
    before = rows()
    answers = {}
    for route in routes():
        if route.name in PUBLIC:
            continue
        for method in (client.get, client.post):
            response = method(route.address(things))
            answers[f"{method.__name__} {route.name}"] = (response.status_code, response.headers.get("Location", ""))

    assert not (
        found := unexpected(answers, allowed=lambda answer: answer[0] == 302 and answer[1].startswith(sign_in))
    ), found
    assert rows() == before


def test_public_pages_answer_anonymous(client, things):
    answers = {route.name: status_of(client.get(route.address(things))) for route in routes() if route.name in PUBLIC}

    assert answers == dict.fromkeys(PUBLIC, 200)


@pytest.mark.parametrize("who", ["outsider", "staff_outsider"])
def test_outsider_gets_404_everywhere(request, client, things, who):
    as_person(client, request.getfixturevalue(who))
    before = rows()
    answers = {
        f"{method.__name__} {route.name}": status_of(method(route.address(things)))
        for route in routes()
        if route.belongs_to_an_agreement
        for method in (client.get, client.post, client.head)
    }

    assert len(answers) > 135
    assert not (found := unexpected(answers, allowed=lambda status: status == 404)), found
    assert rows() == before


@pytest.mark.parametrize("who", ["outsider", "staff_outsider"])
def test_nothing_leaks_into_an_outsiders_own_pages(request, client, agreement, things, who):
    person = request.getfixturevalue(who)
    as_person(client, person)
    names = [
        agreement.title,
        agreement.reference_number,
        things["personer"].full_name,
        "Föreningen 0",
        "Burlövs kommun",
    ]
    leaks = {}
    for route in routes():
        if route.name in OWN | {QUICK_LOG} and route.name != "account_logout":
            response = client.get(route.address(things), {"q": "Burlöv"})
            assert response.status_code in (200, 302, 403, 404), route.name
            leaks[route.name] = [name for name in names if name in response.content.decode()]

    assert not (found := unexpected(leaks, allowed=lambda found: found == [])), found


def test_reader_reads(client, reader, things):
    as_person(client, reader)
    answers = {
        route.name: status_of(client.get(route.address(things))) for route in routes() if route.name in READING | OWN
    }

    assert answers == dict.fromkeys(READING, 200) | dict.fromkeys(OWN, 200) | {
        "account_logout": answers["account_logout"],
        "reports:report_list": answers["reports:report_list"],
    }
    assert answers["reports:report_list"] in (200, 302)


def test_reader_is_refused_what_writes_and_told_who_can_help(client, reader, things):
    as_person(client, reader)
    before = rows()
    answers = {}
    for route in routes():
        if route.name in READING | OWN | PUBLIC | PERSONAL:
            continue
        for method in (client.get, client.post):
            response = method(route.address(things))
            answers[f"{method.__name__} {route.name}"] = (response.status_code, explanation(response))

    assert len(answers) > 60
    assert not (found := unexpected(answers, allowed=lambda answer: answer[0] == 403 and answer[1])), found
    assert rows() == before


def explanation(response) -> bool:
    return "Du får inte" in response.content.decode() and "Vänd dig till" in response.content.decode()


def test_reading_pages_do_not_take_posts(client, coordinator, things):
    as_person(client, coordinator)
    reading = READING | READING_OF_GROUPS
    answers = {route.name: status_of(client.post(route.address(things))) for route in routes() if route.name in reading}

    assert answers == dict.fromkeys(reading, 405)


def test_coordinator_reaches_every_page(client, coordinator, things):
    """So that the refusals above are refusals of pages that exist."""
    as_person(client, coordinator)
    answers = {
        route.name: status_of(client.get(route.address(things)))
        for route in routes()
        if route.name not in {"account_logout", *INVITATIONS} and "key" not in route.parameters
    }

    # 405: buttons, which are only posted. 302: one's way on. 403: what is locked, such as an adopted agreement.
    assert not (found := unexpected(answers, allowed=lambda status: status in (200, 302, 403, 405))), found
    assert {name for name, status in answers.items() if status == 403} == {
        "agreements:agreement_update",
        # Its own people's to say; and there is no other agreement to take part in.
        "agreements:organisation_join",
        "focus_areas:focus_area_create",
        # A new agreement is loaded by the system administrator.
        "focus_areas:workbook_new",
        # The meeting has no minutes to send or add to yet, and the item stands on an agenda already.
        "meetings:addendum_create",
        "meetings:agenda_item_schedule",
        "meetings:minutes_send",
        # The report is issued, and the police's comment is the police's.
        "reports:report_update",
        "reports:report_delete",
        "reports:report_police_comment",
    }


# People and organisations outlive an agreement; a file of it is still handed out; closing it once more changes nothing.
OUTLIVES = {
    "agreements:agreement_close",
    "agreements:organisation_join",
    "agreements:organisation_update",
    "agreements:person_update",
    "agreements:person_email",
    "agreements:person_invite",
    "agreements:person_deactivate",
    "focus_areas:workbook_download",
    # An agreement that has ended is renewed as well: nothing in it changes.
    "focus_areas:renewal_start",
    "focus_areas:renewal_update",
    "focus_areas:renewal_activities",
    "focus_areas:renewal_goals",
    "focus_areas:renewal_seats",
    "focus_areas:renewal_closing",
    "focus_areas:renewal_finish",
    "focus_areas:renewal_delete",
}


def test_closed_agreement_refuses_every_change(client, coordinator, agreement, things):
    as_person(client, coordinator)
    agreement.state = agreement.State.CLOSED
    agreement.save()
    before = rows()
    answers = {
        route.name: status_of(client.post(route.address(things)))
        for route in routes()
        if route.belongs_to_an_agreement and route.name not in READING | READING_OF_GROUPS | OUTLIVES
    }

    assert len(answers) > 25
    assert not (found := unexpected(answers, allowed=lambda status: status == 403)), found
    assert rows() == before


# --- Ids of another agreement ---


def model_choices(form) -> dict[str, forms.ModelChoiceField]:
    return {name: field for name, field in form.fields.items() if isinstance(field, forms.ModelChoiceField)}


def forms_of(response) -> list[forms.BaseForm]:
    found = []
    status_of(response)
    for context in response.context or []:
        for values in getattr(context, "dicts", [context]):
            found += [value for value in values.values() if isinstance(value, forms.BaseForm) and value not in found]
    return found


def belongs_to(row, agreement) -> bool:
    """Whether a row is the other municipality's, by its agreement or, for people and organisations, by its top."""
    if hasattr(row, "agreement"):
        return row.agreement == agreement
    organisation = getattr(row, "organisation", row)
    return getattr(organisation, "root", None) == agreement.municipality


def test_forms_offer_nothing_of_another_agreement(client, coordinator, other_agreement, things, strange_things):
    as_person(client, coordinator)
    looked_at, strangers = 0, {}
    for route in routes():
        if route.name in PUBLIC or route.name == "account_logout" or "key" in route.parameters:
            continue
        for form in forms_of(client.get(route.address(things))):
            for name, field in model_choices(form).items():
                looked_at += 1
                offered = [row for row in field.queryset if belongs_to(row, other_agreement)]
                if offered:
                    strangers[f"{route.name}.{name}"] = offered

    assert looked_at > 20
    assert strangers == {}


def test_ids_of_another_agreement_cannot_be_posted(client, coordinator, things, strange_things):
    as_person(client, coordinator)
    strange = {type(thing): thing for thing in strange_things.values()}
    before, tried, taken = rows(), 0, []
    for route in routes():
        if route.name in PUBLIC or route.name == "account_logout" or "key" in route.parameters:
            continue
        address = route.address(things)
        page = client.get(address)
        for form in forms_of(page):
            for name, field in model_choices(form).items():
                stranger = strange.get(field.queryset.model)
                if stranger is None or takes_no_post(client, address):
                    continue
                tried += 1
                answer = client.post(address, posted(form) | {form.add_prefix(name): stranger.pk})
                if not any(form.add_prefix(name) in again.errors for again in forms_of(answer)):
                    taken.append(f"{route.name}.{name}: {answer.status_code}")

    assert tried > 15
    assert taken == []
    assert rows() == before


def takes_no_post(client, address: str) -> bool:
    """Whether the page only shows something. A form where all is optional saves what it is asked: that is undone."""
    with transaction.atomic():
        status = client.post(address, {}).status_code
        transaction.set_rollback(True)
    return status == 405


def posted(form) -> dict[str, object]:
    """What a browser would send if nothing was touched."""
    values = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False, "") and not isinstance(bound.field, forms.FileField):
            prepared = bound.field.prepare_value(value)
            values[bound.html_name] = prepared if prepared is not None else ""
    return values


# --- The admin ---


def test_admin_sends_people_without_staff_away(client, coordinator, things):
    as_person(client, coordinator)
    answers = {address: status_of(client.get(address)) for address in admin_addresses(things)}

    assert len(answers) > 40
    assert not (found := unexpected(answers, allowed=lambda status: status in (302, 403, 404))), found


def test_admin_shows_a_staff_outsider_nothing_of_an_agreement(client, staff_outsider, agreement, things):
    as_person(client, staff_outsider)
    leaks = []
    for address in admin_addresses(things):
        response = client.get(address)
        if response.status_code == 200 and agreement.title in response.content.decode():
            leaks.append(address)

    assert leaks == []


def test_admin_answers_a_system_administrator(client, system_administrator, things):
    as_person(client, system_administrator)
    answers = {
        address: status_of(client.get(address))
        for address in admin_addresses(things)
        if "autocomplete" not in address and "logout" not in address
    }

    assert not (found := unexpected(answers, allowed=lambda status: status in (200, 302, 403, 405))), found
