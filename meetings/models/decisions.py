import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from accounts.models import Organisation
from agreements.models import Agreement, Group
from documents.fields import LineField, ProseField
from focus_areas.models import Activity
from meetings.models.meetings import AgendaItem, Meeting
from meetings.models.series import GroupPartQuerySet


class DecisionQuerySet(GroupPartQuerySet):
    def of(self, agreement: Agreement) -> "DecisionQuerySet":
        return self.filter(group__agreement=agreement)

    def newest_first(self) -> "DecisionQuerySet":
        return self.order_by("-year", "-number", "-pk")

    def with_mandate(self) -> "DecisionQuerySet":
        """With what `mandate_in_words` tells: whom they mandate, and what they carry out."""
        return self.select_related("mandated_group", "mandated_activity__focus_area", "carries_out__group")


class Decision(models.Model):
    """What a group has decided: § number of the year, words, and the group or activity that it mandates."""

    definite_name = "beslutet"
    history_name_fields = ["year", "number"]

    # The meeting's own group, kept here because the numbers run through the group's year.
    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, verbose_name="möte", related_name="decisions")
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, verbose_name="dagordningspunkt", related_name="decisions", null=True, blank=True
    )
    year = models.PositiveSmallIntegerField("år")
    number = models.PositiveIntegerField("paragraf")
    text = ProseField("beslut", max_length=2000)
    mandated_group = models.ForeignKey(
        Group, models.PROTECT, verbose_name="ger uppdrag till gruppen", related_name="mandates", null=True, blank=True
    )
    mandated_activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        verbose_name="ger uppdrag om aktiviteten",
        related_name="mandates",
        null=True,
        blank=True,
    )
    # The preparation group turns a decision of the steering group into an assignment: the chain up.
    carries_out = models.ForeignKey(
        "self", models.PROTECT, verbose_name="verkställer", related_name="carried_out_by", null=True, blank=True
    )

    objects = DecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "number"],
                name="decision_number_unique_in_year",
                violation_error_code="number",
                violation_error_message="Gruppen har redan ett beslut med det numret i år.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="decision_number_from_one",
                violation_error_code="number",
                violation_error_message="Numret ska vara minst 1.",
            ),
            models.CheckConstraint(
                condition=~Q(carries_out=F("id")),
                name="decision_not_carrying_out_itself",
                violation_error_code="carries_out",
                violation_error_message="Ett beslut kan inte verkställa sig självt.",
            ),
        ]

    def __str__(self):
        return f"{self.paragraph}: {Truncator(self.text).chars(60)}"

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.meeting_id]) + f"#beslut-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def paragraph(self) -> str:
        """As minutes write it: § 12/2026."""
        return f"§ {self.number}/{self.year}"


class ActionPointQuerySet(GroupPartQuerySet):
    def of(self, agreement: Agreement) -> "ActionPointQuerySet":
        return self.filter(group__agreement=agreement)

    def open(self) -> "ActionPointQuerySet":
        return self.filter(state=ActionPoint.State.OPEN)

    def open_at(self, meeting: Meeting) -> "ActionPointQuerySet":
        """Those that came before the meeting, or at it, and were not finished when its day began."""
        came = Q(meeting__isnull=True, created_at__lt=meeting.ends_at) | Q(meeting__starts_at__lte=meeting.starts_at)
        return self.filter(came, group=meeting.group_id).filter(
            Q(finished_on__isnull=True) | Q(finished_on__gte=meeting.day)
        )

    def by_due_date(self) -> "ActionPointQuerySet":
        return self.order_by("due_on", "pk")

    def with_meeting_count(self, *, until: datetime.datetime) -> "ActionPointQuerySet":
        """Annotate `meeting_count`: meetings of the group after the one it came from, up to that moment."""
        since = (
            Meeting.objects.not_cancelled()
            .filter(
                group=OuterRef("group"),
                starts_at__gt=Coalesce(OuterRef("meeting__starts_at"), OuterRef("created_at")),
                starts_at__lte=until,
            )
            .order_by()
            .values("group")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(meeting_count=Coalesce(Subquery(since), 0))


class ActionPoint(models.Model):
    """Something that a group has agreed that somebody does (åtgärdspunkt); it follows along while it is open."""

    class State(models.TextChoices):
        OPEN = "open", "Öppen"
        DONE = "done", "Klar"
        DROPPED = "dropped", "Utgår"

    definite_name = "åtgärdspunkten"
    history_name_fields = ["text"]

    group = models.ForeignKey(Group, models.PROTECT, verbose_name="grupp", related_name="action_points")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="bestämd på mötet", related_name="action_points", null=True, blank=True
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        verbose_name="dagordningspunkt",
        related_name="action_points",
        null=True,
        blank=True,
    )
    text = LineField("åtgärd", max_length=300)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="ansvarig person",
        related_name="action_points",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="ansvarig organisation",
        related_name="action_points",
        null=True,
        blank=True,
    )
    due_on = models.DateField("klart senast")
    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="aktivitet", related_name="action_points", null=True, blank=True
    )
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.OPEN)
    finished_on = models.DateField("avslutad", null=True, blank=True, editable=False)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="avslutad av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    outcome = LineField("vad blev gjort?", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="skriven av", related_name="+", editable=False
    )
    created_at = models.DateTimeField("skriven", default=recording_moment, editable=False)

    objects = ActionPointQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "åtgärdspunkt"
        verbose_name_plural = "åtgärdspunkter"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["group", "state", "due_on"], name="action_point_open_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(responsible__isnull=False) | Q(organisation__isnull=False),
                name="action_point_somebody_is_responsible",
                violation_error_code="organisation",
                violation_error_message="Välj vem eller vilken organisation som är ansvarig.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", finished_on__isnull=True, finished_by__isnull=True)
                | (~Q(state="open") & Q(finished_on__isnull=False, finished_by__isnull=False)),
                name="action_point_finished_by_whom_and_when",
                violation_error_message="En avslutad åtgärdspunkt har dag och namn.",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("meetings:action_point_detail", args=[self.pk])

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def since(self) -> datetime.date:
        """The day it was agreed."""
        return self.meeting.day if self.meeting_id else timezone.localdate(self.created_at)

    @property
    def responsible_in_words(self) -> str:
        """The person with the organisation, or either of them."""
        return ", ".join(str(who) for who in (self.responsible, self.organisation) if who is not None)
