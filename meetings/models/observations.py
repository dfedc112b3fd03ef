import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from accounts.models import Organisation
from agreements.models import Agreement, Area
from agreements.models.agreements import AgreementPart
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName
from meetings.models.meetings import Meeting, MeetingPartQuerySet


class ObservationCategory(AgreementPart):
    """What kind of event an observation is about (kategori); kept by the coordinator."""

    definite_name = "kategorin"
    history_name_fields = ["name"]

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="observation_categories"
    )
    name = LineField("namn", max_length=60)
    guidance = LineField("vad hör hit?", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    is_in_use = models.BooleanField("används", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kategori av iakttagelser"
        verbose_name_plural = "kategorier av iakttagelser"
        ordering = ["position", "name"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="name",
                name="category_name_unique_in_agreement",
                violation_error_code="name",
                violation_error_message="Kategorin finns redan.",
            ),
        ]

    def __str__(self):
        return self.name


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ObservationQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def between(self, after: datetime.date | None, until: datetime.date) -> "ObservationQuerySet":
        """Those that began after a day (ever, when None), and on or before another."""
        began = self.filter(occurred_from__lte=until)
        return began.filter(occurred_from__gt=after) if after else began

    def latest_first(self) -> "ObservationQuerySet":
        return self.order_by("-occurred_to", "-pk")


class Observation(AgreementPart):
    """Something seen or heard of in a place (iakttagelse): kind, area, days, source. Never about a person."""

    class TimeOfDay(models.TextChoices):
        MORNING = "morning", "Morgon"
        DAY = "day", "Dagtid"
        EVENING = "evening", "Kväll"
        NIGHT = "night", "Natt"
        VARYING = "varying", "Olika tider"

    class Severity(models.TextChoices):
        LOW = "low", "Mindre"
        MEDIUM = "medium", "Märkbar"
        HIGH = "high", "Allvarlig"

    definite_name = "iakttagelsen"
    history_name_fields = ["occurred_from", "category"]

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="observations"
    )
    category = models.ForeignKey(
        ObservationCategory, models.PROTECT, verbose_name="kategori", related_name="observations"
    )
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="delområde", related_name="observations", null=True, blank=True
    )
    place = LineField("plats", max_length=100, blank=True)
    occurred_from = models.DateField("från")
    occurred_to = models.DateField("till")
    time_of_day = models.CharField("tid på dygnet", max_length=10, choices=TimeOfDay, blank=True)
    text = ProseField("vad har hänt?", max_length=500)
    source = models.ForeignKey(Organisation, models.PROTECT, verbose_name="rapporterad av", related_name="observations")
    severity = models.CharField("allvar", max_length=10, choices=Severity, default=Severity.LOW)
    is_recurring = models.BooleanField("återkommande", default=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="inlagd av",
        related_name="observations",
        editable=False,
    )
    reported_at = models.DateTimeField("inlagd", default=recording_moment, editable=False)

    objects = ObservationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "iakttagelse"
        verbose_name_plural = "iakttagelser"
        ordering = ["-occurred_to", "-pk"]
        indexes = [models.Index(fields=["agreement", "-occurred_from"], name="observation_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_to__gte=F("occurred_from")),
                name="observation_ends_after_start",
                violation_error_code="occurred_to",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ]

    def __str__(self):
        return f"{self.where}: {Truncator(self.text).chars(60)}"

    def clean(self):
        """Category and area are the agreement's own."""
        for name in ("category", "area"):
            thing = getattr(self, name, None) if getattr(self, f"{name}_id") else None
            if thing is not None and self.agreement_id and thing.agreement_id != self.agreement_id:
                raise ValidationError({name: "Den hör till en annan överenskommelse."})

    def get_absolute_url(self):
        return reverse("meetings:observation_detail", args=[self.pk])

    @property
    def where(self) -> str:
        """Category and place, as the first words of an observation: Skadegörelse, Burlövs station."""
        place = self.place or (str(self.area) if self.area_id else "")
        return f"{self.category}, {place}" if place else str(self.category)


class SituationReport(models.Model):
    """That an organisation has reported before a meeting of Örat mot marken, perhaps that nothing has happened."""

    definite_name = "rapporteringen"
    history_name_fields = ["organisation"]

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="möte", related_name="situation_reports")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="situation_reports"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="rapporterad av", related_name="+", editable=False
    )
    reported_at = models.DateTimeField("rapporterad", default=recording_moment, editable=False)

    objects = MeetingPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "rapportering till möte"
        verbose_name_plural = "rapporteringar till möte"
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                name="situation_report_once_per_organisation",
                violation_error_message="Organisationen har redan rapporterat till mötet.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.meeting}"

    @property
    def agreement(self) -> Agreement:
        return self.meeting.agreement


class UpcomingEventQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UpcomingEventQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def during(self, first: datetime.date, last: datetime.date) -> "UpcomingEventQuerySet":
        return self.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")


class UpcomingEvent(AgreementPart):
    """Something that is coming and that somebody keeps an eye on (blick framåt)."""

    class Kind(models.TextChoices):
        GATHERING = "gathering", "Evenemang"
        SCHOOL_BREAK = "school_break", "Skollov"
        DEMONSTRATION = "demonstration", "Demonstration"
        MATCH = "match", "Match"
        BUILDING_SITE = "building_site", "Byggarbete"
        OWN_WORK = "own_work", "Egen insats"
        OTHER = "other", "Annat"

    definite_name = "händelsen"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name="överenskommelse", related_name="upcoming_events"
    )
    title = LineField("vad händer?", max_length=150)
    kind = models.CharField("slag", max_length=15, choices=Kind)
    starts_on = models.DateField("från")
    ends_on = models.DateField("till")
    area = models.ForeignKey(
        Area, models.PROTECT, verbose_name="delområde", related_name="upcoming_events", null=True, blank=True
    )
    place = LineField("plats", max_length=100, blank=True)
    watched_by = models.ManyToManyField(
        Organisation, verbose_name="håller ögonen på det", related_name="watched_events", blank=True
    )
    note = LineField("att tänka på", max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="inlagd av", related_name="+", editable=False
    )

    objects = UpcomingEventQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[watched_by])

    class Meta:
        verbose_name = "kommande händelse"
        verbose_name_plural = "kommande händelser"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="upcoming_event_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:event_list", args=[self.agreement_id]) + f"#handelse-{self.pk}"
