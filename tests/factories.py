"""Rows for tests: plain functions with fixed values, each making the least that is needed.

Whatever a test is about it says itself; the rest comes from here. Nothing is random, and nothing is found by chance.
"""

import datetime
import unicodedata
from zoneinfo import ZoneInfo

from django.test import Client

from accounts.history import recording
from accounts.models import Organisation, User
from agreements.models import Agreement, Area, Group, Membership, Party, Seat
from focus_areas import operations
from focus_areas.models import (
    Activity,
    ChildImpact,
    Commitment,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    Goal,
    LogEntry,
    StatusUpdate,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TODAY = datetime.date(2026, 11, 23)
FIRST_DAY = datetime.date(2023, 7, 1)
LAST_DAY = datetime.date(2026, 12, 31)
PASSWORD = "vandring i Arlöv 2026"

# Whoever a test does not name; the cast in conftest has other names.
PEOPLE = (
    "Ulla Norén",
    "Bo Persson",
    "Elsa Wall",
    "Hugo Alm",
    "Leila Aziz",
    "Nils Bäck",
    "Rut Ahl",
    "Omar Said",
    "Stina Ek",
    "Tor Åberg",
)
ACTIVITIES = (
    "Trygghetsvandringar",
    "Sociala insatsgrupper",
    "Trygg skolväg",
    "Fältarbete på kvällar",
    "Grannsamverkan",
)


def as_person(client: Client, user: User) -> Client:
    """Sign the person in, and return the client."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(day: datetime.date, hour: int = 9) -> datetime.datetime:
    """A moment of that day in Swedish time."""
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=STOCKHOLM)


# --- Organisations and people ---


def make_organisation(name: str = "Socialförvaltningen", **fields) -> Organisation:
    return Organisation.objects.create(name=name, **{"kind": Organisation.Kind.ADMINISTRATION} | fields)


def make_municipality(name: str = "Burlövs kommun") -> Organisation:
    """A municipality with KLF, SF and UKF, and its housing company."""
    municipality = make_organisation(name, kind=Organisation.Kind.MUNICIPALITY)
    make_organisation("Kommunledningsförvaltningen", short_name="KLF", parent=municipality)
    make_organisation("Socialförvaltningen", short_name="SF", parent=municipality)
    make_organisation("Utbildnings- och kulturförvaltningen", short_name="UKF", parent=municipality)
    make_organisation(
        "Burlövs Bostäder", short_name="BBAB", kind=Organisation.Kind.HOUSING_COMPANY, parent=municipality
    )
    return municipality


def make_police(
    name: str = "Lokalpolisområde Malmö Norr", *, keeper: Organisation | None = None, **fields
) -> Organisation:
    """A local police area under the police authority, as the keeper has it; without keeper the one that is nobody's."""
    authority, _ = Organisation.objects.get_or_create(
        name="Polismyndigheten", parent=None, keeper=keeper, defaults={"kind": Organisation.Kind.POLICE}
    )
    return make_organisation(
        name, **{"kind": Organisation.Kind.POLICE_AREA, "short_name": "Polisen", "parent": authority} | fields
    )


def organisation_of(agreement: Agreement, short_name: str) -> Organisation:
    """An organisation that takes part in the agreement, by its short name: SF, UKF, Polisen …"""
    return agreement.organisations.get(short_name=short_name)


def make_person(full_name: str | None = None, *, password: str | None = PASSWORD, **fields) -> User:
    """A person who can sign in; with password=None a contact who cannot."""
    if full_name is None:
        number = User.objects.count()
        full_name = PEOPLE[number % len(PEOPLE)] + (f" {number}" if number >= len(PEOPLE) else "")
    fields.setdefault("email", email_of(full_name, fields.get("organisation")))
    return User.objects.create_user(password=password, full_name=full_name, **fields)


def email_of(full_name: str, organisation: Organisation | None) -> str:
    place = organisation.root.name.split()[0] if organisation else "person"
    return f"{plain(full_name).replace(' ', '.')}@{plain(place)}.example"


def plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


# --- Agreements, groups and seats ---


def make_agreement(
    *,
    municipality: Organisation | None = None,
    police: Organisation | None = None,
    in_force: bool = True,
    **fields,
) -> Agreement:
    """An agreement between a municipality and the police, both parties and all its administrations taking part."""
    municipality = municipality or make_municipality()
    police = police or make_police(keeper=municipality)
    agreement = Agreement.objects.create(
        municipality=municipality,
        **{
            "title": "Samverkansöverenskommelse 2023–2026",
            "reference_number": "KS/2023:305",
            "purpose": "Minska brottsligheten och öka tryggheten.",
            "starts_on": FIRST_DAY,
            "ends_on": LAST_DAY,
            "state": Agreement.State.ADOPTED if in_force else Agreement.State.DRAFT,
        }
        | fields,
    )
    agreement.organisations.set([municipality, police, *municipality.children.all()])
    make_party(agreement, municipality)
    make_party(agreement, police)
    return agreement


def make_party(agreement: Agreement, organisation: Organisation, **fields) -> Party:
    return Party.objects.create(agreement=agreement, organisation=organisation, **fields)


def make_area(agreement: Agreement, name: str = "Arlöv") -> Area:
    return Area.objects.create(agreement=agreement, name=name)


GROUP_NAMES = {
    Group.Kind.STEERING: "Styrgruppen",
    Group.Kind.PREPARATION: "Beredningsgruppen",
    Group.Kind.WORKING: "Arbetsgruppen för trygg skola",
    Group.Kind.SITUATION: "Örat mot marken",
}


def make_group(agreement: Agreement, kind: str = Group.Kind.WORKING, **fields) -> Group:
    return Group.objects.create(agreement=agreement, kind=kind, **{"name": GROUP_NAMES[Group.Kind(kind)]} | fields)


def make_groups(agreement: Agreement) -> list[Group]:
    """The four groups: steering, preparation, working and Örat mot marken."""
    return [make_group(agreement, kind) for kind in GROUP_NAMES]


def group_of(agreement: Agreement, kind: str) -> Group:
    """The agreement's first group of the kind, made when there is none."""
    return agreement.groups.filter(kind=kind).first() or make_group(agreement, kind)


def make_seat(group: Group, title: str | None = None, **fields) -> Seat:
    return Seat.objects.create(
        group=group,
        title=title or f"Plats {group.seats.count() + 1}",
        **{"organisation": group.agreement.municipality} | fields,
    )


def seat_person(
    agreement: Agreement,
    function: str = Seat.Function.MEMBER,
    kind: str = Group.Kind.STEERING,
    *,
    group: Group | None = None,
    organisation: Organisation | None = None,
    user: User | None = None,
    starts_on: datetime.date = FIRST_DAY,
    ends_on: datetime.date | None = None,
    **person,
) -> User:
    """Seat a person (a new one, unless given) in the agreement's group of that kind; return the person."""
    organisation = organisation or agreement.municipality
    user = user or make_person(**{"organisation": organisation} | person)
    seat = make_seat(group or group_of(agreement, kind), function=function, organisation=organisation)
    Membership.objects.create(
        seat=seat, user=user, starts_on=starts_on, ends_on=ends_on, confirmed_for=organisation.root
    )
    return user


# --- Focus areas, activities and what is written about them ---


def make_focus_area(agreement: Agreement, **fields) -> FocusArea:
    number = agreement.focus_areas.count() + 1
    return FocusArea.objects.create(
        agreement=agreement, **{"number": number, "title": f"Trygghet i område {number}"} | fields
    )


def make_goal(focus_area: FocusArea, **fields) -> Goal:
    number = focus_area.goals.count() + 1
    return Goal.objects.create(
        focus_area=focus_area,
        **{"kind": Goal.Kind.EFFECT, "statement": f"Fler känner sig trygga, mål {number}"} | fields,
    )


def make_activity(focus_area: FocusArea, *, lead=(), participants=(), by: User | None = None, **fields) -> Activity:
    """An activity; `lead` and `participants` are organisations in the order they are named."""
    number = focus_area.activities.count() + 1
    title = ACTIVITIES[number - 1] if number <= len(ACTIVITIES) else f"Aktivitet {number}"
    return operations.save_activity(
        activity=Activity(focus_area=focus_area, **{"number": number, "title": title} | fields),
        by=by,
        process_lead=lead,
        participants=participants,
    )


def make_commitment(activity: Activity, organisation: Organisation | None = None, **fields) -> Commitment:
    """At least four walks a year, by the municipality; is_joint=True for both, planned=None for no number."""
    if not fields.get("is_joint"):
        organisation = organisation or activity.agreement.municipality
    if "planned" in fields and fields["planned"] is None:
        fields = {"comparison": "", "unit": ""} | fields
    return Commitment.objects.create(
        activity=activity,
        organisation=organisation,
        **{
            "text": f"Trygghetsvandringar {activity.commitments.count() + 1}",
            "comparison": Commitment.Comparison.AT_LEAST,
            "planned": 4,
            "unit": "vandringar",
        }
        | fields,
    )


def make_log_entry(
    activity: Activity, *, by: User | None = None, written_at: datetime.datetime | None = None, **fields
) -> LogEntry:
    """A log entry; `written_at` sets when it was written, for older work."""
    with recording(at=written_at):
        return operations.log_activity(
            entry=LogEntry(
                activity=activity,
                **{"happened_on": datetime.date(2026, 11, 2), "text": "Vi gick genom centrala Arlöv."} | fields,
            ),
            by=by or author(),
        )


def make_status_update(
    activity: Activity,
    status: str = Activity.Status.ONGOING,
    assessment: str = Activity.Assessment.GREEN,
    *,
    by: User | None = None,
    written_at: datetime.datetime | None = None,
    **fields,
) -> StatusUpdate:
    """A status update; the activity's own status follows. A reason is there where one is needed."""
    reason = "Resurser saknas." if status in Activity.NEEDS_REASON else ""
    with recording(at=written_at):
        return operations.report_status(
            update=StatusUpdate(
                activity=activity,
                status=status,
                assessment=assessment,
                **{"text": "Det går som planerat.", "reason": reason} | fields,
            ),
            by=by or author(),
        )


def make_follow_up(
    activity: Activity,
    *,
    by: User | None = None,
    written_at: datetime.datetime | None = None,
    approved_for: tuple[str, ...] = (),
    **fields,
) -> FollowUp:
    """A follow-up; `approved_for` names the sides that have approved it: municipality, police."""
    by = by or author()
    with recording(at=written_at):
        follow_up = operations.save_follow_up(
            follow_up=FollowUp(
                activity=activity,
                **{
                    "followed_up_on": datetime.date(2026, 10, 15),
                    "kind": FollowUp.Kind.PROCESS,
                    "findings": "Vandringarna hålls och åtgärderna följs upp.",
                    "conclusion": FollowUp.Conclusion.CONTINUE,
                }
                | fields,
            ),
            by=by,
        )
        for side in approved_for:
            FollowUpApproval.objects.create(follow_up=follow_up, side=side, approved_by=by)
    return follow_up


def make_child_impact(activity: Activity, **fields) -> ChildImpact:
    return ChildImpact.objects.create(
        activity=activity,
        **{
            "children_affected": "Elever på mellanstadiet.",
            "conclusion": "Aktiviteten är till barnens bästa.",
            "assessed_on": datetime.date(2026, 3, 2),
        }
        | fields,
    )


def author() -> User:
    """The person who has written what no test asks about; sits nowhere."""
    return User.objects.filter(email="skribent@person.example").first() or make_person(
        "Siv Skribent", email="skribent@person.example", password=None
    )
