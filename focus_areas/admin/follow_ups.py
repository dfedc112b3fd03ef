"""What is planned to be followed up, who has been asked again, and grants."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from focus_areas.access import Capability
from focus_areas.admin.activities import ActivityPartAdmin
from focus_areas.models import Grant, PlannedFollowUp, Reminder
from focus_areas.operations import refuse_to_remove, remove_planned_follow_up, save_planned_follow_up


@admin.register(PlannedFollowUp)
class PlannedFollowUpAdmin(ActivityPartAdmin):
    list_display = ["due_on", "activity", "kind", "what", "responsible"]
    list_filter = ["kind", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement", "responsible"]
    search_fields = ["what", "how", "activity__title"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["activity", "responsible"]
    capability = Capability.FOLLOW_UP

    def lock_on(self, thing):
        if thing.pk:
            saved = PlannedFollowUp.objects.get(pk=thing.pk)
            if saved.is_locked:
                return "Uppföljningen som svarar mot den är godkänd. Den planerade kan inte ändras."
        return super().lock_on(thing)

    def has_delete_permission(self, request, obj=None):
        if not super().has_delete_permission(request, obj):
            return False
        try:
            return obj is None or refuse_to_remove(obj) is None
        except ValidationError:
            return False

    def save_model(self, request, obj, form, change):
        save_planned_follow_up(planned=obj, by=request.user)

    def delete_model(self, request, obj):
        remove_planned_follow_up(planned=obj, by=request.user)


@admin.register(Reminder)
class ReminderAdmin(ActivityPartAdmin):
    """Who has been asked again is kept by the portal; nothing to change."""

    list_display = ["sent_at", "activity", "occasion", "due_on", "recipient", "sent_by"]
    list_filter = ["occasion", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement", "recipient", "sent_by"]
    search_fields = ["activity__title", "recipient__full_name"]
    date_hierarchy = "sent_at"
    written_in_portal = True


@admin.register(Grant)
class GrantAdmin(ActivityPartAdmin):
    list_display = ["source", "activity", "amount", "starts_on", "ends_on", "report_due_on", "reported_on"]
    list_filter = ["source", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["source", "reference_number", "activity__title"]
    date_hierarchy = "report_due_on"
    capability = Capability.EDIT_ACTIVITY
