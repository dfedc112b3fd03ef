from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.generic import View

from accounts.forms import plain_label
from accounts.history import recording
from accounts.personal_data import keep_reasons
from agreements.pages import Difference, SubjectMixin, TwoVersionsPage
from documents.swedish_dates import clock_words
from meetings.access import Capability
from meetings.forms.leading import MinutesForm
from meetings.merging import merge
from meetings.models import AgendaItem
from meetings.models.meetings import MINUTES_MAX_LENGTH
from meetings.operations import leading
from meetings.operations.locks import CLOSED, refuse_closed
from meetings.views.leading import LeadMixin, WhileOpenMixin


class ItemMixin(SubjectMixin):
    subject_model = AgendaItem
    capability = Capability.LEAD_MEETING

    def get_subjects(self):
        return super().get_subjects().filter(meeting__isnull=False).select_related("meeting__group", "group__agreement")


class MinutesUpdateView(WhileOpenMixin, ItemMixin, TwoVersionsPage):
    """One item's minutes without JavaScript: a form, and both versions to choose from when a colleague was first."""

    form_class = MinutesForm
    submit_label = "Spara anteckningar"
    success_message = "Anteckningarna är sparade."

    def get_meeting(self):
        return self.subject.meeting

    @property
    def heading(self):
        return f"Anteckningar: {self.subject.title}"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.subject}

    def get_context_data(self, **context):
        posted = self.request.POST.get("version")
        return super().get_context_data(**{"version": posted or self.subject.minutes_version} | context)

    def receive(self, request):
        self.saved_text, self.saved_version = self.subject.minutes, self.subject.minutes_version
        if answer := self.answer_choice():
            return answer
        if request.POST.get("version", str(self.saved_version)) != str(self.saved_version):
            form = self.get_form()
            if form.is_valid() and (differences := self.differences(form)):
                newest = self.subject.history.select_related("history_user").order_by("-history_date").first()
                return self.show_versions(
                    differences,
                    what="anteckningarna",
                    saved_by=newest.history_user,
                    saved_at=newest.history_date,
                    version=self.saved_version,
                )
        return super().receive(request)

    def answer_choice(self) -> HttpResponse | None:
        """To merge the two opens the form with both in it, put together as far as that goes."""
        if self.request.POST.get("conflict_choice") != "merge":
            return super().answer_choice()
        theirs = self.subject.minutes
        merged = merge(base="", mine=self.get_form()["minutes"].value() or "", theirs=theirs)
        messages.info(self.request, "Båda texterna står i rutan. Väv ihop dem och spara.")
        form = self.form_class(instance=self.subject, initial={"minutes": merged.text})
        return self.render_to_response(self.get_context_data(form=form, version=self.saved_version))

    def differences(self, form) -> list[Difference]:
        mine = form.cleaned_data["minutes"]
        if mine == self.saved_text:
            return []
        return [Difference(plain_label(form.fields["minutes"]), self.saved_text, mine)]

    def perform(self, form):
        leading.save_minutes(
            item=self.subject,
            text=form.cleaned_data["minutes"],
            base_version=self.saved_version,
            base_text=self.saved_text,
            by=self.request.user,
        )


class MinutesSaveView(ItemMixin, View):
    """One item's minutes from static/minutes.js, saved while they are written."""

    http_method_names = ["post"]
    writes = True

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic(), recording(by=request.user):
                self.hold()
                refuse_closed(self.subject.meeting)
                return self.save(request)
        except ValidationError as error:
            return JsonResponse(
                {"errors": error.messages}, status=409 if getattr(error, "code", None) == CLOSED else 422
            )

    def save(self, request):
        form = MinutesForm(request.POST, instance=self.subject)
        if not form.is_valid():
            return JsonResponse(refusal_of(form), status=422)
        version = request.POST.get("base_version", "")
        base_text = request.POST.get("base_text", "")
        saved = leading.save_minutes(
            item=self.subject,
            text=form.cleaned_data["minutes"],
            base_version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            base_text=base_text.replace("\r\n", "\n")[:MINUTES_MAX_LENGTH],
            unconfirmed=[text.replace("\r\n", "\n") for text in request.POST.getlist("unconfirmed")],
            by=request.user,
        )
        keep_reasons(form, by=request.user, page=self.subject.get_absolute_url())
        return JsonResponse(
            {
                "text": saved.text,
                "version": saved.version,
                "saved_at": clock_words(timezone.now()),
                "was_merged": saved.was_merged,
                "went_together": saved.went_together,
            }
        )


def refusal_of(form: MinutesForm) -> dict:
    """What is wrong with the text; and the question to answer when it leads to a person."""
    answer = {"errors": [error for errors in form.errors.values() for error in errors]}
    asked = getattr(form, "personal_data", None)
    if asked is not None and asked.to_confirm:
        answer["question"] = {
            "seen": asked.seen,
            "label": asked.question.fields["personal_data_reason"].label,
            "found": [f"{one.finding.kind.label.capitalize()}: {one.finding.text}" for one in asked.to_confirm],
        }
        if asked.is_asked:
            answer["errors"] += [error for errors in asked.question.errors.values() for error in errors]
    return answer


class MinutesListView(LeadMixin, View):
    """The texts that others have saved since the page last looked; and a token for the person signed in now."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        known = dict(part.split("-", 1) for part in request.GET.get("har", "")[:4000].split(",") if "-" in part)
        items = [
            {"item": item.pk, "text": item.minutes, "version": item.minutes_version}
            for item in self.subject.agenda_items.all()
            if str(item.minutes_version) != known.get(str(item.pk))
        ]
        response = JsonResponse({"user": request.user.pk, "token": get_token(request), "items": items})
        response["Cache-Control"] = "no-store"
        return response
