"""What keeps the house in order without anybody looking: names, templates, imports, migrations, production settings."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import allauth
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from accounts.forms import PortalFormMixin
from documents.fields import SwedishDecimalField

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
OUR_APPS = (
    "accounts",
    "agreements",
    "burlov_trygghet",
    "documents",
    "focus_areas",
    "meetings",
    "privacy",
    "reports",
)
# Django's own fields on a person; Django translates their names.
DJANGO_FIELDS = {"password", "last_login", "is_superuser", "groups", "user_permissions"}

HTML = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
TEMPLATE_NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
PYTHON = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for app in OUR_APPS
    for path in (ROOT / app).rglob("*.py")
}


def our_models():
    return [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
    ]


def our_fields():
    return [
        (model, field)
        for model in our_models()
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.model._meta.app_label in OUR_APPS
        and not field.auto_created
        and not (model.__name__ == "User" and field.name in DJANGO_FIELDS)
    ]


def our_patterns():
    """Every address of ours as (namespace, pattern); the admin's and the static files' are not ours."""

    def walk(patterns, namespace):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield namespace, pattern
            elif pattern.namespace != "admin":
                yield from walk(pattern.url_patterns, pattern.namespace or namespace)

    return list(walk(get_resolver().url_patterns, ""))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command in this environment, but for what the browser's tests allow themselves in it."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False, timeout=120
    )


# --- Models and migrations ---


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_there_are_models_to_look_at():
    assert len(our_models()) > 20
    assert len(our_fields()) > 100


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_model_has_swedish_names(model):
    given = model._meta.original_attrs

    assert given.get("verbose_name", "")[:1].islower()
    assert given.get("verbose_name_plural", "")[:1].islower()


@pytest.mark.parametrize(
    "field",
    [field for _, field in our_fields()],
    ids=[f"{model._meta.label}.{field.name}" for model, field in our_fields()],
)
def test_field_has_a_lower_case_name(field):
    assert field._verbose_name is not None
    assert str(field._verbose_name)[:1].islower()


# --- Templates ---

REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
TEMPLATE_IN_PYTHON = re.compile(r"""["']([\w/-]+\.(?:html|txt))["'#]""")


def generic_template_names() -> set[str]:
    """The names that Django's generic views can work out by themselves, from a model of their app."""
    names = set()
    for _, pattern in our_patterns():
        view = getattr(pattern.callback, "view_class", None)
        suffix = getattr(view, "template_name_suffix", "")
        if suffix and getattr(view, "template_name", None) is None:
            app = view.__module__.split(".")[0]
            names |= {f"{app}/{model._meta.model_name}{suffix}.html" for model in apps.get_app_config(app).get_models()}
    return names


def replaces_a_library_template(name: str) -> bool:
    folders = [Path(allauth.__file__).parent / "templates", *_installed_template_folders()]
    return any((folder / name).exists() for folder in folders)


def _installed_template_folders() -> list[Path]:
    return [Path(config.path) / "templates" for config in apps.get_app_configs() if config.name not in OUR_APPS]


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_template_is_used(name):
    named = {reference for text in HTML.values() for reference in REFERENCE.findall(text)}
    named |= {reference for text in PYTHON.values() for reference in TEMPLATE_IN_PYTHON.findall(text)}
    named |= generic_template_names() | {"400.html", "403.html", "404.html", "429.html", "500.html"}

    assert name in named or replaces_a_library_template(name)


@pytest.mark.parametrize("name", sorted(HTML))
def test_template_compiles_and_what_it_names_exists(name):
    missing = []
    for reference in (name, *REFERENCE.findall(HTML[name])):
        try:
            get_template(reference)
        except TemplateDoesNotExist:
            missing.append(reference)

    assert missing == []


INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\bsrc\s*=)", re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(HTML))
def test_template_has_no_inline_style_or_script(name):
    assert INLINE.findall(HTML[name]) == []


FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"{%\s*csrf_token\s*%}")


def is_protected(form: str) -> bool:
    """The form has the token itself, or in what it includes."""
    return any(TOKEN.search(text) for text in (form, *(HTML[name] for name in REFERENCE.findall(form))))


def posting_forms(text: str) -> list[str]:
    return [form for form in FORM.findall(text) if re.search(r"""method\s*=\s*["']?post""", form.split(">")[0], re.I)]


@pytest.mark.parametrize("name", sorted(name for name, text in HTML.items() if posting_forms(text)))
def test_posting_form_has_a_csrf_token(name):
    assert [form for form in posting_forms(HTML[name]) if not is_protected(form)] == []


@pytest.mark.parametrize("name", sorted(HTML))
def test_blocks_of_several_lines_are_closed_by_name(name):
    closed_alone = [line for line in HTML[name].splitlines() if re.search(r"{%\s*endblock\s*%}", line)]

    assert [line for line in closed_alone if "{% block " not in line] == []


@pytest.mark.parametrize("name", sorted(HTML))
def test_template_fetches_nothing_from_other_hosts(name):
    fetched = re.findall(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//[^"']+""", HTML[name])
    links = re.findall(r"""<a\b[^>]*href\s*=\s*["'](?:https?:)?//[^"']+""", HTML[name])

    assert len(fetched) == len(links)


# --- Python ---

SETTINGS_IMPORT = re.compile(
    r"^\s*(?:from|import) burlov_trygghet\.settings|^\s*from burlov_trygghet import .*\bsettings\b", re.MULTILINE
)


@pytest.mark.parametrize("name", sorted(PYTHON))
def test_module_does_not_import_the_settings_module(name):
    assert SETTINGS_IMPORT.findall(PYTHON[name]) == []


def test_imports_go_down_only():
    result = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")

    assert result.returncode == 0, result.stdout + result.stderr


# --- Addresses ---


def test_there_are_addresses_to_look_at():
    assert len(our_patterns()) > 60


def test_addresses_are_named_in_snake_case():
    names = [pattern.name or str(pattern.pattern) for _, pattern in our_patterns()]

    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_addresses_of_the_apps_are_named_in_their_namespace():
    spaces = {namespace for namespace, pattern in our_patterns() if not pattern.name.startswith("account_")}

    assert spaces == {"", "agreements", "focus_areas", "meetings", "reports"}
    assert {pattern.name for namespace, pattern in our_patterns() if not namespace} >= {"start", "search", "alive"}


def test_address_names_are_unique():
    names = [(namespace, pattern.name) for namespace, pattern in our_patterns()]

    assert sorted(names) == sorted(set(names))


# --- Production settings ---

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "En-lång-rad-tecken-som-bara-finns-i-det-här-testet-0123456789!",
    "ALLOWED_HOSTS": "trygghet.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://trygghet.example.org",
    "BEHIND_PROXY": "true",
}


def test_production_settings_give_no_warnings(tmp_path):
    result = run(
        sys.executable,
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        **PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}"},
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert "no issues" in result.stdout


def every_subclass(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from every_subclass(one)


def test_every_number_with_decimals_is_written_with_a_comma():
    import_module("burlov_trygghet.urls")

    fields = {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in every_subclass(PortalFormMixin)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DecimalField)
    }

    assert len(fields) >= 6
    assert [name for name, field in fields.items() if not isinstance(field, SwedishDecimalField)] == []
    assert {field.widget.attrs["inputmode"] for field in fields.values()} == {"decimal"}
