import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement
from documents.fields import ProseField
from focus_areas.models.activities import Activity
from focus_areas.models.log import ActivityPartQuerySet


class FollowUpQuerySet(ActivityPartQuerySet):
    def awaiting_any(self, sides: Iterable[str]) -> "FollowUpQuerySet":
        """Follow-ups that at least one of these sides has not approved yet."""
        missing = Q()
        for side in sides:
            missing |= ~Exists(FollowUpApproval.objects.filter(follow_up=OuterRef("pk"), side=side))
        return self.filter(missing)

    def latest_first(self) -> "FollowUpQuerySet":
        return self.order_by("-followed_up_on", "-pk")


class FollowUp(models.Model):
    """What a follow-up of an activity found (uppföljning; Brå, step 5), approved by both parties."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", "Produktion"
        PROCESS = "process", "Process"
        EFFECT = "effect", "Effekt"

    class Conclusion(models.TextChoices):
        CONTINUE = "continue", "Fortsätt"
        ADJUST = "adjust", "Justera"
        END = "end", "Avsluta"

    definite_name = "uppföljningen"
    history_name_fields = ["followed_up_on"]

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="aktivitet", related_name="follow_ups")
    followed_up_on = models.DateField("dag")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    findings = ProseField("vad visade den?")
    conclusion = models.CharField("slutsats", max_length=10, choices=Conclusion)
    next_on = models.DateField("nästa uppföljning", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skriven av", related_name="follow_ups"
    )
    created_at = models.DateTimeField("skriven", default=recording_moment, editable=False)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["-followed_up_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("followed_up_on")),
                name="follow_up_next_is_later",
                violation_error_code="next_on",
                violation_error_message="Nästa uppföljning måste vara efter den här.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.followed_up_on}"

    def get_absolute_url(self):
        return reverse("focus_areas:follow_up_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement

    @property
    def approved_sides(self) -> set[str]:
        return {approval.side for approval in self.approvals.all()}

    @property
    def is_approved(self) -> bool:
        """Approved by both: nothing changes it any more."""
        return self.approved_sides == set(FollowUpApproval.Side)

    @property
    def is_locked(self) -> bool:
        """What one side has approved does not change under it; the approval must be withdrawn first."""
        return bool(self.approved_sides)

    @property
    def missing_sides(self) -> list["FollowUpApproval.Side"]:
        return [side for side in FollowUpApproval.Side if side not in self.approved_sides]


class FollowUpApproval(models.Model):
    """One side's approval of a follow-up, with what it does not agree to."""

    class Side(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommunen"
        POLICE = "police", "Polisen"

    definite_name = "godkännandet"
    history_name_fields = ["side"]

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, verbose_name="uppföljning", related_name="approvals")
    side = models.CharField("för", max_length=15, choices=Side)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="godkänd av", related_name="approvals"
    )
    approved_at = models.DateTimeField("godkänd", default=recording_moment, editable=False)
    dissent = ProseField("avvikande mening", blank=True, max_length=1000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "side"],
                name="follow_up_approved_once_by_side",
                violation_error_message="Uppföljningen är redan godkänd.",
            ),
        ]

    def __str__(self):
        return self.get_side_display()


class ChildImpact(models.Model):
    """How an activity touches children, and how they were heard (barnets bästa)."""

    definite_name = "prövningen av barnets bästa"

    activity = models.OneToOneField(Activity, models.PROTECT, verbose_name="aktivitet", related_name="child_impact")
    children_affected = ProseField("vilka barn berörs, och hur?")
    how_heard = ProseField("hur har barn fått komma till tals?", blank=True)
    consequences = ProseField("vilka följder får det för barn?", blank=True)
    conclusion = ProseField("slutsats")
    assessed_on = models.DateField("prövad", default=datetime.date.today)

    objects = ActivityPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "prövning av barnets bästa"
        verbose_name_plural = "prövningar av barnets bästa"

    def __str__(self):
        return f"Barnets bästa: {self.activity}"

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + "#barnets-basta"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement
