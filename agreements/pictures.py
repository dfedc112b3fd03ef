"""Reading situation pictures: who reads which, what state they are in, how problems compare, what has changed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from agreements.access import Capability
from agreements.models import Agreement, Problem, SituationPicture
from documents.swedish_dates import date_words, due_state, relative_words
from documents.swedish_words import joined, lower_first, upper_first
from documents.written_text import comparison_key

# The law's dates are told of in good time.
SOON_DAYS = 60
NO_BREAK = "\u00a0"
JUDGED = (*Problem.CRITERIA, *Problem.WEIGHED_WITH)
# The criteria as the comparison table's columns call them; the whole questions stand on the problem's page.
SHORT_NAMES = {
    "is_common": "Vanligt",
    "is_rising": "Ökar eller avviker",
    "is_tied_to_place": "Knutet till plats",
    "hits_vulnerable": "Drabbar utsatta",
    "is_signal_crime": "Signalbrott",
    "touches_many": "Berör många",
    "is_costly": "Stora följder",
    "has_resources": "Resurser finns",
    "can_be_influenced": "Går att påverka",
}


# --- Who reads what ---


def readable(rows: QuerySet, user, *, picture: str = "") -> QuerySet:
    """Pictures, or what belongs to them, that the person may read: adopted ones, and working material they work with.

    `picture` is the way from a row to its picture, such as "situation_picture".
    """
    way = f"{picture}__" if picture else ""
    visible = Agreement.objects.visible_to(user)
    working_in = [agreement.pk for agreement in visible if user.has_perm(Capability.CHANGE_PICTURE, agreement)]
    is_read = Q(**{f"{way}state": SituationPicture.State.ADOPTED}) | Q(**{f"{way}agreement__in": working_in})
    return rows.visible_to(user).filter(is_read)


# --- In what state it is ---


@dataclass(frozen=True)
class PictureWords:
    """What the line under a picture's heading says: its state, and when the next one is due."""

    headline: str
    rest: str = ""
    due: str = ""
    due_state: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.due_state == "over"


def picture_words(picture: SituationPicture, *, today: datetime.date, is_current: bool = True) -> PictureWords:
    """Say in words whether a picture is working material, holds or has been replaced, and when the next is due."""
    if not picture.is_adopted:
        return PictureWords("Arbetsmaterial.", working_words(picture))
    headline = f"{adoption_words(picture)}."
    if not is_current:
        return PictureWords(headline, "Den är ersatt av en senare.")
    return PictureWords(headline, "", due_sentence(picture, today=today), due_state(picture.due_on, today, SOON_DAYS))


def working_words(picture: SituationPicture) -> str:
    """What working material still lacks: parts, or anything new in those that were copied."""
    if missing := picture.missing_parts:
        return f"Det som saknas är {joined(missing)}."
    if unchanged := unchanged_parts(picture):
        return f"Oförändrat sedan förra lägesbilden är {joined(unchanged)}."
    return "Alla tre delar är skrivna."


def unchanged_parts(picture: SituationPicture) -> list[str]:
    """The parts that say word for word what they said in the picture that this one is to replace."""
    return [lower_first(part.heading) for part in law_parts(picture) if part.is_unchanged]


def adoption_words(picture: SituationPicture) -> str:
    """Fastställd 3 oktober 2022 av Kommunstyrelsen, § 112."""
    by = f" av {picture.adopted_by}" if picture.adopted_by else ""
    paragraph = f", {picture.paragraph.replace(' ', NO_BREAK)}" if picture.paragraph else ""
    return f"Fastställd {date_words(picture.adopted_on)}{by}{paragraph}"


def due_sentence(picture: SituationPicture, *, today: datetime.date) -> str:
    """When an adopted picture is to be updated (Lag 2023:196, 6 §), or should have been."""
    day, distance = date_words(picture.due_on), relative_words(picture.due_on, today)
    if picture.due_on < today:
        return f"Skulle ha uppdaterats senast {day}, {distance}."
    return f"Ska uppdateras senast {day}, {distance}."


@dataclass(frozen=True)
class LawPart:
    """One of the three parts that a picture has by law, and how its gap is told of."""

    number: int
    field: str
    anchor: str
    heading: str
    gap: str
    fill: str
    text: str
    is_unchanged: bool


# Lag (2023:196), 4 §.
LAW_PARTS = (
    ("mapping", "kartlaggning", "Kartläggning", "Kartläggningen saknas.", "Skriv kartläggningen"),
    ("other_information", "annat", "Annat som har betydelse", "Annat som har betydelse saknas.", "Skriv om annat"),
    ("analysis", "analys", "Analys", "Analysen saknas.", "Skriv analysen"),
)


