from django.contrib import admin

from agreements.admin import AgreementAccessAdmin
from focus_areas.access import Capability
from focus_areas.models import Goal, GoalCriterion


@admin.register(Goal)
class GoalAdmin(AgreementAccessAdmin):
    list_display = ["statement", "kind", "focus_area", "indicator", "baseline", "target", "unit", "due_on"]
    list_filter = ["kind", ("focus_area__agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["focus_area__agreement", "indicator"]
    search_fields = ["statement"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["focus_area", "parent", "carried_over_from"]
    capability = Capability.PLAN
    may_point_elsewhere = ("carried_over_from",)


@admin.register(GoalCriterion)
class GoalCriterionAdmin(AgreementAccessAdmin):
    list_display = ["label", "check_for", "position", "agreement"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["label"]
    autocomplete_fields = ["agreement"]
    capability = Capability.PLAN
