import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from agreements.models import Agreement
from reports.models.reports import FROZEN, Report


class FrozenQuerySet(models.QuerySet):
    """Rows that are written once: no way of the portal's changes or removes them."""

    def update(self, **values):
        raise ValidationError(FROZEN)

    def delete(self):
        raise ValidationError(FROZEN)

    def bulk_update(self, objs, fields, batch_size=None):
        raise ValidationError(FROZEN)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise ValidationError(FROZEN)
        return super().bulk_create(objs, *args, **kwargs)


class IssuedDocument(models.Model):
    """What an issued report says, as data and as PDF, with checksums: written once.

    In the database and not in a file, so that the report and its document come to be in one transaction, and are
    backed up together (docs/adr/0024).
    """

    report = models.OneToOneField(
        Report, models.PROTECT, verbose_name="rapport", related_name="document", primary_key=True
    )
    # The very text that the checksum is of: JSON with sorted keys, UTF-8.
    data = models.TextField("data")
    data_sha256 = models.CharField("datas kontrollsumma", max_length=64)
    pdf = models.BinaryField("pdf")
    pdf_sha256 = models.CharField("pdf-filens kontrollsumma", max_length=64)
    page_count = models.PositiveIntegerField("sidor")
    # Bytes.
    size = models.PositiveIntegerField("storlek")

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "utfärdat dokument"
        verbose_name_plural = "utfärdade dokument"

    def __str__(self):
        return f"{self.report}: dokument"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValidationError(FROZEN)
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        raise ValidationError(FROZEN)

    @property
    def agreement(self) -> Agreement:
        return self.report.agreement


# Longer than any report takes. A job that has stood still for so long has lost its process, or never got one.
STANDS_STILL_AFTER = datetime.timedelta(minutes=10)


class IssuingJob(models.Model):
    """The work of issuing one report: asked for, under way, failed or done."""

    class State(models.TextChoices):
        WAITING = "waiting", "Väntar"
        RUNNING = "running", "Pågår"
        FAILED = "failed", "Misslyckades"
        DONE = "done", "Klar"

    class Step(models.TextChoices):
        CONTENT = "content", "Samlar in uppgifterna"
        LAYOUT = "layout", "Sätter sidorna"
        WRITING = "writing", "Sparar rapporten"

    report = models.OneToOneField(
        Report, models.CASCADE, verbose_name="rapport", related_name="issuing_job", primary_key=True
    )
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.WAITING)
    step = models.CharField("steg", max_length=10, choices=Step, default=Step.CONTENT)
    # `reports.draft_checksum` of the draft that somebody asked to have issued: that text is issued, and no other.
    draft_sha256 = models.CharField("utkastets kontrollsumma", max_length=64, blank=True)
    # Why it failed, as the person who asked for it should read it.
    error = models.TextField("fel", blank=True)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="begärd av", related_name="+"
    )
    requested_at = models.DateTimeField("begärd")
    started_at = models.DateTimeField("påbörjad", null=True, blank=True)
    finished_at = models.DateTimeField("avslutad", null=True, blank=True)

    class Meta:
        verbose_name = "utfärdande"
        verbose_name_plural = "utfärdanden"

    def __str__(self):
        return f"{self.report}: {self.get_state_display()}"

    @property
    def agreement(self) -> Agreement:
        return self.report.agreement

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    def stands_still(self, *, now: datetime.datetime) -> bool:
        """Whether nothing has happened for so long that it can be asked for again."""
        return self.is_under_way and (self.started_at or self.requested_at) <= now - STANDS_STILL_AFTER
