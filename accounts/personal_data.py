"""The personal-data guard in forms: what a text may not hold, and what it may hold for a reason.

A personal number is refused beside its field. A telephone number and its like bring the form back once, with each place
marked and a question why it has to stand there; the answer covers those findings and no others, and is kept. What may
only single somebody out, such as a name beside a suspicion, is answered by saving once more. So is the question that
shows what residents will read where a form's public text counts few people. Names of
uploaded files are read like texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString

from accounts.models import ConfirmedPersonalData
from privacy.personal_data import Finding, Kind, blocking, excerpt, find_personal_data
from privacy.small_counts import find_small_counts
from privacy.validators import refusal

WITHOUT_REASON = (
    "Texten innehåller uppgifter som leder till en person. Ta bort dem, eller skriv varför de behöver stå där."
)

MAY_SINGLE_OUT = (
    "Kan någon känna igen sig eller bli igenkänd? Läs det som är markerat, och spara igen om det ska stå så."
)
FEW_PEOPLE = "Invånarna får inte läsa hur få människor det är. Läs hur det blir, och spara igen om det är bra så."
IN_FILE_NAME = "Filens namn innehåller %s. Döp om filen och välj den igen."
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


@dataclass(frozen=True)
class FewInField(FoundInField):
    """A small count in a public text, with what residents read instead."""

    instead: str

    @property
    def excerpt(self) -> SafeString:
        start, end = self.finding.start, self.finding.end
        masked = Finding(self.finding.kind, start, start + len(self.instead), self.instead)
        return excerpt(self.text[:start] + self.instead + self.text[end:], masked)


class FoundInForm:
    """Everything that was found in a form's texts, and the question that comes of it."""

    SEEN = "personal_data_seen"

    def __init__(self, form: forms.BaseForm, found: list[FoundInField]):
        self.form, self.found = form, found
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
    def asked(self) -> str:
        if self.to_explain or not self.to_confirm:
            return WITHOUT_REASON
        return FEW_PEOPLE if self.is_of_few_people else MAY_SINGLE_OUT

    @property
    def is_of_few_people(self) -> bool:
        """Whether nothing else is asked than how public words will be read."""
        return all(one.finding.kind is Kind.SMALL_COUNT for one in self.found)

    @property
    def is_all_that_is_asked(self) -> bool:
        """Whether nothing has to be put right: the form is saved as it is when the question is answered."""
        errors = [error for several in self.form.errors.as_data().values() for error in several]
        return not self.to_explain and {error.code for error in errors} == {"personal_data"}

    @property
    def has_file_names(self) -> bool:
        """Whether a file has to be chosen again: a browser sends none back."""
        return any(isinstance(one.field.field, forms.FileField) for one in self.found)

    @property
    def reason(self) -> str:
        return self.question.cleaned_data["personal_data_reason"] if self.to_explain else ANSWERED


class GuardedTextMixin:
    """A form whose free texts are read by the guard before they are saved."""

    # Fields whose very purpose is to say who somebody is: no question about them.
    personal_data_belongs_in: tuple[str, ...] = ()
    # Passwords and the like are no texts, and are not looked into.
    is_guarded = True
    # Fields that residents may read, where small counts of people are masked, and those that open or close them.
    read_by_residents: tuple[str, ...] = ()
    opened_to_residents_by: tuple[str, ...] = ()
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
            if name in self.read_by_residents:
                self._found += self._few_people(name, text)
        for name, file_names in self._names_of_files() if self.is_guarded else ():
            self._read_file_names(name, file_names)

    def is_open_to_residents(self) -> bool:
        """Whether what is written now will be read by residents; asked when the fields have been cleaned."""
        return True

    def _few_people(self, name: str, text: str) -> Iterable[FewInField]:
        counts = find_small_counts(text)
        if not counts or not self.is_open_to_residents():
            return
        # What is opened now has not been answered for, though it stood there.
        is_opened = any(opening in self.changed_data for opening in self.opened_to_residents_by)
        saved = "" if is_opened else self._saved_text(name)
        before = {saved[count.start : count.end] for count in find_small_counts(saved)}
        for count in counts:
            if (written := text[count.start : count.end]) not in before:
                finding = Finding(Kind.SMALL_COUNT, count.start, count.end, written)
                yield FewInField(self[name], text, finding, count.instead)

    def _names_of_files(self) -> Iterable[tuple[str, list[str]]]:
        """The fields with uploaded files, and what these are called."""
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and (key := self.add_prefix(name)) in self.files:
                several = getattr(self.files, "getlist", None)
                files = several(key) if several else [self.files[key]]
                yield name, [file.name for file in files if getattr(file, "name", None)]

    def _read_file_names(self, name: str, file_names: list[str]) -> None:
        for file_name in file_names:
            # An underscore is a file name's space.
            text = file_name.replace("_", " ")
            findings = find_personal_data(text)
            if refused := blocking(findings):
                kinds = " och ".join(dict.fromkeys(one.kind.with_article for one in refused))
                self.add_error(name, ValidationError(IN_FILE_NAME % kinds, code="person_number"))
            self._found += [FoundInField(self[name], text, finding) for finding in findings]

    def _free_texts(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if is_free_text(field) and isinstance(self.cleaned_data.get(name), str)
        ]

    def _new_among(self, findings: list[Finding], name: str) -> list[Finding]:
        """The findings that did not stand in the saved text already: they have been answered for."""
        if not findings or not (saved := self._saved_text(name)):
            return findings
        before = {(finding.kind, finding.text) for finding in find_personal_data(saved)}
        return [finding for finding in findings if (finding.kind, finding.text) not in before]

    def _saved_text(self, name: str) -> str:
        instance = getattr(self, "instance", None)
        if instance is None or instance.pk is None or name not in self._meta.fields:
            return ""
        # Not the instance's own: an earlier look at the same form may have written in it.
        return type(instance)._base_manager.filter(pk=instance.pk).values_list(name, flat=True).first() or ""

    def _post_clean(self):
        super()._post_clean()
        if not self._found:
            return
        self.personal_data = FoundInForm(self, self._found)
        if not self.personal_data.is_confirmed:
            self.add_error(None, ValidationError(self.personal_data.asked, code="personal_data"))


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
