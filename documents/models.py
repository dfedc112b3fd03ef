import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class PreparedFileQuerySet(models.QuerySet):
    def unfinished(self) -> "PreparedFileQuerySet":
        return self.filter(state__in=[PreparedFile.State.WAITING, PreparedFile.State.WORKING])

    def outdated(self, *, now: datetime.datetime) -> "PreparedFileQuerySet":
        """What was finished so long ago that nobody fetches it, and what has stood still for too long."""
        finished = Q(finished_at__lt=now - PreparedFile.KEPT_FOR)
        stood_still = Q(finished_at=None, started_at__lt=now - PreparedFile.LONGEST_WORK)
        return self.filter(finished | stood_still | Q(asked_at__lt=now - PreparedFile.LONGEST_WAIT))


class PreparedFile(models.Model):
    """A file that a person has asked for and a worker makes, kept for a short while and for that person alone."""

    class State(models.TextChoices):
        WAITING = "waiting", "Väntar"
        WORKING = "working", "Görs"
        DONE = "done", "Klar"
        FAILED = "failed", "Misslyckad"

    KEPT_FOR = datetime.timedelta(minutes=10)
    LONGEST_WORK = datetime.timedelta(minutes=10)
    LONGEST_WAIT = datetime.timedelta(hours=1)

    id = models.UUIDField("nyckel", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="beställd av", related_name="+")
    # Path and query of the page that hands it out: what it is, and who may have it, is asked there.
    address = models.CharField("adress", max_length=1000)
    state = models.CharField("tillstånd", max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("beställd")
    started_at = models.DateTimeField("påbörjad", null=True, blank=True)
    finished_at = models.DateTimeField("klar", null=True, blank=True)
    content = models.BinaryField("innehåll", null=True, blank=True)
    error = models.TextField("skäl", blank=True)

    objects = PreparedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fil på väg"
        verbose_name_plural = "filer på väg"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "address"],
                condition=Q(state__in=["waiting", "working"]),
                name="prepared_file_asked_for_once",
                violation_error_message="Filen är redan på väg.",
            ),
        ]

    def __str__(self):
        return self.address

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING
