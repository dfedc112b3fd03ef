import datetime
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from accounts.models import Organisation
from agreements.models import Agreement, Group, Seat
from documents.fields import LineField, ProseField
from documents.swedish_dates import week_label
from focus_areas.models import Activity
from meetings.models.online import OnlineAddressField
from meetings.models.series import GroupPartQuerySet, MeetingSeries

MINUTES_MAX_LENGTH = 10_000


class MeetingQuerySet(GroupPartQuerySet):
    def of(self, agreement: Agreement) -> "MeetingQuerySet":
        return self.filter(group__agreement=agreement)

    def not_cancelled(self) -> "MeetingQuerySet":
        return self.exclude(state=Meeting.State.CANCELLED)

    def upcoming(self, *, at: datetime.datetime) -> "MeetingQuerySet":
        """Those that have not ended at that moment and are still to be held, the next one first."""
        return self.filter(ends_at__gte=at, state=Meeting.State.PLANNED).order_by("starts_at", "pk")

    def next_of_each_group(self, *, at: datetime.datetime) -> "MeetingQuerySet":
        """For every group the first one that is still to be held, the earliest group first."""
        first = Meeting.objects.upcoming(at=at).filter(group=OuterRef("group")).values("pk")[:1]
        return self.upcoming(at=at).filter(pk=Subquery(first))

    def not_over(self, *, at: datetime.datetime) -> "MeetingQuerySet":
        """Those that have not ended, with the ones that are cancelled; the next one first."""
        return self.filter(ends_at__gte=at).exclude(state=Meeting.State.HELD).order_by("starts_at", "pk")

    def over(self, *, at: datetime.datetime) -> "MeetingQuerySet":
        """Those that have been held or whose time has passed, the latest first."""
        return self.filter(Q(ends_at__lt=at) | Q(state=Meeting.State.HELD)).order_by("-starts_at", "-pk")

    def waiting_for_approval(self) -> "MeetingQuerySet":
        """Held, with minutes that nobody has approved, the oldest first."""
        return (
            self.filter(state=Meeting.State.HELD)
            .exclude(minutes_state=Meeting.MinutesState.APPROVED)
            .order_by("starts_at", "pk")
        )

    def cancelled(self) -> "MeetingQuerySet":
        return self.filter(state=Meeting.State.CANCELLED).order_by("-starts_at", "-pk")

    def overlapping(self, *, starts_at: datetime.datetime, ends_at: datetime.datetime) -> "MeetingQuerySet":
        return self.not_cancelled().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def with_agenda_size(self) -> "MeetingQuerySet":
        """Annotate `item_count` and `planned_minutes`, of the items that have a time."""
        return self.annotate(
            item_count=Count("agenda_items"), planned_minutes=Coalesce(Sum("agenda_items__duration_minutes"), 0)
        )

    def before(self, meeting: "Meeting") -> "MeetingQuerySet":
        """The same group's meetings before this one that were not cancelled, the latest first."""
        return (
            self.not_cancelled()
            .filter(group=meeting.group_id, starts_at__lt=meeting.starts_at)
            .exclude(pk=meeting.pk)
            .order_by("-starts_at", "-pk")
        )

    def after(self, meeting: "Meeting") -> "MeetingQuerySet":
        """The same group's meetings after this one that are planned, the next one first."""
        return (
            self.filter(group=meeting.group_id, starts_at__gt=meeting.starts_at, state=Meeting.State.PLANNED)
            .exclude(pk=meeting.pk)
            .order_by("starts_at", "pk")
        )

    def beside(self, meeting: "Meeting") -> "MeetingQuerySet":
        """The last of `before` and the first of `after`, by time: two keys, each found by the index."""
        last_before = Subquery(Meeting.objects.before(meeting).values("pk")[:1])
        first_after = Subquery(Meeting.objects.after(meeting).values("pk")[:1])
        return self.filter(Q(pk=last_before) | Q(pk=first_after)).order_by("starts_at", "pk")


