"""Series and standing agenda items in the administration; a changed series moves its meetings here too."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.admin.leading import MeetingPartAdmin
from meetings.models import AgendaTemplateItem, MeetingSeries
from meetings.operations.planning import save_series


class GroupPlanAdmin(MeetingPartAdmin):
    """What a group plans with; it stays with its group."""

    can_be_removed = True
    autocomplete_fields = ["group"]

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        if thing.pk and not type(thing).objects.filter(pk=thing.pk, group=thing.group_id).exists():
            raise ValidationError({"group": "Det hör till sin grupp. Lägg till ett nytt för en annan grupp."})


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(GroupPlanAdmin):
    list_display = ["group", "weekday", "interval_weeks", "start_time", "end_time", "starts_on", "ends_on"]
    list_filter = ["weekday", "holiday_rule", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement"]
    search_fields = ["group__name", "place"]
    date_hierarchy = "starts_on"

    def save_model(self, request, obj, form, change):
        save_series(series=obj, now=timezone.now(), by=request.user)


@admin.register(AgendaTemplateItem)
class AgendaTemplateItemAdmin(GroupPlanAdmin):
    list_display = ["title", "group", "position", "duration_minutes", "is_internal"]
    list_filter = ["is_internal", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement"]
    search_fields = ["title", "description", "group__name"]
