"""Codes that nobody has together are no hiding place: every reader knows them."""

from itertools import product
from random import Random

import pytest

from followup.disclosure import TOTAL, CountTable, Population, Release, Rule, Status, protect
from followup.disclosure.cells import _read
from followup.disclosure.intruder import attack
from tests.disclosure.onlooker import Onlooker
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube

RULE = Rule()
LEAST = 5
CODES = {
    "life": ("alive", "dead"),
    "went on": ("to work", "to care", "unknown"),
    "before": ("work", "none"),
    "began": ("yes", "no"),
}
IMPOSSIBLE = (
    {"life": frozenset({"dead"}), "went on": frozenset({"to work", "to care"})},
    {"before": frozenset({"none"}), "began": frozenset({"no"}), "went on": frozenset({"to work"})},
)
KNOWING = Population("p", CODES, impossible=IMPOSSIBLE)
UNKNOWING = Population("p", CODES)
SHAPES = (
    ("life",),
    ("went on",),
    ("began", "went on"),
    ("before",),
    ("before", "life"),
)


def people(seed: int) -> list[dict[str, str]]:
    chance = Random(seed)
    weights = {name: [chance.choice((1, 2, 8)) for _ in codes] for name, codes in CODES.items()}
    found = []
    for _ in range(chance.randint(25, 60)):
        one = {name: chance.choices(codes, weights[name])[0] for name, codes in CODES.items()}
        if not any(all(one[name] in part for name, part in codes.items()) for codes in IMPOSSIBLE):
            found.append(one)
    return found


def is_in(one: dict[str, str], axes: tuple[str, ...], codes: tuple[str, ...]) -> bool:
    return all(code in (TOTAL, one[axis]) for axis, code in zip(axes, codes, strict=True))


def tables(seed: int, population: Population) -> list[CountTable]:
    """Tables of who there are in a made-up world, with their totals."""
    found = []
    for axes in SHAPES:
        counts = {
            codes: sum(is_in(one, axes, codes) for one in people(seed))
            for codes in product(*((*CODES[axis], TOTAL) for axis in axes))
        }
        found.append(cube(" ".join(axes), counts, axes=axes, people=population))
    return found


def too_close(sources: list[CountTable], release: Release) -> int:
    """So many hidden cells have too little room for a reader who knows what cannot be."""
    onlooker = Onlooker(sources, list(release))
    found = 0
    for source, finished in zip(sources, release, strict=True):
        for codes, (selection, _) in _read(source).cells.items():
            if finished.cells[codes].status is Status.SUPPRESSED:
                least, most = onlooker.bounds((1, selection))
                found += most - least < LEAST
    return found


# Worlds where tables protected without that knowledge tell too much: of a hidden cell, or of a group that no
# table tells.
TOLD, UNTOLD = 57, (8, 9, 36)


@pytest.mark.parametrize("seed", [TOLD, *UNTOLD, *range(8)])
def test_hidden_cells_have_room_in_what_can_be(seed: int) -> None:
    sources = tables(seed, KNOWING)
    release = protect(sources, RULE)
    assert not too_close(sources, release)
    assert not attack(facts_of(release, sources, RULE, ""), populations={"p": KNOWING})


@pytest.mark.parametrize("seed", [TOLD, *UNTOLD])
def test_readers_notice_when_that_was_not_thought_of(seed: int) -> None:
    release = protect(tables(seed, UNKNOWING), RULE)
    sources = tables(seed, KNOWING)
    assert attack(facts_of(release, sources, RULE, ""), populations={"p": KNOWING})
    assert bool(too_close(sources, release)) == (seed == TOLD)
