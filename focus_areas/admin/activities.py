from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.admin import AccessInline, LookOnlyAdmin
from agreements.admin import ADOPTED, AgreementAccessAdmin, FileAdmin
from focus_areas.access import Capability
from focus_areas.forms.activities import RESPONSIBLE_NEEDED
from focus_areas.models import (
    Activity,
    Cause,
    ChildImpact,
    Commitment,
    FocusArea,
    FollowUp,
    FollowUpApproval,
    LogAttachment,
    LogEntry,
    Participation,
    PendingWorkbook,
    ProcessLead,
    StatusUpdate,
)
from focus_areas.operations import APPROVED, log_activity, remove_log_entry, save_follow_up


@admin.register(FocusArea)
class FocusAreaAdmin(AgreementAccessAdmin):
    list_display = ["title", "number", "agreement"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "number"]
    autocomplete_fields = ["agreement", "problems"]
    fields = ["agreement", "number", "title", "description", "problems", "child_summary"]
    capability = Capability.PLAN
    locked_fields = ("agreement", "number", "title")

    def get_fields(self, request, obj=None):
        """Problems may be of working material, which only those who plan read."""
        fields = super().get_fields(request, obj)
        return fields if obj is None or self.allows(request.user, obj) else [one for one in fields if one != "problems"]

    def is_partly_locked(self, thing):
        return thing.is_locked

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        is_there = thing.pk and FocusArea.objects.filter(pk=thing.pk, agreement=thing.agreement).exists()
        if thing.is_locked and not is_there:
            raise ValidationError({"agreement": ADOPTED})


class LeadInline(AccessInline):
    model = ProcessLead
    autocomplete_fields = ["organisation"]


class ParticipationInline(AccessInline):
    model = Participation
    autocomplete_fields = ["organisation"]


