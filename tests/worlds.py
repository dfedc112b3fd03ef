"""One agreement with something in every room, for tests that walk all pages or count queries at 1 and 3 of each."""

import datetime

from django.core.files.base import ContentFile

from accounts.history import recording
from accounts.models import User
from agreements.models import (
    Agreement,
    AgreementDocument,
    AgreementSection,
    Definition,
    Group,
    IndicatorValue,
    Problem,
    Seat,
    SituationPicture,
)
from focus_areas.models import (
    Activity,
    Cause,
    Commitment,
    CommunicationItem,
    FollowUp,
    Goal,
    Grant,
    LogAttachment,
    LogEntry,
    PendingWorkbook,
    PlannedFollowUp,
    Renewal,
)
from meetings.models import ActionPoint, AgendaItem, Attendance, CalendarFeed, Decision, Meeting, MeetingSeries
from meetings.operations.calendars import issue_address
from reports.models import FocusAreaComment, Report
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
from tests.meeting_factories import (
    make_action_point,
    make_agenda_item,
    make_backlog_item,
    make_category,
    make_decision,
    make_event,
    make_guest,
    make_meeting,
    make_observation,
    make_series,
    make_situation_report,
    make_template_item,
    situation_group,
)
from tests.report_factories import freeze_report, make_issued_report, make_report
from tests.thread_factories import (
    make_cause,
    make_communication_item,
    make_communication_plan,
    make_council_report,
    make_evaluation,
    make_finding,
    make_grant,
    make_indicator,
    make_linked_plan,
    make_pending_indicator_file,
    make_picture,
    make_picture_document,
    make_plan,
    make_planned_follow_up,
    make_problem,
    make_recommendation,
    make_renewal,
    make_source,
)

AREA_NAMES = ("Arlöv", "Åkarp", "Burlövs kyrkby")


def fill(agreement: Agreement, *, by: User, rows: int = 1) -> dict[str, object]:
    """Put `rows` of everything into the agreement; return one of each kind, by the first word of its address."""
    with recording(by=by, at=at(datetime.date(2026, 9, 1))):
        things = {"overenskommelser": agreement} | fill_agreement(agreement, by=by, rows=rows)
        areas = [make_area(agreement, name) for name in AREA_NAMES[:rows]]
        things |= fill_pictures(agreement, by=by, rows=rows)
        problems = list(Problem.objects.filter(situation_picture__adopted_on__isnull=False))
        causes = list(Cause.objects.of(agreement))
        for _ in range(rows):
            focus_area = make_focus_area(agreement)
            focus_area.problems.set(problems)
            goals = [
                make_goal(focus_area, problem=problems[0], indicator=agreement.indicators.first()) for _ in range(rows)
            ]
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
                    is_public=True,
                    public_text="Vi går genom centrum tillsammans.",
                )
                activity.areas.set(areas)
                activity.goals.set(goals)
                activity.causes.set(causes)
                for name, thing in fill_activity(activity, by=by, rows=rows).items():
                    things.setdefault(name, thing)
    things |= fill_thread(agreement, by=by, rows=rows, activity=things["aktiviteter"])
    things |= fill_meetings(agreement, by=by, rows=rows, activity=things["aktiviteter"])
    things |= fill_reports(agreement, by=by, rows=rows)
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
        things.setdefault("innehav", group.seats.get().memberships.get())
        things.setdefault("inbjudningar", person)
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


def fill_pictures(agreement: Agreement, *, by: User, rows: int) -> dict[str, object]:
    """An adopted picture and the working material of the next, both with everything; indicators; causes."""
    adopted = make_picture(agreement, adopted_on=datetime.date(2022, 10, 3))
    draft = make_picture(agreement, supersedes=adopted)
    things = {"lagesbilder": draft}
    for _ in range(rows):
        for picture in (adopted, draft):
            problem = make_problem(picture)
            problem.areas.set(agreement.areas.all())
            source = make_source(picture)
            make_source(picture, is_rejected=True)
            document = make_picture_document(picture, by=by)
            cause = make_cause(problem)
            # What can still be changed is what the walk tries to change: the working material.
            things |= {"problem": problem, "kallor": source, "lagesbildsbilagor": document, "orsaker": cause}
        indicator = make_indicator(agreement)
        things.setdefault("indikatorer", indicator)
        things.setdefault("varden", indicator.values.first())
        things.setdefault("andra-planer", make_linked_plan(agreement))
    things["inlasningar"] = make_pending_indicator_file(agreement, by=by)
    return things


def fill_thread(agreement: Agreement, *, by: User, rows: int, activity: Activity) -> dict[str, object]:
    """A draft plan, communication, evaluation, reports to the council, and a renewal that has begun."""
    things = {
        "planversioner": make_plan(agreement, based_on=SituationPicture.objects.current(agreement)),
        "fornyelser": make_renewal(agreement, by=by),
        "invanare": agreement,
    }
    for _ in range(rows):
        public = make_issued_report(agreement, by=by, kind=Report.Kind.PUBLIC)
        things.setdefault("invanare/rapporter", public)
        plan = make_communication_plan(agreement)
        evaluation = make_evaluation(agreement)
        things.setdefault("kommunikationsplaner", plan)
        things.setdefault("utvarderingar", evaluation)
        things.setdefault("fullmaktigerapporter", make_council_report(agreement))
        for _ in range(rows):
            item = make_communication_item(plan, activity=activity, responsible=by)
            finding = make_finding(evaluation)
            recommendation = make_recommendation(evaluation, finding=finding)
            recommendation.activities.set([activity])
            things.setdefault("insatser", item)
            things.setdefault("slutsatser", finding)
            things.setdefault("rekommendationer", recommendation)
    return things


def fill_meetings(agreement: Agreement, *, by: User, rows: int, activity: Activity) -> dict[str, object]:
    """Meetings of Örat mot marken and the preparation group, held and planned, and what was said and decided there."""
    groups = [group_of(agreement, Group.Kind.PREPARATION), situation_group(agreement)]
    areas = list(agreement.areas.all())
    things = {"delomraden": areas[0]}
    for number in range(rows):
        category = make_category(agreement, f"Kategori {number}")
        things.setdefault("kategorier", category)
        for week in range(number + 1):
            day = TODAY - datetime.timedelta(days=3 + 7 * week)
            observation = make_observation(agreement, day, by=by, category=category, area=areas[number])
            things.setdefault("iakttagelser", observation)
        event = make_event(agreement, TODAY + datetime.timedelta(days=3 + number))
        event.watched_by.set([organisation_of(agreement, "BBAB"), organisation_of(agreement, "SF")])
        things.setdefault("handelser", event)
        for group in groups:
            for name, thing in fill_group(group, by=by, rows=rows, number=number, activity=activity).items():
                # What can still be changed is what the walk tries to change: the last group's planned meeting.
                things[name] = thing
    make_situation_report(things["moten"])
    things["secret"] = issue_address(group=None, by=by)
    things["kalender"] = CalendarFeed.objects.get(user=by)
    return things


def fill_reports(agreement: Agreement, *, by: User, rows: int) -> dict[str, object]:
    """Issued reports, taken up at a meeting that decided something, and drafts; with a comment on each focus area."""
    things = {}
    held = Meeting.objects.of(agreement).filter(state=Meeting.State.HELD, decisions__isnull=False)
    meeting = held.exclude(group__kind=Group.Kind.SITUATION).order_by("pk").first()
    for _ in range(rows):
        for state in Report.State:
            report = make_report(agreement, meeting=meeting, summary="Allt går.", decisions_asked="Fler vandringar.")
            for focus_area in agreement.focus_areas.all():
                FocusAreaComment.objects.create(report=report, focus_area=focus_area, text="Det går bra här.")
            if state == Report.State.ISSUED:
                things.setdefault("rapporter", freeze_report(report, by=by))
    return things


