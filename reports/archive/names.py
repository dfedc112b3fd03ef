"""Names of files in the package that every system can unpack: no folders of their own, none too long, none twice."""

import re
import unicodedata

from documents.file_types import safe_file_name

# Common file systems take 255 bytes; a number is added to what comes twice.
MOST_BYTES = 180
LONGEST_EXTENSION = 10


class Names:
    """The paths that are taken; without regard to capitals, as Windows and macOS see them."""

    def __init__(self):
        self.taken: set[str] = set()

    def path_for(self, folder: str, name: str) -> str:
        stem, extension = parted(safe_name(name))
        number, path = 1, placed(folder, f"{stem}{extension}")
        while path.casefold() in self.taken:
            number += 1
            path = placed(folder, f"{stem} ({number}){extension}")
        self.taken.add(path.casefold())
        return path


def placed(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def safe_name(name: str) -> str:
    """KS/2026:411 becomes KS-2026-411; letters as å, ä and ö are kept."""
    # A lone half of a pair cannot be written as UTF-8.
    sound = unicodedata.normalize("NFC", name).encode("utf-8", "ignore").decode()
    stem, extension = parted(safe_file_name(re.sub(r"[/\\:]+", "-", sound)))
    room = MOST_BYTES - len(extension.encode())
    return (stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") or "fil") + extension


def parted(name: str) -> tuple[str, str]:
    """The name and its extension, with the dot; what is long after a dot is no extension."""
    stem, dot, extension = name.rpartition(".")
    if not stem or not dot or len(extension) > LONGEST_EXTENSION or not extension.isalnum():
        return name, ""
    return stem, dot + extension