class Meeting(models.Model):
    """A group's meeting, with its agenda and minutes. Approved minutes (justerat protokoll) do not change."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planerat"
        HELD = "held", "Genomfört"
        CANCELLED = "cancelled", "Inställt"

    class MinutesState(models.TextChoices):
        OPEN = "open", "Öppet"
        UNDER_REVIEW = "under_review", "På justering"
        APPROVED = "approved", "Justerat"

    MINUTES_MOVES = {
        MinutesState.OPEN: {MinutesState.UNDER_REVIEW},
        MinutesState.UNDER_REVIEW: {MinutesState.OPEN, MinutesState.APPROVED},
        MinutesState.APPROVED: set(),
    }
    definite_name = "mötet"
    history_name_fields = ["group", "starts_at"]

    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="meetings")
    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, verbose_name="serie", related_name="meetings", null=True, blank=True
    )
    # The day that the series gives, whatever the meeting was moved to: so that it is not planned twice.
    series_date = models.DateField("dag i serien", null=True, blank=True, editable=False)
    starts_at = models.DateTimeField("börjar")
    ends_at = models.DateTimeField("slutar")
    place = LineField("plats", max_length=150, blank=True)
    online_address = OnlineAddressField("digital adress", blank=True)
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.PLANNED)
    cancelled_because = LineField("skäl till att mötet ställs in", max_length=250, blank=True)
    opened_at = models.DateTimeField("öppnat", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("avslutat", null=True, blank=True, editable=False)
    minutes_state = models.CharField("protokoll", max_length=12, choices=MinutesState, default=MinutesState.OPEN)
    sent_for_review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="skickat på justering av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="justerat av",
        related_name="approved_minutes",
        null=True,
        blank=True,
        editable=False,
    )
    approved_at = models.DateTimeField("justerat", null=True, blank=True, editable=False)
    # What the approved minutes say, word for word: later changes of names, activities or points do not reach it.
    approved_content = models.JSONField(
        "justerat innehåll", null=True, blank=True, editable=False, encoder=DjangoJSONEncoder
    )
    # RFC 5545: a meeting keeps its UID for life, and its SEQUENCE grows when it is moved or cancelled.
    uid = models.UUIDField("kalenderns id", default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("kalenderns ordningsnummer", default=0, editable=False)
    changed_at = models.DateTimeField("senast ändrat", default=recording_moment, editable=False)
    call_sent_at = models.DateTimeField("kallelsen skickad", null=True, blank=True, editable=False)
    minutes_sent_at = models.DateTimeField("protokollet skickat", null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["approved_content"])

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["group", "-starts_at"], name="meeting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_code="ends_at",
                violation_error_message="Mötet ska sluta efter att det har börjat.",
            ),
            models.UniqueConstraint(
                fields=["series", "series_date"],
                name="meeting_once_per_day_of_series",
                violation_error_message="Serien har redan ett möte för den dagen.",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="meeting_cancelled_with_reason",
                violation_error_code="cancelled_because",
                violation_error_message="Skriv varför mötet ställs in.",
            ),
            models.CheckConstraint(
                condition=Q(
                    minutes_state="approved",
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    approved_content__isnull=False,
                )
                | (
                    ~Q(minutes_state="approved")
                    & Q(approved_by__isnull=True, approved_at__isnull=True, approved_content__isnull=True)
                ),
                name="meeting_approved_by_whom_and_when",
                violation_error_message="Ett justerat protokoll har namn, tid och innehåll.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_state="open") | Q(state="held"),
                name="meeting_minutes_of_held_meeting",
                violation_error_message="Bara ett genomfört möte har ett protokoll att justera.",
            ),
        ]

    def __str__(self):
        return f"{self.group}, {self.week}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.starts_at)

    @property
    def week(self) -> str:
        return week_label(self.day)

    @property
    def length_minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def is_situation_meeting(self) -> bool:
        """Örat mot marken: since last, trends, looking ahead."""
        return self.group.kind == Group.Kind.SITUATION

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_under_way(self) -> bool:
        return self.is_planned and self.opened_at is not None

    @property
    def has_begun(self) -> bool:
        return self.is_under_way or self.is_held

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_under_review(self) -> bool:
        return self.minutes_state == self.MinutesState.UNDER_REVIEW

    @property
    def is_approved(self) -> bool:
        return self.minutes_state == self.MinutesState.APPROVED

    @property
    def is_locked(self) -> bool:
        """Nothing in the minutes changes any more; corrections are addenda."""
        return self.is_approved


class AgendaItemQuerySet(GroupPartQuerySet):
    def backlog(self) -> "AgendaItemQuerySet":
        """Items that wait for a meeting."""
        return self.filter(meeting__isnull=True).order_by("position", "pk")


class AgendaItem(models.Model):
    """An item on a meeting's agenda with its minutes (dagordningspunkt); without a meeting it waits in the backlog."""

    class Outcome(models.TextChoices):
        TO_DO = "to_do", "Att ta upp"
        DISCUSSED = "discussed", "Behandlad"
        CARRIED = "carried", "Till nästa möte"

    definite_name = "dagordningspunkten"
    history_name_fields = ["title"]

    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="agenda_items")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="möte", related_name="agenda_items", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField("ordning", default=0)
    title = LineField("rubrik", max_length=150)
    description = ProseField("underlag", blank=True, max_length=2000)
    presenter = LineField("föredragande", max_length=150, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        "tid i minuter", null=True, blank=True, validators=[MaxValueValidator(480)]
    )
    is_internal = models.BooleanField("intern punkt", default=False)
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="aktivitet", related_name="agenda_items", null=True, blank=True
    )
    minutes = ProseField("anteckningar", blank=True, max_length=MINUTES_MAX_LENGTH)
    # Grows with each saved change of the minutes, so that two who write at once notice each other.
    minutes_version = models.PositiveIntegerField("anteckningarnas version", default=0, editable=False)
    outcome = models.CharField("utfall", max_length=10, choices=Outcome, default=Outcome.TO_DO)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="kommer från", related_name="carried_to", null=True, blank=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tillagd av", related_name="+", null=True, blank=True
    )

    objects = AgendaItemQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "dagordningspunkt"
        verbose_name_plural = "dagordningspunkter"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["meeting", "position"], name="agenda_item_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(minutes=""),
                name="agenda_item_minutes_have_meeting",
                violation_error_message="En punkt som väntar på ett möte har inga anteckningar.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.meeting_id is None:
            return self.group.get_absolute_url()
        return reverse("meetings:meeting_detail", args=[self.meeting_id]) + f"#punkt-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def is_to_do(self) -> bool:
        return self.outcome == self.Outcome.TO_DO

    @property
    def is_carried(self) -> bool:
        return self.outcome == self.Outcome.CARRIED


class MeetingPartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MeetingPartQuerySet":
        return self.filter(meeting__group__agreement__in=Agreement.objects.visible_to(user))


class Attendance(models.Model):
    """Somebody's place at a meeting: a member of that day, a substitute for a seat, or a guest (närvaro)."""

    class Role(models.TextChoices):
        MEMBER = "member", "Ledamot"
        SUBSTITUTE = "substitute", "Ersättare"
        GUEST = "guest", "Gäst"

    definite_name = "närvaron"
    history_name_fields = ["name"]

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name="möte", related_name="attendances")
    role = models.CharField("roll", max_length=10, choices=Role)
    seat = models.ForeignKey(
        Seat, models.PROTECT, verbose_name="plats", related_name="attendances", null=True, blank=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="person",
        related_name="attendances",
        null=True,
        blank=True,
    )
    # The name as it was that day; of a guest or a substitute who has no account here, all that is known.
    name = LineField("namn", max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="attendances"
    )
    is_present = models.BooleanField("närvarande", null=True, blank=True)

    objects = MeetingPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat", "role"],
                name="attendance_once_for_seat",
                violation_error_code="seat",
                violation_error_message="Platsen finns redan i närvaron.",
            ),
            models.CheckConstraint(
                condition=Q(role="guest", seat__isnull=True) | (~Q(role="guest") & Q(seat__isnull=False)),
                name="attendance_seat_unless_guest",
                violation_error_code="seat",
                violation_error_message="Välj vilken plats ersättaren går in för.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.organisation}"

    @property
    def agreement(self) -> Agreement:
        return self.meeting.agreement


class MinutesAddendum(models.Model):
    """A correction or addition to approved minutes (tillägg till protokollet); it does not change either."""

    definite_name = "tillägget"

    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="möte", related_name="addenda")
    text = ProseField("tillägg", max_length=MINUTES_MAX_LENGTH)
    is_internal = models.BooleanField("internt tillägg", default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skrivet av", related_name="+", editable=False
    )
    written_at = models.DateTimeField("skrivet", default=recording_moment, editable=False)

    objects = MeetingPartQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "tillägg till protokoll"
        verbose_name_plural = "tillägg till protokoll"
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"Tillägg till {self.meeting}"

    @property
    def agreement(self) -> Agreement:
        return self.meeting.agreement
