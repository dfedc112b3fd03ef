from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.admin import AgreementAccessAdmin
from reports.access import Capability
from reports.forms.council_reports import NOT_YET
from reports.models import CouncilReport


@admin.register(CouncilReport)
class CouncilReportAdmin(AgreementAccessAdmin):
    list_display = ["title", "reported_on", "paragraph", "reference_number", "agreement"]
    list_filter = [("agreement", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["agreement"]
    search_fields = ["title", "reference_number", "comment"]
    date_hierarchy = "reported_on"
    autocomplete_fields = ["agreement"]
    capability = Capability.REGISTER_COUNCIL_REPORT

    def check_rules(self, user, thing, values):
        super().check_rules(user, thing, values)
        if thing.reported_on > timezone.localdate():
            raise ValidationError({"reported_on": NOT_YET})
