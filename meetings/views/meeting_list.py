from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.views.generic import TemplateView

from agreements.models import Group
from agreements.pages import SubjectMixin, chosen_agreement
from meetings.access import Capability, readable_groups
from meetings.forms.planning import MeetingFilterForm
from meetings.models import Meeting

PER_PAGE = 25
COMING_AT_FIRST = 10


@dataclass(frozen=True)
class NextOfGroup:
    """A group's next meeting, or that it has none, and whether the person leads its meetings."""

    group: Group
    meeting: Meeting | None
    can_lead: bool


class MeetingListView(SubjectMixin, TemplateView):
    """Every group's meetings that the person may read: the next ones, those that are coming, those that have been."""

    template_name = "meetings/meeting_list.html"

    def get_subject(self):
        return chosen_agreement(self.request)

    def get_context_data(self, **context):
        now = timezone.now()
        groups = readable_groups(self.request.user, self.subject)
        meetings = Meeting.objects.filter(group__in=groups).select_related("group__agreement")
        years = meetings.order_by().annotate(year=ExtractYear("starts_at")).values_list("year", flat=True).distinct()
        filter_form = MeetingFilterForm(
            self.request.GET or {"overenskommelse": ""}, groups=groups, years=sorted(years, reverse=True)
        )
        found = filter_form.filter(meetings).with_agenda_size()
        shown = filter_form.wanted.get("visa", "")
        is_filtered = any(filter_form.wanted.get(name) for name in ("grupp", "ar", "visa"))
        coming = found.not_over(at=now) if shown in ("", "kommande") else None
        over = None if shown == "kommande" else self.over(found, shown, now)
        page_obj = Paginator(coming if shown == "kommande" else over, PER_PAGE).get_page(self.request.GET.get("sida"))
        is_first_page = page_obj.number == 1
        first_coming = list(coming[: COMING_AT_FIRST + 1]) if not shown and is_first_page else []
        return super().get_context_data(
            **{
                "groups": groups,
                "next_meetings": self.next_of(groups, now) if not is_filtered and is_first_page else [],
                "filter_form": filter_form,
                "is_filtered": is_filtered,
                "shown": shown,
                "first_coming": first_coming[:COMING_AT_FIRST],
                "has_more_coming": len(first_coming) > COMING_AT_FIRST,
                "page_obj": page_obj,
                "has_any": bool(page_obj.object_list) or bool(first_coming),
                "may_read_trends": self.may(Capability.READ_TRENDS),
                "may_read_observations": self.may(Capability.READ_OBSERVATIONS),
                "today": timezone.localdate(now),
                "now": now,
                "menu_current": "meetings",
            }
            | context
        )

    def over(self, found, shown: str, now):
        if shown == "ojusterade":
            return found.waiting_for_approval()
        if shown == "installda":
            return found.cancelled()
        return found.over(at=now)

    def next_of(self, groups: list[Group], now) -> list[NextOfGroup]:
        """The groups with a meeting in the order of their meetings, then those without."""
        following = Meeting.objects.filter(group__in=groups).select_related("group__agreement")
        meetings = list(following.next_of_each_group(at=now).with_agenda_size())
        with_meeting = {meeting.group_id for meeting in meetings}
        rows = [(meeting.group, meeting) for meeting in meetings]
        rows += [(group, None) for group in groups if group.pk not in with_meeting]
        is_open = not self.subject.is_closed
        return [
            NextOfGroup(
                group, meeting, is_open and self.request.user.has_perm(Capability.LEAD_MEETING, meeting or group)
            )
            for group, meeting in rows
        ]
