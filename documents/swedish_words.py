"""Small pieces of Swedish that sentences are put together from."""

from collections.abc import Iterable

from documents.swedish_dates import number_word


def joined(words: Iterable[str]) -> str:
    """a, b och c"""
    words = list(words)
    return f"{', '.join(words[:-1])} och {words[-1]}" if len(words) > 1 else "".join(words)


def counted(number: int, singular: str, plural: str, *, neuter: bool = False) -> str:
    """ett beslut, två beslut, 14 beslut"""
    return f"{number_word(number, neuter=neuter)} {singular if number == 1 else plural}"


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
