"""Evaluations, with what they found and what the parties answer."""

from django.contrib import admin

from agreements.admin import AgreementAccessAdmin
from focus_areas.access import Capability
from focus_areas.models import Evaluation, Finding, Recommendation
from focus_areas.operations.evaluations import remove_finding


@admin.register(Evaluation)
class EvaluationAdmin(AgreementAccessAdmin):
    list_display = ["title", "agreement", "done_by", "done_on"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "done_by", "summary"]
    date_hierarchy = "done_on"
    autocomplete_fields = ["agreement", "document"]
    capability = Capability.PLAN


class EvaluationPartAdmin(AgreementAccessAdmin):
    list_select_related = ["evaluation__agreement"]
    autocomplete_fields = ["evaluation"]
    capability = Capability.PLAN


@admin.register(Finding)
class FindingAdmin(EvaluationPartAdmin):
    list_display = ["text", "level", "evaluation"]
    list_filter = ["level", ("evaluation", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["text", "evaluation__title"]

    def delete_model(self, request, obj):
        remove_finding(finding=obj, by=request.user)


@admin.register(Recommendation)
class RecommendationAdmin(EvaluationPartAdmin):
    list_display = ["text", "answer", "done_on", "evaluation"]
    list_filter = ["answer", ("evaluation", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["text", "reason", "evaluation__title"]
    autocomplete_fields = ["evaluation", "finding", "activities"]
