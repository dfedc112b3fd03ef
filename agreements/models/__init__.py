from agreements.models.agreements import (
    Agreement,
    AgreementDocument,
    AgreementSection,
    Area,
    Definition,
    Party,
)
from agreements.models.groups import Group, Membership, Seat

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementSection",
    "Area",
    "Definition",
    "Group",
    "Membership",
    "Party",
    "Seat",
]
