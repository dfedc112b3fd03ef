from django import forms
from django.core.validators import URLValidator
from django.db import models

NOT_AN_ADDRESS = "Skriv hela adressen, den börjar med https://."
MAX_LENGTH = 2000
validate_https = URLValidator(schemes=["https"], message=NOT_AN_ADDRESS)


class OnlineAddressFormField(forms.URLField):
    default_validators = [validate_https]
    default_error_messages = {"invalid": NOT_AN_ADDRESS}

    def __init__(self, **kwargs):
        super().__init__(**{"assume_scheme": "https"} | kwargs)


class OnlineAddressField(models.URLField):
    """Where a meeting is attended from afar. Read by programs, not by people: no personal numbers are sought in it."""

    default_validators = [validate_https]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": MAX_LENGTH} | kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": OnlineAddressFormField} | kwargs)
