from functools import partial

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.history import histories_of, load_pairs, tell
from agreements.pages import ActionPage, SubjectMixin
from focus_areas.access import Capability
from focus_areas.models import Activity
from focus_areas.undo import all_histories, may_undo, undo_change

PER_PAGE = 25


class HistoryMixin(SubjectMixin):
    subject_model = Activity

    def get_subjects(self):
        return super().get_subjects().select_related("focus_area__agreement")


class ActivityHistoryView(HistoryMixin, TemplateView):
    """Everything that has changed, as sentences, each with a way to take it back."""

    template_name = "focus_areas/activity_history.html"

    def get_context_data(self, **context):
        things = all_histories(self.subject)
        page = Paginator(histories_of(things), PER_PAGE).get_page(self.request.GET.get("sida"))
        changes = tell(
            load_pairs(list(page.object_list), things),
            undoable=partial(may_undo, self.request.user, self.subject),
        )
        return super().get_context_data(
            activity=self.subject,
            page_obj=page,
            changes=changes,
            menu_current="plan",
            today=timezone.localdate(),
            **context,
        )


class ChangeUndoView(HistoryMixin, ActionPage):
    """Take back one change; what kind of thing it was decides what that takes."""

    capability = Capability.EDIT_ACTIVITY

    def get_success_url(self):
        return reverse("focus_areas:activity_history", args=[self.subject.pk])

    def perform(self):
        return undo_change(activity=self.subject, key=self.kwargs["key"], by=self.request.user)
