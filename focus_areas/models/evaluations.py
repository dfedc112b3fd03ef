from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, AgreementDocument
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName
from focus_areas.models.activities import Activity
from focus_areas.models.log import ActivityPartQuerySet


class Grant(models.Model):
    """Money for an activity from somebody outside its ordinary budget, and when its use is to be reported."""

    definite_name = "bidraget"
    history_name_fields = ["source"]

    activity = models.ForeignKey(Activity, models.PROTECT, verbose_name="aktivitet", related_name="grants")
    source = LineField("bidragsgivare", max_length=200)
    reference_number = LineField("bidragets diarienummer", max_length=50, blank=True)
    amount = models.DecimalField("belopp i kronor", max_digits=12, decimal_places=2, validators=[MinValueValidator(1)])
    starts_on = models.DateField("från och med", null=True, blank=True)
    ends_on = models.DateField("till och med", null=True, blank=True)
    report_due_on = models.DateField("ska redovisas senast", null=True, blank=True)
    reported_on = models.DateField("redovisat", null=True, blank=True)

    objects = ActivityPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bidrag"
        verbose_name_plural = "bidrag"
        ordering = [F("report_due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="grant_has_an_amount",
                violation_error_code="amount",
                violation_error_message="Beloppet ska vara större än noll.",
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.activity}"

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.activity_id]) + "#bidrag"

    @property
    def agreement(self) -> Agreement:
        return self.activity.agreement


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EvaluationQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class Evaluation(models.Model):
    """Somebody's examination of how the collaboration works, on three levels, with what they advise (utvärdering)."""

    definite_name = "utvärderingen"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="evaluations")
    title = LineField("rubrik", max_length=200)
    done_by = LineField("gjord av", max_length=150, blank=True)
    done_on = models.DateField("klar", null=True, blank=True)
    method = ProseField("så gjordes den", blank=True, max_length=2000)
    summary = ProseField("sammanfattning", blank=True)
    document = models.ForeignKey(
        AgreementDocument,
        models.SET_NULL,
        verbose_name="handling",
        related_name="evaluations",
        null=True,
        blank=True,
    )

    objects = EvaluationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "utvärdering"
        verbose_name_plural = "utvärderingar"
        ordering = [F("done_on").desc(nulls_first=True), "pk"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="title",
                name="evaluation_title_unique_in_agreement",
                violation_error_code="title",
                violation_error_message="Det finns redan en utvärdering med den rubriken.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focus_areas:evaluation_detail", args=[self.pk])


class EvaluationPartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EvaluationPartQuerySet":
        return self.filter(evaluation__agreement__in=Agreement.objects.visible_to(user))


class Finding(models.Model):
    """What an evaluation found on one level: the steering, the coordination, or the work itself."""

    class Level(models.TextChoices):
        STRATEGIC = "strategic", "Strategisk nivå"
        TACTICAL = "tactical", "Taktisk nivå"
        PRACTICAL = "practical", "Praktisk nivå"

    definite_name = "slutsatsen"

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, verbose_name="utvärdering", related_name="findings")
    level = models.CharField("nivå", max_length=10, choices=Level)
    text = ProseField("slutsats", max_length=2000)

    objects = EvaluationPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "slutsats"
        verbose_name_plural = "slutsatser"
        ordering = ["evaluation", "pk"]

    def __str__(self):
        return f"{self.get_level_display()}: {self.text[:60]}"

    def get_absolute_url(self):
        return self.evaluation.get_absolute_url() + f"#slutsats-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.evaluation.agreement


class Recommendation(models.Model):
    """What an evaluation advises, what the parties answer, and which activities carry it out."""

    class Answer(models.TextChoices):
        WAITING = "", "Inte besvarad"
        ACCEPTED = "accepted", "Genomförs"
        PARTLY = "partly", "Genomförs delvis"
        DECLINED = "declined", "Genomförs inte"

    definite_name = "rekommendationen"

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, verbose_name="utvärdering", related_name="recommendations"
    )
    finding = models.ForeignKey(
        Finding, models.SET_NULL, verbose_name="slutsats", related_name="recommendations", null=True, blank=True
    )
    text = ProseField("rekommendation", max_length=2000)
    answer = models.CharField("svar", max_length=10, choices=Answer, blank=True, default=Answer.WAITING)
    reason = ProseField("skäl för svaret", blank=True, max_length=1000)
    activities = models.ManyToManyField(
        Activity, verbose_name="aktiviteter", related_name="recommendations", blank=True
    )
    done_on = models.DateField("genomförd", null=True, blank=True)

    objects = EvaluationPartQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[activities])

    class Meta:
        verbose_name = "rekommendation"
        verbose_name_plural = "rekommendationer"
        ordering = ["evaluation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""),
                name="recommendation_declined_for_a_reason",
                violation_error_code="reason",
                violation_error_message="Skriv varför rekommendationen inte genomförs.",
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return self.evaluation.get_absolute_url() + f"#rekommendation-{self.pk}"

    def clean(self):
        if self.finding and self.finding.evaluation_id != self.evaluation_id:
            raise ValidationError({"finding": "Slutsatsen hör till en annan utvärdering."})

    @property
    def is_answered(self) -> bool:
        return self.answer != self.Answer.WAITING

    @property
    def is_declined(self) -> bool:
        return self.answer == self.Answer.DECLINED

    @property
    def agreement(self) -> Agreement:
        return self.evaluation.agreement
