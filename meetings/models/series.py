import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from agreements.models import Agreement, Group
from documents.fields import LineField, ProseField
from meetings.models.online import OnlineAddressField

# Only what begins in the evening and ends in the night goes over midnight: 14.00–13.00 is a slip of the hand.
EARLIEST_OVER_MIDNIGHT, LATEST_OVER_MIDNIGHT = datetime.time(15), datetime.time(6)


def ends_after_midnight(start_time: datetime.time, end_time: datetime.time) -> bool:
    """Whether a meeting at these times ends the day after: 22.00–00.30."""
    return start_time >= EARLIEST_OVER_MIDNIGHT and end_time <= LATEST_OVER_MIDNIGHT


class GroupPartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "GroupPartQuerySet":
        return self.filter(group__agreement__in=Agreement.objects.visible_to(user))


class MeetingSeries(models.Model):
    """When a group meets: every so many weeks on a weekday, with a rule for public holidays (mötesserie)."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Måndag"
        TUESDAY = 1, "Tisdag"
        WEDNESDAY = 2, "Onsdag"
        THURSDAY = 3, "Torsdag"
        FRIDAY = 4, "Fredag"

    class HolidayRule(models.TextChoices):
        MOVE = "move", "Flytta till nästa arbetsdag"
        SKIP = "skip", "Hoppa över mötet"

    definite_name = "mötesserien"
    history_name_fields = ["group"]

    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="meeting_series")
    weekday = models.PositiveSmallIntegerField("veckodag", choices=Weekday)
    interval_weeks = models.PositiveSmallIntegerField(
        "veckor mellan mötena", default=2, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)
    # The week that the others are counted from, as its Monday: kept when the weekday or the first day is changed.
    weeks_from = models.DateField("veckorna räknas från", null=True, blank=True, editable=False)
    start_time = models.TimeField("börjar klockan")
    end_time = models.TimeField("slutar klockan")
    place = LineField("plats", max_length=150, blank=True)
    online_address = OnlineAddressField("digital adress", blank=True)
    holiday_rule = models.CharField("på helgdag", max_length=5, choices=HolidayRule, default=HolidayRule.MOVE)

    objects = GroupPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mötesserie"
        verbose_name_plural = "mötesserier"
        ordering = ["group", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="series_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time"))
                | Q(start_time__gte=EARLIEST_OVER_MIDNIGHT, end_time__lte=LATEST_OVER_MIDNIGHT),
                name="series_time_ends_after_start",
                violation_error_code="end_time",
                violation_error_message="Mötet ska sluta efter att det har börjat.",
            ),
            models.CheckConstraint(
                condition=Q(interval_weeks__gte=1, interval_weeks__lte=52),
                name="series_interval_plausible",
                violation_error_code="interval_weeks",
                violation_error_message="Det ska vara mellan 1 och 52 veckor mellan mötena.",
            ),
        ]

    def __str__(self):
        return f"{self.group}, {self.rhythm}"

    def get_absolute_url(self):
        return reverse("meetings:series_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def rhythm(self) -> str:
        """Tisdag varannan vecka."""
        ends = "a" if self.interval_weeks % 10 in (1, 2) and self.interval_weeks % 100 not in (11, 12) else "e"
        every = {1: "varje vecka", 2: "varannan vecka"}.get(
            self.interval_weeks, f"var {self.interval_weeks}:{ends} vecka"
        )
        return f"{self.get_weekday_display().lower()} {every}"


class AgendaTemplateItem(models.Model):
    """One line of a group's usual agenda (stående punkt); a new meeting's agenda starts with them."""

    definite_name = "den stående punkten"
    history_name_fields = ["title"]

    group = models.ForeignKey(Group, models.CASCADE, verbose_name="grupp", related_name="agenda_template")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    title = LineField("rubrik", max_length=150)
    description = ProseField("underlag", blank=True, max_length=1000)
    duration_minutes = models.PositiveSmallIntegerField(
        "tid i minuter", null=True, blank=True, validators=[MaxValueValidator(480)]
    )
    is_internal = models.BooleanField("intern punkt", default=False)

    objects = GroupPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "stående dagordningspunkt"
        verbose_name_plural = "stående dagordningspunkter"
        ordering = ["group", "position", "pk"]

    def __str__(self):
        return self.title

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement
