import datetime
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.models import _user_has_perm as any_backend_grants
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from documents.fields import LineField, ProseField
from privacy.personal_data import Kind

# A page left open longer than this is not sent twice by mistake.
FORM_REMEMBERED_FOR = datetime.timedelta(days=7)


class OrganisationQuerySet(models.QuerySet):
    def with_root(self) -> "OrganisationQuerySet":
        """Annotate `root_id`: the organisation at the top of each one's tree (at most three levels)."""
        return self.annotate(root_id=Coalesce("parent__parent_id", "parent_id", "id"))

    def with_home(self) -> "OrganisationQuerySet":
        """Annotate `home`: the municipality that keeps each one; its own tree's top where nobody else does."""
        return self.annotate(
            home=Coalesce(
                "parent__parent__keeper_id", "parent__keeper_id", "keeper_id", "parent__parent_id", "parent_id", "id"
            )
        )

    def kept_by(self, municipality) -> "OrganisationQuerySet":
        """The municipality with all below it, and the organisations that it has put in."""
        return self.with_home().filter(home=municipality)

    def nobodys(self) -> "OrganisationQuerySet":
        """Those that the system administrator keeps for several municipalities, such as a police authority."""
        trees = self.model._default_manager.filter(
            parent__isnull=True, keeper__isnull=True, owned_agreements__isnull=True
        ).exclude(kind=self.model.Kind.MUNICIPALITY)
        return self.with_root().filter(root_id__in=trees.values("pk"))

    def with_parents(self) -> "OrganisationQuerySet":
        return self.select_related("parent__parent")


class Organisation(models.Model):
    """A municipality, an administration, the police, a company or an association that takes part in the work."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", "kommun"
        ADMINISTRATION = "administration", "förvaltning"
        UNIT = "unit", "verksamhet eller enhet"
        POLICE = "police", "polismyndighet"
        POLICE_AREA = "police_area", "lokalpolisområde"
        RESCUE_SERVICE = "rescue_service", "räddningstjänst"
        HOUSING_COMPANY = "housing_company", "bostadsbolag"
        BUSINESS = "business", "näringsliv"
        CIVIL_SOCIETY = "civil_society", "föreningsliv"
        AUTHORITY = "authority", "annan myndighet eller region"
        OTHER = "other", "annan"

    definite_name = "organisationen"
    everyday_names = {Kind.MUNICIPALITY: "Kommunen", Kind.POLICE: "Polisen", Kind.POLICE_AREA: "Polisen"}

    name = LineField("namn", max_length=150)
    short_name = LineField("förkortning", max_length=20, blank=True)
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hör till", related_name="children", null=True, blank=True
    )
    # Only at the top of a tree. Empty for municipalities, and for what the system administrator keeps for several.
    keeper = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hålls av", related_name="kept", null=True, blank=True
    )

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="organisation_name_unique_in_parent",
                violation_error_code="name",
                violation_error_message="Det finns redan en organisation med det namnet här.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent__isnull=True, keeper__isnull=True),
                name="organisation_name_unique_at_top",
                violation_error_code="name",
                violation_error_message="Det finns redan en organisation med det namnet.",
            ),
            models.UniqueConstraint(
                fields=["keeper", "name"],
                condition=Q(parent__isnull=True, keeper__isnull=False),
                name="organisation_name_unique_with_keeper",
                violation_error_code="name",
                violation_error_message="Det finns redan en organisation med det namnet.",
            ),
            models.CheckConstraint(
                condition=Q(keeper__isnull=True) | (Q(parent__isnull=True) & ~Q(keeper=models.F("id"))),
                name="organisation_keeper_at_top",
                violation_error_code="parent",
                violation_error_message="Den som hör till en annan organisation hålls av den som håller den.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="organisation_not_its_own_parent",
                violation_error_code="parent",
                violation_error_message="En organisation kan inte höra till sig själv.",
            ),
        ]

    def __str__(self):
        return self.short_name or self.name

    def get_absolute_url(self):
        return reverse("agreements:organisation_detail", args=[self.pk])

    def clean(self):
        """Keep the tree at three levels, without loops; what speaks for the police stays so, and nothing becomes so."""
        if self.pk and (saved := Organisation.objects.filter(pk=self.pk).first()) and saved.is_police != self.is_police:
            raise ValidationError({"kind": "En organisation kan inte bli polis, eller sluta vara det. Lägg in en ny."})
        above = self.lineage[1:]
        if above and above[-1].parent_id is not None:
            raise ValidationError({"parent": "Organisationen kan inte höra till något som hör till den själv."})
        below = 0
        if self.pk and self.children.exists():
            below = 2 if Organisation.objects.filter(parent__parent=self).exists() else 1
        if len(above) + below > 2:
            raise ValidationError({"parent": "Organisationer får ha högst tre nivåer."})

    @property
    def lineage(self) -> "list[Organisation]":
        """The organisation, what it belongs to, and so on up; stops at a loop."""
        line = [self]
        while line[-1].parent and line[-1].parent not in line:
            line.append(line[-1].parent)
        return line

    @property
    def root(self) -> "Organisation":
        return self.lineage[-1]

    @property
    def home_id(self) -> int:
        """The municipality that keeps the organisation; the top of its own tree where nobody else does."""
        return self.root.keeper_id or self.root.pk

    @property
    def is_police(self) -> bool:
        return self.kind in (self.Kind.POLICE, self.Kind.POLICE_AREA)

    @property
    def everyday_name(self) -> str:
        """What people say in a report: Kommunen, Polisen, else the name."""
        return self.everyday_names.get(self.kind, self.name)

    @property
    def full_name(self) -> str:
        return f"{self.name} ({self.short_name})" if self.short_name else self.name


class UserManager(BaseUserManager):
    def create_user(self, email: str | None = None, password: str | None = None, **fields) -> "User":
        """Create a person; without a password a contact, who can sit in a group but not sign in."""
        user = self.model(email=self.normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email, has_account=True)

    def others_with_account(self, person: "User") -> models.QuerySet:
        """Who signs in with the address that the person has been given: the same human being, known elsewhere."""
        if not person.email:
            return self.none()
        return self.filter(email__iexact=person.email, has_account=True, is_active=True).exclude(pk=person.pk)

    @staticmethod
    def normalise_email(email: str | None) -> str | None:
        """Lower case, and None rather than empty: so that one address is one person and contacts may lack one."""
        return (email or "").strip().lower() or None


class User(AbstractBaseUser, PermissionsMixin):
    """A person who sits in a group or signs in. Without a password: a contact."""

    class Theme(models.TextChoices):
        SYSTEM = "", "som datorn eller telefonen"
        LIGHT = "light", "ljust"
        DARK = "dark", "mörkt"

    definite_name = "personen"

    # Of those who sign in, one for each address. A contact's is what somebody wrote, and says nothing of others.
    # None rather than empty, so that the constraint lets many lack one.
    email = models.EmailField("e-postadress", null=True, blank=True)  # noqa: DJ001
    has_account = models.BooleanField("har ett konto", default=False, editable=False)
    invited_at = models.DateTimeField("inbjuden", null=True, blank=True, editable=False)
    full_name = LineField("namn", max_length=150)
    title = LineField("titel", max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="organisation",
        related_name="people",
        null=True,
        blank=True,
    )
    theme = models.CharField("utseende", max_length=10, choices=Theme, blank=True, default=Theme.SYSTEM)
    is_active = models.BooleanField("aktiv", default=True)
    is_staff = models.BooleanField("får öppna administrationen", default=False)
    joined_at = models.DateTimeField("registrerad", default=timezone.now, editable=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login", "theme", "has_account", "invited_at"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(has_account=True, is_active=True),
                name="account_email_unique_whatever_case",
                violation_error_message="Det finns redan en person med den e-postadressen.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("agreements:person_detail", args=[self.pk])

    def clean(self):
        """One account for each address; contacts may have any, or the refusal would tell who exists."""
        self.email = UserManager.normalise_email(self.email)
        if self.has_account and self.is_active and User.objects.others_with_account(self).exists():
            raise ValidationError({"email": "Det finns redan ett konto med den e-postadressen."})

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.has_account = self.has_usable_password()

    def set_unusable_password(self):
        super().set_unusable_password()
        self.has_account = False

    def has_perm(self, perm, obj=None):
        """Without an object, as Django does. With one, what the person's seats give, for superusers too."""
        if obj is None:
            return super().has_perm(perm)
        return self.is_active and any_backend_grants(self, perm, obj)

    @property
    def description(self) -> str:
        """Name, title and organisation: so that two with the same name are told apart."""
        return ", ".join(str(part) for part in (self.full_name, self.title, self.organisation) if part)

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and self.has_usable_password()


