"""Örat mot marken in the administration: words and what is coming are kept here too; reports are only read."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from agreements.admin import AgreementAccessAdmin
from agreements.models import Agreement
from meetings.access import Capability
from meetings.models import Observation, ObservationCategory, SituationReport, UpcomingEvent
from meetings.operations.situation import remove_event, save_category, save_event


@admin.register(ObservationCategory)
class ObservationCategoryAdmin(AgreementAccessAdmin):
    list_display = ["name", "agreement", "position", "is_in_use"]
    list_filter = ["is_in_use", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["name", "guidance"]
    autocomplete_fields = ["agreement"]
    capability = Capability.KEEP_CATEGORIES
    # It is put out of use; what was reported in it stays.
    can_be_removed = False

    def save_model(self, request, obj, form, change):
        save_category(category=obj, by=request.user)


class HeardAdmin(AgreementAccessAdmin):
    """A register of what only those hear who sit where it is spoken of."""

    capability = Capability.READ_OBSERVATIONS
    agreement_path = "agreement"

    def seen_by(self, user, queryset):
        seen = super().seen_by(user, queryset)
        heard = [one for one in Agreement.objects.visible_to(user) if user.has_perm(Capability.READ_OBSERVATIONS, one)]
        return seen.filter(**{f"{self.agreement_path}__in": heard})


@admin.register(Observation)
class ObservationAdmin(HeardAdmin):
    """Observations are reported and corrected in the portal, which asks why."""

    list_display = ["occurred_from", "category", "area", "place", "source", "severity", "is_recurring"]
    list_filter = ["category", "severity", "is_recurring", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "category", "area", "source"]
    search_fields = ["place", "text"]
    date_hierarchy = "occurred_from"
    written_in_portal = True


@admin.register(SituationReport)
class SituationReportAdmin(HeardAdmin):
    list_display = ["organisation", "meeting", "reported_by", "reported_at"]
    list_filter = [("meeting__group__agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organisation", "meeting__group__agreement", "reported_by"]
    search_fields = ["organisation__name", "organisation__short_name"]
    date_hierarchy = "reported_at"
    agreement_path = "meeting__group__agreement"
    written_in_portal = True


@admin.register(UpcomingEvent)
class UpcomingEventAdmin(HeardAdmin):
    list_display = ["title", "kind", "starts_on", "ends_on", "area", "place"]
    list_filter = ["kind", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "area"]
    search_fields = ["title", "place", "note"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["agreement", "area", "watched_by"]
    readonly_fields = ["created_by"]
    capability = Capability.REPORT_OBSERVATIONS

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        taking_part = set(thing.agreement.organisations.values_list("pk", flat=True))
        if any(one.pk not in taking_part for one in values.get("watched_by") or []):
            raise ValidationError({"watched_by": "Organisationen deltar inte i överenskommelsen."})

    def save_model(self, request, obj, form, change):
        save_event(event=obj, by=request.user)

    def delete_model(self, request, obj):
        remove_event(event=obj, by=request.user)
