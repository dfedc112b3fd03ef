from agreements.models.agreements import (
    Agreement,
    AgreementDocument,
    AgreementSection,
    Area,
    Definition,
    Party,
)
from agreements.models.groups import Group, Membership, Seat
from agreements.models.indicators import Indicator, IndicatorValue, PendingIndicatorFile
from agreements.models.situation_pictures import (
    LinkedPlan,
    PictureDocument,
    PictureSource,
    Problem,
    SituationPicture,
)

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementSection",
    "Area",
    "Definition",
    "Group",
    "Indicator",
    "IndicatorValue",
    "LinkedPlan",
    "Membership",
    "Party",
    "PendingIndicatorFile",
    "PictureDocument",
    "PictureSource",
    "Problem",
    "Seat",
    "SituationPicture",
]
