from django.core.exceptions import ValidationError

from agreements.pages import ActionPage
from focus_areas.models import Activity
from meetings.requested_decisions import NOT_REQUESTED, put_on_agenda
from meetings.views.leading import LeadMixin


class RequestedDecisionScheduleView(LeadMixin, ActionPage):
    """Put what an activity asks the steering group to decide on the meeting's agenda."""

    def perform(self):
        asked_for = self.request.POST.get("activity", "")
        activities = Activity.objects.of(self.subject.agreement)
        activity = activities.filter(pk=asked_for).first() if asked_for.isdecimal() and len(asked_for) < 18 else None
        if activity is None:
            raise ValidationError(NOT_REQUESTED)
        item = put_on_agenda(meeting=self.subject, activity=activity, by=self.request.user)
        return f"”{item.title}” står på dagordningen."
