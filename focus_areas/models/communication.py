from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName
from focus_areas.models.activities import Activity


class CommunicationPlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CommunicationPlanQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class CommunicationPlan(models.Model):
    """How the parties inform, inwards and outwards: the joint plan, or one for a single purpose."""

    definite_name = "kommunikationsplanen"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="communication_plans"
    )
    title = LineField("rubrik", max_length=200)
    is_joint = models.BooleanField("parternas gemensamma plan", default=False)
    aim = ProseField("vad kommunikationen ska leda till", blank=True, max_length=2000)
    principles = ProseField("så delar vi på ansvaret", blank=True, max_length=2000)
    starts_on = models.DateField("från och med", null=True, blank=True)
    ends_on = models.DateField("till och med", null=True, blank=True)

    objects = CommunicationPlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommunikationsplan"
        verbose_name_plural = "kommunikationsplaner"
        ordering = ["-is_joint", "title"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="title",
                name="communication_plan_title_unique_in_agreement",
                violation_error_code="title",
                violation_error_message="Det finns redan en kommunikationsplan med den rubriken.",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(is_joint=True),
                name="communication_plan_one_joint",
                violation_error_code="is_joint",
                violation_error_message="Parterna har redan en gemensam kommunikationsplan.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="communication_plan_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focus_areas:communication_plan_detail", args=[self.pk])


class CommunicationItemQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CommunicationItemQuerySet":
        return self.filter(plan__agreement__in=Agreement.objects.visible_to(user))


class CommunicationItem(models.Model):
    """Something to be told: to whom, what, how, by whom, when (kommunikationsinsats)."""

    class Direction(models.TextChoices):
        INTERNAL = "internal", "Inåt"
        EXTERNAL = "external", "Utåt"

    definite_name = "insatsen"
    history_name_fields = ["message"]

    plan = models.ForeignKey(CommunicationPlan, models.CASCADE, verbose_name="kommunikationsplan", related_name="items")
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    audience = LineField("målgrupp", max_length=150)
    message = ProseField("budskap", max_length=1000)
    channel = LineField("kanal", max_length=150, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="aktivitet", related_name="communication_items", null=True, blank=True
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="ansvarig",
        related_name="communication_items",
        null=True,
        blank=True,
    )
    due_on = models.DateField("senast", null=True, blank=True)
    done_on = models.DateField("gjord", null=True, blank=True)

    objects = CommunicationItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommunikationsinsats"
        verbose_name_plural = "kommunikationsinsatser"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self):
        return f"{self.audience}: {self.message[:60]}"

    def get_absolute_url(self):
        return self.plan.get_absolute_url() + f"#insats-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.plan.agreement
