"""What a guesser with Swedish words and the municipality's names finds is refused; four words of one's own pass."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.password_strength import ADVICE, FEWEST_GUESSES_LOG10, TOO_LONG, guesses_log10
from tests.factories import PASSWORD, as_person

NAMES = ["Burlöv trygghet", "Maja Lind", "maja.lind@burlov.example", "Burlövs kommun", "Arlöv", "Åkarp"]
WEAK_ONES = """
aaaaaaaaaaaa sommaren2026 burlovskommun MajaLindMajaLind dniLajaMdniLajaM Polisen2026!! qwertyuiopå1 asdfghjklöä1
öäåöäåöäåöäå poiuytrewq12 Fotboll2026!! hejsan123456 Sverige2026! Malmöff1910! Stockholm1234 Välkommen2026
Lösenord12345 Arlöv2026Burlöv Februari2026! HejHejHej123 lindmaja2026! maja.lind@burlov.example BurlövTrygghet1
Kråkan202612! krakan202612 Systembolaget1! Blåklocka2026! Sockerbagare12! Hästkrafter99! Tr4dg4rdsm4st4r31 Ugglan202612!
Kanelbullar2026! Öresundsbron2026! Älgen202612! Räven2026räven jagälskardig123 Burlov-Kommun-2026!
1234567890123 Burlovs.Kommun.2026 P0lisen2026!! Lind-Maja-1984 zxcvbnm,.-123 1qaz2wsx3edc
"""
STRONG = [
    "sju gröna cyklar 88",
    "lampa tisdag kastanj trumma",
    "vinge moln ostron spade",
    "hus sol katt båt fjäll",
    "g7Kd!92hsQpw",
    "xK8#qL2$vN9!",
    "mjölkpall rostig kvist",
    "Vi ses vid bryggan klockan nio",
    "nbpkv-p3emy-sahnj",
]


@pytest.mark.parametrize("password", WEAK_ONES.split())
def test_what_is_soon_guessed_is_too_weak(password):
    assert guesses_log10(password, NAMES) < FEWEST_GUESSES_LOG10


@pytest.mark.parametrize("password", STRONG)
def test_words_that_do_not_belong_together_pass(password):
    assert guesses_log10(password, NAMES) >= FEWEST_GUESSES_LOG10


@pytest.mark.parametrize("password", ["a" * 100_000, "1a!" * 40, "åäö" * 42, "@4$5" * 32])
def test_long_input_is_judged_quickly(password):
    started = time.process_time()

    guesses_log10(password, NAMES)

    assert time.process_time() - started < 2


def test_longer_than_anybody_writes_is_refused_before_it_is_judged(db):
    with pytest.raises(ValidationError) as refused:
        validate_password("lampa tisdag kastanj trumma " * 5)

    assert TOO_LONG in refused.value.messages


@pytest.mark.parametrize("password", ["Åkarp-Åkarp-2026", "brottsforebyggande1"])
def test_portals_own_names_are_known_wherever_a_password_is_set(client, agreement, coordinator, password):
    agreement.areas.get_or_create(name="Åkarp")
    as_person(client, coordinator)

    page = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )

    assert ADVICE in page.context["form"].errors["password1"]
    assert User.objects.get(pk=coordinator.pk).check_password(PASSWORD)
