"""Who was sent an issued report and who has read it; the link sent again."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.pages import ActionPage, SubjectMixin
from documents.swedish_words import counted, joined
from reports.access import Capability
from reports.models import Report
from reports.operations.reading import Delivered, deliver
from reports.readers import readers_of


class IssuedMixin(SubjectMixin):
    subject_model = Report
    capability = Capability.SEE_READERS

    def get_subjects(self):
        return super().get_subjects().issued().select_related("agreement__municipality", "issued_by", "replaces")


class ReportReaders(IssuedMixin, TemplateView):
    template_name = "reports/report_readers.html"
    extra_context = {"menu_current": "reports"}

    def get_context_data(self, **context):
        readers = readers_of(self.subject, on=timezone.localdate())
        return super().get_context_data(
            readers=readers,
            groups=list(self.subject.recipients.all()),
            can_send=not self.subject.agreement.is_closed and readers.waiting_count > 0,
            **context,
        )


class ReportDeliver(IssuedMixin, ActionPage):
    """Send the link to those who have not had it; mails are not sent inside a transaction."""

    def post(self, request, *args, **kwargs):
        delivered = deliver(report=self.subject, by=request.user, site=settings.SITE_URL)
        self.tell(delivered)
        return HttpResponseRedirect(reverse("reports:report_readers", args=[self.subject.pk]))

    def tell(self, delivered: Delivered) -> None:
        if delivered.reached:
            people = counted(len(delivered.reached), "person", "personer")
            messages.success(self.request, f"Länken är skickad till {people}.")
        if delivered.not_reached:
            names = joined(str(person) for person in delivered.not_reached)
            messages.error(self.request, f"Länken kunde inte skickas till {names}. Skälet står i tabellen.")
        if not delivered.reached and not delivered.not_reached:
            messages.info(self.request, "Alla mottagare har redan fått länken.")
