"""Model fields for words that people write and that later end up in pages, workbooks and PDFs.

Whichever way a text comes in (form, administration, workbook), it is stored without what nobody can see (ADR 32), and
`full_clean()` refuses personal numbers in it.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from documents.swedish_numbers import BadNumber, number_words, parse_number
from documents.written_text import plain_line, plain_prose
from privacy.validators import refuse_person_numbers

PROSE_MAX_LENGTH = 4000

# Control characters but tab and newline, lone surrogates and non-characters: XML, and with it workbooks and
# tagged PDFs, has no way to hold them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What takes no ink: spaces, and all that Unicode lets a program leave out (joiners, direction marks, soft hyphens,
# fillers, variation selectors), with the empty Braille cell.
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)
_LINE_BREAK = re.compile("[\n\r\u2028\u2029]")

TOO_LONG = "Texten får vara högst %(limit_value)d tecken, den är %(show_value)d."


def unprintable_character(value: str) -> str | None:
    """Return the first character that no document can hold, written as U+XXXX, or None."""
    found = _UNPRINTABLE.search(value)
    return f"U+{ord(found[0]):04X}" if found else None


def validate_printable(value: str) -> None:
    """Refuse characters that break XML, workbooks and PDFs.

    Raises:
        ValidationError: naming the first such character.
    """
    if character := unprintable_character(value):
        raise ValidationError(
            "Texten innehåller ett tecken som inte kan skrivas ut (%(character)s). Ta bort det.",
            code="unprintable",
            params={"character": character},
        )


def validate_visible(value: str) -> None:
    """Refuse a text in which there is nothing to see.

    Raises:
        ValidationError: if all of it is spaces and characters without shape.
    """
    if _INVISIBLE.fullmatch(value):
        raise ValidationError("Texten har inga tecken som syns. Skriv den på nytt.", code="invisible")


def validate_single_line(value: str) -> None:
    """Refuse line breaks.

    Raises:
        ValidationError: if the text has more than one line.
    """
    if _LINE_BREAK.search(value):
        raise ValidationError("Texten ska stå på en rad.", code="line_break")


class LineFormField(forms.CharField):
    """A line whose length is counted as it will be stored."""

    def to_python(self, value):
        return stored_as(plain_line, super().to_python(value))


class ProseFormField(forms.CharField):
    """A text area whose length is counted as it will be stored: each line break is one character."""

    widget = forms.Textarea

    def to_python(self, value):
        return stored_as(plain_prose, super().to_python(value))


class SwedishDecimalField(forms.DecimalField):
    """A number with decimals, written and shown with a comma; a decimal point is refused, not guessed at."""

    def __init__(self, **kwargs):
        kwargs["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            try:
                return parse_number(value, decimals=self.decimal_places)
            except BadNumber as error:
                raise ValidationError(str(error), code="invalid") from None
        return value

    def prepare_value(self, value):
        return number_words(value).replace("\u00a0", "") if isinstance(value, Decimal) else value


def speak_plainly_of_length(validators: list, max_length: int | None) -> None:
    """Replace Django's own length check with one that says how long the text is."""
    validators[:] = [one for one in validators if not isinstance(one, MaxLengthValidator)]
    if max_length is not None:
        validators.append(MaxLengthValidator(max_length, TOO_LONG))


def stored_as(plain: Callable[[str], str], value: Any) -> Any:
    """Return a text as it is stored; one in which nothing is to be seen stays as it is, for `validate_visible`."""
    return plain(value) or value if isinstance(value, str) else value


class WrittenTextMixin:
    """A field of words: the same words are stored the same, however they were typed, pasted or read from a file."""

    plain: Callable[[str], str]
    written_form_class: type[forms.Field]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        speak_plainly_of_length(self.validators, self.max_length)

    def to_python(self, value):
        return stored_as(self.plain, super().to_python(value))

    def get_prep_value(self, value):
        return stored_as(self.plain, super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        """Give the instance the words that are stored, so that its history says the same."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str) and (stored := stored_as(self.plain, value)) != value:
            setattr(model_instance, self.attname, stored)
            return stored
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.written_form_class, **kwargs})


class LineField(WrittenTextMixin, models.CharField):
    """A short text on one line."""

    default_validators = [validate_printable, validate_single_line, validate_visible, refuse_person_numbers]
    plain = staticmethod(plain_line)
    written_form_class = LineFormField


class ProseField(WrittenTextMixin, models.TextField):
    """A text of several lines; a longer one than `max_length` is refused by `full_clean()` too."""

    default_validators = [validate_printable, validate_visible, refuse_person_numbers]
    plain = staticmethod(plain_prose)
    written_form_class = ProseFormField

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", PROSE_MAX_LENGTH)
        super().__init__(*args, **kwargs)
