import hashlib
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView, View

from accounts.models import Submission
from agreements.models import Group
from agreements.pages import ActionPage, SubjectMixin, key_of_form
from meetings.access import Capability
from meetings.calendars import CONTENT_TYPE, build_calendar
from meetings.feeds import feed_calendar, find_feed, groups_to_follow, meeting_events, note_reading, with_agenda
from meetings.models import CalendarFeed, Meeting
from meetings.operations.calendars import issue_address, revoke_address

PERSONAL = "Mina möten och datum"


@login_not_required
@csrf_exempt
@require_safe
def calendar_feed(request, secret):
    """A calendar for whoever knows its address; programs cannot sign in. Touches neither session nor cookies."""
    feed = find_feed(secret)
    if feed is None:
        # Not the portal's own page: it would ask who is signed in.
        return HttpResponseNotFound("Kalendern finns inte.\n", content_type="text/plain; charset=utf-8")
    now = timezone.now()
    note_reading(feed, at=now)
    calendar = feed_calendar(feed, site=site_of(request), at=now)
    # No Last-Modified: what a person no longer may see disappears without anything having been changed.
    etag = f'"{hashlib.sha256(calendar).hexdigest()}"'
    response = HttpResponse(calendar, content_type=CONTENT_TYPE, headers={"ETag": etag, "Cache-Control": "private"})
    return get_conditional_response(request, etag=etag, response=response)


def site_of(request) -> str:
    """The portal's own address, https://host."""
    return request.build_absolute_uri("/").rstrip("/")


class MeetingIcs(SubjectMixin, View):
    """One meeting as a file, to put into a calendar by hand."""

    subject_model = Meeting
    capability = Capability.READ_MEETINGS

    def get_subjects(self):
        return with_agenda(super().get_subjects()).select_related("group__agreement")

    def get(self, request, *args, **kwargs):
        meeting = self.subject
        file_name = f"mote-{slugify(meeting.group.name)}-{meeting.day.isoformat()}.ics"
        return HttpResponse(
            build_calendar(meeting_events([meeting], site=site_of(request))),
            content_type=CONTENT_TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="{file_name}"',
                "Cache-Control": "private, no-store",
            },
        )


@dataclass(frozen=True)
class CalendarRow:
    """A calendar that one may have an address to, or has one to; which of the two buttons there is to be."""

    name: str
    group: Group | None = None
    feed: CalendarFeed | None = None
    can_follow: bool = True


class CalendarList(TemplateView):
    """One's own calendar addresses, and how a calendar program is told of them."""

    template_name = "meetings/calendar_list.html"
    extra_context = {"menu_current": "meetings"}

    def get_context_data(self, **context):
        user = self.request.user
        feeds = {feed.group_id: feed for feed in user.calendar_feeds.select_related("group__agreement__municipality")}
        rows = [CalendarRow(PERSONAL, feed=feeds.pop(None, None))]
        rows += [CalendarRow(group.name, group, feeds.pop(group.pk, None)) for group in groups_to_follow(user)]
        # Addresses to groups that are no longer the person's: they can only be revoked.
        rows += [CalendarRow(feed.group.name, feed.group, feed, can_follow=False) for feed in feeds.values()]
        several = len({row.group.agreement_id for row in rows if row.group}) > 1
        return super().get_context_data(
            **{"rows": rows, "names_agreements": several, "submission_key": uuid.uuid4()} | context
        )


class CalendarCreate(View):
    """Make an address, or change it, and show it this once: the page is the answer, and nobody keeps it."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        group = self.get_group()
        with transaction.atomic():
            if not Submission.objects.claim(key=key_of_form(request), by=request.user):
                messages.info(
                    request, "Adressen är redan skapad och visas bara en gång. Hann du inte spara den byter du adress."
                )
                return HttpResponseRedirect(reverse("meetings:calendar_list"))
            secret = issue_address(group=group, by=request.user)
        address = request.build_absolute_uri(reverse("meetings:calendar_feed", args=[secret]))
        context = {
            "name": group.name if group else PERSONAL,
            "address": address,
            "subscribe_address": "webcal:" + address.partition(":")[2],
            "menu_current": "meetings",
        }
        response = render(request, "meetings/calendar_address.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def get_group(self) -> Group | None:
        """The group asked for, among those that may be followed; none for one's own calendar."""
        asked_for = self.request.POST.get("group", "")
        if not asked_for:
            return None
        for group in groups_to_follow(self.request.user):
            if str(group.pk) == asked_for:
                return group
        raise Http404("Den kalendern finns inte.")


class CalendarRevoke(ActionPage):
    success_url = reverse_lazy("meetings:calendar_list")

    def get_subject(self):
        return get_object_or_404(
            CalendarFeed.objects.select_related("group"), pk=self.kwargs["pk"], user=self.request.user
        )

    def check_access(self):
        """One's own, whatever seats one has."""

    def perform(self):
        revoke_address(feed=self.subject, by=self.request.user)
        return "Adressen är återkallad och slutar fungera direkt."

    def get_success_url(self):
        return self.success_url
