"""What the browser carries for us opens here, for its own purpose and in time, or not at all."""

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from followup.keys import KeyRing
from followup.sealing import SealBroken, Sealer

SEALER = Sealer(KeyRing.generate())


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner)))
def test_what_was_sealed_comes_back(value: object) -> None:
    assert SEALER.open("undo", SEALER.seal("undo", value)) == value


def test_the_content_cannot_be_read_from_outside() -> None:
    assert "hemlig" not in SEALER.seal("undo", "hemlig")


def test_a_seal_opens_for_no_other_purpose() -> None:
    with pytest.raises(SealBroken):
        SEALER.open("resume", SEALER.seal("undo", 1))


def test_another_installation_cannot_open_it() -> None:
    with pytest.raises(SealBroken):
        Sealer(KeyRing.generate()).open("undo", SEALER.seal("undo", 1))


def test_an_old_seal_is_refused(clock: time_machine.Traveller) -> None:
    sealed = SEALER.seal("undo", 1)
    clock.shift(59)
    assert SEALER.open("undo", sealed, seconds=60) == 1
    clock.shift(2)
    with pytest.raises(SealBroken):
        SEALER.open("undo", sealed, seconds=60)


@given(st.integers(min_value=0), st.characters())
def test_a_changed_letter_breaks_the_seal(place: int, letter: str) -> None:
    sealed = SEALER.seal("undo", {"key": "value"})
    place %= len(sealed)
    changed = sealed[:place] + letter + sealed[place + 1 :]
    if changed == sealed:
        return
    with pytest.raises(SealBroken):
        SEALER.open("undo", changed)


@pytest.mark.parametrize(("letter", "alike"), [("-", "+"), ("_", "/")])
def test_a_letter_that_is_read_alike_breaks_the_seal(letter: str, alike: str) -> None:
    """Two alphabets of the encoding are read as one."""
    sealed = next(text for _ in range(1000) if letter in (text := SEALER.seal("undo", {"key": "value"})))
    with pytest.raises(SealBroken):
        SEALER.open("undo", sealed.replace(letter, alike))


@given(st.text())
def test_any_text_is_opened_or_refused_without_a_crash(text: str) -> None:
    with pytest.raises(SealBroken):
        SEALER.open("undo", text)
