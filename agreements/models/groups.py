import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from agreements.models.agreements import Agreement, AgreementPart
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName


class Group(AgreementPart):
    """A group that the agreement names: steering, preparation, working group or Örat mot marken."""

    class Kind(models.TextChoices):
        STEERING = "steering", "Styrgrupp"
        PREPARATION = "preparation", "Beredningsgrupp"
        WORKING = "working", "Arbetsgrupp"
        SITUATION = "situation", "Lägesbildsgrupp"

    definite_name = "gruppen"
    history_name_fields = ["name"]

    kind = models.CharField("slag", max_length=15, choices=Kind)
    name = LineField("namn", max_length=100)
    also_known_as = LineField("kallas även", max_length=100, blank=True)
    mandate = ProseField("uppdrag", blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="tillsatt av", related_name="children", null=True, blank=True
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["pk"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="name",
                name="group_name_unique_in_agreement",
                violation_error_code="name",
                violation_error_message="Överenskommelsen har redan en grupp med det namnet.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="group_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message="En grupp kan inte tillsättas av sig själv.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("agreements:group_detail", args=[self.pk])


class SeatQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SeatQuerySet":
        return self.filter(group__agreement__in=Agreement.objects.visible_to(user))

    def with_holder(self, *, on: datetime.date) -> "SeatQuerySet":
        """Prefetch `holdings_today`: who holds each seat on that day (none or one)."""
        return self.prefetch_related(
            models.Prefetch(
                "memberships",
                queryset=Membership.objects.held(on=on).select_related("user"),
                to_attr="holdings_today",
            )
        )


class Seat(models.Model):
    """A place in a group. It stays when its holder changes, and may be vacant."""

    class Function(models.TextChoices):
        CHAIR = "chair", "Ordförande"
        COORDINATOR = "coordinator", "Brottsförebyggande samordnare"
        POLICE_LIAISON = "police_liaison", "Kommunpolis"
        CONVENER = "convener", "Sammankallande"
        SECRETARY = "secretary", "Sekreterare"
        MEMBER = "member", "Ledamot"
        READER = "reader", "Läsare"

    definite_name = "platsen"
    history_name_fields = ["title", "organisation"]

    group = models.ForeignKey(Group, models.CASCADE, verbose_name="grupp", related_name="seats")
    title = LineField("plats", max_length=150)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="seats")
    function = models.CharField("funktion i gruppen", max_length=15, choices=Function, default=Function.MEMBER)
    is_leading_position = models.BooleanField("ledande befattning", null=True, blank=True)

    objects = SeatQuerySet.as_manager()
    history = HistoricalRecords()

    # Whether the side has confirmed who holds the seat; set with the holder, by whoever fetches the two together.
    is_confirmed = False

    class Meta:
        verbose_name = "plats"
        verbose_name_plural = "platser"
        ordering = ["group", "pk"]
        constraints = [
            UniqueName(
                within=("group", "organisation"),
                named="title",
                name="seat_unique_in_group",
                violation_error_code="title",
                violation_error_message="Gruppen har redan den platsen för samma organisation.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.organisation}"

    def get_absolute_url(self):
        return self.group.get_absolute_url()

    @property
    def agreement(self) -> Agreement:
        return self.group.agreement

    @property
    def speaks_for(self) -> Organisation:
        """The side that the seat represents: the top of its organisation's tree."""
        return self.organisation.root

    @property
    def confirmation_is_asked(self) -> bool:
        """Whether anything follows from it: the coordinator and the liaison sign for a side; the police's all count."""
        return self.function in {self.Function.COORDINATOR, self.Function.POLICE_LIAISON} or self.speaks_for.is_police

    @property
    def holding(self) -> "Membership | None":
        """Who holds the seat, from rows prefetched by `with_holder`."""
        return self.holdings_today[0] if self.holdings_today else None


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MembershipQuerySet":
        return self.filter(seat__group__agreement__in=Agreement.objects.visible_to(user))

    def held(self, *, on: datetime.date) -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def taking_part_in(self, group: Group, *, on: datetime.date) -> "MembershipQuerySet":
        """Who holds the group's seats on that day, those who only read apart, in the order of the seats."""
        return (
            self.held(on=on).filter(seat__group=group).exclude(seat__function=Seat.Function.READER).order_by("seat_id")
        )

    def overlapping(self, *, starts_on: datetime.date, ends_on: datetime.date | None) -> "MembershipQuerySet":
        overlapping = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        return overlapping.filter(starts_on__lte=ends_on) if ends_on else overlapping


class Membership(models.Model):
    """Who holds a seat, from when to when. One holder at a time."""

    definite_name = "innehavet"
    history_name_fields = ["user"]

    seat = models.ForeignKey(Seat, models.PROTECT, verbose_name="plats", related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="innehavare", related_name="memberships"
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)
    # Not a yes or no: what was said for one side says nothing once the seat speaks for another.
    confirmed_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="bekräftad för",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="bekräftad av",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "innehav av plats"
        verbose_name_plural = "innehav av platser"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ends_on__isnull=True),
                name="membership_one_current_holder",
                violation_error_message="Platsen har redan en innehavare.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.seat}"

    def clean(self):
        """One holder at a time."""
        if self.seat_id is None or self.starts_on is None:
            return
        others = self.seat.memberships.exclude(pk=self.pk)
        if other := others.overlapping(starts_on=self.starts_on, ends_on=self.ends_on).first():
            raise ValidationError({"starts_on": f"{other.user} har platsen under den tiden."})

    @property
    def agreement(self) -> Agreement:
        return self.seat.group.agreement

    @property
    def is_confirmed(self) -> bool:
        """Whether the side that the seat speaks for has said that the holder does."""
        return self.confirmed_for is not None and are_one_side(self.confirmed_for, self.seat.speaks_for)


def are_one_side(one: Organisation, other: Organisation) -> bool:
    """The same organisation at the top; the police is one side, however its parts are put in."""
    return one == other or (one.is_police and other.is_police)
