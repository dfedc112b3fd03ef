from django.conf import settings
from django.db import models

from agreements.models import Agreement, Group
from reports.models.reports import Report


class ReportDelivery(models.Model):
    """That a person in a receiving group was sent the link to an issued report, or that the mail could not be sent."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="rapport", related_name="deliveries")
    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="report_deliveries"
    )
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    # Why it could not be sent; empty where it was.
    error = models.CharField("fel", max_length=200, blank=True)

    class Meta:
        verbose_name = "utskick av rapport"
        verbose_name_plural = "utskick av rapporter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], name="report_delivered_once_to_a_person"),
        ]

    def __str__(self):
        return f"{self.report}: {self.user}"

    @property
    def agreement(self) -> Agreement:
        return self.report.agreement


class ReportReading(models.Model):
    """That a person opened an issued report, as a page or as its PDF: first, last, and how many times."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="rapport", related_name="readings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="report_readings"
    )
    first_read_at = models.DateTimeField("först läst")
    last_read_at = models.DateTimeField("senast läst")
    times = models.PositiveIntegerField("gånger", default=1)

    class Meta:
        verbose_name = "läsning av rapport"
        verbose_name_plural = "läsningar av rapporter"
        ordering = ["first_read_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user"], name="report_reading_once_per_person"),
        ]

    def __str__(self):
        return f"{self.report}: {self.user}"

    @property
    def agreement(self) -> Agreement:
        return self.report.agreement
