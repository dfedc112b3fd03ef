import datetime
import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.history import recording_moment
from agreements.models.agreements import Agreement, AgreementPart, Area
from documents.date_steps import years_later
from documents.fields import LineField, ProseField
from documents.unique_names import UniqueName

# Lag (2023:196), 6 §: the picture is updated at least every second year.
RENEWED_AFTER_YEARS = 2


class SituationPictureQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SituationPictureQuerySet":
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def adopted(self) -> "SituationPictureQuerySet":
        return self.filter(state=SituationPicture.State.ADOPTED)

    def newest_first(self) -> "SituationPictureQuerySet":
        """Working material first, then by the day of adoption."""
        return self.order_by(F("adopted_on").desc(nulls_first=True), "-pk")

    def current_first(self) -> "SituationPictureQuerySet":
        """The one adopted last, the one before it and so on; working material last."""
        return self.order_by(F("adopted_on").desc(nulls_last=True), "-pk")

    def current(self, agreement: Agreement) -> "SituationPicture | None":
        """What the plan rests on: the one adopted last, else the working material."""
        return self.filter(agreement=agreement).current_first().first()


class SituationPicture(AgreementPart):
    """A picture of crime in the municipality (lägesbild; Lag 2023:196, 4 §): its three parts, sources and problems."""

    class State(models.TextChoices):
        DRAFT = "draft", "Arbetsmaterial"
        ADOPTED = "adopted", "Fastställd"

    definite_name = "lägesbilden"

    title = LineField("rubrik", max_length=200)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.DRAFT, editable=False)
    mapping = ProseField("kartläggning: brotten, hur många de är och vad de leder till", blank=True, max_length=10_000)
    other_information = ProseField("annat som har betydelse", blank=True, max_length=10_000)
    analysis = ProseField("analys av kartläggningen och det övriga", blank=True, max_length=10_000)
    adopted_on = models.DateField("fastställd", null=True, blank=True)
    adopted_by = LineField("fastställd av", max_length=150, blank=True)
    paragraph = LineField("paragraf", max_length=20, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ersätter", related_name="superseded_by", null=True, blank=True
    )
    created_at = models.DateTimeField("påbörjad", default=recording_moment, editable=False)

    objects = SituationPictureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "lägesbild"
        verbose_name_plural = "lägesbilder"
        ordering = [F("adopted_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="draft"),
                name="picture_one_draft_in_agreement",
                violation_error_message="Det finns redan ett arbetsmaterial till ny lägesbild.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", adopted_on__isnull=True) | Q(state="adopted", adopted_on__isnull=False),
                name="picture_adopted_has_day",
                violation_error_code="adopted_on",
                violation_error_message="Ange vilken dag lägesbilden fastställdes.",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")),
                name="picture_not_its_own_predecessor",
                violation_error_code="supersedes",
                violation_error_message="En lägesbild kan inte ersätta sig själv.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.reference_number})" if self.reference_number else self.title

    def get_absolute_url(self):
        return reverse("agreements:picture_detail", args=[self.pk])

    @property
    def is_adopted(self) -> bool:
        return self.state == self.State.ADOPTED

    @property
    def is_locked(self) -> bool:
        """What has been adopted does not change: the next version is a picture of its own."""
        return self.is_adopted

    @property
    def missing_parts(self) -> list[str]:
        """The parts of 4 § that are not written yet, by their Swedish names."""
        parts = {
            "kartläggning": self.mapping,
            "annat som har betydelse": self.other_information,
            "analys": self.analysis,
        }
        return [name for name, text in parts.items() if not text.strip()]

    @property
    def due_on(self) -> datetime.date | None:
        """The day the next one is due (6 §); None for working material."""
        return years_later(self.adopted_on, RENEWED_AFTER_YEARS) if self.adopted_on else None


class PicturePartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PicturePartQuerySet":
        return self.filter(situation_picture__agreement__in=Agreement.objects.visible_to(user))


class PicturePart(models.Model):
    """What belongs to one picture, and is locked with it."""

    situation_picture = models.ForeignKey(
        SituationPicture, models.CASCADE, verbose_name="lägesbild", related_name="%(class)ss"
    )

    objects = PicturePartQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def agreement(self) -> Agreement:
        return self.situation_picture.agreement

    @property
    def is_adopted(self) -> bool:
        return self.situation_picture.is_adopted

    @property
    def is_locked(self) -> bool:
        return self.situation_picture.is_locked


class PictureSource(PicturePart):
    """A source that the picture used, or looked at and rejected, and why."""

    definite_name = "källan"
    history_name_fields = ["title"]

    situation_picture = models.ForeignKey(
        SituationPicture, models.CASCADE, verbose_name="lägesbild", related_name="sources"
    )
    title = LineField("källa", max_length=200)
    is_rejected = models.BooleanField("prövad men inte använd", default=False)
    comment = ProseField("vad den gav, eller varför den valdes bort", blank=True, max_length=1000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ["is_rejected", "pk"]
        constraints = [
            UniqueName(
                within=("situation_picture",),
                named="title",
                name="source_title_unique_in_picture",
                violation_error_code="title",
                violation_error_message="Lägesbilden har redan den källan.",
            ),
            models.CheckConstraint(
                condition=Q(is_rejected=False) | ~Q(comment=""),
                name="source_rejected_for_a_reason",
                violation_error_code="comment",
                violation_error_message="Skriv varför källan valdes bort.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.situation_picture.get_absolute_url() + "#kallor"


class Problem(PicturePart):
    """A finding in a situation picture, judged by Brå's criteria for what to work with first (step 3)."""

    class Trend(models.TextChoices):
        UNKNOWN = "", "Okänt"
        RISING = "rising", "Ökar"
        UNCHANGED = "unchanged", "Oförändrat"
        FALLING = "falling", "Minskar"

    class Judgement(models.IntegerChoices):
        NO = 0, "Nej"
        PARTLY = 1, "Delvis"
        YES = 2, "Ja"

    # Brå's questions about a problem, and about whether it can be worked with; the order of the comparison table.
    CRITERIA = (
        "is_common",
        "is_rising",
        "is_tied_to_place",
        "hits_vulnerable",
        "is_signal_crime",
        "touches_many",
        "is_costly",
    )
    WEIGHED_WITH = ("has_resources", "can_be_influenced")

    definite_name = "problemet"
    history_name_fields = ["title"]

    situation_picture = models.ForeignKey(
        SituationPicture, models.CASCADE, verbose_name="lägesbild", related_name="problems"
    )
    title = LineField("problem", max_length=200)
    description = ProseField("beskrivning", blank=True)
    areas = models.ManyToManyField(Area, verbose_name="delområden", related_name="problems", blank=True)
    trend = models.CharField("utveckling", max_length=10, choices=Trend, blank=True, default=Trend.UNKNOWN)
    is_common = models.PositiveSmallIntegerField("vanligt", choices=Judgement, null=True, blank=True)
    is_rising = models.PositiveSmallIntegerField("ökar eller avviker", choices=Judgement, null=True, blank=True)
    is_tied_to_place = models.PositiveSmallIntegerField(
        "knutet till en plats", choices=Judgement, null=True, blank=True
    )
    hits_vulnerable = models.PositiveSmallIntegerField(
        "drabbar särskilt utsatta", choices=Judgement, null=True, blank=True
    )
    is_signal_crime = models.PositiveSmallIntegerField(
        "signalbrott som skapar otrygghet", choices=Judgement, null=True, blank=True
    )
    touches_many = models.PositiveSmallIntegerField("berör många", choices=Judgement, null=True, blank=True)
    is_costly = models.PositiveSmallIntegerField(
        "stora följder eller kostnader", choices=Judgement, null=True, blank=True
    )
    has_resources = models.PositiveSmallIntegerField("resurser finns", choices=Judgement, null=True, blank=True)
    can_be_influenced = models.PositiveSmallIntegerField("går att påverka", choices=Judgement, null=True, blank=True)
    is_prioritised = models.BooleanField("prioriterat", default=False)
    priority_reason = ProseField("skäl för prioriteringen", blank=True, max_length=1000)
    carried_over_from = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="fört över från", related_name="carried_over_to", null=True, blank=True
    )

    history = HistoricalRecords(m2m_fields=[areas])

    class Meta:
        verbose_name = "problem"
        verbose_name_plural = "problem"
        ordering = ["-is_prioritised", "pk"]
        constraints = [
            UniqueName(
                within=("situation_picture",),
                named="title",
                name="problem_title_unique_in_picture",
                violation_error_code="title",
                violation_error_message="Lägesbilden har redan ett problem med den rubriken.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:problem_detail", args=[self.pk])


def picture_document_path(document: "PictureDocument", file_name: str) -> str:
    """A name that says nothing and cannot be guessed; the real one is kept beside it."""
    return f"pictures/{uuid.uuid4().hex}"


class PictureDocument(PicturePart):
    """A file that belongs to a picture: a survey, statistics, a map."""

    definite_name = "bilagan"
    history_name_fields = ["title"]

    situation_picture = models.ForeignKey(
        SituationPicture, models.CASCADE, verbose_name="lägesbild", related_name="documents"
    )
    title = LineField("rubrik", max_length=150)
    file = models.FileField("fil", upload_to=picture_document_path)
    file_name = LineField("filnamn", max_length=150, editable=False)
    content_type = models.CharField("filtyp", max_length=100, editable=False)
    size = models.PositiveIntegerField("storlek i byte", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tillagd av", related_name="+", editable=False
    )
    added_at = models.DateTimeField("tillagd", default=recording_moment, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bilaga till lägesbild"
        verbose_name_plural = "bilagor till lägesbilder"
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agreements:picture_document_download", args=[self.pk])


class LinkedPlan(AgreementPart):
    """A plan under another act that the work is fitted together with (Lag 2023:196, 7 §)."""

    class Subject(models.TextChoices):
        DRUGS = "drugs", "Alkohol, narkotika, dopning, tobak och spel (ANDTS)"
        VIOLENCE = "violence", "Våld i nära relationer och hedersrelaterat våld"
        CRISIS = "crisis", "Krisberedskap och skydd mot olyckor"
        YOUTH = "youth", "Barn och unga"
        BUILDING = "building", "Stadsmiljö och planering"
        OTHER = "other", "Annat"

    definite_name = "den andra planen"
    history_name_fields = ["title"]

    title = LineField("plan", max_length=200)
    subject = models.CharField("område", max_length=10, choices=Subject)
    reference_number = LineField("diarienummer", max_length=50, blank=True)
    address = LineField("webbadress", max_length=300, blank=True, validators=[URLValidator(schemes=["https", "http"])])
    adopted_on = models.DateField("antagen", null=True, blank=True)
    how_connected = ProseField("så hänger planerna ihop", blank=True, max_length=1000)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "annan plan"
        verbose_name_plural = "andra planer"
        ordering = ["title"]
        constraints = [
            UniqueName(
                within=("agreement",),
                named="title",
                name="linked_plan_title_unique_in_agreement",
                violation_error_code="title",
                violation_error_message="Planen är redan inlagd.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.agreement.get_absolute_url() + "#andra-planer"