def fill_group(group: Group, *, by: User, rows: int, number: int, activity: Activity) -> dict[str, object]:
    """A series, a template, a meeting that was held some weeks ago and one that is planned, both with an agenda."""
    series = make_series(group)
    make_template_item(group, f"Stående punkt {number}")
    make_backlog_item(group, f"Väntande punkt {number}", created_by=by)
    held = make_meeting(group, TODAY - datetime.timedelta(days=14 * (number + 1)), held=True, series=series)
    planned = make_meeting(group, TODAY + datetime.timedelta(days=14 * number + 1))
    things = {"motesserier": series, "moten": planned}
    for meeting in (held, planned):
        for row in range(rows):
            item = make_agenda_item(meeting, f"Punkt {row}", activity=activity, duration_minutes=10)
            guest = make_guest(meeting, f"Gäst {row}")
            decision = make_decision(
                meeting, agenda_item=item, mandated_activity=activity, mandated_group=activity.working_group
            )
            point = make_action_point(meeting, agenda_item=item, activity=activity, created_by=by)
            things |= {"punkter": item, "narvaro": guest, "beslut": decision, "atgardspunkter": point}
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
        things.setdefault("bidrag", make_grant(activity))
        things.setdefault("planerade-uppfoljningar", make_planned_follow_up(activity))
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
        "innehav": seat.memberships.first(),
        "inbjudningar": seat.memberships.first().user,
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
    things |= meetings_of(agreement) | thread_of(agreement)
    return {name: thing for name, thing in things.items() if thing is not None}


def thread_of(agreement: Agreement) -> dict[str, object]:
    """One of each kind of thing in the red thread; of what can be locked, one that is not, where there is one."""
    picture = agreement.situationpictures.newest_first().first()
    evaluation = agreement.evaluations.first()
    return {
        "lagesbilder": picture,
        "problem": picture and picture.problems.first(),
        "kallor": picture and picture.sources.first(),
        "lagesbildsbilagor": picture and picture.documents.first(),
        "orsaker": Cause.objects.of(agreement).first(),
        "andra-planer": agreement.linkedplans.first(),
        "indikatorer": agreement.indicators.first(),
        "varden": IndicatorValue.objects.filter(indicator__agreement=agreement).first(),
        "planversioner": agreement.action_plans.first(),
        "planerade-uppfoljningar": PlannedFollowUp.objects.filter(activity__focus_area__agreement=agreement).first(),
        "bidrag": Grant.objects.filter(activity__focus_area__agreement=agreement).first(),
        "utvarderingar": evaluation,
        "slutsatser": evaluation and evaluation.findings.first(),
        "rekommendationer": evaluation and evaluation.recommendations.first(),
        "kommunikationsplaner": agreement.communication_plans.first(),
        "rapporter": agreement.reports.issued().first(),
        "insatser": CommunicationItem.objects.filter(plan__agreement=agreement).first(),
        "fullmaktigerapporter": agreement.council_reports.first(),
        "fornyelser": Renewal.objects.filter(agreement=agreement).first(),
        "invanare": agreement,
    }


def meetings_of(agreement: Agreement) -> dict[str, object]:
    """One of each kind of thing that has to do with the agreement's meetings."""
    meetings = Meeting.objects.of(agreement).filter(state=Meeting.State.PLANNED)
    meeting = meetings.filter(group__kind=Group.Kind.SITUATION).first() or meetings.first()
    return {
        "moten": meeting,
        "motesserier": MeetingSeries.objects.filter(group__agreement=agreement).first(),
        "punkter": AgendaItem.objects.filter(meeting=meeting).first(),
        "narvaro": Attendance.objects.filter(meeting__group__agreement=agreement).first(),
        "beslut": Decision.objects.of(agreement).first(),
        "atgardspunkter": ActionPoint.objects.of(agreement).open().first(),
        "iakttagelser": agreement.observations.first(),
        "kategorier": agreement.observation_categories.first(),
        "handelser": agreement.upcoming_events.first(),
        "delomraden": agreement.areas.first(),
    }


def address_values(things: dict[str, object], *, route: str, names) -> dict[str, object]:
    """What to put into an address: the thing that its first word names, and a real value for anything else."""
    values = {}
    for name in names:
        if name == "pk":
            # What residents read has addresses of its own for the same things.
            before, first = route.split("/<", 1)[0], route.split("/", 1)[0]
            values[name] = things[before if before in things else first].pk
        elif name == "secret":
            values[name] = things["secret"]
        elif name == "key":
            values[name] = f"logentry-{things['loggen'].history.get().pk}"
        else:
            values[name] = {"suffix": "yaml", "side": "municipality", "uidb36": "1", "direction": "ner"}[name]
    if "uidb36" in values:
        values["key"] = "fel-nyckel"
    return values
