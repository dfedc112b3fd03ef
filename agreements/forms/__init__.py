from agreements.forms.agreements import (
    AgreementForm,
    DocumentForm,
    FillSeatForm,
    GroupForm,
    OrganisationChoiceField,
    PersonChoiceField,
    ReasonField,
    SeatForm,
    VacateSeatForm,
)
from agreements.forms.people import (
    DeactivatePersonForm,
    OrganisationFilterForm,
    OrganisationForm,
    PersonFilterForm,
    PersonForm,
    holding,
    in_tree_order,
)

__all__ = [
    "AgreementForm",
    "DeactivatePersonForm",
    "DocumentForm",
    "FillSeatForm",
    "GroupForm",
    "OrganisationChoiceField",
    "OrganisationFilterForm",
    "OrganisationForm",
    "PersonChoiceField",
    "PersonFilterForm",
    "PersonForm",
    "ReasonField",
    "SeatForm",
    "VacateSeatForm",
    "holding",
    "in_tree_order",
]
