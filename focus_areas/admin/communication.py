from django.contrib import admin

from agreements.admin import AgreementAccessAdmin
from focus_areas.access import Capability
from focus_areas.models import CommunicationItem, CommunicationPlan


@admin.register(CommunicationPlan)
class CommunicationPlanAdmin(AgreementAccessAdmin):
    list_display = ["title", "agreement", "is_joint", "starts_on", "ends_on"]
    list_filter = ["is_joint", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "aim"]
    autocomplete_fields = ["agreement"]
    capability = Capability.PLAN


@admin.register(CommunicationItem)
class CommunicationItemAdmin(AgreementAccessAdmin):
    list_display = ["audience", "short_message", "plan", "direction", "due_on", "done_on", "responsible"]
    list_filter = ["direction", ("plan", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["plan__agreement", "responsible"]
    search_fields = ["message", "audience", "channel"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["plan", "activity", "responsible"]
    capability = Capability.PLAN

    @admin.display(description="budskap", ordering="message")
    def short_message(self, item):
        return item.message[:80]