class SubmissionManager(models.Manager):
    def claim(self, *, key: str, by: User) -> bool:
        """Take the form's key; False when that very form has been received before. Needs a surrounding transaction."""
        try:
            key = uuid.UUID(key)
        except ValueError:
            return True
        self.filter(sent_by=by, sent_at__lt=timezone.now() - FORM_REMEMBERED_FOR).delete()
        try:
            with transaction.atomic():
                self.create(key=key, sent_by=by)
        except IntegrityError:
            return False
        return True

    def has_received(self, *, key: str) -> bool:
        """Whether the form with that key has been received before."""
        try:
            return self.filter(key=uuid.UUID(key)).exists()
        except ValueError:
            return False


class Submission(models.Model):
    """A form that has been received once, so that sending it twice does the thing once."""

    key = models.UUIDField("nyckel", primary_key=True)
    sent_by = models.ForeignKey(User, models.CASCADE, verbose_name="skickad av", related_name="+")
    sent_at = models.DateTimeField("skickad", default=timezone.now, db_index=True)

    objects = SubmissionManager()

    class Meta:
        verbose_name = "mottaget formulär"
        verbose_name_plural = "mottagna formulär"

    def __str__(self):
        return str(self.key)


class ConfirmedPersonalData(models.Model):
    """Why somebody let a telephone number, an address or the like stand in a text. What stood there is not repeated."""

    kind = models.CharField(
        "slag", max_length=20, choices=[(kind.value, kind.label) for kind in Kind if not kind.blocks]
    )
    field = LineField("ruta", max_length=200)
    page = LineField("sida", max_length=200)
    reason = ProseField("skäl", max_length=300)
    confirmed_by = models.ForeignKey(User, models.PROTECT, verbose_name="bekräftad av", related_name="+")
    confirmed_at = models.DateTimeField("bekräftad", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "bekräftad personuppgift"
        verbose_name_plural = "bekräftade personuppgifter"
        ordering = ["-confirmed_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} i {self.field}"


class AttemptCountManager(models.Manager):
    def locked(self, key: str) -> "AttemptCount":
        """Return the key's row, locked for the surrounding transaction; made if there is none."""
        self.get_or_create(key=key)
        return self.select_for_update().get(key=key)

    def take_back(self, key: str) -> None:
        self.filter(key=key, count__gt=0).update(count=models.F("count") - 1)


class AttemptCount(models.Model):
    """How many times in a row something went wrong, such as a password; the key says for whom and tells nobody else."""

    key = models.CharField("nyckel", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("antal", default=0)
    last_at = models.DateTimeField("senast", default=timezone.now, db_index=True)

    objects = AttemptCountManager()

    class Meta:
        verbose_name = "räknade försök"
        verbose_name_plural = "räknade försök"

    def __str__(self):
        return f"{self.count}"


class InterruptedForm(models.Model):
    """A form that could not be taken in when it was sent, kept for the person who wrote it and for nobody else."""

    written_by = models.ForeignKey(
        User, models.CASCADE, verbose_name="skriven av", related_name="interrupted_forms", editable=False
    )
    path = models.TextField("sida", editable=False)
    query = models.TextField("sidans val", blank=True, editable=False)
    content = models.BinaryField("innehåll", editable=False)
    file_names = models.JSONField("filer som inte kunde följa med", default=list, editable=False)
    sent_at = models.DateTimeField("skickad", default=timezone.now, db_index=True, editable=False)

    class Meta:
        verbose_name = "avbrutet formulär"
        verbose_name_plural = "avbrutna formulär"
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.path
