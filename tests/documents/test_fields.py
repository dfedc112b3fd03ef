import pytest
from django.core.exceptions import ValidationError

from documents.fields import LineField, ProseField, validate_printable


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85", "\ud800", "\ufffe", "\uffff", "\r"])
def test_validate_printable_refuses(character):
    with pytest.raises(ValidationError, match=r"kan inte|inte kan skrivas ut"):
        validate_printable(f"före{character}efter")


@pytest.mark.parametrize("text", ["Åtgärd\n\tnästa", "😀", "a\u00a0b", "\u2028"])
def test_validate_printable_accepts(text):
    validate_printable(text)


def test_prose_field_normalises_line_breaks_before_counting():
    field = ProseField("beskrivning", max_length=4)

    assert field.clean("a\r\nb\r", None) == "a\nb\n"


@pytest.mark.parametrize("field", [ProseField("text", max_length=10), LineField("text", max_length=10)])
def test_field_refuses_longer_text_and_says_how_long(field):
    with pytest.raises(ValidationError) as caught:
        field.clean("x" * 11, None)

    assert caught.value.messages == ["Texten får vara högst 10 tecken, den är 11."]


def test_prose_field_refuses_a_very_long_text_by_default():
    with pytest.raises(ValidationError, match="högst 4000 tecken, den är 100000"):
        ProseField("text").clean("x" * 100_000, None)


@pytest.mark.parametrize("field", [ProseField("text"), LineField("text", max_length=80)])
@pytest.mark.parametrize(
    "text",
    ["\u200b", " \u200d\u2060 ", "\u00ad\ufe0f", "\u3164", "\u2800", "\u202e\u202c", "\U000e0041", "\u00a0\u3000"],
)
def test_text_without_anything_to_see_is_refused(field, text):
    with pytest.raises(ValidationError) as caught:
        field.clean(text, None)

    assert caught.value.messages == ["Texten har inga tecken som syns. Skriv den på nytt."]


@pytest.mark.parametrize("text", ["👨\u200d👩", "א", "–", "❤\ufe0f", "\u0301", "漢", "می\u200cخواهم", "1\ufe0f\u20e3"])
def test_text_with_something_to_see_passes(text):
    assert LineField("text", max_length=80).clean(text, None) == text


def test_optional_text_is_left_empty():
    assert ProseField("text", blank=True).clean("", None) == ""


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\u2028b", "a\x00"])
def test_line_field_refuses_line_breaks_and_control_characters(text):
    with pytest.raises(ValidationError):
        LineField("namn", max_length=80).clean(text, None)


@pytest.mark.parametrize(
    ("field", "path", "expected"),
    [
        (ProseField("om", blank=True), "documents.fields.ProseField", {"blank": True, "max_length": 4000}),
        (LineField("namn", max_length=80), "documents.fields.LineField", {"max_length": 80}),
    ],
)
def test_fields_deconstruct_without_their_own_validators(field, path, expected):
    _, found_path, args, kwargs = field.deconstruct()

    assert (found_path, args) == (path, [])
    assert kwargs == {"verbose_name": field.verbose_name, **expected}
    assert field.clone().deconstruct()[1:] == field.deconstruct()[1:]


def test_prose_form_field_counts_a_line_break_once():
    form_field = ProseField("text", max_length=3).formfield()

    assert form_field.clean("a\r\nb") == "a\nb"
    assert form_field.widget.attrs["maxlength"] == "3"
