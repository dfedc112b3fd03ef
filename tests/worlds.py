"""One agreement with something in every room, for tests that walk all pages or count queries at 1 and 3 of each."""

import datetime

from django.core.files.base import ContentFile

from accounts.history import recording
from accounts.models import User
from agreements.models import Agreement, AgreementDocument, AgreementSection, Definition, Group, Seat
from focus_areas.models import Activity, Commitment, FollowUp, Goal, LogAttachment, LogEntry, PendingWorkbook
from tests.factories import (
    TODAY,
    at,
    group_of,
    make_activity,
    make_area,
    make_child_impact,
    make_commitment,
    make_focus_area,
    make_follow_up,
    make_goal,
    make_group,
    make_log_entry,
    make_organisation,
    make_status_update,
    organisation_of,
    seat_person,
)

AREA_NAMES = ("Arlöv", "Åkarp", "Burlövs kyrkby")


def fill(agreement: Agreement, *, by: User, rows: int = 1) -> dict[str, object]:
    """Put `rows` of everything into the agreement; return one of each kind, by the first word of its address."""
    with recording(by=by, at=at(datetime.date(2026, 9, 1))):
        things = {"overenskommelser": agreement} | fill_agreement(agreement, by=by, rows=rows)
        areas = [make_area(agreement, name) for name in AREA_NAMES[:rows]]
        for _ in range(rows):
            focus_area = make_focus_area(agreement)
            goals = [make_goal(focus_area) for _ in range(rows)]
            things.setdefault("fokusomraden", focus_area)
            things.setdefault("mal", goals[0])
            for _ in range(rows):
                activity = make_activity(
                    focus_area,
                    lead=[organisation_of(agreement, name) for name in ("Polisen", "SF", "KLF")[: rows + 1]],
                    participants=[organisation_of(agreement, "BBAB"), organisation_of(agreement, "UKF")],
                    responsible=by,
                    working_group=group_of(agreement, Group.Kind.WORKING),
                    next_follow_up_on=TODAY - datetime.timedelta(days=3),
                )
                activity.areas.set(areas)
                activity.goals.set(goals)
                for name, thing in fill_activity(activity, by=by, rows=rows).items():
                    things.setdefault(name, thing)
    things["arbetsbocker"] = PendingWorkbook.objects.create(
        agreement=agreement, uploaded_by=by, file_name="plan.yaml", content=b"agreement: {}\n"
    )
    return things


def fill_agreement(agreement: Agreement, *, by: User, rows: int) -> dict[str, object]:
    """Organisations, people, groups with seats, documents, sections and definitions."""
    things = {"personer": by}
    for number in range(rows):
        organisation = make_organisation(f"Föreningen {number}", kind="civil_society", parent=agreement.municipality)
        agreement.organisations.add(organisation)
        group = make_group(agreement, name=f"Arbetsgrupp {number}", parent=group_of(agreement, Group.Kind.PREPARATION))
        for kind in (Group.Kind.STEERING, Group.Kind.SITUATION):
            seat_person(agreement, kind=kind, organisation=organisation)
        person = seat_person(agreement, group=group, organisation=organisation)
        things.setdefault("organisationer", organisation)
        things.setdefault("grupper", group)
        things.setdefault("platser", group.seats.get())
        things["personer"] = person
        AgreementSection.objects.create(agreement=agreement, heading=f"Avsnitt {number}", text="Så arbetar parterna.")
        Definition.objects.create(agreement=agreement, term=f"Begrepp {number}", text="Så används ordet.")
        document = AgreementDocument(
            agreement=agreement,
            title=f"Handling {number}",
            file_name="avtal.pdf",
            content_type="application/pdf",
            size=8,
            added_by=by,
        )
        document.file.save("avtal.pdf", ContentFile(b"%PDF-1.7"))
        things.setdefault("handlingar", document)
    return things


def fill_activity(activity, *, by: User, rows: int) -> dict[str, object]:
    """Commitments, log entries with files, status updates, follow-ups, and the child's best."""
    things = {"aktiviteter": activity}
    for number in range(rows):
        commitment = make_commitment(activity, organisation_of(activity.agreement, "SF"))
        entry = make_log_entry(activity, by=by, commitment=commitment, quantity=number + 1)
        make_status_update(activity, by=by, decision_requested="Fler vandringar")
        follow_up = make_follow_up(activity, by=by, followed_up_on=datetime.date(2026, 6, 1 + number))
        things.setdefault("ataganden", commitment)
        things.setdefault("loggen", entry)
        things.setdefault("uppfoljningar", follow_up)
        things.setdefault("bilagor", attach(entry))
    make_child_impact(activity)
    return things


def attach(entry: LogEntry) -> LogAttachment:
    attachment = LogAttachment(log_entry=entry, file_name="karta.pdf", content_type="application/pdf", size=8)
    attachment.file.save("karta.pdf", ContentFile(b"%PDF-1.7"))
    return attachment


def one_of_each(agreement: Agreement) -> dict[str, object]:
    """One of each kind of thing that an agreement holds already, by the first word of its address."""
    activity = Activity.objects.of(agreement).filter(log_entries__attachments__isnull=False).in_order().first()
    seat = Seat.objects.filter(group__agreement=agreement, memberships__isnull=False).first()
    follow_up = FollowUp.objects.filter(activity__focus_area__agreement=agreement, approvals__isnull=True).first()
    things = {
        "overenskommelser": agreement,
        "organisationer": agreement.organisations.first(),
        "personer": seat.memberships.first().user,
        "grupper": seat.group,
        "platser": seat,
        "handlingar": agreement.documents.first(),
        "fokusomraden": activity.focus_area,
        "mal": Goal.objects.filter(focus_area__agreement=agreement).first(),
        "aktiviteter": activity,
        "ataganden": Commitment.objects.filter(activity__focus_area__agreement=agreement).first(),
        "loggen": activity.log_entries.first(),
        "bilagor": LogAttachment.objects.filter(log_entry__activity=activity).first(),
        "uppfoljningar": follow_up,
        "arbetsbocker": PendingWorkbook.objects.filter(agreement=agreement).first(),
    }
    return {name: thing for name, thing in things.items() if thing is not None}


def address_values(things: dict[str, object], *, route: str, names) -> dict[str, object]:
    """What to put into an address: the thing that its first word names, and a real value for anything else."""
    values = {}
    for name in names:
        if name == "pk":
            values[name] = things[route.split("/", 1)[0]].pk
        elif name == "key":
            values[name] = f"logentry-{things['loggen'].history.get().pk}"
        else:
            values[name] = {"suffix": "yaml", "side": "municipality", "uidb36": "1"}[name]
    if "uidb36" in values:
        values["key"] = "fel-nyckel"
    return values
