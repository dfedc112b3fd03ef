"""The personal-data guard in forms: what a text may not hold, and what it may hold for a reason.

A personal number is refused beside its field. A telephone number and its like bring the form back once, with each place
marked and a question why it has to stand there; the answer covers those findings and no others, and is kept. What may
only single somebody out, such as a name beside a suspicion, is answered by saving once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString

from accounts.models import ConfirmedPersonalData
from privacy.personal_data import Finding, Kind, blocking, excerpt, find_personal_data
from privacy.validators import refusal

WITHOUT_REASON = (
    "Texten innehåller uppgifter som leder till en person. Ta bort dem, eller skriv varför de behöver stå där."
)

MAY_SINGLE_OUT = (
    "Kan någon känna igen sig eller bli igenkänd? Läs det som är markerat, och spara igen om det ska stå så."
)
ANSWERED = "Den som skrev har läst frågan och låtit det stå."


class ReasonForm(forms.Form):
    """Why what was found has to stand in the text."""

    personal_data_reason = forms.CharField(
        label="Varför behöver uppgiften stå här?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Skälet sparas med ditt namn. Upprepa inte uppgiften.",
        error_messages={"required": "Skriv varför uppgiften behöver stå här."},
    )

    def clean_personal_data_reason(self) -> str:
        reason = self.cleaned_data["personal_data_reason"]
        if find_personal_data(reason):
            raise ValidationError("Skriv skälet utan personuppgifter.")
        return reason


@dataclass(frozen=True)
class FoundInField:
    """One finding, with the form's field that it stands in."""

    field: forms.BoundField
    text: str
    finding: Finding

    @property
    def label(self) -> str:
        return getattr(self.field.field, "label_without_mark", str(self.field.label))

    @property
    def excerpt(self) -> SafeString:
        return excerpt(self.text, self.finding)

    @property
    def mark(self) -> str:
        """What tells this finding from all others, without telling what it is."""
        told = "\n".join((self.field.name, self.finding.kind, self.finding.text))
        return salted_hmac("personal data", told, algorithm="sha256").hexdigest()[:20]


class FoundInForm:
    """Everything that was found in a form's texts, and the question that comes of it."""

    SEEN = "personal_data_seen"

    def __init__(self, form: forms.BaseForm, found: list[FoundInField]):
        self.found = found
        self.to_confirm = [one for one in found if not one.finding.blocks]
        self.to_explain = [one for one in self.to_confirm if not one.finding.kind.singles_out]
        self.seen_name = form.add_prefix(self.SEEN)
        already_seen = form.data.get(self.seen_name, "").split()
        self.is_asked = bool(already_seen)
        self.question = ReasonForm(form.data if self.is_asked and self.to_explain else None, prefix=form.prefix)
        self.is_confirmed = all(one.mark in already_seen for one in self.to_confirm) and (
            not self.to_explain or self.question.is_valid()
        )

    @property
    def seen(self) -> str:
        """What the person sees now, and answers for with the next post."""
        return " ".join(dict.fromkeys(one.mark for one in self.to_confirm))

    @property
    def reason(self) -> str:
        return self.question.cleaned_data["personal_data_reason"] if self.to_explain else ANSWERED


class GuardedTextMixin:
    """A form whose free texts are read by the guard before they are saved."""

    # Fields whose very purpose is to say who somebody is: no question about them.
    personal_data_belongs_in: tuple[str, ...] = ()
    # Passwords and the like are no texts, and are not looked into.
    is_guarded = True
    # What was found; None when it was nothing.
    personal_data: FoundInForm | None = None

    def parts(self) -> Iterable[forms.BaseForm]:
        """The forms inside this one that are saved together with it."""
        return ()

    def _clean_fields(self):
        super()._clean_fields()
        self._found = []
        for name in self._free_texts() if self.is_guarded else ():
            text = self.cleaned_data[name]
            findings = find_personal_data(text)
            if refused := blocking(findings):
                self.add_error(name, ValidationError(refusal(refused), code="person_number"))
            elif name in self.personal_data_belongs_in:
                findings = []
            else:
                findings = self._new_among(findings, name)
            self._found += [FoundInField(self[name], text, finding) for finding in findings]

    def _free_texts(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if is_free_text(field) and isinstance(self.cleaned_data.get(name), str)
        ]

    def _new_among(self, findings: list[Finding], name: str) -> list[Finding]:
        """The findings that did not stand in the saved text already: they have been answered for."""
        instance = getattr(self, "instance", None)
        if not findings or instance is None or instance.pk is None or name not in self._meta.fields:
            return findings
        # Not the instance's own: an earlier look at the same form may have written in it.
        saved = type(instance)._base_manager.filter(pk=instance.pk).values_list(name, flat=True).first() or ""
        before = {(finding.kind, finding.text) for finding in find_personal_data(saved)}
        return [finding for finding in findings if (finding.kind, finding.text) not in before]

    def _post_clean(self):
        super()._post_clean()
        if not self._found:
            return
        self.personal_data = FoundInForm(self, self._found)
        if not self.personal_data.is_confirmed:
            needs_reason = self.personal_data.to_explain or not self.personal_data.to_confirm
            asked = WITHOUT_REASON if needs_reason else MAY_SINGLE_OUT
            self.add_error(None, ValidationError(asked, code="personal_data"))


def is_free_text(field: forms.Field) -> bool:
    """Whether a person writes freely in the field, and what they write is saved."""
    if not isinstance(field, forms.CharField) or isinstance(field, (forms.EmailField, forms.URLField)):
        return False
    widget = field.widget
    return not (
        field.disabled
        or widget.is_hidden
        or isinstance(widget, forms.PasswordInput)
        or getattr(widget, "input_type", "") == "search"
    )


def keep_reasons(form: forms.BaseForm, *, by, page: str) -> None:
    """Keep why personal data stand in the texts of a valid form that is being saved, its parts included.

    Pages of the kind FormPage do this by themselves; others call it in the transaction that saves the form.
    """
    if isinstance(form, GuardedTextMixin):
        for part in form.parts():
            keep_reasons(part, by=by, page=page)
    found = getattr(form, "personal_data", None)
    if found is not None and found.to_confirm and found.is_confirmed:
        places = dict.fromkeys((place.label, place.finding.kind) for place in found.to_confirm)
        ConfirmedPersonalData.objects.bulk_create(
            ConfirmedPersonalData(kind=kind, field=label, page=page, reason=found.reason, confirmed_by=by)
            for label, kind in places
        )


def written_personal_data(form: forms.BaseForm, *, besides: tuple[str, ...] = ()) -> list[tuple[str, Kind]]:
    """What a saved form's changed texts hold that would have needed a reason: the field's label and the kind."""
    written = {
        (str(form.fields[name].label), finding.kind): None
        for name in form.changed_data
        if name not in besides and is_free_text(form.fields[name]) and isinstance(form.cleaned_data.get(name), str)
        for finding in find_personal_data(form.cleaned_data[name])
    }
    return list(written)
