"""Numbers that earlier editions told without a row of their own: the sum of told parts, or what others leave.

As of age groups that are told together for the first time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.ledger import History, Told
from followup.disclosure.quantities import Box, Quantity, Span

Codes = frozenset[str]


class _Part(NamedTuple):
    """One of the numbers that make up another, and whether they are taken away."""

    sign: int
    told: Sequence[Told]


def with_sums(population: Population, quantities: Iterable[Quantity], history: History) -> History:
    """The history, and of those quantities that are not in it what editions told of them in sum.

    Only numbers of one edition are added up: of another they may be from before a correction.
    """
    families = _families(population, history)
    found = dict(history)
    for quantity in quantities:
        if quantity not in found:
            sums = (_sums(quantity, parts) for parts in _parts(population, quantity, families))
            told = next(filter(None, sums), None)
            if told:
                found[quantity] = told
    return found


def _families(
    population: Population, history: History
) -> Mapping[tuple[str, Box], dict[Codes, Sequence[Told]]]:
    """What was told by the codes of each variable, or of all of them, by it and by what is the same."""
    families: dict[tuple[str, Box], dict[Codes, Sequence[Told]]] = defaultdict(dict)
    for quantity, told in history.items():
        for name, codes in quantity.box:
            if not isinstance(codes, Span):
                families[name, _without(quantity, name)][codes] = told
    for (name, rest), family in families.items():
        whole = history.get(Quantity(population.name, rest))
        if whole is not None:
            family[frozenset(population.variables[name])] = whole
    return families


def _without(quantity: Quantity, name: str) -> Box:
    return tuple(part for part in quantity.box if part[0] != name)


def _parts(
    population: Population,
    quantity: Quantity,
    families: Mapping[tuple[str, Box], Mapping[Codes, Sequence[Told]]],
) -> Iterator[list[_Part]]:
    """The ways in which the quantity follows from what was told along one variable."""
    own = dict(quantity.box)
    for name, codes in population.variables.items():
        if codes == "time":
            continue
        every = frozenset(codes)
        chosen = own.get(name, every)
        family = families.get((name, _without(quantity, name)), {})
        if isinstance(chosen, Span) or not family:
            continue
        if together := _cover(chosen, family):
            yield [_Part(1, family[part]) for part in together]
        elif every in family and (others := _cover(every - chosen, family)):
            yield [_Part(1, family[every]), *(_Part(-1, family[part]) for part in others)]


def _cover(chosen: Codes, family: Iterable[Codes]) -> list[Codes]:
    """Sets that share no code and are `chosen` together; none when there are none that are easily found."""
    inside = sorted(
        (codes for codes in family if codes < chosen), key=lambda codes: (len(codes), sorted(codes))
    )
    for ordered in (inside[::-1], inside):
        found: list[Codes] = []
        seen: Codes = frozenset()
        for codes in ordered:
            if seen.isdisjoint(codes):
                found.append(codes)
                seen |= codes
        if seen == chosen:
            return found
    return []


def _sums(quantity: Quantity, parts: Sequence[_Part]) -> list[Told]:
    """By edition that told all the parts, the oldest first."""
    by_turn = [{one.turn: one for one in part.told} for part in parts]
    found = []
    for turn in sorted(set.intersection(*map(set, by_turn))):
        told = [each[turn] for each in by_turn]
        value = sum(part.sign * one.value for part, one in zip(parts, told, strict=True))
        least = max(one.least for one in told)
        found.append(Told(quantity, value, least, exempt=False, edition=told[0].edition, turn=turn))
    return found
