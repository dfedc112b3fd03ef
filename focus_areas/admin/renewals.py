from django.contrib import admin

from agreements.admin import AgreementAccessAdmin
from focus_areas.models import ActivityChoice, GoalChoice, Renewal, SeatChoice


@admin.register(Renewal)
class RenewalAdmin(AgreementAccessAdmin):
    """Renewals are made in the portal's guide, which knows what has been chosen and what is done."""

    list_display = ["title", "agreement", "starts_on", "ends_on", "successor", "created_by", "created_at"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement", "successor", "created_by"]
    search_fields = ["title", "reference_number", "agreement__title"]
    date_hierarchy = "starts_on"
    written_in_portal = True


class ChoiceAdmin(AgreementAccessAdmin):
    """What was chosen in a renewal; chosen in the guide, read here."""

    list_filter = ["choice", ("renewal", admin.RelatedOnlyFieldListFilter)]
    written_in_portal = True


@admin.register(ActivityChoice)
class ActivityChoiceAdmin(ChoiceAdmin):
    list_display = ["activity", "choice", "reason", "renewal"]
    list_select_related = ["activity__focus_area", "renewal__agreement"]
    search_fields = ["activity__title", "reason"]


@admin.register(GoalChoice)
class GoalChoiceAdmin(ChoiceAdmin):
    list_display = ["goal", "choice", "new_statement", "new_target", "renewal"]
    list_select_related = ["goal", "renewal__agreement"]
    search_fields = ["goal__statement", "new_statement", "reason"]


@admin.register(SeatChoice)
class SeatChoiceAdmin(ChoiceAdmin):
    list_display = ["seat", "choice", "renewal"]
    list_select_related = ["seat__organisation", "renewal__agreement"]
    search_fields = ["seat__title", "seat__organisation__name"]
