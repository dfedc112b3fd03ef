"""Reports, what was frozen of them, and who has had them: written in the portal, found here."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.utils.html import format_html

from accounts.admin import LookOnlyAdmin
from agreements.admin import AgreementAccessAdmin
from reports.access import Capability
from reports.models import FocusAreaComment, IssuedDocument, IssuingJob, Report, ReportDelivery, ReportReading
from reports.operations.locks import why_locked

BY_AGREEMENT = ("agreement", admin.RelatedOnlyFieldListFilter)
BY_AGREEMENT_OF_REPORT = ("report__agreement", admin.RelatedOnlyFieldListFilter)


class ReadByWritersMixin:
    """Drafts, and what belongs to them, are for those who write reports."""

    capability = Capability.WRITE_REPORT
    report = ""

    def seen_by(self, user, queryset):
        path = f"{self.report}__" if self.report else ""
        keys = [
            report.pk
            for report in Report.objects.visible_to(user).select_related("agreement")
            if user.has_perm(Capability.READ_REPORT, report)
        ]
        return queryset.filter(**{f"{path}pk__in": keys})

    def history_view(self, request, object_id, extra_context=None):
        """An issued report's history tells what its drafts said."""
        thing = self.get_object(request, unquote(object_id))
        if thing is not None and not self.allows(request.user, thing):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


@admin.register(Report)
class ReportAdmin(ReadByWritersMixin, AgreementAccessAdmin):
    """The words of a draft can be put right here; it is begun, issued and corrected in the portal."""

    list_display = ["title", "kind", "state", "starts_on", "ends_on", "reference_number", "issued_at", "agreement"]
    list_filter = ["state", "kind", BY_AGREEMENT]
    list_select_related = ["agreement"]
    search_fields = ["title", "reference_number", "summary", "conclusions"]
    date_hierarchy = "ends_on"
    written = ["title", "summary", "conclusions", "decisions_asked"]
    readonly_fields = [
        "agreement",
        "kind",
        "state",
        "starts_on",
        "ends_on",
        "stands_on",
        "focus_area",
        "group",
        "meeting",
        "sections",
        "police_comment",
        "police_commented_by",
        "police_commented_at",
        "recipients",
        "replaces",
        "correction_reason",
        "previous",
        "reference_number",
        "as_of",
        "issued_at",
        "issued_by",
        "created_at",
        "in_portal",
    ]
    fields = [*readonly_fields[:3], *written, *readonly_fields[3:]]

    def has_add_permission(self, request):
        return False

    def lock_on(self, thing):
        return why_locked(thing)

    @admin.display(description="i portalen")
    def in_portal(self, report):
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), report)


@admin.register(FocusAreaComment)
class FocusAreaCommentAdmin(ReadByWritersMixin, AgreementAccessAdmin):
    list_display = ["report", "focus_area", "text"]
    list_filter = [BY_AGREEMENT_OF_REPORT]
    list_select_related = ["report__agreement", "focus_area"]
    search_fields = ["text", "report__title"]
    fields = readonly_fields = ["report", "focus_area", "text"]
    report = "report"
    written_in_portal = True


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(LookOnlyAdmin):
    """That a report was frozen, with its checksums; the bytes are read through the report's own page."""

    list_display = ["report", "page_count", "size", "data_sha256", "pdf_sha256"]
    list_select_related = ["report"]
    search_fields = ["report__title", "report__reference_number", "data_sha256", "pdf_sha256"]
    fields = ["report", "page_count", "size", "data_sha256", "pdf_sha256"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data", "pdf")


@admin.register(IssuingJob)
class IssuingJobAdmin(LookOnlyAdmin):
    list_display = ["report", "state", "step", "attempts", "requested_by", "requested_at", "started_at", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["report", "requested_by"]
    search_fields = ["report__title", "error"]
    date_hierarchy = "requested_at"


@admin.register(ReportDelivery)
class ReportDeliveryAdmin(LookOnlyAdmin):
    list_display = ["report", "user", "group", "sent_at", "error"]
    list_filter = [BY_AGREEMENT_OF_REPORT]
    list_select_related = ["report", "user", "group"]
    search_fields = ["report__title", "user__full_name", "error"]
    date_hierarchy = "sent_at"


@admin.register(ReportReading)
class ReportReadingAdmin(LookOnlyAdmin):
    list_display = ["report", "user", "first_read_at", "last_read_at", "times"]
    list_filter = [BY_AGREEMENT_OF_REPORT]
    list_select_related = ["report", "user"]
    search_fields = ["report__title", "user__full_name"]
    date_hierarchy = "last_read_at"
