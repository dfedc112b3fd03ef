from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models import Group


class CalendarFeed(models.Model):
    """A private address that a calendar program reads: a person's own meetings and dates, or one group's meetings.

    The address holds a secret; only its SHA-256 is kept here, so it is shown once and replaced when it is lost.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="person", related_name="calendar_feeds"
    )
    group = models.ForeignKey(
        Group, models.CASCADE, verbose_name="grupp", related_name="calendar_feeds", null=True, blank=True
    )
    secret_hash = models.CharField("hemlighetens kontrollsumma", max_length=64, unique=True)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    read_at = models.DateTimeField("senast läst", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderadress"
        verbose_name_plural = "kalenderadresser"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="calendar_feed_once_per_group"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(group__isnull=True), name="calendar_feed_one_personal"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.group or 'egen kalender'}"
