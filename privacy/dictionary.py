"""The Swedish dictionary that spylls ships."""

from importlib.resources import files


def dictionary_entries() -> list[str]:
    """Return the dictionary's entries as they are written, names with a capital letter. Read anew each time: 1 MB."""
    dictionary = files("spylls") / "hunspell" / "data" / "sv" / "sv_SE.dic"
    lines = dictionary.read_text(encoding="utf-8", errors="ignore").splitlines()[1:]
    return [line.partition("/")[0] for line in lines]
