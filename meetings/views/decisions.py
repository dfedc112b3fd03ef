from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.interrupted_forms import forget_sent
from agreements.models import Agreement
from agreements.pages import EditPage, FormPage, SubjectMixin, as_key
from meetings.access import Capability, readable_groups
from meetings.forms.leading import DecisionFilterForm, DecisionForm
from meetings.meeting_page import DecisionRow, decision_rows, point_rows
from meetings.minutes import mandate_in_words
from meetings.models import AgendaItem, Decision
from meetings.operations import leading
from meetings.views.leading import LeadMixin, WhileOpenMixin

PER_PAGE = 25


class AtAnItem(WhileOpenMixin, LeadMixin, FormPage):
    """A form on a page of its own; on the meeting's page it opens at the item, and its answer stays there."""

    def get_item(self) -> AgendaItem | None:
        """The item that the form was opened at, named in the address or chosen in the form."""
        key = as_key(self.request.POST.get("agenda_item")) or self.opened_at
        return self.subject.agenda_items.filter(pk=key).first() if key else None

    @property
    def opened_at(self) -> int | None:
        """The item that the form stands at on the meeting's page; None where it stands at no item."""
        return as_key(self.request.GET.get("punkt"))

    def get_initial(self):
        return super().get_initial() | {"agenda_item": self.get_item()}

    def get_form_kwargs(self):
        # Two can be open on the page at once.
        auto_id = {"auto_id": f"id_{self.opened_at or 0}_%s"} if self.is_in_place else {}
        return super().get_form_kwargs() | auto_id

    def get_cancel_url(self):
        item = self.get_item()
        return item.get_absolute_url() if item else self.subject.get_absolute_url()

    def get_success_url(self):
        return self.get_cancel_url()

    @property
    def is_in_place(self) -> bool:
        return bool(self.request.headers.get("HX-Request"))

    def render_to_response(self, context, **kwargs):
        if not self.is_in_place:
            return super().render_to_response(context, **kwargs)
        return self.answer_in_place(form=context["form"], submission_key=context["submission_key"])

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if self.is_in_place and isinstance(response, HttpResponseRedirect):
            # Sent again from the page itself: what was kept when the session ended is no longer needed.
            forget_sent(request)
            return self.answer_in_place(notes=[str(message) for message in messages.get_messages(request)])
        return response

    def answer_in_place(self, **context):
        """What the item has now, with the form while it is being written."""
        item = self.subject.agenda_items.filter(pk=self.opened_at).first() if self.opened_at else None
        decisions, points = decision_rows(self.subject), point_rows(self.subject, user=self.request.user)
        key = item.pk if item else None
        context |= {
            "meeting": self.subject,
            "item": item,
            "decisions": [row for row in decisions if row.decision.agenda_item_id == key],
            "points": [
                row for row in points if row.point.agenda_item_id == key and row.point.meeting_id == self.subject.pk
            ],
            "can_write": True,
            "today": timezone.localdate(),
            "form_url": self.request.get_full_path(),
            "form_button": self.submit_label,
        }
        return render(self.request, "meetings/_results.html", context)


class DecisionCreateView(AtAnItem):
    form_class = DecisionForm
    heading = "Skriv ett beslut"
    intro = "Beslutet får gruppens nästa paragraf när det sparas."
    submit_label = "Spara beslutet"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "meeting": self.subject,
            "readable_groups": readable_groups(self.request.user, self.subject.agreement),
        }

    def get_success_message(self, result):
        return f"Beslutet är sparat som {result.paragraph}."

    def perform(self, form):
        return leading.record_decision(meeting=self.subject, by=self.request.user, **form.cleaned_data)


class DecisionUpdateView(WhileOpenMixin, EditPage):
    subject_model = Decision
    capability = Capability.LEAD_MEETING
    form_class = DecisionForm
    heading = "Rätta beslutet"
    submit_label = "Spara beslutet"
    success_message = "Beslutet är rättat."

    def get_meeting(self):
        return self.subject.meeting

    def get_subjects(self):
        return (
            super()
            .get_subjects()
            .select_related("group__agreement", "meeting__group__agreement", "carries_out__meeting")
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "meeting": self.subject.meeting,
            "readable_groups": readable_groups(self.request.user, self.subject.agreement),
        }

    def perform(self, form):
        return leading.correct_decision(decision=form.instance, by=self.request.user)


class DecisionListView(SubjectMixin, TemplateView):
    """The decisions of all groups whose meetings the person may read."""

    template_name = "meetings/decision_list.html"
    subject_model = Agreement

    def get_context_data(self, **context):
        groups = readable_groups(self.request.user, self.subject)
        decisions = Decision.objects.of(self.subject).filter(group__in=groups)
        years = list(decisions.order_by("-year").values_list("year", flat=True).distinct())
        form = DecisionFilterForm(self.request.GET or None, groups=groups, years=years)
        found = (
            form.filter(decisions)
            .with_mandate()
            .select_related("group", "meeting")
            .order_by("-meeting__starts_at", "-number", "-pk")
        )
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            filter_form=form,
            page_obj=page,
            rows=[DecisionRow(decision=decision, mandate=mandate_in_words(decision)) for decision in page],
            groups=groups,
            has_any=bool(years),
            menu_current="meetings",
            today=timezone.localdate(),
            **context,
        )
