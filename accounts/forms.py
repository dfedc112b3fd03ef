import datetime

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html

from accounts.models import User, UserManager
from accounts.personal_data import GuardedTextMixin
from accounts.sign_in_limits import OF_OLD_PASSWORD, TooManyAttempts, count_attempt
from documents.fields import speak_plainly_of_length
from documents.workbooks.cells import FIRST_YEAR, LAST_YEAR

DJANGOS_ROWS = "10"
DJANGOS_EMPTY_LABEL = "---------"
DASHES = "---------"
CHOOSING_WIDGETS = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)

HAS_ACCOUNT = (
    "Du har redan ett konto i portalen med den här e-postadressen. Logga in med det: inbjudan väntar på din startsida."
)


class PortalFormMixin(GuardedTextMixin):
    """How every form in the portal behaves. What is written in it is read by the personal-data guard.

    Crispy only paints the fields; the template owns the form tag, the buttons and the token. What is not required says
    so in its label. Errors of constraints land beside the field named by the constraint's error code.
    """

    # Fields that the view has set on the instance and that constraints need, though the form does not show them.
    fields_set_by_view: tuple[str, ...] = ()
    # A filter's fields are all optional; saying so beside each would only be noise.
    marks_optional = True
    # A slip of the pen in a year is caught at once; a form with narrower bounds of its own says those instead.
    bounds_years = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for field in self.fields.values():
            self._dress(field)

    def _dress(self, field: forms.Field) -> None:
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date", **field.widget.attrs}, format="%Y-%m-%d")
            field.error_messages["invalid"] = "Skriv ett datum, till exempel 2026-11-23."
            if self.bounds_years:
                field.validators = [*field.validators, check_year]
        if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == DJANGOS_ROWS:
            field.widget.attrs["rows"] = 3
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == DJANGOS_EMPTY_LABEL:
            field.empty_label = "Välj"
        if isinstance(field, forms.CharField) and field.max_length is not None:
            speak_plainly_of_length(field.validators, field.max_length)
        if isinstance(field.widget, forms.NumberInput):
            # A telephone's digits alone have no comma.
            has_decimals = isinstance(field, forms.DecimalField) and field.decimal_places != 0
            field.widget.attrs.setdefault("inputmode", "decimal" if has_decimals else "numeric")
        if isinstance(field, forms.IntegerField):
            field.error_messages["invalid"] = "Skriv ett heltal."
            field.error_messages.setdefault("max_value", "Skriv högst %(limit_value)s.")
            field.error_messages.setdefault("min_value", "Skriv minst %(limit_value)s.")
        if isinstance(field.widget, forms.Select) and isinstance(field, forms.ChoiceField):
            _name_the_empty_choice(field)
        if not field.required:
            if self.marks_optional and not isinstance(field.widget, forms.CheckboxInput) and not field.widget.is_hidden:
                field.label_without_mark = str(field.label)
                field.label = format_html('{} <span class="quiet">(valfritt)</span>', field.label)
            return
        verb = "Välj" if isinstance(field.widget, CHOOSING_WIDGETS) else "Fyll i"
        field.error_messages["required"] = f"{verb} {str(field.label).rstrip('?').lower()}."

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - set(self.fields_set_by_view)

    def _post_clean(self):
        super()._post_clean()
        errors = self._errors.get(NON_FIELD_ERRORS)
        for error in list(errors.as_data()) if errors else []:
            if error.code in self.fields:
                errors.data.remove(error)
                self.add_error(error.code, error)
        if errors is not None and not errors:
            del self._errors[NON_FIELD_ERRORS]


def check_year(day: datetime.date) -> None:
    """The same years as a workbook takes, so that what is written can be loaded again."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")


def plain_label(field: forms.Field) -> str:
    """The label without the mark of what is optional."""
    return getattr(field, "label_without_mark", str(field.label))


def _name_the_empty_choice(field: forms.ChoiceField) -> None:
    """Django's row of dashes says nothing, least of all read aloud."""
    name = "Välj" if field.required else "Inget valt"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = name
    else:
        field.choices = [(key, name if label == DASHES else label) for key, label in field.choices]


class LoginForm(PortalFormMixin, allauth_forms.LoginForm):
    is_guarded = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-postadress"
        self.fields["login"].error_messages["required"] = "Fyll i e-postadressen."
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = "Lösenord"
        self.fields["password"].error_messages["required"] = "Fyll i lösenordet."
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class ResetPasswordForm(PortalFormMixin, allauth_forms.ResetPasswordForm):
    """Only those who already sign in with a password get a new one; a contact is invited by the coordinator."""

    is_guarded = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-postadress"
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self):
        email = super().clean_email()
        self.users = [user for user in self.users if user.can_sign_in]
        return email


class ResetPasswordKeyForm(PortalFormMixin, allauth_forms.ResetPasswordKeyForm):
    is_guarded = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _label_new_password(self)

    def clean(self):
        """One human being has one account: whoever has one elsewhere answers the invitation signed in with it."""
        if self.user and User.objects.others_with_account(self.user).exists():
            raise forms.ValidationError(HAS_ACCOUNT)
        return super().clean()


class ChangePasswordForm(PortalFormMixin, allauth_forms.ChangePasswordForm):
    is_guarded = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Nuvarande lösenord"
        self.fields["oldpassword"].widget.attrs.pop("placeholder", None)
        _label_new_password(self)

    def clean_oldpassword(self):
        try:
            attempt = count_attempt([(OF_OLD_PASSWORD, str(self.user.pk))])
        except TooManyAttempts as full:
            raise ValidationError(f"För många försök. Försök igen {full.words}.") from None
        password = super().clean_oldpassword()
        attempt.was_right()
        return password


class OwnEmailForm(PortalFormMixin, forms.Form):
    """Another address for oneself: the password shows that it is oneself who asks."""

    is_guarded = False

    email = forms.EmailField(label="Ny e-postadress")
    password = forms.CharField(
        label="Ditt lösenord", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        email = UserManager.normalise_email(self.cleaned_data["email"])
        if email == self.user.email:
            raise ValidationError("Det är den adress du har.")
        return email

    def clean_password(self):
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError("Lösenordet stämmer inte.")
        return self.cleaned_data["password"]


def _label_new_password(form: forms.Form) -> None:
    form.fields["password1"].label = "Nytt lösenord"
    form.fields["password2"].label = "Nytt lösenord en gång till"
    for name in ("password1", "password2"):
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].help_text = ""
    form.fields[
        "password1"
    ].help_text = (
        "Minst tolv tecken. Ta gärna fyra ord som inte hör ihop. Namn, platser, årstider och årtal gissas först."
    )


class ThemeForm(PortalFormMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["theme"]
        widgets = {"theme": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [(value, label.capitalize()) for value, label in User.Theme.choices]
        self.fields["theme"].label = "Utseende"
