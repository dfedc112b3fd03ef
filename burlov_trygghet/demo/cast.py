"""Who appears in the example: one person per role of the access table. Names are roles; nobody is invented."""

import datetime
from dataclasses import dataclass

from agreements.models import Group, Seat

DOMAIN = "burlov.example"
START = datetime.date(2023, 7, 1)

WALKS_GROUP = "Arbetsgrupp Trygghetsvandringar"
NEIGHBOURS_GROUP = "Arbetsgrupp Grannsamverkan"


@dataclass(frozen=True)
class Place:
    """A seat in one of the agreement's groups, found by what it is called there; added when it is missing."""

    group: str
    title: str
    organisation: str
    function: str = Seat.Function.MEMBER
    starts_on: datetime.date = START


@dataclass(frozen=True)
class Character:
    """A person of the example; with a mailbox one that signs in, without one a contact."""

    key: str
    name: str
    organisation: str = ""
    places: tuple[Place, ...] = ()
    signs_in: bool = True
    is_system_administrator: bool = False

    @property
    def email(self) -> str | None:
        return f"{self.key}@{DOMAIN}" if self.signs_in else None


STEERING, PREPARATION, SITUATION = Group.Kind.STEERING, Group.Kind.PREPARATION, Group.Kind.SITUATION

# The groups that the agreement names are found by their kind, the two working groups by their name.
CAST = (
    Character("admin", "Systemförvaltare", "KLF", is_system_administrator=True),
    Character(
        "samordnare",
        "Brottsförebyggande samordnare",
        "KLF",
        (
            Place(STEERING, "Brottsförebyggande samordnare", "KLF", Seat.Function.COORDINATOR),
            Place(PREPARATION, "Brottsförebyggande samordnare", "KLF", Seat.Function.COORDINATOR),
        ),
    ),
    Character(
        "kommunpolis",
        "Kommunpolis",
        "police",
        (
            Place(PREPARATION, "Kommunpolis", "police", Seat.Function.POLICE_LIAISON),
            Place(SITUATION, "Kommunpolis", "police"),
            Place(NEIGHBOURS_GROUP, "Kommunpolis", "police", Seat.Function.CONVENER),
        ),
    ),
    Character("styrgrupp", "Ledamot i styrgruppen", "KLF", (Place(STEERING, "Kommundirektör", "municipality"),)),
    Character(
        "beredning",
        "Ledamot i beredningsgruppen",
        "SF",
        (Place(PREPARATION, "Tjänsteperson i kommunen", "municipality"),),
    ),
    Character(
        "sammankallande",
        "Sammankallande",
        "KLF",
        (Place(WALKS_GROUP, "Planeringsenheten", "KLF", Seat.Function.CONVENER),),
    ),
    Character("arbetsgrupp", "Ledamot i arbetsgruppen", "KLF", (Place(WALKS_GROUP, "Gatuenheten", "KLF"),)),
    Character(
        "oratmotmarken",
        "Deltagare i Örat mot marken",
        "BBAB",
        (Place(SITUATION, "Företrädare för Burlövs Bostäder", "BBAB"),),
    ),
    Character(
        "raddningstjanst",
        "Deltagare från räddningstjänsten",
        "rescue_service",
        (Place(SITUATION, "Företrädare för räddningstjänsten", "rescue_service"),),
    ),
    Character("lasare", "Läsare", "municipality", (Place(STEERING, "Revisor", "municipality", Seat.Function.READER),)),
    Character("utomstaende", "Utomstående"),
    Character(
        "kso",
        "Kommunstyrelsens ordförande till valet 2026",
        "municipality",
        (Place(STEERING, "Kommunstyrelsens ordförande", "municipality", Seat.Function.CHAIR),),
        signs_in=False,
    ),
    Character(
        "opposition",
        "Oppositionsföreträdare till valet 2026",
        "municipality",
        (Place(STEERING, "Oppositionsföreträdare", "municipality"),),
        signs_in=False,
    ),
    Character("chef-ukf", "Förvaltningschef UKF", "UKF", (Place(STEERING, "Förvaltningschef", "UKF"),), signs_in=False),
    Character(
        "chef-sf",
        "Förvaltningschef SF",
        "SF",
        (Place(STEERING, "Förvaltningschef", "SF", starts_on=datetime.date(2025, 3, 1)),),
        signs_in=False,
    ),
    Character(
        "chef-lpo",
        "Chef för LPO Kävlinge",
        "police",
        (Place(STEERING, "Chef för LPO Kävlinge", "police"),),
        signs_in=False,
    ),
    Character(
        "tjansteperson-ukf", "Tjänsteperson UKF", "UKF", (Place(PREPARATION, "Tjänsteperson", "UKF"),), signs_in=False
    ),
    Character(
        "kommunledning",
        "Personal från kommunledningen",
        "KLF",
        (Place(SITUATION, "Personal från kommunledningen", "KLF"),),
        signs_in=False,
    ),
    Character(
        "verksamhetschef",
        "Verksamhetschef",
        "municipality",
        (Place(SITUATION, "Verksamhetschef", "municipality"),),
        signs_in=False,
    ),
)

VACATED_AFTER_ELECTION = ("kso", "opposition")
