"""How hard a password is to guess: zxcvbn, with Swedish words and the portal's own names beside its English ones."""

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable

import zxcvbn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.password_words import SWEDISH_WORDS, YEARS
from privacy.dictionary import dictionary_entries

LONGEST_PASSWORD = 128
# zxcvbn takes no more, and the time it takes grows with the square. What follows can only make a password harder.
JUDGED_CHARACTERS = 72
# Ten thousand million guesses: at the pace that signing in allows (ADR 30), some thousand years.
FEWEST_GUESSES_LOG10 = 10
SHORTEST_NAME = 3
# The Swedish keys where an American keyboard has others: so that a walk over å, ä and ö is seen as the walk it is.
AMERICAN_KEYS = str.maketrans("åäöÅÄÖ", "['; {\":".replace(" ", ""))
WORDS = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")
USUAL_SIGNS = set(" .,-_!?")
SHORTEST_WORD, LONGEST_WORD = 4, 30
SIGNS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")
ENDINGS = ["en", "an", "n", "et", "t", "ar", "er", "or", "na", "orna", "arna", "erna", "s", "ens", "ans", "ets"]
ADVICE = (
    "Lösenordet är för lätt att gissa. Ta fyra egna ord som inte hör ihop, som i ”lampa tisdag kastanj trumma”. "
    "Namn, platser, årstider, årtal och rader på tangentbordet gissas först."
)
TOO_LONG = f"Lösenordet får ha högst {LONGEST_PASSWORD} tecken."

# zxcvbn keeps the words that it is given in a global; two threads would judge by each other's.
_one_at_a_time = threading.Lock()


class PasswordStrengthValidator:
    """Refuse a password that a guesser with Swedish words and the municipality's names would soon find.

    `names_from` is the path of a function that is given a person, or None, and returns names that the portal knows.
    """

    def __init__(self, names_from: str = ""):
        self.names_from = names_from

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(TOO_LONG, code="password_too_long")
        names = [settings.PORTAL_NAME, *names_of_person(user)]
        if self.names_from:
            names += import_string(self.names_from)(user)
        if guesses_log10(password, names) < FEWEST_GUESSES_LOG10:
            raise ValidationError(ADVICE, code="password_too_weak")

    def get_help_text(self) -> str:
        return "Ta gärna fyra ord som inte hör ihop. Namn, platser, årstider och årtal gissas först."


def names_of_person(user: User | None) -> list[str]:
    """Return what others know of the person; also of one who is being made and not saved yet."""
    if user is None:
        return []
    organisation = getattr(user, "organisation", None)
    known = [user.full_name, user.email, getattr(user, "title", ""), getattr(organisation, "name", "")]
    return [name for name in known if name]


def guesses_log10(password: str, names: Iterable[str] = ()) -> float:
    """Return how many guesses the password takes, as a power of ten, for who knows the names."""
    judged = unicodedata.normalize("NFC", password)[:JUDGED_CHARACTERS]
    likely = with_plain_letters([*words_of_names(names), *YEARS, *SWEDISH_WORDS])
    # One word with a year is no password, however rare the word: it comes after what is likelier.
    words = list(dict.fromkeys([*likely, *words_of_one(judged)]))
    # Signs between the letters make little harder, so that it is judged without them too: the usual ones for nothing,
    # each other kind as one of ten.
    packed = "".join(WORDS.findall(judged))
    signs = len(set(judged) - set(packed) - USUAL_SIGNS)
    with _one_at_a_time:
        guesses = {
            form: float(zxcvbn.zxcvbn(form, user_inputs=words)["guesses_log10"])
            for form in {judged, judged.translate(AMERICAN_KEYS), packed} - {""}
        }
    if packed != judged and packed:
        guesses[packed] += signs
    return min(guesses.values())


@functools.cache
def dictionary_words() -> frozenset[str]:
    """The words and names of the dictionary, with and without their dots, in small letters."""
    entries = {entry.lower() for entry in dictionary_entries() if len(entry) >= SHORTEST_NAME}
    return frozenset(with_plain_letters(sorted(entries)))


def words_of_one(password: str) -> list[str]:
    """Return the dictionary's words in a password whose letters are one word, compound or with signs for some.

    Several words that do not belong together are not looked up: how rare each is makes them hard to guess.
    """
    found = []
    for spelling in (password.lower(), password.lower().translate(SIGNS_FOR_LETTERS)):
        runs = {run for run in LETTERS.findall(spelling) if len(run) >= SHORTEST_NAME}
        words = words_in(runs.pop()) if len(runs) == 1 else []
        longest = max(map(len, words), default=0)
        found += words if longest * 2 >= len(max(LETTERS.findall(spelling), key=len, default="")) else []
    return found


def words_in(run: str) -> list[str]:
    ends = range(SHORTEST_WORD, min(len(run), LONGEST_WORD) + 1)
    parts = [run[start : start + length] for length in ends for start in range(len(run) - length + 1)]
    return [part for part in parts if is_word(part)]


def is_word(text: str) -> bool:
    """Whether the dictionary has it, or it without an ending: kråkan of kråka, bullarna of bulle."""
    words = dictionary_words()
    if text in words:
        return True
    stems = [text.removesuffix(ending) for ending in ENDINGS if text.endswith(ending)]
    return any(f"{stem}{vowel}" in words for stem in stems if len(stem) >= SHORTEST_NAME for vowel in ("", "a", "e"))


def words_of_names(names: Iterable[str]) -> list[str]:
    """Return each word of the names, and each name in one run: burlövs, kommun, burlövskommun, burlöv."""
    found = []
    for name in names:
        words = WORDS.findall(name.lower())
        long_enough = [word for word in words if len(word) >= SHORTEST_NAME]
        found += ["".join(words), *long_enough, *(word[:-1] for word in long_enough if word.endswith("s"))]
    return [word for word in found if len(word) >= SHORTEST_NAME]


def with_plain_letters(words: Iterable[str]) -> list[str]:
    """Return the words, each followed by itself without its dots and accents where it has any."""
    found = []
    for word in words:
        found.append(word)
        plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
        if plain != word:
            found.append(plain)
    return found
