from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from agreements.models.agreements import Agreement, AgreementPart, Area
from documents.fields import LineField, ProseField
from documents.swedish_numbers import number_words
from documents.unique_names import UniqueName

FIRST_YEAR, LAST_YEAR = 1950, 2100


class IndicatorQuerySet(AgreementPart.PartQuerySet):
    def with_values(self) -> "IndicatorQuerySet":
        """With all that a chart needs (`indicator_charts.chart_of`): two queries, however many indicators."""
        values = IndicatorValue.objects.select_related("area")
        return self.select_related("agreement__municipality").prefetch_related(Prefetch("values", values))


class Indicator(AgreementPart):
    """Something measured year by year, with its unit and scale: the safety index, reported crime (indikator)."""

    definite_name = "indikatorn"
    history_name_fields = ["name"]

    name = LineField("indikator", max_length=150)
    description = ProseField("vad den mäter", blank=True, max_length=1000)
    source = LineField("källa", max_length=250, blank=True)
    unit = LineField("enhet", max_length=50, blank=True)
    scale_lowest = models.DecimalField("skalans lägsta värde", max_digits=12, decimal_places=2, null=True, blank=True)
    scale_highest = models.DecimalField("skalans högsta värde", max_digits=12, decimal_places=2, null=True, blank=True)
    lower_is_better = models.BooleanField("lågt värde är bra", default=False)
    kolada_id = LineField(
        "nyckeltal i Kolada",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[NU][0-9]{5}\Z", "Skriv nyckeltalet som i Kolada, till exempel N07403.")],
    )

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["name"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="name",
                name="indicator_name_unique_in_agreement",
                violation_error_code="name",
                violation_error_message="Överenskommelsen har redan en indikator med det namnet.",
            ),
            models.CheckConstraint(
                condition=Q(scale_lowest__isnull=True, scale_highest__isnull=True)
                | Q(scale_lowest__isnull=False, scale_highest__isnull=False, scale_highest__gt=F("scale_lowest")),
                name="indicator_scale_is_a_span",
                violation_error_code="scale_highest",
                violation_error_message="Ange både lägsta och högsta värde, och det högsta sist.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "kolada_id"],
                condition=~Q(kolada_id=""),
                name="indicator_kolada_id_unique_in_agreement",
                violation_error_code="kolada_id",
                violation_error_message="En annan indikator i överenskommelsen har redan det nyckeltalet.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agreements:indicator_detail", args=[self.pk])

    @property
    def has_scale(self) -> bool:
        return self.scale_lowest is not None and self.scale_highest is not None

    def is_on_scale(self, value: Decimal) -> bool:
        return not self.has_scale or self.scale_lowest <= value <= self.scale_highest


class IndicatorValueQuerySet(models.QuerySet):
    def visible_to(self, user) -> "IndicatorValueQuerySet":
        return self.filter(indicator__agreement__in=Agreement.objects.visible_to(user))


class IndicatorValue(models.Model):
    """What an indicator was in a year: for the whole municipality, one of its areas, or what it is compared with.

    A year without a value has no row: what is missing is missing, not zero.
    """

    class Sex(models.TextChoices):
        ALL = "", "Alla"
        WOMEN = "women", "Kvinnor"
        MEN = "men", "Män"

    definite_name = "värdet"
    history_name_fields = ["year"]

    indicator = models.ForeignKey(Indicator, models.CASCADE, verbose_name="indikator", related_name="values")
    year = models.PositiveSmallIntegerField(
        "år", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.DecimalField("värde", max_digits=12, decimal_places=2)
    comparison = LineField("jämförelse med", max_length=100, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="delområde", related_name="indicator_values", null=True, blank=True
    )
    sex = models.CharField("kön", max_length=5, choices=Sex, blank=True, default=Sex.ALL)
    source = LineField("källa", max_length=500, blank=True)
    note = LineField("anmärkning", max_length=250, blank=True)

    objects = IndicatorValueQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mätvärde"
        verbose_name_plural = "mätvärden"
        ordering = ["indicator", "comparison", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("indicator"),
                F("year"),
                F("comparison"),
                F("sex"),
                Coalesce(F("area_id"), Value(0)),
                name="indicator_value_once",
                violation_error_code="year",
                violation_error_message="Indikatorn har redan ett värde för det året, kön, delområde och jämförelse.",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(comparison=""),
                name="indicator_value_of_area_or_comparison",
                violation_error_code="area",
                violation_error_message="Ett värde gäller ett delområde eller en jämförelse, inte båda.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="indicator_value_year_plausible",
                violation_error_code="year",
                violation_error_message=f"Ange ett år mellan {FIRST_YEAR} och {LAST_YEAR}.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}"

    def get_absolute_url(self):
        return self.indicator.get_absolute_url() + "#varden"

    def clean(self):
        """Refuse what lies outside the indicator's scale."""
        indicator = self.indicator if self.indicator_id else None
        if indicator and self.value is not None and not indicator.is_on_scale(self.value):
            lowest, highest = number_words(indicator.scale_lowest), number_words(indicator.scale_highest)
            raise ValidationError({"value": f"Värdet ligger utanför skalan {lowest}–{highest}."})

    @property
    def place(self) -> str:
        """What the value is of, beside the year: an area, what it is compared with, or the whole municipality."""
        return self.area.name if self.area_id else self.comparison or self.agreement.municipality.name

    @property
    def agreement(self) -> Agreement:
        return self.indicator.agreement


class PendingIndicatorFile(models.Model):
    """An uploaded file of indicator values between the preview of what it would change and the confirmation."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="+")
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name="indikator", related_name="+", null=True, blank=True
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="uppladdad av", related_name="+"
    )
    uploaded_at = models.DateTimeField("uppladdad", default=timezone.now)
    file_name = LineField("filnamn", max_length=150)
    table_row = LineField("rad i tabellen", max_length=300, blank=True)
    content = models.BinaryField("innehåll")

    class Meta:
        verbose_name = "indikatorfil som väntar"
        verbose_name_plural = "indikatorfiler som väntar"
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name
