from django.conf import settings
from django.db import models
from django.utils import timezone

from agreements.models import Agreement
from documents.fields import LineField


class PendingWorkbook(models.Model):
    """An uploaded workbook between the preview of what it would change and the confirmation."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, verbose_name="överenskommelse", related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="uppladdad av", related_name="+"
    )
    uploaded_at = models.DateTimeField("uppladdad", default=timezone.now)
    file_name = LineField("filnamn", max_length=150)
    content = models.BinaryField("innehåll")

    class Meta:
        verbose_name = "arbetsbok som väntar"
        verbose_name_plural = "arbetsböcker som väntar"
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name
