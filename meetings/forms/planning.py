import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.forms import PortalFormMixin
from agreements.forms import ReasonField
from agreements.models import Group
from meetings.models import Meeting, MeetingSeries
from meetings.models.series import ends_after_midnight
from meetings.operations.planning import check_last_day, local_moment, rule_of, settle_weeks

LOWEST_YEAR, HIGHEST_YEAR = 2000, 2100


class TimeField(forms.TimeField):
    """A time of the day, as the browser sends it or as Swedes write it: 9.00."""

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)
        self.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        self.error_messages["invalid"] = "Skriv ett klockslag, till exempel 09.00."


class OnlineAddressMixin:
    """A link that is pasted into the place goes to where it belongs."""

    moved_address = ""

    def __init__(self, data=None, *args, **kwargs):
        if data and (found := _LINK.search(data.get("place", ""))):
            address, there = without_marks_after(found[0]), data.get("online_address", "").strip()
            if there in ("", address):
                self.moved_address, data = address, data.copy()
                data["online_address"] = address
                rest = data["place"][: found.start()] + data["place"][found.end() :]
                data["place"] = _LOOSE_ENDS.sub("", rest)
        super().__init__(data, *args, **kwargs)


def without_marks_after(link: str) -> str:
    """The link without the marks of the sentence that it stands in: a comma, a full stop, an end of brackets."""
    while link and (link[-1] in ".,;:!?'”’»" or (link[-1] == ")" and link.count(")") > link.count("("))):
        link = link[:-1]
    return link


# As it is pasted: alone, after words, or in angle brackets.
_LINK = re.compile(r"https://[^\s<>\"]+", re.IGNORECASE)
_LOOSE_ENDS = re.compile(r"^[\s,;:<>()–-]+|[\s,;:<>()–-]+$")
ONLINE_LABEL = "Digital adress"
ONLINE_HELP = "Länken till Teams eller liknande, om någon är med på distans. Den står i kallelsen och i kalendrarna."


