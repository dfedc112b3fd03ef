from django.contrib import admin
from django.core.exceptions import ValidationError

from agreements.admin import AgreementAccessAdmin
from agreements.pictures import readable
from focus_areas.access import Capability
from focus_areas.models import Cause, CauseAnalysis
from focus_areas.operations.causes import refuse_known


@admin.register(CauseAnalysis)
class CauseAnalysisAdmin(AgreementAccessAdmin):
    """An analysis lives on when its picture has been adopted: it is no part of what was adopted."""

    list_display = ["problem", "picture", "summary"]
    list_filter = [("problem__situation_picture", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["problem__situation_picture__agreement"]
    search_fields = ["problem__title", "summary"]
    autocomplete_fields = ["problem"]
    capability = Capability.PLAN
    # With it would go causes that activities refer to: they are taken away one by one.
    can_be_removed = False

    def seen_by(self, user, queryset):
        return readable(queryset, user, picture="problem__situation_picture")

    @admin.display(description="lägesbild")
    def picture(self, analysis):
        return analysis.problem.situation_picture


@admin.register(Cause)
class CauseAdmin(AgreementAccessAdmin):
    list_display = ["title", "leg", "kind", "evidence", "analysis"]
    list_filter = [
        "leg",
        "kind",
        "evidence",
        ("analysis__problem__situation_picture", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["analysis__problem__situation_picture__agreement"]
    search_fields = ["title", "description", "source"]
    autocomplete_fields = ["analysis", "carried_over_from"]
    capability = Capability.PLAN

    def seen_by(self, user, queryset):
        return readable(queryset, user, picture="analysis__problem__situation_picture")

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        try:
            refuse_known(thing.analysis, [thing.title], but=thing)
        except ValidationError as error:
            raise ValidationError({"title": error.messages}) from error
