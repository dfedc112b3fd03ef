from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Problem, SituationPicture
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName


class CauseAnalysisQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CauseAnalysisQuerySet":
        return self.filter(problem__situation_picture__agreement__in=Agreement.objects.visible_to(user))


class CauseAnalysis(models.Model):
    """Why a problem is there (orsaksanalys; Brå, step 3): likely causes, before measures are chosen."""

    definite_name = "orsaksanalysen"
    history_name_fields = ["problem"]

    problem = models.OneToOneField(Problem, models.CASCADE, verbose_name="problem", related_name="cause_analysis")
    summary = ProseField("sammanfattning", blank=True)

    objects = CauseAnalysisQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "orsaksanalys"
        verbose_name_plural = "orsaksanalyser"
        ordering = ["pk"]

    def __str__(self):
        return f"Orsaker till {self.problem}"

    def get_absolute_url(self):
        return reverse("focus_areas:cause_analysis", args=[self.problem_id])

    @property
    def agreement(self) -> Agreement:
        return self.problem.agreement


class CauseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CauseQuerySet":
        return self.filter(analysis__problem__situation_picture__agreement__in=Agreement.objects.visible_to(user))

    def of(self, agreement: Agreement) -> "CauseQuerySet":
        return self.filter(analysis__problem__situation_picture__agreement=agreement)

    def adopted(self) -> "CauseQuerySet":
        """Those of adopted pictures, which everybody reads."""
        return self.filter(analysis__problem__situation_picture__state=SituationPicture.State.ADOPTED)

    def for_history(self) -> "CauseQuerySet":
        """With what `name_in_history` asks for."""
        return self.select_related("analysis__problem__situation_picture")


class Cause(models.Model):
    """A likely cause of a problem, or what holds it back: on one of the fishbone's three legs (orsak)."""

    class Leg(models.TextChoices):
        VICTIM = "victim", "Brottsutsatt"
        OFFENDER = "offender", "Gärningsperson"
        PLACE = "place", "Objekt eller plats"

    class Kind(models.TextChoices):
        RISK = "risk", "Riskfaktor"
        PROTECTIVE = "protective", "Skyddsfaktor"

    class Evidence(models.IntegerChoices):
        """How well it is known, from least to most."""

        ASSUMPTION = 1, "Antagande"
        EXPERIENCE = 2, "Erfarenhet i verksamheten"
        STATISTICS = 3, "Statistik eller undersökning"
        RESEARCH = 4, "Forskning"

    definite_name = "orsaken"
    history_name_fields = ["title"]

    analysis = models.ForeignKey(CauseAnalysis, models.CASCADE, verbose_name="orsaksanalys", related_name="causes")
    title = LineField("orsak", max_length=200)
    description = ProseField("beskrivning", blank=True, max_length=2000)
    leg = models.CharField("ben", max_length=10, choices=Leg)
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.RISK)
    evidence = models.PositiveSmallIntegerField("underlag", choices=Evidence, default=Evidence.ASSUMPTION)
    source = LineField("källa", max_length=250, blank=True)
    carried_over_from = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="förd över från", related_name="carried_over_to", null=True, blank=True
    )

    objects = CauseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "orsak"
        verbose_name_plural = "orsaker"
        ordering = ["leg", "kind", "pk"]
        constraints = [
            UniqueName(
                within=("analysis",),
                named="title",
                name="cause_title_unique_in_analysis",
                violation_error_code="title",
                violation_error_message="Analysen har redan den orsaken.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.analysis.get_absolute_url()

    @property
    def agreement(self) -> Agreement:
        return self.analysis.agreement

    @property
    def name_in_history(self) -> str:
        """An activity's history is read by everybody, so what still is working material has no name there.

        After a renewal the activities are tied to causes of the new agreement's working material.
        """
        is_adopted = self.analysis.problem.is_adopted
        return self.title if is_adopted else "en orsak i lägesbildens arbetsmaterial"
