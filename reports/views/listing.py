from django.core.paginator import Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.access import require
from agreements.models import Agreement
from agreements.pages import chosen_agreement
from reports.access import Capability
from reports.forms.listing import ReportFilterForm
from reports.forms.periods import FollowUpPeriodForm
from reports.listing import by_period, with_requests
from reports.models import Report
from reports.periods import usual_periods

PER_PAGE = 20
AGREEMENTS_OFFERED = 20
DRAFTS_SHOWN = 20
MOST_DRAFTS = 500


class ReportList(TemplateView):
    """The issued reports of an agreement, the drafts for those who write them, and periods to look at as they stand."""

    template_name = "reports/report_list.html"

    def get_context_data(self, **context):
        agreement = self.request.subject = chosen_agreement(self.request)
        require(self.request.user, Capability.READ_REPORT, agreement)
        return super().get_context_data(**list_context(self.request, agreement), **context)


def list_context(request, agreement: Agreement, *, form: FollowUpPeriodForm | None = None) -> dict:
    user, today = request.user, timezone.localdate()
    periods = usual_periods(agreement, today=today)
    writes = user.has_perm(Capability.WRITE_REPORT, agreement)
    others = Agreement.objects.visible_to(user).exclude(pk=agreement.pk)[:AGREEMENTS_OFFERED]
    filter_form = ReportFilterForm(request.GET or None, agreement=agreement, agreements=[agreement, *others])
    issued = with_requests(filter_form.filter(reports_of(agreement).issued()))
    are_all = request.GET.get("utkast") == "alla"
    drafts, are_more = drafts_of(agreement, are_all=are_all) if writes else ([], False)
    page = Paginator(issued, PER_PAGE).get_page(request.GET.get("sida"))
    return {
        "menu_current": "reports",
        "agreement": agreement,
        "filter_form": filter_form,
        "page_obj": page,
        "reports_by_period": by_period(page, agreement=agreement, user=user),
        "is_narrowed": filter_form.is_narrowed,
        "reads_drafts": writes,
        "drafts": drafts,
        "are_more_drafts": are_more,
        "now": timezone.now(),
        "can_write": writes and not agreement.is_closed,
        "can_archive": user.has_perm(Capability.ARCHIVE, agreement),
        "periods": periods,
        "form": form or FollowUpPeriodForm(initial=periods[0].choices, today=today),
    }


def drafts_of(agreement: Agreement, *, are_all: bool) -> tuple[list[Report], bool]:
    """The newest drafts, and whether there are more."""
    drafts = list(reports_of(agreement).drafts()[: MOST_DRAFTS if are_all else DRAFTS_SHOWN + 1])
    return (drafts, False) if are_all else (drafts[:DRAFTS_SHOWN], len(drafts) > DRAFTS_SHOWN)


def reports_of(agreement: Agreement):
    """With what a list shows of each, the newest period first."""
    related = ("meeting__group", "issued_by", "replaced_by", "replaces", "issuing_job")
    return Report.objects.filter(agreement=agreement).select_related(*related).newest_first()
