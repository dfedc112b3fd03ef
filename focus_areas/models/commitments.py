import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from agreements.models import Agreement, Party
from documents.fields import LineField, ProseField
from focus_areas.models.activities import LONG_AGO, Activity
from focus_areas.models.focus_areas import Goal

# "Ungefär N" is kept when at least nine tenths are done; the report's annex says so.
ABOUT_TOLERANCE = 0.9


@dataclass(frozen=True)
class PartyPromises:
    """One party's promises: how many have a number, how many of those are kept, how many are followed up in words."""

    heading: str
    promised: int
    kept: int
    in_words: int = 0

    @property
    def sentence(self) -> str:
        return f"{self.kept} av {self.promised}"


def is_kept(*, comparison: str, planned: int | None, done: int | None) -> bool:
    """Whether a promise with a number has been kept. More done than promised is kept too."""
    if planned is None or done is None:
        return False
    if comparison == Commitment.Comparison.ABOUT:
        return done >= planned * ABOUT_TOLERANCE
    return done >= planned


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CommitmentQuerySet":
        return self.filter(activity__focus_area__agreement__in=Agreement.objects.visible_to(user))

    def current(self, *, on: datetime.date) -> "CommitmentQuerySet":
        """Commitments that hold on that day, undated ones included."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def with_done(self) -> "CommitmentQuerySet":
        """Annotate `done`: the sum of what has been logged; None when nothing has been reported."""
        from focus_areas.models.log import LogEntry

        logged = LogEntry.objects.filter(commitment=OuterRef("pk")).order_by().values("commitment")
        return self.annotate(done=Subquery(logged.annotate(sum=Sum("quantity")).values("sum")))

    def with_kept(self) -> "CommitmentQuerySet":
        """Annotate `kept` (needs `with_done`): the same rule as `is_kept`."""
        enough = Case(
            When(comparison=Commitment.Comparison.ABOUT, then=F("planned") * ABOUT_TOLERANCE),
            default=F("planned") * 1.0,
            output_field=models.FloatField(),
        )
        return self.annotate(kept=Case(When(done__gte=enough, then=True), default=False))

    def promises_by_party(self, agreement: Agreement) -> list[PartyPromises]:
        """Count promises kept of promises with a number, per party, then jointly, then for others; one query each way.

        Units are never added up: a promise counts as one, whatever it counts.
        """
        counted = (
            self.filter(activity__focus_area__agreement=agreement)
            .with_done()
            .with_kept()
            .annotate(root=Coalesce("organisation__parent__parent", "organisation__parent", "organisation"))
            .order_by()
            .values("root", "is_joint")
            .annotate(
                promised=Count("pk", filter=Q(planned__isnull=False)),
                kept_count=Count("pk", filter=Q(planned__isnull=False, kept=True)),
                in_words=Count("pk", filter=Q(planned__isnull=True)),
            )
        )
        return headed_promises(
            parties=agreement.parties.select_related("organisation__parent__parent"),
            counts={(row["root"], row["is_joint"]): row for row in counted},
        )


def count_promises(commitments: Iterable["Commitment"]) -> dict[tuple[int | None, bool], dict[str, int]]:
    """The same counts as `promises_by_party` asks the database for, of commitments that know what was `done`."""
    counts: dict[tuple[int | None, bool], dict[str, int]] = {}
    for one in commitments:
        key = (one.organisation.root.pk if one.organisation else None, one.is_joint)
        row = counts.setdefault(key, {"promised": 0, "kept_count": 0, "in_words": 0})
        row["promised" if one.has_number else "in_words"] += 1
        row["kept_count"] += is_kept(comparison=one.comparison, planned=one.planned, done=one.done)
    return counts


def headed_promises(*, parties: Iterable[Party], counts: dict) -> list[PartyPromises]:
    """Put counts keyed by (top organisation, joint or not) under the parties' everyday names."""
    left = dict(counts)
    headed = []
    for party in parties:
        root = party.organisation.root
        row = left.pop((root.pk, False), {"promised": 0, "kept_count": 0, "in_words": 0})
        headed.append(PartyPromises(root.everyday_name, row["promised"], row["kept_count"], row["in_words"]))
    joint = [left.pop(key) for key in list(left) if key[1]]
    for heading, rows in (("Gemensamt", joint), ("Övriga", list(left.values()))):
        if rows:
            headed.append(
                PartyPromises(
                    heading,
                    sum(row["promised"] for row in rows),
                    sum(row["kept_count"] for row in rows),
                    sum(row["in_words"] for row in rows),
                )
            )
    return headed