@admin.register(Activity)
class ActivityAdmin(AgreementAccessAdmin):
    list_display = ["__str__", "focus_area", "status", "assessment", "responsible", "next_follow_up_on"]
    list_filter = ["status", "assessment", "level", ("focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["focus_area__agreement", "responsible"]
    search_fields = ["title", "background", "method"]
    date_hierarchy = "next_follow_up_on"
    autocomplete_fields = [
        "focus_area",
        "areas",
        "responsible",
        "working_group",
        "goals",
        "causes",
        "carried_over_from",
    ]
    readonly_fields = ["status", "assessment"]
    inlines = [LeadInline, ParticipationInline]
    capability = Capability.EDIT_ACTIVITY
    may_point_elsewhere = ("carried_over_from",)

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        causes = values.get("causes")
        if causes and causes.exclude(pk__in=Cause.objects.of(thing.agreement).adopted()).exists():
            raise ValidationError({"causes": "Välj orsaker ur en fastställd lägesbild."})
        if thing.responsible_id is None and thing.agreement.action_plans.adopted().exists():
            raise ValidationError({"responsible": RESPONSIBLE_NEEDED})


class ActivityPartAdmin(AgreementAccessAdmin):
    """A register of what belongs to activities."""

    list_select_related = ["activity__focus_area__agreement"]
    autocomplete_fields = ["activity"]


class ActorAdmin(ActivityPartAdmin):
    list_display = ["organisation", "activity", "position"]
    list_filter = [("activity__focus_area__agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["organisation", "activity__focus_area__agreement"]
    search_fields = ["organisation__name", "organisation__short_name", "activity__title"]
    autocomplete_fields = ["activity", "organisation"]
    capability = Capability.EDIT_ACTIVITY

    def seen_by(self, user, queryset):
        return queryset.filter(activity__in=Activity.objects.visible_to(user))

    def access_of(self, thing):
        return thing.activity


@admin.register(ProcessLead)
class ProcessLeadAdmin(ActorAdmin):
    pass


@admin.register(Participation)
class ParticipationAdmin(ActorAdmin):
    pass


@admin.register(Commitment)
class CommitmentAdmin(ActivityPartAdmin):
    list_display = ["text", "activity", "organisation", "is_joint", "comparison", "planned", "unit", "ends_on"]
    list_filter = ["is_joint", "comparison", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement", "organisation"]
    search_fields = ["text", "activity__title", "organisation__name"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["activity", "organisation", "goal"]
    capability = Capability.EDIT_ACTIVITY


@admin.register(LogEntry)
class LogEntryAdmin(ActivityPartAdmin):
    list_display = ["happened_on", "activity", "short_text", "quantity", "participant_count", "area", "created_by"]
    list_filter = [("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement", "area", "created_by"]
    search_fields = ["text", "activity__title"]
    date_hierarchy = "happened_on"
    autocomplete_fields = ["activity", "commitment", "area"]
    readonly_fields = ["created_by", "created_at"]
    capability = Capability.LOG_ACTIVITY

    @admin.display(description="vad gjordes?", ordering="text")
    def short_text(self, entry):
        return entry.text[:80]

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        if thing.happened_on > timezone.localdate():
            raise ValidationError({"happened_on": "Dagen kan inte vara i framtiden."})
        if thing.commitment_id and thing.commitment.activity_id != thing.activity_id:
            raise ValidationError({"commitment": "Åtagandet hör till en annan aktivitet."})

    def save_model(self, request, obj, form, change):
        log_activity(entry=obj, by=request.user)

    def delete_model(self, request, obj):
        remove_log_entry(entry=obj, by=request.user)


@admin.register(LogAttachment)
class LogAttachmentAdmin(FileAdmin):
    list_display = ["file_name", "log_entry", "content_type", "size"]
    list_filter = ["content_type"]
    list_select_related = ["log_entry__activity__focus_area__agreement"]
    search_fields = ["file_name", "log_entry__text"]
    fields = ["download", "log_entry", "content_type", "size"]
    readonly_fields = ["download", "log_entry", "content_type", "size"]
    capability = Capability.LOG_ACTIVITY

    def access_of(self, thing):
        return thing.log_entry


@admin.register(StatusUpdate)
class StatusUpdateAdmin(ActivityPartAdmin):
    """Status updates are written in the portal, where the activity follows them."""

    list_display = ["created_at", "activity", "status", "assessment", "text", "decision_requested", "created_by"]
    list_filter = ["status", "assessment", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement", "created_by"]
    search_fields = ["text", "next_step", "reason", "decision_requested", "activity__title"]
    date_hierarchy = "created_at"
    written_in_portal = True


@admin.register(FollowUp)
class FollowUpAdmin(ActivityPartAdmin):
    list_display = ["followed_up_on", "activity", "kind", "conclusion", "next_on", "approved_by_sides"]
    list_filter = ["kind", "conclusion", ("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["activity__focus_area__agreement"]
    search_fields = ["findings", "activity__title"]
    date_hierarchy = "followed_up_on"
    autocomplete_fields = ["activity", "planned"]
    readonly_fields = ["created_by", "created_at"]
    capability = Capability.FOLLOW_UP
    # Taking one away moves the next one too: that is undone in the portal.
    can_be_removed = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("approvals")

    def lock_on(self, thing):
        if thing.pk and thing.is_locked:
            return APPROVED
        return super().lock_on(thing)

    @admin.display(description="godkänd av")
    def approved_by_sides(self, follow_up):
        return ", ".join(str(approval) for approval in follow_up.approvals.all())

    def save_model(self, request, obj, form, change):
        save_follow_up(follow_up=obj, by=request.user)


@admin.register(FollowUpApproval)
class FollowUpApprovalAdmin(AgreementAccessAdmin):
    """A signature is given and taken back in the portal, by the one who holds the seat."""

    list_display = ["follow_up", "activity", "side", "approved_by", "approved_at"]
    list_filter = ["side"]
    list_select_related = ["follow_up__activity__focus_area", "approved_by"]
    search_fields = ["follow_up__activity__title", "approved_by__full_name"]
    date_hierarchy = "approved_at"
    written_in_portal = True

    def seen_by(self, user, queryset):
        return queryset.filter(follow_up__in=FollowUp.objects.visible_to(user))

    @admin.display(description="aktivitet")
    def activity(self, approval):
        return approval.follow_up.activity


@admin.register(ChildImpact)
class ChildImpactAdmin(ActivityPartAdmin):
    list_display = ["activity", "conclusion", "assessed_on"]
    list_filter = [("activity__focus_area", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["activity__title", "conclusion", "children_affected"]
    date_hierarchy = "assessed_on"
    capability = Capability.EDIT_ACTIVITY


@admin.register(PendingWorkbook)
class PendingWorkbookAdmin(LookOnlyAdmin):
    """Uploaded workbooks that nobody has confirmed yet."""

    list_display = ["file_name", "agreement", "uploaded_by", "uploaded_at"]
    list_select_related = ["agreement", "uploaded_by"]
    search_fields = ["file_name"]
    exclude = ["content"]
