from collections.abc import Mapping

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from agreements.access import Capability as AgreementCapability
from agreements.models import Agreement
from agreements.pages import SubjectMixin
from documents.file_types import XLSX
from documents.workbooks import Column, write_table_xlsx
from focus_areas.access import Capability
from focus_areas.forms.action_plan import UNASSESSED, ActionPlanFilterForm
from focus_areas.models import Activity, Commitment
from focus_areas.promises import done_words, read_promises

PER_PAGE = 25
EXPORT_COLUMNS = [
    Column("number", "Nummer", "text"),
    Column("focus_area", "Fokusområde", "text"),
    Column("title", "Aktivitet", "text"),
    Column("lead", "Leds av", "text"),
    Column("participants", "Deltar", "text"),
    Column("responsible", "Ansvarig", "text"),
    Column("status", "Status", "text"),
    Column("assessment", "Bedömning", "text"),
    Column("text", "Läget", "prose"),
    Column("next_step", "Nästa steg", "prose"),
    Column("commitments", "Gjort av planerat", "prose"),
    Column("starts_on", "Startar", "date"),
    Column("ends_on", "Slutar", "date"),
    Column("next_follow_up_on", "Nästa uppföljning", "date"),
]


class ActionPlanMixin(SubjectMixin):
    subject_model = Agreement

    def activities(self):
        """The plan's activities with all that the table and the workbook show."""
        return (
            Activity.objects.of(self.subject)
            .select_related("focus_area__agreement", "responsible")
            .with_actors()
            .with_commitments(on=timezone.localdate())
            .with_latest_update()
        )

    def filter_form(self) -> ActionPlanFilterForm:
        return ActionPlanFilterForm(self.request.GET or {}, agreement=self.subject)


class ActionPlanView(ActionPlanMixin, TemplateView):
    template_name = "focus_areas/action_plan.html"

    def get_context_data(self, **context):
        today = timezone.localdate()
        form = self.filter_form()
        page = Paginator(form.filter(self.activities()), PER_PAGE).get_page(self.request.GET.get("sida"))
        tally = assessment_tally(self.subject)
        promises = read_promises(self.subject, today=today, current=True)
        return super().get_context_data(
            menu_current="plan",
            today=today,
            filter_form=form,
            page_obj=page,
            is_grouped=form.is_valid() and form.order == "nummer",
            sorted_by=ActionPlanFilterForm.ORDERS[form.order] if form.is_valid() else "",
            order=form.order if form.is_valid() else "",
            tally=tally,
            total=sum(row["count"] for row in tally),
            promises=promises,
            counts=plan_counts(self.subject, on=today),
            focus_areas=self.subject.focus_areas.in_order(),
            adopted_plan=self.subject.action_plans.adopted().defer("snapshot").first(),
            can_create=self.may(Capability.CREATE_ACTIVITY) and not self.subject.is_closed,
            can_plan=self.may(Capability.PLAN) and not self.subject.is_closed,
            can_manage=self.may(AgreementCapability.MANAGE),
            **context,
        )


def assessment_tally(agreement: Agreement) -> list[dict]:
    """How many of the agreement's activities have each assessment."""
    counts = Activity.objects.of(agreement).order_by().values_list("assessment").annotate(count=Count("pk"))
    return tally_of(dict(counts))


def tally_of(counts: Mapping[str, int]) -> list[dict]:
    """The assessments with their counts, unassessed last; each with its place in the filter."""
    return [
        {"assessment": value, "count": counts.get(value, 0), "filter": value or UNASSESSED}
        for value in Activity.BEST_FIRST
        if value or counts.get(value)
    ]


def plan_counts(agreement: Agreement, *, on) -> dict[str, int]:
    """What the page's first line says: delayed activities and overdue follow-ups."""
    activities = Activity.objects.of(agreement)
    return activities.aggregate(
        delayed=Count("pk", filter=Q(status=Activity.Status.DELAYED)),
        overdue=Count("pk", filter=Q(next_follow_up_on__lt=on) & ~Q(status__in=Activity.FINISHED)),
    )


class ActionPlanExportView(ActionPlanMixin, View):
    """The filtered table as a workbook."""

    http_method_names = ["get"]

    def get(self, request, pk):
        rows = [row_of(activity) for activity in self.filter_form().filter(self.activities())]
        response = HttpResponse(write_table_xlsx("Åtgärdsplan", EXPORT_COLUMNS, rows), content_type=XLSX.content_type)
        response["Content-Disposition"] = 'attachment; filename="atgardsplan.xlsx"'
        response["Cache-Control"] = "private, no-store"
        return response


def row_of(activity: Activity) -> dict:
    return {
        "number": activity.label,
        "focus_area": str(activity.focus_area),
        "title": activity.title,
        "lead": ", ".join(map(str, activity.lead_organisations)),
        "participants": ", ".join(map(str, activity.participant_organisations)),
        "responsible": str(activity.responsible or ""),
        "status": activity.get_status_display(),
        "assessment": activity.get_assessment_display(),
        "text": activity.latest_text or "",
        "next_step": activity.latest_next_step or "",
        "commitments": "\n".join(map(commitment_in_words, activity.current_commitments)),
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "next_follow_up_on": activity.next_follow_up_on,
    }


def commitment_in_words(commitment: Commitment) -> str:
    done = done_words(commitment) or "utfall ej redovisat"
    planned = commitment.promise_in_words or commitment.outcome or "inget antal lovat"
    return f"{commitment.who}, {commitment.text}: {done} av {planned}"
