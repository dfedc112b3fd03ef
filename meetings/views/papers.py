import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.views.generic import View

from accounts.models import Submission
from agreements.costly_pages import CostlyFileMixin
from agreements.pages import FormPage, SubjectMixin, key_of_form
from agreements.people import refuse
from documents.swedish_words import counted
from meetings.access import Capability
from meetings.forms.papers import SendPaperForm
from meetings.models import Meeting
from meetings.operations import papers as operations
from meetings.papers import CALL, MINUTES, holdings_on_day, paper_name, render_call, render_minutes
from meetings.views.calendars import site_of

logger = logging.getLogger("meetings")


class PaperPdf(CostlyFileMixin, SubjectMixin, View):
    """A paper about a meeting as a file, for those who may read the group's meetings."""

    subject_model = Meeting
    capability = Capability.READ_MEETINGS
    kind = ""

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement", "sent_for_review_by")

    @property
    def leaves_out(self) -> bool:
        return self.request.GET.get("utan-interna") == "1"

    def render(self, **options) -> bytes:
        raise NotImplementedError

    def make(self):
        return self.render(on=timezone.localdate(), by=self.request.user, leaves_out=self.leaves_out)

    def get_file_name(self):
        return paper_name(self.kind, self.subject, leaves_out=self.leaves_out)


class MeetingCallPdf(PaperPdf):
    kind = CALL

    def render(self, **options) -> bytes:
        return render_call(self.subject, **options)


class MeetingMinutesPdf(PaperPdf):
    kind = MINUTES

    def render(self, **options) -> bytes:
        return render_minutes(self.subject, **options)


class SendPage(FormPage):
    """Choose who gets a mail with the link to a paper. The mails go when the form has been received for good."""

    template_name = "meetings/paper_send.html"
    subject_model = Meeting
    capability = Capability.LEAD_MEETING
    form_class = SendPaperForm
    extra_context = {"menu_current": "meetings"}
    chosen: dict | None = None
    # The paper with its article, as a sentence begins: Kallelsen, Protokollet.
    paper = ""

    def get_subjects(self):
        return super().get_subjects().select_related("group__agreement")

    def check_access(self):
        super().check_access()
        refuse(self.why_not())

    def why_not(self) -> str:
        """Why the paper cannot be sent now, in Swedish; nothing when it can."""
        raise NotImplementedError

    def sent_at(self):
        raise NotImplementedError

    def send(self, *, recipients, greeting: str) -> operations.Sending:
        raise NotImplementedError

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"holdings": self.holdings}

    @property
    def holdings(self):
        if not hasattr(self, "_holdings"):
            self._holdings = holdings_on_day(self.subject)
        return self._holdings

    def perform(self, form):
        self.chosen = {
            "recipients": list(form.cleaned_data["recipients"]),
            "greeting": form.cleaned_data["greeting"],
        }

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if self.chosen is None:
            return response
        try:
            sending = self.send(**self.chosen)
        except ValidationError as error:
            return self.ask_again(error)
        self.tell(sending)
        return response

    def ask_again(self, error: ValidationError):
        """Nothing was sent: the same form may be sent again."""
        if key := key_of_form(self.request):
            Submission.objects.filter(pk=key).delete()
        form = self.get_form()
        form.add_error(None, error)
        return self.form_invalid(form)

    def tell(self, sending: operations.Sending):
        reached = len(self.chosen["recipients"]) - len(sending.not_reached)
        people = counted(reached, "person", "personer")
        ending = "t" if self.paper.endswith("t") else ""
        messages.success(self.request, f"{self.paper} är skicka{ending or 'd'} till {people}.")
        if sending.not_reached:
            names = ", ".join(str(person) for person in sending.not_reached)
            messages.warning(self.request, f"Mejlet gick inte att skicka till {names}. Försök igen med bara dem.")

    def get_context_data(self, **context):
        without_address = sorted({str(one.user) for one in self.holdings if not one.user.email})
        return super().get_context_data(
            **{"without_address": without_address, "sent_at": self.sent_at(), "paper": self.paper} | context
        )


class CallSend(SendPage):
    heading = "Skicka kallelsen"
    intro = "Var och en får ett eget mejl med tid, plats, dagordning och länken till kallelsen."
    submit_label = "Skicka kallelsen"
    paper = "Kallelsen"

    def why_not(self) -> str:
        return operations.why_not_call(self.subject)

    def sent_at(self):
        return self.subject.call_sent_at

    def send(self, *, recipients, greeting: str) -> operations.Sending:
        return operations.send_call(
            meeting=self.subject,
            recipients=recipients,
            greeting=greeting,
            site=site_of(self.request),
            by=self.request.user,
        )


class MinutesSend(SendPage):
    heading = "Skicka protokollet"
    intro = "Var och en får ett eget mejl med länken till protokollet. Själva protokollet läser de i portalen."
    submit_label = "Skicka protokollet"
    paper = "Protokollet"

    def why_not(self) -> str:
        return operations.why_not_send_minutes(self.subject)

    def sent_at(self):
        return self.subject.minutes_sent_at

    def send(self, *, recipients, greeting: str) -> operations.Sending:
        return operations.send_minutes(
            meeting=self.subject,
            recipients=recipients,
            greeting=greeting,
            site=site_of(self.request),
            by=self.request.user,
        )