class Commitment(models.Model):
    """Who promises how many of what (åtagande, löfte): for one organisation, or jointly."""

    class Comparison(models.TextChoices):
        NONE = "", "utan antal"
        AT_LEAST = "at_least", "minst"
        EXACTLY = "exactly", "precis"
        ABOUT = "about", "ungefär"

    definite_name = "åtagandet"
    history_name_fields = ["text"]

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="aktivitet", related_name="commitments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="vem", related_name="commitments", null=True, blank=True
    )
    is_joint = models.BooleanField("gemensamt", default=False)
    text = LineField("åtagande", max_length=200)
    comparison = models.CharField("hur många", max_length=10, choices=Comparison, blank=True)
    planned = models.PositiveIntegerField("planerat antal", null=True, blank=True, validators=[MinValueValidator(1)])
    unit = LineField("enhet", max_length=50, blank=True)
    starts_on = models.DateField("från och med", null=True, blank=True)
    ends_on = models.DateField("till och med", null=True, blank=True)
    outcome = ProseField("utfall i ord", blank=True, max_length=1000)
    goal = models.ForeignKey(
        Goal, models.PROTECT, verbose_name="mäter målet", related_name="commitments", null=True, blank=True
    )

    objects = CommitmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "åtagande"
        verbose_name_plural = "åtaganden"
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_joint=True, organisation__isnull=True) | Q(is_joint=False, organisation__isnull=False),
                name="commitment_of_one_or_joint",
                violation_error_code="organisation",
                violation_error_message="Välj en organisation, eller att åtagandet är gemensamt.",
            ),
            models.CheckConstraint(
                condition=Q(planned__isnull=True, comparison="")
                | (Q(planned__isnull=False, planned__gte=1) & ~Q(comparison="")),
                name="commitment_number_and_comparison_together",
                violation_error_code="planned",
                violation_error_message="Ange både antal (minst 1) och om det är minst, precis eller ungefär så många.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="commitment_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            # Joint and undated commitments have nothing there, and nothing never equals nothing in SQL.
            models.UniqueConstraint(
                F("activity"),
                Coalesce(F("organisation_id"), Value(0)),
                F("text"),
                Coalesce(F("starts_on"), Value(LONG_AGO)),
                name="commitment_once_in_activity",
                violation_error_code="text",
                violation_error_message="Aktiviteten har redan det åtagandet för samma tid.",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + "#ataganden"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement

    @property
    def has_number(self) -> bool:
        return self.planned is not None

    @property
    def who(self) -> str:
        """Kommunen, Polisen, Gemensamt; beside a municipality's administration its short name."""
        if self.is_joint:
            return "Gemensamt"
        organisation = self.organisation
        root = organisation.root
        if root == organisation or root.everyday_name == organisation.everyday_name:
            return organisation.everyday_name
        return f"{root.everyday_name} ({organisation})"

    @property
    def comparison_word(self) -> str:
        """minst, ungefär; a number that stands alone is exact."""
        return "" if self.comparison == self.Comparison.EXACTLY else self.get_comparison_display()

    @property
    def promise_in_words(self) -> str:
        """minst 4 vandringar; empty where no number is promised."""
        if not self.has_number:
            return ""
        return f"{self.get_comparison_display()} {self.planned} {self.unit}".strip()
