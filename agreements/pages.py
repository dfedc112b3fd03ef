"""What the portal's pages have in common: fetch with access, a form sent once, two people saving the same thing.

A page has a `subject`: the thing its address names. It is fetched among what the person may see (else 404), then the
page's capability is asked for (else 403 with who can help). Only then is the method looked at.

Who writes holds the agreement meanwhile, and sees its subject as the one before left it: so that a lock, a number or a
status that somebody set a moment ago is not written over.
"""

import datetime
import hashlib
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.views.generic import FormView, View

from accounts.forms import plain_label
from accounts.history import latest_version, recording
from accounts.interrupted_forms import TOKENS, kept_here, read
from accounts.models import Submission
from accounts.personal_data import keep_reasons
from agreements.access import Capability, require, require_unlocked
from agreements.models import Agreement


def as_key(text: str | None) -> int | None:
    """The key that an address or a form names; None for what no row can have."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else None


class NoAgreement(Http404):
    """The person sees no agreement: the portal is empty, or they hold no seat. Answered by a page of what to do."""


def chosen_agreement(request, **annotations) -> Agreement:
    """The agreement that a page without one in its address speaks of.

    The one asked for with `?overenskommelse=`, else the newest in force, else the newest. Raise NoAgreement where the
    person sees none. What else is to be known of it is annotated in the same query.
    """
    visible = Agreement.objects.visible_to(request.user).select_related("municipality").annotate(**annotations)
    if asked_for := as_key(request.GET.get("overenskommelse")):
        return get_object_or_404(visible, pk=asked_for)
    agreement = visible.in_force(on=timezone.localdate()).first() or visible.first()
    if agreement is None:
        raise NoAgreement
    return agreement


def lock(thing: models.Model) -> None:
    """Let nobody else lock or change the row until the transaction ends; others may still refer to it."""
    type(thing)._base_manager.select_for_update(no_key=True).filter(pk=thing.pk).order_by().first()


class SubjectMixin:
    """Fetch the page's subject among what the person may see, then ask for the capability."""

    subject_model = None
    capability: str = Capability.READ
    writes = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subject = request.subject = self.get_subject()
        self.check_access()

    def get_subjects(self):
        return self.subject_model.objects.visible_to(self.request.user)

    def get_subject(self):
        return get_object_or_404(self.get_subjects(), pk=self.kwargs["pk"])

    def check_access(self):
        require(self.request.user, self.capability, self.subject)
        if self.writes:
            require_unlocked(self.subject)

    def hold(self) -> None:
        """Wait for whoever writes in the agreement, then look at the subject anew. Needs a surrounding transaction."""
        for thing in (self.get_agreement(), self.subject):
            if thing is not None:
                lock(thing)
        self.subject = self.request.subject = self.get_subject()
        self.check_access()

    def get_agreement(self):
        """The agreement that the page is about; None for people and organisations, which can be in several."""
        return getattr(self.subject, "agreement", None)

    def may(self, capability: str) -> bool:
        return self.request.user.has_perm(capability, self.subject)

    def get_context_data(self, **context):
        return super().get_context_data(**{"subject": self.subject, "agreement": self.get_agreement()} | context)


class Question(Exception):
    """What a page asks before it does something: raised by `perform`, shown on a page of its own, nothing is done.

    Each answer is a button. `facts` are pairs of words: what it is about. An answer holds for these very words: when
    they have changed meanwhile, the question is asked again.
    """

    def __init__(self, heading: str, text: str, *, facts=(), answers: dict[str, str], back_label: str = "Avbryt"):
        super().__init__(heading)
        self.heading, self.text, self.facts, self.answers = heading, text, tuple(facts), answers
        self.back_label = back_label

    @property
    def key(self) -> str:
        return hashlib.sha256(repr((self.heading, self.text, self.facts)).encode()).hexdigest()[:32]


class AskingMixin:
    """A page that may have to ask before it does what it was told."""

    def ask(self, question: Question) -> str:
        """Return the answer that came with the page.

        Raises:
            Question: there is none yet.
        """
        answer = self.request.POST.get("answer", "")
        if self.request.POST.get("question") != question.key or answer not in question.answers:
            raise question
        return answer

    def show_question(self, question: Question) -> HttpResponse:
        """The question, with all that was sent to be sent again."""
        posted = posted_pairs(self.request, besides={"question", "answer"})
        context = {"question": question, "posted": posted, "back_url": self.get_success_url(), "subject": self.subject}
        return render(self.request, "includes/question.html", (getattr(self, "extra_context", None) or {}) | context)


