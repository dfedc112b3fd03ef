from django.contrib import admin

from agreements.admin import AgreementAccessAdmin
from focus_areas.models import ActionPlan
from focus_areas.plan_snapshot import verify


@admin.register(ActionPlan)
class ActionPlanAdmin(AgreementAccessAdmin):
    """Versions of the plan are begun, adopted and taken away in the portal; what has been adopted never changes."""

    list_display = ["title", "version", "agreement", "state", "based_on", "decided_on", "decided_by", "is_intact"]
    list_filter = ["state", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "based_on"]
    search_fields = ["title", "decided_by", "reference_number"]
    date_hierarchy = "decided_on"
    readonly_fields = ["state", "sha256", "is_intact", "adopted_at", "adopted_entered_by", "created_at"]
    written_in_portal = True

    @admin.display(description="stämmer med kontrollsumman", boolean=True)
    def is_intact(self, plan):
        return None if plan.is_draft else verify(plan)
