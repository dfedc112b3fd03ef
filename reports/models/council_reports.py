from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName


class CouncilReportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CouncilReportQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class CouncilReport(models.Model):
    """That the executive board reported to the municipal council, and when (Lag 2023:196, 13 §)."""

    definite_name = "rapporten till fullmäktige"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="council_reports"
    )
    title = LineField("rapport", max_length=200)
    reported_on = models.DateField("lämnad till fullmäktige")
    paragraph = LineField("paragraf", max_length=20, blank=True)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    comment = ProseField("om rapporten", blank=True, max_length=1000)

    objects = CouncilReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "rapport till fullmäktige"
        verbose_name_plural = "rapporter till fullmäktige"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            UniqueName(
                within=("agreement", "reported_on"),
                named="title",
                name="council_report_once",
                violation_error_code="title",
                violation_error_message="Rapporten är redan inlagd.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("reports:law_page", args=[self.agreement_id]) + "#fullmaktige"