def posted_pairs(request, *, besides: set[str]) -> list[tuple[str, str]]:
    """What was sent, name by name, without the token and what is named."""
    left_out = {*TOKENS, *besides}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


class FormPage(AskingMixin, SubjectMixin, FormView):
    """A page with one form. Subclasses name the form and say in `perform` what happens when it is right."""

    template_name = "includes/form_page.html"
    writes = True
    keeps_interrupted = True
    heading = ""
    intro = ""
    submit_label = "Spara"
    success_message = ""

    def perform(self, form):
        """Do what the form asks for; return the thing to go to afterwards, or None for the page's subject."""
        raise NotImplementedError

    def get_success_url(self):
        return self.subject.get_absolute_url()

    def get_cancel_url(self):
        return self.get_success_url()

    def get_success_message(self, result) -> str:
        return self.success_message

    @property
    def today(self) -> datetime.date:
        return timezone.localdate()

    def get(self, request, *args, **kwargs):
        kept = kept_here(request)
        if kept is None:
            return super().get(request, *args, **kwargs)
        request.kept_form, written = kept, read(kept)
        form = self.get_form_class()(**self.get_form_kwargs() | {"data": written})
        # The version it was written from: what others have saved since then is shown, not written over.
        version = {"version": written["version"]} if "version" in written else {}
        return self.render_to_response(self.get_context_data(form=form, kept_form=kept, **version))

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        self.hold()
        return self.receive(request)

    def receive(self, request):
        """Take in the form, with the agreement held."""
        return super().post(request)

    def form_valid(self, form):
        try:
            with (
                transaction.atomic(),
                recording(by=self.request.user, reason=form.cleaned_data.get("reason_for_change", "")),
            ):
                key = key_of_form(self.request)
                if not Submission.objects.claim(key=key, by=self.request.user):
                    return self.already_saved()
                result = self.perform(form)
                keep_reasons(form, by=self.request.user, page=self.request.path)
        except Question as question:
            return self.show_question(question)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except IntegrityError:
            form.add_error(None, "Någon annan sparade samma sak medan du skrev. Ladda om sidan och se efter.")
            return self.form_invalid(form)
        if message := self.get_success_message(result):
            messages.success(self.request, message)
        return HttpResponseRedirect(result.get_absolute_url() if result else self.get_success_url())

    def form_invalid(self, form):
        # Sent twice, it may only be refused for what it saved itself the first time: a name that is taken now.
        if Submission.objects.has_received(key=key_of_form(self.request)):
            return self.already_saved()
        return super().form_invalid(form)

    def already_saved(self):
        messages.info(self.request, "Det var redan sparat. Formuläret skickades två gånger.")
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        posted_key = self.request.POST.get("submission_key") if self.request.method == "POST" else None
        return {
            "heading": self.heading,
            "intro": self.intro,
            "submit_label": self.submit_label,
            "cancel_url": self.get_cancel_url(),
            "submission_key": posted_key or uuid.uuid4(),
        } | context


def key_of_form(request) -> str:
    """The key of the form and of what was written in it: going back and writing something else is not sending twice."""
    try:
        key = uuid.UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return ""
    written = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in TOKENS]
    files = [(name, [file.name for file in request.FILES.getlist(name)]) for name in sorted(request.FILES)]
    return str(uuid.uuid5(key, repr((written, files))))


@dataclass(frozen=True)
class Difference:
    """One field as a colleague saved it and as it is being saved now, in words."""

    label: str
    theirs: str
    mine: str


