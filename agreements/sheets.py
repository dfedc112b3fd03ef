"""The sheets of an agreement's workbook that this floor answers for: who takes part, what was agreed, and the groups.

People and who holds which seat are not in the workbook: they are looked after in the portal.
"""

from django.db import models

from accounts.models import Organisation
from agreements.models import (
    Agreement,
    AgreementSection,
    Area,
    Definition,
    Group,
    Indicator,
    IndicatorValue,
    LinkedPlan,
    Party,
    PictureSource,
    Problem,
    Seat,
    SituationPicture,
)
from documents.fields import ProseField
from documents.workbooks import Column, Sheet

_KINDS = (
    (models.ManyToManyField, "list"),
    (models.ForeignKey, "text"),
    (models.BooleanField, "boolean"),
    (models.DateField, "date"),
    (models.DecimalField, "decimal"),
    (models.IntegerField, "integer"),
    (ProseField, "prose"),
    (models.CharField, "text"),
)


def column_for(
    model: type[models.Model],
    name: str,
    *,
    label: str = "",
    required: bool = False,
    allow_negative: bool = False,
) -> Column:
    """The column for a model's field: its Swedish name, its kind, its choices and how long it may be."""
    field = model._meta.get_field(name)
    kind = "choice" if field.choices else next(kind for field_class, kind in _KINDS if isinstance(field, field_class))
    verbose_name = str(field.verbose_name)
    return Column(
        name=name,
        label=label or verbose_name[0].upper() + verbose_name[1:],
        kind=kind,
        required=required,
        choices={str(key): label for key, label in field.flatchoices} or None,
        max_length=field.max_length if kind in ("text", "prose") else None,
        allow_negative=allow_negative,
    )


ORGANISATIONS = Sheet(
    "organisations",
    "Organisationer",
    (
        column_for(Organisation, "name", required=True),
        column_for(Organisation, "short_name"),
        column_for(Organisation, "kind", required=True),
        column_for(Organisation, "parent"),
    ),
)

AGREEMENT = Sheet(
    "agreement",
    "Överenskommelse",
    (
        column_for(Agreement, "municipality", required=True),
        column_for(Agreement, "reference_number"),
        column_for(Agreement, "title", required=True),
        column_for(Agreement, "purpose"),
        column_for(Agreement, "starts_on"),
        column_for(Agreement, "ends_on"),
        column_for(Agreement, "signed_on"),
        column_for(Agreement, "state"),
        column_for(Agreement, "predecessor"),
    ),
)

SECTIONS = Sheet(
    "sections",
    "Avsnitt",
    (
        column_for(AgreementSection, "heading", required=True),
        column_for(AgreementSection, "text", required=True),
    ),
)

DEFINITIONS = Sheet(
    "definitions",
    "Definitioner",
    (
        column_for(Definition, "term", required=True),
        column_for(Definition, "text", required=True),
        column_for(Definition, "source"),
    ),
)

PARTIES = Sheet(
    "parties",
    "Parter",
    (
        column_for(Party, "organisation", required=True),
        column_for(Party, "signatory_name"),
        column_for(Party, "signatory_title"),
        column_for(Party, "signed_on"),
    ),
)

AREAS = Sheet("areas", "Delområden", (column_for(Area, "name", required=True),))

GROUPS = Sheet(
    "groups",
    "Grupper",
    (
        column_for(Group, "name", required=True),
        column_for(Group, "kind", required=True),
        column_for(Group, "also_known_as"),
        column_for(Group, "mandate"),
        column_for(Group, "parent"),
    ),
)

SEATS = Sheet(
    "seats",
    "Platser",
    (
        column_for(Seat, "group", required=True),
        column_for(Seat, "title", required=True),
        column_for(Seat, "organisation", required=True),
        column_for(Seat, "function", label="Funktion", required=True),
        column_for(Seat, "is_leading_position"),
    ),
)

LINKED_PLANS = Sheet(
    "linked_plans",
    "Andra planer",
    (
        column_for(LinkedPlan, "title", required=True),
        column_for(LinkedPlan, "subject", required=True),
        column_for(LinkedPlan, "reference_number"),
        column_for(LinkedPlan, "address"),
        column_for(LinkedPlan, "adopted_on"),
        column_for(LinkedPlan, "how_connected"),
    ),
    is_optional=True,
)

PICTURES = Sheet(
    "situation_pictures",
    "Lägesbilder",
    (
        column_for(SituationPicture, "title", required=True),
        column_for(SituationPicture, "reference_number"),
        column_for(SituationPicture, "state"),
        column_for(SituationPicture, "adopted_on"),
        column_for(SituationPicture, "adopted_by"),
        column_for(SituationPicture, "paragraph"),
        column_for(SituationPicture, "supersedes"),
        column_for(SituationPicture, "mapping", label="Kartläggning"),
        column_for(SituationPicture, "other_information"),
        column_for(SituationPicture, "analysis", label="Analys"),
    ),
    is_optional=True,
)

SOURCES = Sheet(
    "picture_sources",
    "Källor",
    (
        column_for(PictureSource, "situation_picture", required=True),
        column_for(PictureSource, "title", required=True),
        column_for(PictureSource, "is_rejected"),
        column_for(PictureSource, "comment", label="Kommentar"),
    ),
    is_optional=True,
)

PROBLEMS = Sheet(
    "problems",
    "Problem",
    (
        column_for(Problem, "situation_picture", required=True),
        column_for(Problem, "title", required=True),
        column_for(Problem, "description"),
        column_for(Problem, "areas"),
        column_for(Problem, "trend"),
        *(column_for(Problem, name) for name in (*Problem.CRITERIA, *Problem.WEIGHED_WITH)),
        column_for(Problem, "is_prioritised"),
        column_for(Problem, "priority_reason"),
    ),
    is_optional=True,
)

INDICATORS = Sheet(
    "indicators",
    "Indikatorer",
    (
        column_for(Indicator, "name", required=True),
        column_for(Indicator, "description"),
        column_for(Indicator, "source"),
        column_for(Indicator, "unit"),
        column_for(Indicator, "scale_lowest", allow_negative=True),
        column_for(Indicator, "scale_highest", allow_negative=True),
        column_for(Indicator, "lower_is_better"),
        column_for(Indicator, "kolada_id"),
    ),
    is_optional=True,
)

INDICATOR_VALUES = Sheet(
    "indicator_values",
    "Mätvärden",
    (
        column_for(IndicatorValue, "indicator", required=True),
        column_for(IndicatorValue, "year", required=True),
        column_for(IndicatorValue, "value", required=True, allow_negative=True),
        column_for(IndicatorValue, "comparison"),
        column_for(IndicatorValue, "area"),
        column_for(IndicatorValue, "sex"),
        column_for(IndicatorValue, "source"),
        column_for(IndicatorValue, "note"),
    ),
    is_optional=True,
)

AGREEMENT_SHEETS = (
    ORGANISATIONS,
    AGREEMENT,
    SECTIONS,
    DEFINITIONS,
    PARTIES,
    AREAS,
    GROUPS,
    SEATS,
    LINKED_PLANS,
    PICTURES,
    SOURCES,
    PROBLEMS,
    INDICATORS,
    INDICATOR_VALUES,
)
