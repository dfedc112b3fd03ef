"""The archive package: what it would hold, and the ZIP itself."""

import logging
from collections.abc import Generator, Iterator
from contextlib import ExitStack

from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from agreements.models import Agreement
from agreements.pages import SubjectMixin
from documents.costly import costly_work
from documents.swedish_dates import date_range_words
from reports.access import Capability
from reports.archive import archive_file_name, stream_archive
from reports.archive.collecting import days_of
from reports.archive.counting import contents_of, whole_year, years_of
from reports.forms.archive import ArchivePeriodForm
from reports.periods import Period

logger = logging.getLogger("reports")


class ArchiveMixin(SubjectMixin):
    """The package for the period in the address."""

    subject_model = Agreement
    capability = Capability.ARCHIVE

    def get_subjects(self):
        return super().get_subjects().select_related("municipality")

    def get_form(self) -> ArchivePeriodForm | None:
        chosen = {name: self.request.GET[name] for name in ("fran", "till") if name in self.request.GET}
        return ArchivePeriodForm(chosen) if chosen else None


class ArchivePage(ArchiveMixin, TemplateView):
    template_name = "reports/archive_page.html"
    extra_context = {"menu_current": "reports"}

    def get_context_data(self, **context):
        today, days, asked = timezone.localdate(), days_of(self.subject), self.get_form()
        chosen = None
        if asked and asked.is_valid():
            starts_on, ends_on = asked.period
            chosen = contents_of(days, Period(date_range_words(starts_on, ends_on), starts_on, ends_on))
        return super().get_context_data(
            form=asked or ArchivePeriodForm(initial=whole_year(today.year).choices),
            chosen=chosen,
            is_still_open=chosen and chosen.period.ends_on >= today,
            years=years_of(self.subject, days, today=today),
            **context,
        )


class HeldStream:
    """The pieces of an answer, and what is let go of when all are sent or nobody listens any more."""

    def __init__(self, pieces: Generator[bytes], held: ExitStack):
        self.pieces = pieces
        self.held = held

    def __iter__(self) -> Iterator[bytes]:
        with self.held:
            yield from self.pieces

    def close(self) -> None:
        self.pieces.close()
        self.held.close()

    # An answer that was never sent.
    __del__ = close


class ArchivePackage(ArchiveMixin, View):
    """The ZIP, sent while it is made: printing a year's minutes takes a while."""

    def get(self, request, *args, **kwargs):
        form = self.get_form()
        if form is None or not form.is_valid():
            page = reverse("reports:archive_page", args=[self.subject.pk])
            return HttpResponseRedirect(f"{page}?{request.GET.urlencode()}" if request.GET else page)
        starts_on, ends_on = form.period
        work = ExitStack()
        work.enter_context(costly_work(f"person-{request.user.pk}"))
        logger.info("archive package of agreement %s, %s to %s", self.subject.pk, starts_on, ends_on)
        name = archive_file_name(self.subject, starts_on, ends_on)
        return StreamingHttpResponse(
            HeldStream(stream_archive(self.subject, starts_on=starts_on, ends_on=ends_on), work),
            content_type="application/zip",
            headers={
                "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
                "Cache-Control": "private, no-store",
                # A proxy that waits for the whole of it would give up.
                "X-Accel-Buffering": "no",
            },
        )