class TwoVersionsPage(FormPage):
    """A form that a colleague may have saved meanwhile. Who saves second is shown both versions and chooses."""

    kept_message = "Den sparade versionen gäller. Din version är inte sparad."

    def answer_choice(self) -> HttpResponse | None:
        """Keep theirs, or open the form to merge the two; None when the form is to be taken in."""
        choice = self.request.POST.get("conflict_choice")
        if choice == "keep":
            messages.info(self.request, self.kept_message)
            return HttpResponseRedirect(self.get_success_url())
        if choice == "merge":
            form = self.get_form()
            differences = self.differences(form) if form.is_valid() else []
            if saved := [f"{one.label}: {one.theirs or '–'}" for one in differences]:
                messages.info(self.request, f"Så här är det sparat nu. {'; '.join(saved)}")
            return self.render_to_response(self.get_context_data(form=form))
        return None

    def differences(self, form) -> list[Difference]:
        """The fields that differ from what is saved, to have beside the form when the two are merged."""
        return []

    def show_versions(self, differences: list[Difference], *, written_from: tuple = (), **theirs) -> HttpResponse:
        """Show both, with mine to be posted again; `written_from` are fields that say which version it follows."""
        posted = posted_pairs(self.request, besides={"version", "conflict_choice", *(name for name, _ in written_from)})
        context = {
            "subject": self.subject,
            "agreement": self.get_agreement(),
            "differences": differences,
            "posted": [*posted, *written_from],
            "has_files": bool(self.request.FILES),
        }
        return render(self.request, "includes/conflict.html", context | theirs, status=409)


class EditPage(TwoVersionsPage):
    """A form that changes something that exists."""

    success_message = "Ändringen är sparad."

    def get_instance(self):
        """The thing that is edited: the subject, unless a page says otherwise."""
        return self.subject

    def get_version(self) -> int:
        """A number that changes when what the form writes is saved; what others write beside it need not count."""
        return latest_version(self.get_instance())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.get_instance()}

    def perform(self, form):
        form.save()

    def receive(self, request):
        current = self.get_version()
        if answer := self.answer_choice():
            return answer
        if request.POST.get("version", str(current)) != str(current):
            form = self.get_form()
            if form.is_valid() and (differences := self.differences(form)):
                return self.show_both(differences, current)
        return super().receive(request)

    def differences(self, form) -> list[Difference]:
        theirs = self.get_form_class()(**self.get_form_kwargs() | {"data": None, "instance": self.fresh_instance()})
        return [
            Difference(plain_label(form.fields[name]), old, new)
            for name in form.fields
            if not form.fields[name].widget.is_hidden
            and (old := in_words(theirs, name, theirs.get_initial_for_field(theirs.fields[name], name)))
            != (new := in_words(form, name, form.cleaned_data.get(name)))
        ]

    def fresh_instance(self):
        instance = self.get_instance()
        return type(instance)._default_manager.get(pk=instance.pk)

    def show_both(self, differences, current: int):
        newest = self.get_instance().history.select_related("history_user").order_by("-history_date").first()
        return self.show_versions(
            differences,
            what=self.fresh_instance(),
            saved_by=newest.history_user,
            saved_at=newest.history_date,
            version=current,
        )

    def get_context_data(self, **context):
        # A form that comes back with faults in it keeps its version, so that the next try meets what others saved.
        posted = self.request.POST.get("version")
        return super().get_context_data(**{"version": posted or self.get_version()} | context)


def in_words(form, name: str, value) -> str:
    """A form field's value as people read it, so that two versions can be compared."""
    field = form.fields[name]
    if value is None or value == "":
        return ""
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, (list, tuple, set)) or hasattr(value, "iterator"):
        chosen = {str(getattr(item, "pk", item)) for item in value}
    else:
        chosen = {str(getattr(value, "pk", value))}
    if hasattr(field, "choices"):
        return ", ".join(str(label) for key, label in flatten_choices(field.choices) if str(key) in chosen)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    return str(value)


class ActionPage(AskingMixin, SubjectMixin, View):
    """A button: POST only, the same end result however often it is pressed."""

    http_method_names = ["post"]
    writes = True

    def perform(self):
        """Do it; return the message to show."""
        raise NotImplementedError

    def get_success_url(self):
        return self.subject.get_absolute_url()

    def http_method_not_allowed(self, request, *args, **kwargs):
        """The address of a button, opened as a page: say so, and lead to where the button is."""
        response = render(request, "405.html", {"subject": self.subject}, status=405)
        response.headers["Allow"] = ", ".join(self._allowed_methods())
        return response

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic(), recording(by=request.user):
                self.hold()
                message = self.perform()
        except Question as question:
            return self.show_question(question)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, message)
        return HttpResponseRedirect(self.get_success_url())
