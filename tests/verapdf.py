"""What veraPDF says of files: one start for many, because each start takes seconds."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings

PROFILES = ("3a", "ua1")


def verdicts(pdfs: Mapping[str, bytes], folder: Path) -> list[str]:
    """What veraPDF prints of each file; skipped where it is not installed, unless REQUIRE_VERAPDF is 1."""
    paths = [folder / f"{name}.pdf" for name in pdfs]
    for path, pdf in zip(paths, pdfs.values(), strict=True):
        path.write_bytes(pdf)
    done = subprocess.run([settings.BASE_DIR / "scripts" / "verapdf", *paths], capture_output=True, text=True)
    if done.returncode == 127 and os.environ.get("REQUIRE_VERAPDF") != "1":
        pytest.skip("veraPDF is not installed: scripts/verapdf --install")
    # What it finds odd in fonts that it accepts, it says on the other channel.
    return done.stdout.replace(f"{folder}/", "").splitlines() or [done.stderr]


def accepted(names) -> list[str]:
    """What veraPDF prints when every file is what it says it is, in both profiles."""
    return [f"PASS {name}.pdf {profile}" for name in names for profile in PROFILES]