class SeriesForm(OnlineAddressMixin, PortalFormMixin, forms.ModelForm):
    fields_set_by_view = ("group",)

    start_time = TimeField(label="Starttid")
    end_time = TimeField(label="Sluttid")

    class Meta:
        model = MeetingSeries
        fields = [
            "weekday",
            "interval_weeks",
            "start_time",
            "end_time",
            "place",
            "online_address",
            "starts_on",
            "ends_on",
            "holiday_rule",
        ]
        labels = {
            "weekday": "Veckodag",
            "interval_weeks": "Antal veckor mellan mötena",
            "online_address": ONLINE_LABEL,
            "starts_on": "Från och med",
            "ends_on": "Till och med",
            "holiday_rule": "När dagen är en helgdag",
        }
        help_texts = {
            "interval_weeks": "1 är varje vecka, 2 är varannan vecka.",
            "online_address": ONLINE_HELP,
            "starts_on": "Första mötet blir den första sådana veckodagen från och med den här dagen.",
            "ends_on": "Lämna tomt om serien fortsätter tills vidare.",
            "holiday_rule": "Midsommarafton, julafton och nyårsafton räknas som helgdagar.",
        }
        widgets = {"holiday_rule": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holiday_rule"].choices = MeetingSeries.HolidayRule.choices
        for field in (self.fields["starts_on"], self.fields["ends_on"]):
            field.validators = [*field.validators, check_near_year]

    def clean(self):
        cleaned = super().clean()
        last = cleaned.get("ends_on")
        if not self.errors and last:
            series = MeetingSeries(**cleaned)
            settle_weeks(series, self.instance if self.instance.pk else None)
            rule = rule_of(series)
            if rule.last >= rule.first and rule.first_day > rule.last:
                self.add_error("ends_on", "Serien slutar före sin första veckodag och får inget möte.")
        return cleaned


def check_near_year(day: datetime.date) -> None:
    if not LOWEST_YEAR <= day.year <= HIGHEST_YEAR:
        raise ValidationError(f"Året ska ligga mellan {LOWEST_YEAR} och {HIGHEST_YEAR}.")


class GenerateForm(PortalFormMixin, forms.Form):
    """Until which day a series' meetings are made."""

    until = forms.DateField(label="Till och med")

    def __init__(self, *args, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self):
        check_last_day(self.cleaned_data["until"], today=self.today)
        return self.cleaned_data["until"]


class MeetingForm(OnlineAddressMixin, PortalFormMixin, forms.ModelForm):
    """When and where a meeting is, as the clock shows it in Sweden."""

    day = forms.DateField(label="Dag")
    start_time = TimeField(label="Starttid")
    end_time = TimeField(label="Sluttid")

    field_order = ["day", "start_time", "end_time", "place", "online_address"]

    class Meta:
        model = Meeting
        fields = ["place", "online_address"]
        labels = {"online_address": ONLINE_LABEL}
        help_texts = {"online_address": ONLINE_HELP}

    def clean(self):
        cleaned = super().clean()
        if {"day", "start_time", "end_time"} <= cleaned.keys():
            is_over_midnight = ends_after_midnight(cleaned["start_time"], cleaned["end_time"])
            last_day = cleaned["day"] + datetime.timedelta(days=is_over_midnight)
            for name, field, day in (
                ("starts_at", "start_time", cleaned["day"]),
                ("ends_at", "end_time", last_day),
            ):
                try:
                    cleaned[name] = local_moment(day, cleaned[field])
                except ValidationError as error:
                    self.add_error(field, error)
            # A time that the night has not is told already, and is not among what is cleaned any more.
            if not self.errors and not is_over_midnight and cleaned["end_time"] <= cleaned["start_time"]:
                self.add_error("end_time", "Mötet ska sluta efter att det har börjat.")
        return cleaned


class MoveMeetingForm(MeetingForm):
    reason_for_change = ReasonField(
        label="Varför flyttas mötet?", required=False, help_text="Står i historiken.", widget=forms.TextInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        starts, ends = timezone.localtime(self.instance.starts_at), timezone.localtime(self.instance.ends_at)
        self.initial = {"day": starts.date(), "start_time": starts.time(), "end_time": ends.time()} | self.initial


class CancelMeetingForm(PortalFormMixin, forms.ModelForm):
    carries_items = forms.BooleanField(
        label="Ta med egna punkter till nästa möte",
        required=False,
        initial=True,
        help_text="Också det som är skrivet på stående punkter. Finns inget nästa möte väntar de på väntelistan.",
    )

    class Meta:
        model = Meeting
        fields = ["cancelled_because"]
        labels = {"cancelled_because": "Varför ställs mötet in?"}
        help_texts = {"cancelled_because": "Syns för gruppen och i deras kalendrar."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cancelled_because"].required = True
        self.fields["cancelled_because"].label = "Varför ställs mötet in?"
        self.fields["cancelled_because"].error_messages["required"] = "Skriv varför mötet ställs in."


class MeetingFilterForm(forms.Form):
    """Which meetings the list shows; everything is in the address."""

    STATES = [
        ("", "Alla"),
        ("kommande", "Kommande"),
        ("tidigare", "Tidigare"),
        ("ojusterade", "Protokoll att justera"),
        ("installda", "Inställda"),
    ]

    grupp = forms.TypedChoiceField(label="Grupp", required=False, coerce=int, empty_value=None)
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    visa = forms.ChoiceField(label="Visa", required=False, choices=STATES)
    overenskommelse = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, groups: list[Group], years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grupp"].choices = [("", "Alla"), *((group.pk, group.name) for group in groups)]
        self.fields["ar"].choices = [("", "Alla"), *((year, year) for year in years)]

    @property
    def wanted(self) -> dict:
        """What is asked for; what makes no sense is left out."""
        self.is_valid()
        return self.cleaned_data

    def filter(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """By group and year; which state is the page's own sections."""
        wanted = self.wanted
        if group := wanted.get("grupp"):
            meetings = meetings.filter(group=group)
        if year := wanted.get("ar"):
            meetings = meetings.filter(starts_at__year=year)
        return meetings
