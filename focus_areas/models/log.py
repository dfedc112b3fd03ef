import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement, Area
from documents.fields import LineField, ProseField
from documents.swedish_dates import date_words
from focus_areas.models.activities import Activity
from focus_areas.models.commitments import Commitment


class ActivityPartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ActivityPartQuerySet":
        return self.filter(activity__focus_area__agreement__in=Agreement.objects.visible_to(user))

    def newest_first(self) -> "ActivityPartQuerySet":
        return self.order_by("-created_at", "-pk")


class LogEntryQuerySet(ActivityPartQuerySet):
    def latest_happened_first(self) -> "LogEntryQuerySet":
        return self.order_by("-happened_on", "-pk")


class LogEntry(models.Model):
    """Something that was done: when, what, and how much of what was promised (logganteckning)."""

    definite_name = "anteckningen"
    history_name_fields = ["happened_on", "text"]

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="aktivitet", related_name="log_entries")
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        verbose_name="räknas mot",
        related_name="log_entries",
        null=True,
        blank=True,
    )
    happened_on = models.DateField("dag")
    text = ProseField("vad gjordes?", max_length=4000)
    quantity = models.PositiveIntegerField("antal", null=True, blank=True)
    is_about = models.BooleanField("ungefärligt antal", default=False)
    participant_count = models.PositiveIntegerField("antal deltagare", null=True, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="delområde", related_name="log_entries", null=True, blank=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skriven av", related_name="log_entries"
    )
    created_at = models.DateTimeField("skriven", default=recording_moment, editable=False)

    objects = LogEntryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "logganteckning"
        verbose_name_plural = "logganteckningar"
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["activity", "-happened_on"], name="log_entry_by_day"),
            models.Index(fields=["activity", "-created_at"], name="log_entry_by_creation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(commitment__isnull=False),
                name="log_entry_quantity_has_commitment",
                violation_error_code="commitment",
                violation_error_message="Välj vilket åtagande antalet räknas mot.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__lte=1_000_000),
                name="log_entry_quantity_plausible",
                violation_error_code="quantity",
                violation_error_message="Antalet kan vara högst 1 000 000.",
            ),
        ]

    def __str__(self):
        return f"{date_words(self.happened_on)}: {Truncator(self.text).chars(60)}"

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + f"#anteckning-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement


def attachment_path(attachment: "LogAttachment", file_name: str) -> str:
    """A name that says nothing and cannot be guessed; the real one is kept beside it."""
    return f"log/{uuid.uuid4().hex}"


class LogAttachmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LogAttachmentQuerySet":
        return self.filter(log_entry__in=LogEntry.objects.visible_to(user))


class LogAttachment(models.Model):
    """A file beside a log entry; PDF, JPEG, PNG, DOCX or XLSX, judged by its content."""

    definite_name = "bilagan"
    history_name_fields = ["file_name"]

    log_entry = models.ForeignKey(LogEntry, models.CASCADE, verbose_name="anteckning", related_name="attachments")
    file = models.FileField("fil", upload_to=attachment_path)
    file_name = LineField("filnamn", max_length=150)
    content_type = models.CharField("filtyp", max_length=100)
    size = models.PositiveIntegerField("storlek i byte")

    objects = LogAttachmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["pk"]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("focus_areas:attachment_download", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.log_entry.activity.agreement


class StatusUpdate(models.Model):
    """How an activity is going (lägesrapport): status, assessment, one sentence, the next step."""

    definite_name = "lägesrapporten"

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="aktivitet", related_name="status_updates")
    status = models.CharField("status", max_length=12, choices=Activity.Status)
    assessment = models.CharField(
        "bedömning", max_length=10, choices=Activity.Assessment, blank=True, default=Activity.Assessment.NONE
    )
    text = ProseField("läget i en mening", max_length=500)
    next_step = ProseField("nästa steg", max_length=500, blank=True)
    reason = ProseField("skäl", max_length=500, blank=True)
    decision_requested = LineField("beslut som begärs av styrgruppen", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skriven av", related_name="status_updates"
    )
    created_at = models.DateTimeField("skriven", default=recording_moment, editable=False)

    objects = ActivityPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lägesrapport"
        verbose_name_plural = "lägesrapporter"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["activity", "-created_at"], name="status_update_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=Activity.NEEDS_REASON) | ~Q(reason=""),
                name="status_update_reason_given",
                violation_error_code="reason",
                violation_error_message="Skriv skälet när aktiviteten är försenad, pausad eller avbruten.",
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {Truncator(self.text).chars(60)}"

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + f"#lagesrapport-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement
