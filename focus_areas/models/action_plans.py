from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement, SituationPicture
from documents.fields import LineField, ProseField


class ActionPlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ActionPlanQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def adopted(self) -> "ActionPlanQuerySet":
        """The one that holds now; at most one in an agreement."""
        return self.filter(state=ActionPlan.State.ADOPTED)

    def newest_first(self) -> "ActionPlanQuerySet":
        return self.order_by("-version")


class ActionPlan(models.Model):
    """A version of the action plan (åtgärdsplan; Lag 2023:196, 5 §): decided, and frozen as it was then.

    A draft is the living plan: its activities and goals as they are now. Adopting keeps them in `snapshot`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Utkast"
        ADOPTED = "adopted", "Antagen"
        REPLACED = "replaced", "Ersatt"

    definite_name = "åtgärdsplanen"
    history_name_fields = ["version"]

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="action_plans"
    )
    version = models.PositiveSmallIntegerField("version")
    title = LineField("rubrik", max_length=200)
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.DRAFT, editable=False)
    based_on = models.ForeignKey(
        SituationPicture,
        models.PROTECT,
        verbose_name="vilar på lägesbilden",
        related_name="action_plans",
        null=True,
        blank=True,
    )
    comment = ProseField("om versionen", blank=True, max_length=2000)
    decided_on = models.DateField("beslutad", null=True, blank=True)
    decided_by = LineField("beslutad av", max_length=150, blank=True)
    paragraph = LineField("paragraf", max_length=20, blank=True)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    snapshot = models.JSONField("innehåll", null=True, blank=True, editable=False)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True, editable=False)
    adopted_at = models.DateTimeField("inlagd som antagen", null=True, blank=True, editable=False)
    adopted_entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="inlagd av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField("påbörjad", default=recording_moment, editable=False)

    objects = ActionPlanQuerySet.as_manager()
    # What is frozen needs no second copy in history.
    history = HistoricalRecords(excluded_fields=["snapshot"])

    class Meta:
        verbose_name = "åtgärdsplan"
        verbose_name_plural = "åtgärdsplaner"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "version"], name="action_plan_version_unique_in_agreement"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="draft"),
                name="action_plan_one_draft",
                violation_error_message="Det finns redan ett utkast till ny version.",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="adopted"),
                name="action_plan_one_adopted",
                violation_error_message="Det finns redan en antagen åtgärdsplan.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", snapshot__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(snapshot__isnull=False, decided_on__isnull=False, adopted_at__isnull=False)
                    & ~Q(decided_by="")
                    & ~Q(sha256="")
                ),
                name="action_plan_frozen_when_adopted",
                violation_error_code="decided_on",
                violation_error_message="Ange vem som beslutade och vilken dag.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self):
        return reverse("focus_areas:plan_detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.state == self.State.ADOPTED

    @property
    def is_locked(self) -> bool:
        """What has been decided does not change: the next version is a plan of its own."""
        return not self.is_draft
