import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from accounts.models import Organisation
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: datetime.date | None = None) -> "AgreementQuerySet":
        """The agreements in which the person holds a seat on that day (today); all for a system administrator."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        from agreements.models.groups import Membership

        held = Membership.objects.held(on=on or timezone.localdate()).filter(user=user)
        return self.filter(pk__in=held.values("seat__group__agreement"))

    def in_force(self, *, on: datetime.date) -> "AgreementQuerySet":
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            state=Agreement.State.ADOPTED,
        )

    def referred_to_as(self, reference: str) -> "AgreementQuerySet":
        """By reference number, or by title where an agreement has no number."""
        return self.filter(Q(reference_number=reference) | Q(reference_number="", title=reference))


class Agreement(models.Model):
    """A municipality's and the police's agreement to work together (samverkansöverenskommelse; Lag 2023:196, 9 §)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Utkast"
        ADOPTED = "adopted", "Fastställd"
        CLOSED = "closed", "Avslutad"

    MOVES = {
        State.DRAFT: {State.ADOPTED},
        State.ADOPTED: {State.CLOSED},
        State.CLOSED: set(),
    }
    definite_name = "överenskommelsen"

    municipality = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="kommun", related_name="owned_agreements"
    )
    title = LineField("rubrik", max_length=250)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    purpose = ProseField("syfte", blank=True)
    starts_on = models.DateField("gäller från", null=True, blank=True)
    ends_on = models.DateField("gäller till", null=True, blank=True)
    signed_on = models.DateField("undertecknad", null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", related_name="successors", null=True, blank=True
    )
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.DRAFT)
    organisations = models.ManyToManyField(
        Organisation, verbose_name="organisationer som deltar", related_name="agreements", blank=True
    )
    has_example_work = models.BooleanField("innehåller påhittade exempel", default=False)

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[organisations])

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        ordering = [F("starts_on").desc(nulls_last=True), "title"]
        constraints = [
            UniqueName(
                within=("municipality",),
                named="reference_number",
                condition=~Q(reference_number=""),
                name="agreement_reference_unique_in_municipality",
                violation_error_code="reference_number",
                violation_error_message="Kommunen har redan en överenskommelse med det diarienumret.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message="Sista dagen kan inte vara före den första.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("id")),
                name="agreement_not_its_own_predecessor",
                violation_error_code="predecessor",
                violation_error_message="En överenskommelse kan inte ersätta sig själv.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.reference_number})" if self.reference_number else self.title

    def get_absolute_url(self):
        return reverse("agreements:agreement_detail", args=[self.pk])

    def get_plan_url(self):
        return reverse("focus_areas:action_plan", args=[self.pk])

    @property
    def reference(self) -> str:
        """What it is called in commands and headings: the reference number, or the title where there is none."""
        return self.reference_number or self.title

    @property
    def agreement(self) -> "Agreement":
        """Itself: so that access can be asked for an agreement as for anything that belongs to one."""
        return self

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.state == self.State.ADOPTED

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_locked(self) -> bool:
        """What has been adopted does not change: its own words, dates, parties and focus areas."""
        return not self.is_draft

    def days_left(self, *, on: datetime.date) -> int | None:
        return (self.ends_on - on).days if self.ends_on else None


class AgreementPart(models.Model):
    """What belongs to one agreement and is seen by those who see it."""

    class PartQuerySet(models.QuerySet):
        def visible_to(self, user) -> models.QuerySet:
            return self.filter(agreement__in=Agreement.objects.visible_to(user))

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="%(class)ss")

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class Party(AgreementPart):
    """An organisation that signs the agreement, with the person who signed for it."""

    definite_name = "parten"
    history_name_fields = ["organisation"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisation", related_name="parties")
    signatory_name = LineField("undertecknare", max_length=150, blank=True)
    signatory_title = LineField("undertecknarens titel", max_length=150, blank=True)
    signed_on = models.DateField("undertecknad", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="party_once_in_agreement",
                violation_error_code="organisation",
                violation_error_message="Organisationen är redan part.",
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def is_locked(self) -> bool:
        return self.agreement.is_locked


class AgreementSection(AgreementPart):
    """What the agreement says under one of its headings: responsibilities, method, communication, the child's best."""

    definite_name = "avsnittet"
    history_name_fields = ["heading"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="sections")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    heading = LineField("rubrik", max_length=150)
    text = ProseField("text")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ["position", "pk"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="heading",
                name="section_heading_unique_in_agreement",
                violation_error_code="heading",
                violation_error_message="Överenskommelsen har redan ett avsnitt med den rubriken.",
            ),
        ]

    def __str__(self):
        return self.heading


class Definition(AgreementPart):
    """A word that the agreement defines, so that everybody counts and compares the same thing."""

    definite_name = "definitionen"
    history_name_fields = ["term"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="definitions")
    term = LineField("begrepp", max_length=100)
    text = ProseField("betydelse")
    source = LineField("källa", max_length=250, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "definition"
        verbose_name_plural = "definitioner"
        ordering = ["pk"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="term",
                name="definition_term_unique_in_agreement",
                violation_error_code="term",
                violation_error_message="Begreppet är redan definierat.",
            ),
        ]

    def __str__(self):
        return self.term


class Area(AgreementPart):
    """A part of the municipality (delområde) that work and findings can be tied to."""

    definite_name = "delområdet"
    history_name_fields = ["name"]

    name = LineField("namn", max_length=100)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "delområde"
        verbose_name_plural = "delområden"
        ordering = ["name"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="name",
                name="area_name_unique_in_agreement",
                violation_error_code="name",
                violation_error_message="Delområdet finns redan.",
            ),
        ]

    def __str__(self):
        return self.name


def document_path(document: "AgreementDocument", file_name: str) -> str:
    """A name that says nothing and cannot be guessed; the real one is kept beside it."""
    return f"agreements/{uuid.uuid4().hex}"


class AgreementDocument(AgreementPart):
    """A file that belongs to the agreement: the signed agreement itself, its communication plan."""

    definite_name = "handlingen"
    history_name_fields = ["title"]

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="documents")
    title = LineField("rubrik", max_length=150)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    file = models.FileField("fil", upload_to=document_path)
    file_name = LineField("filnamn", max_length=150, editable=False)
    content_type = models.CharField("filtyp", max_length=100, editable=False)
    size = models.PositiveIntegerField("storlek i byte", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tillagd av", related_name="+", editable=False
    )
    added_at = models.DateTimeField("tillagd", default=recording_moment, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:document_download", args=[self.pk])
