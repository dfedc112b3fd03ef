"""Small workbooks for tests: tables as mappings, made into YAML or Excel, and everything counted."""

import copy
import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps

from documents.workbooks import write_xlsx, write_yaml
from focus_areas import workbook

# One of everything, each thing referring to what it can refer to.
TABLES: dict[str, list[dict[str, Any]]] = {
    "organisations": [
        {"name": "Lunds kommun", "kind": "municipality"},
        {"name": "Socialförvaltningen", "short_name": "SF", "kind": "administration", "parent": "Lunds kommun"},
        {"name": "Polisen", "kind": "police"},
        {"name": "Lokalpolisområde Lund", "kind": "police_area", "parent": "Polisen"},
    ],
    "agreement": [
        {"municipality": "Lunds kommun", "reference_number": "KS 2024/7", "title": "Trygga Lund", "state": "draft"}
    ],
    "sections": [{"heading": "Ansvar", "text": "Alla svarar."}, {"heading": "Barnen", "text": "Först."}],
    "definitions": [{"term": "Trygghet", "text": "Att våga gå ut."}],
    "parties": [{"organisation": "Lunds kommun"}, {"organisation": "Lokalpolisområde Lund"}],
    "areas": [{"name": "Norr"}, {"name": "Söder"}],
    "groups": [
        {"name": "Styrgruppen", "kind": "steering"},
        {"name": "Arbetsgruppen", "kind": "working", "parent": "Styrgruppen"},
    ],
    "seats": [{"group": "Styrgruppen", "title": "Chef", "organisation": "SF", "function": "member"}],
    "linked_plans": [{"title": "ANDTS-plan", "subject": "drugs"}],
    "situation_pictures": [
        {
            "title": "Lägesbild 2022",
            "reference_number": "KS 2022/5",
            "state": "adopted",
            "adopted_on": datetime.date(2022, 10, 3),
        },
        {"title": "Lägesbild 2024", "supersedes": "Lägesbild 2022"},
    ],
    "picture_sources": [
        {"situation_picture": "Lägesbild 2022", "title": "Enkäten"},
        {
            "situation_picture": "Lägesbild 2022",
            "title": "Ryktet",
            "is_rejected": True,
            "comment": "Gick inte att pröva",
        },
    ],
    "problems": [
        {
            "situation_picture": "Lägesbild 2022",
            "title": "Mörka stråk",
            "areas": ["Norr"],
            "trend": "rising",
            "is_common": "2",
            "is_prioritised": True,
        },
        {"situation_picture": "Lägesbild 2022", "title": "Klotter", "is_common": "0"},
        {"situation_picture": "Lägesbild 2024", "title": "Klotter"},
    ],
    "indicators": [
        {
            "name": "Trygghetsindex",
            "scale_lowest": Decimal("0"),
            "scale_highest": Decimal("6"),
            "lower_is_better": True,
        },
    ],
    "indicator_values": [
        {"indicator": "Trygghetsindex", "year": 2022, "value": Decimal("2.22")},
        {"indicator": "Trygghetsindex", "year": 2022, "value": Decimal("1.57"), "comparison": "Länet"},
        {"indicator": "Trygghetsindex", "year": 2022, "value": Decimal("2.9"), "area": "Norr", "sex": "women"},
    ],
    "cause_analyses": [{"problem": "Mörka stråk", "summary": "Lampor saknas."}],
    "causes": [
        {"analysis": "Mörka stråk", "title": "Trasig belysning", "leg": "place", "kind": "risk", "evidence": "3"},
    ],
    "focus_areas": [
        {"number": 1, "title": "Unga", "problems": ["Lägesbild 2022 / Klotter"]},
        {"number": 2, "title": "Platser", "problems": ["Mörka stråk"], "child_summary": "Barn går samma väg."},
    ],
    "goals": [
        {
            "focus_area": "1",
            "statement": "Fler trygga",
            "kind": "effect",
            "problem": "Mörka stråk",
            "indicator": "Trygghetsindex",
        },
        {"focus_area": "Unga", "statement": "Fyra träffar", "kind": "production", "parent": "Fler trygga"},
    ],
    "activities": [
        {
            "focus_area": "1",
            "number": 1,
            "title": "Fältarbete",
            "process_lead": ["SF", "Polisen"],
            "participants": ["Lunds kommun"],
            "areas": ["Norr", "Söder"],
            "working_group": "Arbetsgruppen",
            "goals": ["Fler trygga"],
            "causes": ["Trasig belysning"],
        },
        {"focus_area": "2", "number": 1, "title": "Vandringar", "process_lead": ["SF"]},
    ],
    "commitments": [
        {
            "activity": "1.1 Fältarbete",
            "organisation": "SF",
            "text": "Kvällar ute",
            "comparison": "at_least",
            "planned": 10,
            "goal": "Fyra träffar",
        },
        {"activity": "Vandringar", "is_joint": True, "text": "Vandra tillsammans"},
    ],
}


def tables(**changed: Any) -> dict[str, list[dict[str, Any]]]:
    """A copy of the tables, with some of the sheets exchanged."""
    return copy.deepcopy(TABLES) | changed


def as_yaml(some: dict) -> bytes:
    return write_yaml(some, workbook.SHEETS)


def as_xlsx(some: dict) -> bytes:
    return write_xlsx(some, workbook.SHEETS)


def load(some: dict, **options) -> workbook.Outcome:
    return workbook.load(as_yaml(some), "bok.yaml", **options)


def faults(some: dict, **options) -> list[str]:
    return [str(fault) for fault in load(some, **options).faults]


def row_counts() -> dict[str, int]:
    """How many rows every table of the work has, history included."""
    names = ("accounts", "agreements", "focus_areas")
    return {
        model._meta.label: model._default_manager.count()
        for name in names
        for model in apps.get_app_config(name).get_models()
    }