def law_parts(picture: SituationPicture) -> list[LawPart]:
    parts = []
    for number, words in enumerate(LAW_PARTS, 1):
        text = getattr(picture, words[0]).strip()
        before = getattr(picture.supersedes, words[0]).strip() if picture.supersedes else ""
        parts.append(LawPart(number, *words, text=text, is_unchanged=bool(text) and text == before))
    return parts


# --- How the problems compare ---


@dataclass(frozen=True)
class Judged:
    """One question about a problem and the answer to it; None where it has not been judged."""

    name: str
    value: int | None

    @property
    def question(self) -> str:
        return upper_first(str(Problem._meta.get_field(self.name).verbose_name))

    @property
    def short_name(self) -> str:
        return SHORT_NAMES[self.name]


def judgements(problem: Problem, names: Iterable[str] = JUDGED) -> list[Judged]:
    return [Judged(name, getattr(problem, name)) for name in names]


def sum_words(problem: Problem) -> str:
    """How many of Brå's seven questions are answered yes or partly: a help when priorities are talked about."""
    answers = [one.value for one in judgements(problem, Problem.CRITERIA)]
    if all(answer is None for answer in answers):
        return "Inte bedömt"
    partly = answers.count(Problem.Judgement.PARTLY)
    words = f"{answers.count(Problem.Judgement.YES)} ja"
    return f"{words}, {partly} delvis" if partly else words


def weight(problem: Problem) -> int:
    """The sum as a number to sort by: a yes is two, partly is one."""
    return sum(one.value or 0 for one in judgements(problem, Problem.CRITERIA))


def in_order(problems: Iterable[Problem], order: str = "") -> list[Problem]:
    """Sorted by a criterion, with yes first and what is not judged last; without one, those prioritised first."""

    def rank(problem: Problem) -> tuple:
        asked = getattr(problem, order) if order else None
        return (-1 if asked is None else asked, problem.is_prioritised, weight(problem))

    return sorted(problems, key=rank, reverse=True)


# --- What has changed since the one before ---


@dataclass(frozen=True)
class ProblemChange:
    """A problem that was in both pictures, and what has changed about it, in words."""

    problem: Problem
    before: Problem
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Differences:
    """How the problems of a picture differ from those of the one it supersedes."""

    new: list[Problem]
    gone: list[Problem]
    raised: list[ProblemChange]
    lowered: list[ProblemChange]
    changed: list[ProblemChange]
    unchanged_count: int

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.raised or self.lowered or self.changed)


def compare_pictures(problems: Iterable[Problem], before: Iterable[Problem]) -> Differences:
    """Compare a picture's problems with the earlier one's: by where they come from, else by the same heading."""
    earlier = {problem.pk: problem for problem in before}
    by_title = {comparison_key(problem.title): problem for problem in earlier.values()}
    new, pairs, left = [], [], dict(earlier)
    for problem in problems:
        origin = earlier.get(problem.carried_over_from_id) or by_title.get(comparison_key(problem.title))
        if origin is None or origin.pk not in left:
            new.append(problem)
        else:
            del left[origin.pk]
            pairs.append(ProblemChange(problem, origin, changes_between(origin, problem)))
    raised = [pair for pair in pairs if pair.problem.is_prioritised and not pair.before.is_prioritised]
    lowered = [pair for pair in pairs if pair.before.is_prioritised and not pair.problem.is_prioritised]
    same_priority = [pair for pair in pairs if pair.before.is_prioritised == pair.problem.is_prioritised]
    return Differences(
        new=new,
        gone=list(left.values()),
        raised=raised,
        lowered=lowered,
        changed=[pair for pair in same_priority if pair.changes],
        unchanged_count=sum(not pair.changes for pair in same_priority),
    )


def changes_between(before: Problem, after: Problem) -> list[str]:
    """What differs between two versions of a problem, besides its priority, each in a few words."""
    changes = []
    if before.title != after.title:
        changes.append(f"hette ”{before.title}”")
    if before.trend != after.trend:
        changes.append(f"utvecklingen var {before.get_trend_display().lower()}, är {after.get_trend_display().lower()}")
    for old, new in zip(judgements(before), judgements(after), strict=True):
        if old.value != new.value:
            changes.append(f"{lower_first(new.short_name)}: {answer_words(old.value)} blev {answer_words(new.value)}")
    if before.description != after.description:
        changes.append("beskrivningen är omskriven")
    return changes


def answer_words(value: int | None) -> str:
    return "inte bedömt" if value is None else Problem.Judgement(value).label.lower()
