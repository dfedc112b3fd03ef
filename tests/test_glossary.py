"""One word for one thing: what has a table has its place in the glossary."""

from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = (Path(__file__).parent.parent / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
ROOMS = ["accounts", "agreements", "focus_areas", "meetings", "reports"]
MODELS = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if not model.__name__.startswith("Historical")
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_model_is_explained(model):
    assert f"`{model.__name__}`" in GLOSSARY
