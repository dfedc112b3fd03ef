import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from agreements.models import Agreement, Area, Group
from documents.fields import LineField, ProseField
from documents.swedish_dates import date_words
from documents.unique_names import UniqueName
from focus_areas.models.causes import Cause
from focus_areas.models.focus_areas import FocusArea, Goal

SILENT_AFTER_DAYS = 30
LONG_AGO = datetime.date(1900, 1, 1)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ActivityQuerySet":
        return self.filter(focus_area__agreement__in=Agreement.objects.visible_to(user))

    def of(self, agreement: Agreement) -> "ActivityQuerySet":
        return self.filter(focus_area__agreement=agreement)

    def in_order(self) -> "ActivityQuerySet":
        """As the agreement numbers them; what has no number comes last."""
        return self.order_by(
            F("focus_area__number").asc(nulls_last=True),
            "focus_area_id",
            F("number").asc(nulls_last=True),
            "pk",
        )

    def unfinished(self) -> "ActivityQuerySet":
        return self.exclude(status__in=Activity.FINISHED)

    def with_last_heard(self) -> "ActivityQuerySet":
        """Annotate `last_heard_on`: the latest day that somebody logged or reported something; LONG_AGO for never."""
        from focus_areas.models.log import LogEntry, StatusUpdate

        def latest(model):
            moments = model.objects.filter(activity=OuterRef("pk")).order_by("-created_at")
            return Coalesce(
                Subquery(moments.annotate(day=TruncDate("created_at")).values("day")[:1]),
                LONG_AGO,
                output_field=models.DateField(),
            )

        return self.annotate(last_logged_on=latest(LogEntry), last_reported_on=latest(StatusUpdate)).annotate(
            last_heard_on=models.functions.Greatest("last_logged_on", "last_reported_on")
        )

    def with_latest_update(self) -> "ActivityQuerySet":
        """Annotate what the newest status update says: `latest_text`, `latest_next_step`, `decision_requested`."""
        from focus_areas.models.log import StatusUpdate

        newest = StatusUpdate.objects.filter(activity=OuterRef("pk")).newest_first()
        return self.annotate(
            latest_text=Subquery(newest.values("text")[:1]),
            latest_next_step=Subquery(newest.values("next_step")[:1]),
            latest_update_id=Subquery(newest.values("pk")[:1]),
            decision_requested=Coalesce(Subquery(newest.values("decision_requested")[:1]), models.Value("")),
        )

    def with_actors(self) -> "ActivityQuerySet":
        """Prefetch who leads and who takes part, one query each."""
        leads = ProcessLead.objects.select_related("organisation__parent__parent")
        participations = Participation.objects.select_related("organisation")
        return self.prefetch_related(
            models.Prefetch("leads", queryset=leads), models.Prefetch("participations", queryset=participations)
        )

    def with_grants(self) -> "ActivityQuerySet":
        """Annotate `grant_count`, `grant_total`, and `grant_due_on`: when the first is to be reported."""
        from focus_areas.models.evaluations import Grant

        grants = Grant.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
        waiting = Grant.objects.filter(activity=OuterRef("pk"), reported_on__isnull=True)
        return self.annotate(
            grant_count=Subquery(grants.annotate(count=models.Count("pk")).values("count")),
            grant_total=Subquery(grants.annotate(total=models.Sum("amount")).values("total")),
            grant_due_on=Subquery(
                waiting.order_by(F("report_due_on").asc(nulls_last=True)).values("report_due_on")[:1]
            ),
        )

    def with_commitments(self, *, on: datetime.date) -> "ActivityQuerySet":
        """Prefetch `current_commitments`, each with what has been done."""
        from focus_areas.models.commitments import Commitment

        current = Commitment.objects.current(on=on).with_done().select_related("organisation__parent__parent")
        return self.prefetch_related(
            models.Prefetch("commitments", queryset=current.order_by("pk"), to_attr="current_commitments")
        )

    def led_by(self, organisation: Organisation) -> "ActivityQuerySet":
        return self.filter(Exists(ProcessLead.objects.filter(activity=OuterRef("pk"), organisation=organisation)))


