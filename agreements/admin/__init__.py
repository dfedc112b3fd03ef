"""Agreements in the administration; the classes named here are what the other apps' registers build on."""

from agreements.admin.access import ADOPTED, AgreementAccessAdmin, FileAdmin
from agreements.admin.agreements import AgreementAdmin
from agreements.admin.indicators import IndicatorAdmin
from agreements.admin.pictures import ProblemAdmin, SituationPictureAdmin

__all__ = [
    "ADOPTED",
    "AgreementAccessAdmin",
    "AgreementAdmin",
    "FileAdmin",
    "IndicatorAdmin",
    "ProblemAdmin",
    "SituationPictureAdmin",
]
