from django.core.exceptions import ValidationError

from agreements.pages import ActionPage, as_key
from focus_areas.models import Activity
from meetings.operations.requested_decisions import NOT_REQUESTED, put_on_agenda
from meetings.views.leading import LeadMixin


class RequestedDecisionScheduleView(LeadMixin, ActionPage):
    """Put what an activity asks the steering group to decide on the meeting's agenda."""

    def perform(self):
        key = as_key(self.request.POST.get("activity"))
        activity = Activity.objects.of(self.subject.agreement).filter(pk=key).first()
        if activity is None:
            raise ValidationError(NOT_REQUESTED)
        item = put_on_agenda(meeting=self.subject, activity=activity, by=self.request.user)
        return f"”{item.title}” står på dagordningen."
