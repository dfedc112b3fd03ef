"""Meetings and their minutes in the administration: to look at, and to mend what the portal would let one mend.

What happens at a meeting is written on its page. Minutes that are under review or approved stand still here too, for
superusers as well.
"""

from django.contrib import admin

from accounts.admin import AccessInline
from agreements.admin import AgreementAccessAdmin
from agreements.models import Group
from meetings.access import Capability, readable_among
from meetings.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, MinutesAddendum
from meetings.operations.action_points import change_action_point, check_change
from meetings.operations.decisions import check_decision, correct_decision
from meetings.operations.locks import why_closed


class MeetingPartAdmin(AgreementAccessAdmin):
    """A register of what groups' meetings hold; of the groups whose meetings the person reads."""

    capability = Capability.LEAD_MEETING
    group_path = "group"
    # What has been minuted is corrected, dropped or carried on; nothing of it is taken away here.
    can_be_removed = False

    def seen_by(self, user, queryset):
        groups = readable_among(user, Group.objects.visible_to(user).select_related("agreement"))
        return super().seen_by(user, queryset).filter(**{f"{self.group_path}__in": groups})


class AgendaItemInline(AccessInline):
    model = AgendaItem
    fields = ["position", "title", "presenter", "minutes", "outcome", "is_internal"]


class AttendanceInline(AccessInline):
    model = Attendance
    fields = ["role", "name", "organisation", "seat", "is_present"]


class AddendumInline(AccessInline):
    model = MinutesAddendum
    fields = ["text", "written_by", "written_at"]
    readonly_fields = ["written_by", "written_at"]


@admin.register(Meeting)
class MeetingAdmin(MeetingPartAdmin):
    """Meetings are planned, moved, cancelled, led and approved in the portal."""

    list_display = ["group", "starts_at", "place", "state", "minutes_state", "approved_by"]
    list_filter = ["state", "minutes_state", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement", "approved_by"]
    search_fields = ["group__name", "place"]
    date_hierarchy = "starts_at"
    inlines = [AgendaItemInline, AttendanceInline, AddendumInline]
    written_in_portal = True


@admin.register(AgendaItem)
class AgendaItemAdmin(MeetingPartAdmin):
    list_display = ["title", "group", "meeting", "position", "outcome", "is_internal"]
    list_filter = ["outcome", "is_internal", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement", "meeting__group"]
    search_fields = ["title", "description", "minutes"]
    written_in_portal = True


@admin.register(Attendance)
class AttendanceAdmin(MeetingPartAdmin):
    list_display = ["name", "organisation", "role", "meeting", "is_present"]
    list_filter = ["role", ("meeting__group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__group__agreement", "organisation", "seat"]
    search_fields = ["name", "organisation__name", "organisation__short_name"]
    group_path = "meeting__group"
    written_in_portal = True


@admin.register(MinutesAddendum)
class MinutesAddendumAdmin(MeetingPartAdmin):
    list_display = ["meeting", "written_by", "written_at"]
    list_filter = [("meeting__group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__group__agreement", "written_by"]
    search_fields = ["text"]
    date_hierarchy = "written_at"
    group_path = "meeting__group"
    written_in_portal = True


@admin.register(Decision)
class DecisionAdmin(MeetingPartAdmin):
    """The words can be corrected while the minutes are open; numbers are given in the portal."""

    list_display = ["paragraph", "group", "meeting", "text", "mandated_group", "mandated_activity"]
    list_filter = ["year", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = [
        "group__agreement",
        "meeting__group__agreement",
        "mandated_group",
        "mandated_activity__focus_area",
    ]
    search_fields = ["text", "group__name"]
    fields = ["group", "meeting", "year", "number", "text", "mandated_group", "mandated_activity", "carries_out"]
    readonly_fields = ["group", "meeting", "year", "number"]
    autocomplete_fields = ["mandated_group", "mandated_activity", "carries_out"]

    def has_add_permission(self, request):
        return False

    def lock_on(self, thing):
        return super().lock_on(thing) or why_closed(thing.meeting) or ""

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        check_decision(thing)

    @admin.display(description="beslut", ordering="number")
    def paragraph(self, decision):
        return decision.paragraph

    def save_model(self, request, obj, form, change):
        correct_decision(decision=obj, by=request.user)


@admin.register(ActionPoint)
class ActionPointAdmin(MeetingPartAdmin):
    """Points are agreed and finished in the portal; who and when can be mended while they are open."""

    list_display = ["text", "group", "responsible", "organisation", "due_on", "state"]
    list_filter = ["state", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group__agreement", "meeting", "responsible", "organisation"]
    search_fields = ["text", "outcome", "responsible__full_name", "organisation__name"]
    date_hierarchy = "due_on"
    fields = [
        "group",
        "meeting",
        "text",
        "responsible",
        "organisation",
        "due_on",
        "activity",
        "state",
        "finished_on",
        "finished_by",
        "outcome",
    ]
    readonly_fields = ["group", "meeting", "state", "finished_on", "finished_by", "outcome"]
    autocomplete_fields = ["responsible", "organisation", "activity"]
    locked_fields = ("text",)

    def has_add_permission(self, request):
        return False

    def lock_on(self, thing):
        if not thing.is_open:
            return "Åtgärdspunkten är avslutad. Öppna den igen i portalen om den ska ändras."
        return super().lock_on(thing)

    def is_partly_locked(self, thing):
        return bool(thing.meeting and why_closed(thing.meeting))

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        check_change(thing)

    def save_model(self, request, obj, form, change):
        change_action_point(point=obj, by=request.user)