class Activity(models.Model):
    """One thing that the parties do (Brå: åtgärd): what, why, who leads it, and where in its course it is."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Ej påbörjad"
        ONGOING = "ongoing", "Pågår"
        DELAYED = "delayed", "Försenad"
        PAUSED = "paused", "Pausad"
        COMPLETED = "completed", "Genomförd"
        CANCELLED = "cancelled", "Avbruten"

    class Assessment(models.TextChoices):
        """Brå's colours: carried out fully, as intended and with good result."""

        NONE = "", "Ej bedömd"
        GREEN = "green", "Enligt plan"
        YELLOW = "yellow", "Mindre avvikelse"
        RED = "red", "Större avvikelse"

    class Level(models.TextChoices):
        UNIVERSAL = "universal", "Generell"
        SELECTIVE = "selective", "Selektiv"
        INDICATED = "indicated", "Indikerad"

    class Approach(models.TextChoices):
        SITUATIONAL = "situational", "Situationell"
        SOCIAL = "social", "Social"
        BOTH = "both", "Situationell och social"

    FINISHED = (Status.COMPLETED, Status.CANCELLED)
    NEEDS_REASON = (Status.DELAYED, Status.PAUSED, Status.CANCELLED)
    BEST_FIRST = (Assessment.GREEN, Assessment.YELLOW, Assessment.RED, Assessment.NONE)
    definite_name = "aktiviteten"

    focus_area = models.ForeignKey(FocusArea, models.PROTECT, verbose_name="fokusområde", related_name="activities")
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    title = LineField("rubrik", max_length=200)
    background = ProseField("bakgrund", blank=True)
    method = ProseField("tillvägagångssätt", blank=True)
    expected_effect = ProseField("förväntad effekt", blank=True, max_length=1000)
    level = models.CharField("nivå", max_length=10, choices=Level, blank=True)
    approach = models.CharField("inriktning", max_length=12, choices=Approach, blank=True)
    areas = models.ManyToManyField(Area, verbose_name="delområden", related_name="activities", blank=True)
    target_group = LineField("målgrupp", max_length=250, blank=True)
    process_lead = models.ManyToManyField(
        Organisation,
        verbose_name="processledning",
        related_name="led_activities",
        through="ProcessLead",
        blank=True,
    )
    process_lead_note = LineField("om processledningen", max_length=100, blank=True)
    participants = models.ManyToManyField(
        Organisation,
        verbose_name="deltar",
        related_name="joined_activities",
        through="Participation",
        blank=True,
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="ansvarig",
        related_name="activities",
        null=True,
        blank=True,
    )
    working_group = models.ForeignKey(
        Group, models.PROTECT, verbose_name="arbetsgrupp", related_name="activities", null=True, blank=True
    )
    starts_on = models.DateField("startdatum", null=True, blank=True)
    ends_on = models.DateField("slutdatum", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.NOT_STARTED, editable=False)
    assessment = models.CharField(
        "bedömning", max_length=10, choices=Assessment, blank=True, default=Assessment.NONE, editable=False
    )
    follow_up_method = ProseField("så följs den upp", blank=True, max_length=1000)
    follow_up_interval_months = models.PositiveSmallIntegerField(
        "månader mellan uppföljningar",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    next_follow_up_on = models.DateField("nästa uppföljning", null=True, blank=True)
    goals = models.ManyToManyField(Goal, verbose_name="mål", related_name="activities", blank=True)
    causes = models.ManyToManyField(Cause, verbose_name="orsaker", related_name="activities", blank=True)
    funding_source = LineField("finansieras av", max_length=200, blank=True)
    funding_amount = models.DecimalField(
        "belopp i kronor",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    is_public = models.BooleanField("får visas för invånarna", default=False)
    public_text = ProseField("det invånarna får läsa", blank=True, max_length=1000)
    carried_over_from = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="förd över från",
        related_name="carried_over_to",
        null=True,
        blank=True,
    )

    objects = ActivityQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[areas, goals, causes])

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["focus_area", F("number").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["next_follow_up_on"], name="activity_next_follow_up")]
        constraints = [
            models.UniqueConstraint(
                fields=["focus_area", "number"],
                name="activity_number_unique_in_focus_area",
                violation_error_code="number",
                violation_error_message="Fokusområdet har redan en aktivitet med det numret.",
            ),
            UniqueName(
                within=("focus_area",),
                named="title",
                name="activity_title_unique_in_focus_area",
                violation_error_code="title",
                violation_error_message="Fokusområdet har redan en aktivitet med den rubriken.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Slutdatumet kan inte vara före startdatumet.",
            ),
            models.CheckConstraint(
                condition=Q(funding_amount__isnull=True) | ~Q(funding_source=""),
                name="activity_funding_has_source",
                violation_error_code="funding_source",
                violation_error_message="Ange vem som finansierar när ett belopp är angivet.",
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("focus_areas:activity_detail", args=[self.pk])

    def clean(self):
        """Where follow-ups are planned, the next one is the first of those; it is moved in the plan, not here."""
        if self.pk is None:
            return
        first = self.planned_follow_ups.waiting().in_order().values("due_on")[:1]
        stored = Activity.objects.filter(pk=self.pk).values_list("next_follow_up_on", Subquery(first)).first()
        if stored is None or stored[1] is None or self.next_follow_up_on in stored:
            return
        raise ValidationError(
            {"next_follow_up_on": f"Dagen följer uppföljningsplanen, {date_words(stored[1])}. Ändra planen i stället."}
        )

    @property
    def label(self) -> str:
        """Its number in the plan, like 3.2; empty where it has none."""
        if self.number is None or self.focus_area.number is None:
            return ""
        return f"{self.focus_area.number}.{self.number}"

    @property
    def agreement(self) -> Agreement:
        return self.focus_area.agreement

    @property
    def is_finished(self) -> bool:
        return self.status in self.FINISHED

    @property
    def is_off_plan(self) -> bool:
        return self.assessment in (self.Assessment.YELLOW, self.Assessment.RED)

    def is_silent(self, *, on: datetime.date) -> bool:
        """Under way, but nothing heard for a month (needs `with_last_heard`)."""
        if self.is_finished or self.status == self.Status.NOT_STARTED:
            return False
        return self.last_heard_on < on - datetime.timedelta(days=SILENT_AFTER_DAYS)

    @property
    def lead_organisations(self) -> list[Organisation]:
        """In the order the agreement names them (uses rows prefetched by `with_actors`)."""
        return [lead.organisation for lead in self.leads.all()]

    @property
    def participant_organisations(self) -> list[Organisation]:
        return [participation.organisation for participation in self.participations.all()]

    @property
    def levels_in_words(self) -> str:
        words = [word for word in (self.get_level_display(), self.get_approach_display().lower()) if word]
        return ", ".join(words).capitalize()


class ActorLink(models.Model):
    """An organisation's part in an activity, in the order the agreement names them."""

    history_name_fields = ["organisation"]

    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.organisation)


class ProcessLead(ActorLink):
    """An organisation that leads an activity (processledning)."""

    definite_name = "processledningen"

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="aktivitet", related_name="leads")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "processledning"
        verbose_name_plural = "processledning"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "organisation"], name="process_lead_once_in_activity"),
        ]


class Participation(ActorLink):
    """An organisation that takes part in an activity without leading it."""

    definite_name = "deltagaren"

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="aktivitet", related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "deltagare"
        verbose_name_plural = "deltagare"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "organisation"], name="participation_once_in_activity"),
        ]
