from django.contrib import admin

from accounts.admin import LookOnlyAdmin
from agreements.admin.access import AgreementAccessAdmin
from agreements.models import Indicator, IndicatorValue, PendingIndicatorFile


@admin.register(Indicator)
class IndicatorAdmin(AgreementAccessAdmin):
    list_display = ["name", "agreement", "unit", "lower_is_better", "source", "kolada_id"]
    list_filter = ["lower_is_better", ("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["name", "source", "kolada_id"]
    autocomplete_fields = ["agreement"]


@admin.register(IndicatorValue)
class IndicatorValueAdmin(AgreementAccessAdmin):
    list_display = ["indicator", "year", "value", "comparison", "area", "sex", "source"]
    list_filter = ["sex", ("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator__agreement", "area"]
    search_fields = ["indicator__name", "comparison", "source"]
    autocomplete_fields = ["indicator", "area"]


@admin.register(PendingIndicatorFile)
class PendingIndicatorFileAdmin(LookOnlyAdmin):
    """Uploaded files of values that nobody has confirmed yet."""

    list_display = ["file_name", "agreement", "uploaded_by", "uploaded_at"]
    list_select_related = ["agreement", "uploaded_by"]
    search_fields = ["file_name"]
    exclude = ["content"]
