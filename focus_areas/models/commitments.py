import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from agreements.models import Agreement
from documents.fields import LineField, ProseField
from focus_areas.models.activities import LONG_AGO, Activity
from focus_areas.models.focus_areas import Goal

# "Ungefär N" is kept when at least nine tenths are done; the report's annex says so.
ABOUT_TOLERANCE = 0.9


def is_kept(*, comparison: str, planned: int | None, done: int | None) -> bool:
    """Whether as many have been done as was promised. More than promised is kept too, except of *at most*.

    *At most* can still be broken until its last day: `focus_areas.forecast` waits for that.
    """
    if planned is None or done is None:
        return False
    if comparison == Commitment.Comparison.AT_MOST:
        return done <= planned
    if comparison == Commitment.Comparison.ABOUT:
        return done >= planned * ABOUT_TOLERANCE
    return done >= planned


def promise_words(*, comparison: str, planned: int | None, unit: str) -> str:
    """minst 4 vandringar, or 2 områden where the document has no such word; empty where no number is promised."""
    if planned is None:
        return ""
    words = dict(Commitment.Comparison.choices) | {Commitment.Comparison.NUMBER: ""}
    word = words.get(comparison, comparison)
    return " ".join(part for part in (word, str(planned), unit) if part)


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CommitmentQuerySet":
        return self.filter(activity__focus_area__agreement__in=Agreement.objects.visible_to(user))

    def current(self, *, on: datetime.date) -> "CommitmentQuerySet":
        """Commitments that hold on that day, undated ones included."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def with_done(self) -> "CommitmentQuerySet":
        """Annotate `done`: the sum of what has been logged, None when nothing has been reported; `is_done_about`."""
        from focus_areas.models.log import LogEntry

        logged = LogEntry.objects.filter(commitment=OuterRef("pk"), quantity__isnull=False).order_by()
        return self.annotate(
            done=Subquery(logged.values("commitment").annotate(sum=Sum("quantity")).values("sum")),
            is_done_about=Exists(logged.filter(is_about=True)),
        )


class Commitment(models.Model):
    """Who promises how many of what (åtagande, löfte): for one organisation, or jointly."""

    class Comparison(models.TextChoices):
        NONE = "", "utan antal"
        # The document gives the number alone.
        NUMBER = "number", "antal"
        AT_LEAST = "at_least", "minst"
        EXACTLY = "exactly", "precis"
        ABOUT = "about", "ungefär"
        AT_MOST = "at_most", "högst"

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
                violation_error_message="Ange antalet (minst 1), eller välj ”utan antal”.",
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

    def clean(self):
        """A number with no word beside it is that number: nothing says *at least* or *exactly*."""
        if self.planned is not None and not self.comparison:
            self.comparison = self.Comparison.NUMBER

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
    def promise_in_words(self) -> str:
        """minst 4 vandringar; empty where no number is promised."""
        return promise_words(comparison=self.comparison, planned=self.planned, unit=self.unit)
