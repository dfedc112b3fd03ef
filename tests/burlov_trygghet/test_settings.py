"""What the environment decides, and what it may not say. Each case is a process of its own."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "En-lång-rad-tecken-som-bara-finns-i-det-här-testet-0123456789!",
    "ALLOWED_HOSTS": "trygghet.example.org, portal.example.org",
}


def read_settings(expression: str, tmp_path, **environment: str) -> subprocess.CompletedProcess:
    """Print what `expression` is worth, in a process where only this environment holds."""
    code = f"import django; django.setup(); from django.conf import settings; print({expression})"
    # Set but empty, so that this machine's own `.env` does not answer instead.
    defaults = dict.fromkeys(["DEBUG", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "HSTS_SECONDS"], "")
    defaults |= {"DATABASE_URL": f"sqlite:///{tmp_path / 'settings.sqlite3'}", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "burlov_trygghet.settings"} | defaults | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def value_of(expression: str, tmp_path, **environment: str) -> str:
    result = read_settings(expression, tmp_path, **environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("environment", "explanation"),
    [
        pytest.param({}, "SECRET_KEY is not set", id="no secret key"),
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY is not set", id="empty secret key"),
        pytest.param({"DEBUG": "yes"}, "DEBUG must be true or false, not 'yes'", id="debug is a word"),
        pytest.param({"DEBUG": "1"}, "DEBUG must be true or false, not '1'", id="debug is a number"),
        pytest.param(
            PRODUCTION | {"HSTS_SECONDS": "ett år"}, "HSTS_SECONDS must be a whole number", id="seconds in words"
        ),
        pytest.param(PRODUCTION | {"HSTS_SECONDS": "-1"}, "HSTS_SECONDS must be a whole number", id="negative seconds"),
    ],
)
def test_start_is_refused(tmp_path, environment, explanation):
    result = read_settings("settings.DEBUG", tmp_path, **environment)

    assert result.returncode != 0
    assert explanation in result.stderr


def test_debug_is_off_by_default(tmp_path):
    environment = {key: value for key, value in PRODUCTION.items() if key != "DEBUG"}

    assert value_of("settings.DEBUG", tmp_path, **environment) == "False"


def test_trial_does_without_a_secret_key(tmp_path):
    assert (
        value_of("(bool(settings.SECRET_KEY), settings.SECURE_SSL_REDIRECT)", tmp_path, DEBUG="true") == "(True, False)"
    )


def test_production_speaks_https_only(tmp_path):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    expression = "[" + ", ".join(f"settings.{name}" for name in names) + "]"

    assert value_of(expression, tmp_path, **PRODUCTION) == "[True, True, True, True]"


def test_secret_key_is_read_from_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("en-nyckel-från-en-fil\n", encoding="utf-8")
    environment = {"ALLOWED_HOSTS": "x.example.org", "SECRET_KEY_FILE": str(secret)}

    assert value_of("settings.SECRET_KEY", tmp_path, **environment) == "en-nyckel-från-en-fil"


def test_lists_are_split_at_commas(tmp_path):
    assert (
        value_of("settings.ALLOWED_HOSTS", tmp_path, **PRODUCTION) == "['trygghet.example.org', 'portal.example.org']"
    )


def test_policy_allows_nothing_inline_and_no_other_host():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert not any("unsafe" in source or "//" in source for sources in directives.values() for source in sources)


def test_example_names_every_variable_that_settings_read():
    folder = settings.BASE_DIR / "burlov_trygghet"
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    code = (folder / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"""(?:read_\w+|env\.\w+)\(\s*"([A-Z_]+)\"""", code))

    assert len(read) >= 10
    assert [name for name in sorted(read) if f"{name}=" not in example] == []


def test_mail_server_that_says_nothing_is_waited_for_ten_seconds(tmp_path):
    assert value_of("settings.EMAIL_TIMEOUT", tmp_path, **PRODUCTION) == "10"
