import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models import Agreement, Group
from documents.fields import LineField, ProseField
from documents.swedish_dates import date_range_words
from focus_areas.models import FocusArea
from meetings.models import Meeting

FROZEN = "Rapporten är utfärdad och ändras inte. Är något fel görs en rättad rapport som ersätter den."


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReportQuerySet":
        """Those of the agreements that the person can see; who may read a draft is for the access table to say."""
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def issued(self) -> "ReportQuerySet":
        return self.filter(state=Report.State.ISSUED)

    def drafts(self) -> "ReportQuerySet":
        return self.filter(state=Report.State.DRAFT)

    def unread_by(self, user) -> "ReportQuerySet":
        """Issued reports that the person was to have and has not opened; none issued by them, or replaced since."""
        return (
            self.issued()
            .filter(deliveries__user=user)
            .exclude(issued_by=user)
            .exclude(readings__user=user)
            .exclude(replaced_by__state=Report.State.ISSUED)
        )

    def newest_first(self) -> "ReportQuerySet":
        return self.order_by("-ends_on", "-starts_on", "-pk")


class Report(models.Model):
    """A report on a period: written as a draft, then issued and never changed again.

    A draft gathers its figures anew each time it is shown. What an issued one says is kept in its `IssuedDocument`; a
    correction is a report of its own that says which one it `replaces`.
    """

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", "Uppföljningsrapport till styrgruppen"
        COUNCIL = "council", "Rapport till fullmäktige"
        PUBLIC = "public", "Rapport till invånarna"
        FOCUS_AREA = "focus_area", "Rapport om ett fokusområde"
        WORKING_GROUP = "working_group", "Arbetsgruppens rapport"
        CLOSING = "closing", "Slutrapport för avtalsperioden"
        PROMISES = "promises", "Lovat och hållet per part"
        GRANT = "grant", "Underlag för ansökan om bidrag"

    class State(models.TextChoices):
        DRAFT = "draft", "Utkast"
        ISSUED = "issued", "Utfärdad"

    definite_name = "rapporten"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="reports")
    kind = models.CharField("slag", max_length=15, choices=Kind, default=Kind.FOLLOW_UP)
    title = LineField("rubrik", max_length=200)
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    stands_on = models.DateField(
        "läget den",
        null=True,
        blank=True,
        help_text="Tomt: periodens sista dag. Välj en senare dag om uppgifter om perioden har lagts in eller rättats "
        "efteråt.",
    )
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, verbose_name="fokusområde", related_name="reports", null=True, blank=True
    )
    group = models.ForeignKey(
        Group, models.PROTECT, verbose_name="arbetsgrupp", related_name="reports", null=True, blank=True
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name="till mötet", related_name="reports", null=True, blank=True
    )
    # Values of `reports.kinds.Section`, in the order that the kind gives them.
    sections = models.JSONField("avsnitt", default=list, blank=True)
    summary = ProseField("sammanfattning", blank=True)
    conclusions = ProseField("slutsatser", blank=True)
    decisions_asked = ProseField(
        "beslut som begärs",
        blank=True,
        help_text="Ett beslut på varje rad. De som begärs i lägesrapporterna är redan med.",
    )
    police_comment = ProseField("polisens kommentar", blank=True)
    police_commented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="kommenterad av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    police_commented_at = models.DateTimeField("kommenterad", null=True, blank=True, editable=False)
    recipients = models.ManyToManyField(Group, verbose_name="mottagare", related_name="+", blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="ersätter",
        related_name="replaced_by",
        null=True,
        blank=True,
        editable=False,
    )
    correction_reason = LineField("varför den rättas", max_length=300, blank=True)
    # The issued one that “since the last report” compares with; chosen when the report is issued.
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="föregående rapport",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.DRAFT, editable=False)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    as_of = models.DateTimeField("läget", null=True, blank=True, editable=False)
    issued_at = models.DateTimeField("utfärdad", null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="utfärdad av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField("påbörjad", default=recording_moment, editable=False)

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[recipients])

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="report_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            models.CheckConstraint(
                condition=Q(stands_on__isnull=True) | Q(stands_on__gte=F("ends_on")),
                name="report_stands_for_the_whole_period",
                violation_error_code="stands_on",
                violation_error_message="Läget kan inte vara från en dag före periodens sista.",
            ),
            models.CheckConstraint(
                condition=Q(kind="focus_area", focus_area__isnull=False)
                | (~Q(kind="focus_area") & Q(focus_area__isnull=True)),
                name="report_names_its_focus_area",
                violation_error_code="focus_area",
                violation_error_message="Ange fokusområde för en rapport om ett fokusområde, annars inte.",
            ),
            models.CheckConstraint(
                condition=Q(kind="working_group", group__isnull=False)
                | (~Q(kind="working_group") & Q(group__isnull=True)),
                name="report_names_its_group",
                violation_error_code="group",
                violation_error_message="Ange arbetsgrupp för en arbetsgrupps rapport, annars inte.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(correction_reason=""),
                name="report_corrected_for_a_reason",
                violation_error_code="correction_reason",
                violation_error_message="Skriv varför rapporten rättas.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at__isnull=True, as_of__isnull=True)
                | (Q(state="issued", issued_at__isnull=False, as_of__isnull=False) & ~Q(reference_number="")),
                name="report_frozen_when_issued",
                violation_error_code="reference_number",
                violation_error_message="Ange diarienummer för en rapport som utfärdas.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.refuse_when_issued()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("reports:report_detail", args=[self.pk])

    def delete(self, *args, **kwargs):
        self.refuse_when_issued()
        return super().delete(*args, **kwargs)

    def refuse_when_issued(self) -> None:
        """Raise ValidationError if the stored row is issued, whatever this one says. The database refuses it too."""
        if not self._state.adding and Report.objects.issued().filter(pk=self.pk).exists():
            raise ValidationError(FROZEN)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def is_locked(self) -> bool:
        """An issued report is never changed."""
        return self.is_issued

    @property
    def stands_for(self) -> datetime.date:
        """The day whose state it tells: the period's last, unless a later one is chosen."""
        return self.stands_on or self.ends_on

    @property
    def period_words(self) -> str:
        return date_range_words(self.starts_on, self.ends_on)


class FocusAreaComment(models.Model):
    """What the coordinator says of one focus area in a report."""

    definite_name = "kommentaren"

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="rapport", related_name="focus_area_comments")
    focus_area = models.ForeignKey(
        FocusArea, models.RESTRICT, verbose_name="fokusområde", related_name="report_comments"
    )
    text = ProseField("kommentar", max_length=2000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommentar till fokusområde"
        verbose_name_plural = "kommentarer till fokusområden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "focus_area"], name="report_comment_once_per_focus_area"),
        ]

    def __str__(self):
        return f"{self.report}: {self.focus_area}"

    def get_absolute_url(self):
        return self.report.get_absolute_url()

    @property
    def agreement(self) -> Agreement:
        return self.report.agreement

    @property
    def is_locked(self) -> bool:
        return self.report.is_locked
