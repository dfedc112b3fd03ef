from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement, Seat
from documents.fields import LineField, ProseField
from focus_areas.models.activities import Activity
from focus_areas.models.focus_areas import Goal


class RenewalQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RenewalQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class Renewal(models.Model):
    """A new period made from an old one: what is carried on, changed and ended, and why (förnyelse).

    Nothing of the old agreement changes; what is decided here becomes a draft agreement, its `successor`.
    """

    definite_name = "förnyelsen"
    history_name_fields = ["title"]

    agreement = models.OneToOneField(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="renewal")
    title = LineField("den nya överenskommelsens rubrik", max_length=250)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    starts_on = models.DateField("gäller från")
    ends_on = models.DateField("gäller till")
    closing_statement = ProseField("slutord om perioden", blank=True, max_length=10_000)
    successor = models.OneToOneField(
        Agreement,
        models.SET_NULL,
        verbose_name="ny överenskommelse",
        related_name="made_by_renewal",
        null=True,
        blank=True,
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="påbörjad av", related_name="+", editable=False
    )
    created_at = models.DateTimeField("påbörjad", default=recording_moment, editable=False)

    objects = RenewalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "förnyelse"
        verbose_name_plural = "förnyelser"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="renewal_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("focus_areas:renewal_detail", args=[self.pk])

    @property
    def is_done(self) -> bool:
        return self.successor_id is not None


class RenewalPartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "RenewalPartQuerySet":
        return self.filter(renewal__agreement__in=Agreement.objects.visible_to(user))


class RenewalChoice(models.Model):
    """What becomes of one thing of the old period; without a row nothing has been chosen yet."""

    class Choice(models.TextChoices):
        CONTINUE = "continue", "Fortsätter"
        CHANGE = "change", "Fortsätter ändrad"
        END = "end", "Avslutas"

    renewal = models.ForeignKey(Renewal, models.CASCADE, verbose_name="förnyelse", related_name="%(class)ss")
    choice = models.CharField("val", max_length=10, choices=Choice)
    reason = ProseField("skäl", blank=True, max_length=1000)

    objects = RenewalPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.get_choice_display()

    def get_absolute_url(self):
        return self.renewal.get_absolute_url()

    @property
    def agreement(self) -> Agreement:
        return self.renewal.agreement


class ActivityChoice(RenewalChoice):
    """Whether an activity goes on in the new period; a change and an end need their reason."""

    definite_name = "valet för aktiviteten"
    history_name_fields = ["activity"]

    renewal = models.ForeignKey(Renewal, models.CASCADE, verbose_name="förnyelse", related_name="activity_choices")
    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="aktivitet", related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "val för aktivitet"
        verbose_name_plural = "val för aktiviteter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["renewal", "activity"], name="activity_choice_once_in_renewal"),
            models.CheckConstraint(
                condition=Q(choice="continue") | ~Q(reason=""),
                name="activity_choice_has_a_reason",
                violation_error_code="reason",
                violation_error_message="Skriv skälet när aktiviteten ändras eller avslutas.",
            ),
        ]


class GoalChoice(RenewalChoice):
    """Whether a goal is carried over as it is, with a new target, or not at all."""

    definite_name = "valet för målet"
    history_name_fields = ["goal"]

    renewal = models.ForeignKey(Renewal, models.CASCADE, verbose_name="förnyelse", related_name="goal_choices")
    goal = models.ForeignKey(Goal, models.CASCADE, verbose_name="mål", related_name="+")
    new_statement = LineField("ny lydelse", max_length=300, blank=True)
    new_target = models.DecimalField("nytt målvärde", max_digits=12, decimal_places=2, null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "val för mål"
        verbose_name_plural = "val för mål"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["renewal", "goal"], name="goal_choice_once_in_renewal"),
        ]


class SeatChoice(models.Model):
    """Whether a seat goes along with its holder, goes along vacant (after an election), or not at all."""

    class Choice(models.TextChoices):
        KEEP = "keep", "Platsen och innehavaren följer med"
        VACATE = "vacate", "Platsen följer med, innehavaren utses senare"
        END = "end", "Platsen följer inte med"

    definite_name = "valet för platsen"
    history_name_fields = ["seat"]

    renewal = models.ForeignKey(Renewal, models.CASCADE, verbose_name="förnyelse", related_name="seat_choices")
    seat = models.ForeignKey(Seat, models.CASCADE, verbose_name="plats", related_name="+")
    choice = models.CharField("val", max_length=10, choices=Choice)

    objects = RenewalPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "val för plats"
        verbose_name_plural = "val för platser"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["renewal", "seat"], name="seat_choice_once_in_renewal"),
        ]

    def __str__(self):
        return self.get_choice_display()

    def get_absolute_url(self):
        return self.renewal.get_absolute_url()

    @property
    def agreement(self) -> Agreement:
        return self.renewal.agreement
