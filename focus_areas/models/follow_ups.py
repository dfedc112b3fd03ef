import datetime
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement, Seat
from documents.fields import LineField, ProseField
from documents.swedish_dates import date_words
from focus_areas.models.activities import Activity
from focus_areas.models.log import ActivityPartQuerySet


class FollowUpKind(models.TextChoices):
    """What was done, how it was done, and what came of it (Brå, step 5)."""

    PRODUCTION = "production", "Produktion"
    PROCESS = "process", "Process"
    EFFECT = "effect", "Effekt"


class FollowUpQuerySet(ActivityPartQuerySet):
    def awaiting_any(self, sides: Iterable[str]) -> "FollowUpQuerySet":
        """Follow-ups that at least one of these sides has not approved yet."""
        missing = Q()
        for side in sides:
            missing |= ~Exists(FollowUpApproval.objects.filter(follow_up=OuterRef("pk"), side=side))
        return self.filter(missing)

    def approved(self) -> "FollowUpQuerySet":
        """Follow-ups that both sides have approved: the same rule as `FollowUp.is_approved`."""
        both = self
        for side in FollowUpApproval.Side:
            both = both.filter(Exists(FollowUpApproval.objects.filter(follow_up=OuterRef("pk"), side=side)))
        return both

    def with_signatures(self) -> "FollowUpQuerySet":
        """Annotate each side's dissent, None where it has not approved: approvals without a query of their own."""

        def dissent(side):
            approvals = FollowUpApproval.objects.filter(follow_up=OuterRef("pk"), side=side)
            return Subquery(approvals.values("dissent")[:1])

        return self.annotate(
            dissent_of_municipality=dissent(FollowUpApproval.Side.MUNICIPALITY),
            dissent_of_police=dissent(FollowUpApproval.Side.POLICE),
        )

    def latest_first(self) -> "FollowUpQuerySet":
        return self.order_by("-followed_up_on", "-pk")


class PlannedFollowUp(models.Model):
    """What is to be followed up of an activity, when, how and by whom (Brå, step 4); one row for each kind."""

    definite_name = "den planerade uppföljningen"
    history_name_fields = ["kind", "due_on"]

    class PlannedQuerySet(ActivityPartQuerySet):
        def waiting(self) -> "PlannedFollowUp.PlannedQuerySet":
            """Those that no follow-up answers yet."""
            return self.filter(follow_ups__isnull=True)

        def in_order(self) -> "PlannedFollowUp.PlannedQuerySet":
            return self.order_by("due_on", "pk")

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="aktivitet", related_name="planned_follow_ups")
    kind = models.CharField("slag", max_length=10, choices=FollowUpKind)
    what = LineField("vad som följs upp", max_length=250)
    how = LineField("hur", max_length=250, blank=True)
    due_on = models.DateField("senast")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="ansvarig",
        related_name="planned_follow_ups",
        null=True,
        blank=True,
    )

    objects = PlannedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "planerad uppföljning"
        verbose_name_plural = "planerade uppföljningar"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind", "due_on"],
                name="follow_up_planned_once",
                violation_error_code="due_on",
                violation_error_message="En sådan uppföljning är redan planerad den dagen.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {date_words(self.due_on)}"

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + "#uppfoljningsplan"

    def clean(self):
        """What answers it stays an answer to it: of the same activity and kind."""
        answer = self.answer
        if answer is None:
            return
        if answer.activity_id != self.activity_id:
            raise ValidationError({"activity": "Uppföljningen som svarar mot den hör till en annan aktivitet."})
        if answer.kind != self.kind:
            raise ValidationError({"kind": "Uppföljningen som svarar mot den är av ett annat slag."})

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement

    @property
    def answer(self) -> "FollowUp | None":
        return self.follow_ups.prefetch_related("approvals").first() if self.pk else None

    @property
    def is_locked(self) -> bool:
        """What an approved follow-up answers stands as it was when that was approved."""
        return bool((answer := self.answer) and answer.is_locked)


class Reminder(models.Model):
    """That somebody was asked again about an activity: before its follow-up is late, or when nothing has been heard."""

    class Occasion(models.TextChoices):
        SILENT = "silent", "Inget hört"
        FOLLOW_UP = "follow_up", "Uppföljning"

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="aktivitet", related_name="reminders")
    occasion = models.CharField("anledning", max_length=10, choices=Occasion)
    due_on = models.DateField("senast", null=True, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="till", related_name="reminders"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="av", related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField("skickad", default=recording_moment)

    objects = ActivityPartQuerySet.as_manager()

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["activity", "-sent_at"], name="reminder_newest")]

    def __str__(self):
        return f"{self.get_occasion_display()}: {self.activity}"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement

    @property
    def is_about_silence(self) -> bool:
        return self.occasion == self.Occasion.SILENT


class FollowUp(models.Model):
    """What a follow-up of an activity found (uppföljning; Brå, step 5), approved by both parties."""

    Kind = FollowUpKind

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
    planned = models.ForeignKey(
        PlannedFollowUp,
        models.SET_NULL,
        verbose_name="svarar mot",
        related_name="follow_ups",
        null=True,
        blank=True,
    )
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
            models.UniqueConstraint(
                fields=["planned"],
                name="planned_follow_up_answered_once",
                violation_error_code="planned",
                violation_error_message="En annan uppföljning svarar redan mot den planerade.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {date_words(self.followed_up_on)}"

    def get_absolute_url(self):
        return reverse("focus_areas:follow_up_detail", args=[self.pk])

    def clean(self):
        """A follow-up answers what was planned for its own activity, and of its own kind."""
        if self.planned is None:
            return
        if self.planned.activity_id != self.activity_id:
            raise ValidationError({"planned": "Den planerade uppföljningen hör till en annan aktivitet."})
        if self.planned.kind != self.kind:
            planned = self.planned.get_kind_display().lower()
            raise ValidationError({"planned": f"Den planerade uppföljningen är av ett annat slag: {planned}."})

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
    def signatures(self) -> list[tuple["FollowUpApproval.Side", str]]:
        """The sides that have approved, each with its dissent (needs `with_signatures`)."""
        dissents = zip(FollowUpApproval.Side, (self.dissent_of_municipality, self.dissent_of_police), strict=True)
        return [(side, dissent) for side, dissent in dissents if dissent is not None]

    @property
    def waits_for(self) -> list["FollowUpApproval.Side"]:
        """The sides that have not approved (needs `with_signatures`)."""
        approved = {side for side, _ in self.signatures}
        return [side for side in FollowUpApproval.Side if side not in approved]

    @property
    def dissents(self) -> list[tuple["FollowUpApproval.Side", str]]:
        """The sides that do not agree to all of it, with what they say (needs `with_signatures`)."""
        return [(side, dissent) for side, dissent in self.signatures if dissent]

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
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name="plats", related_name="+", null=True, blank=True, editable=False
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
