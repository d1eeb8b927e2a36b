"""What is remembered from one question to the next must answer as if each was the first."""

from math import ceil, floor, inf
from random import Random
from time import monotonic

import numpy as np
import pytest

from followup.disclosure.answers import TOLERANCE
from followup.disclosure.frame import KNOWN
from followup.disclosure.reader import Reader
from followup.disclosure.solver import Model
from tests.disclosure.test_drift import by_chance


def reader_and_model(number):
    """Somebody who remembers, and a model that they would ask; with the people."""
    frame, people = by_chance(number)
    known = list(frame.kinds == KNOWN)
    frame.entries = [None] * len(known)
    return Reader(frame, known, people, monotonic() + 10.0), Model(frame, 10.0, people), people


def groups(number, columns):
    chance = Random(number)
    return [np.array(sorted(chance.sample(range(columns), chance.randint(1, columns)))) for _ in range(25)]


def room_of(model, columns):
    low, high = model.ends(columns)
    return high if high == inf else floor(high + TOLERANCE) - max(0, ceil(low - TOLERANCE))


@pytest.mark.parametrize("number", range(40))
def test_a_room_is_what_the_ends_say_whatever_was_asked_before(number):
    reader, model, people = reader_and_model(number)
    for wanted, columns in enumerate(groups(number, len(people))):
        room = min(room_of(model, columns), wanted % 7)
        assert reader.limit(columns, wanted % 7) >= room, "it has less room than that"
        assert room == wanted % 7 or not reader.has_seen(columns, wanted % 7), "no table is that far away"
        assert reader.room(columns, wanted % 7) == room


def test_what_was_found_answers_for_smaller_groups():
    """Else each of thousands is asked for by itself, and a year of a small association takes minutes."""
    answered = asked = 0
    for number in range(40):
        reader, model, people = reader_and_model(number)
        for columns in groups(number, len(people)):
            reader.room(columns, inf)
        for columns in groups(-1 - number, len(people)):
            asked += 1
            answered += reader.limit(columns, inf) <= room_of(model, columns)
    assert answered > asked / 2
