"""Which passwords are let through; every example is one that people choose."""

import pytest

from followup.access.passwords import WeakPassword, check_strength, hash_password, is_right

OWN = ("anna.berg@sala.example", "Samordningsförbundet Prov")


@pytest.mark.parametrize(
    "password",
    [
        "tre lugna vita hästar",
        "grön cykel under bron",
        "x7#Qw-pL9z!mKd",
        "ask-björk-dal-eke-fors",
        "kaffekoppen står på pianot",
        "correct horse battery staple",
    ],
)
def test_a_good_password_is_let_through(password: str) -> None:
    check_strength(password, own_words=OWN)


@pytest.mark.parametrize(
    "password",
    [
        "lösenord1234",
        "Sommar2024!!",
        "L0senord2024",
        "P4ssw0rd!2024",
        "qwertyuiop123",
        "123456789012",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "anna.berg2024",
        "Samordning2024",
        "prov sala berg 1",
        "hejhejhejhej",
        "Västerås2024!",
        "            ",
    ],
)
def test_an_easy_password_is_refused_with_a_way_out(password: str) -> None:
    with pytest.raises(WeakPassword, match=r"lätt att gissa\. Välj"):
        check_strength(password, own_words=OWN)


def test_a_short_or_endless_password_is_refused() -> None:
    with pytest.raises(WeakPassword, match="minst 12 tecken"):
        check_strength("kort men ok")
    with pytest.raises(WeakPassword, match="högst 128 tecken"):
        check_strength("olika ord " * 13)


def test_a_password_is_the_same_however_the_keyboard_makes_its_letters() -> None:
    hashed = hash_password("tre lugna vita h\u00e4star")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_right("tre lugna vita ha\u0308star", hashed)
    assert not is_right("tre lugna vita hastar", hashed)


def test_without_a_hash_every_password_is_wrong() -> None:
    assert not is_right("", None)
    assert not is_right("tre lugna vita hästar", None)
