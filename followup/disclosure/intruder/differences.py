"""Subtraction by hand: one shown number less another."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.bounds import SLACK, Impossible, fitted
from followup.disclosure.intruder.facts import Fact, groups_in
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import comparable, contains, meet, spelt_out, tells_a_kind
from followup.disclosure.intruder.worlds import Worlds


def differences(
    population: Population,
    facts: Iterable[Fact],
    old: Iterable[Fact] | None = None,
    still: Sequence[Selection] = (),
    is_known: Callable[[Selection, Selection, int], bool] = lambda *_: False,
) -> list[Finding]:
    """Two shown groups, one inside the other and differing in one variable or in time only.

    A rest that a head count tells in the open is none, nor a head count less nobody where head counts say as
    much. With `old`, only pairs of one of them and of `facts`, and none of two groups by nothing but time:
    what was corrected in them is that somebody came or went. And as the one number is from before a
    correction, the rest may be one more; but for a new number of people within a group that is `still` as
    many as it was. Nor is one that `is_known` without them: by the two groups, and the number between them.
    """
    found = []
    earlier = list(old or ())
    among = {id(fact) for fact in earlier}
    listed = [fact for fact in (*facts, *earlier) if fact.value is not None]
    open_to_all = [fact for fact in listed if fact.exempt]
    heads = [(fact, spelt_out(population, fact.selection)) for fact in open_to_all]
    for alike in comparable([(fact, spelt_out(population, fact.selection)) for fact in listed]).values():
        for (outer, around), (inner, within) in _near(alike):
            rest = (outer.value or 0) - (inner.value or 0)
            few = rest < max(outer.least, inner.least) and not (outer.exempt and inner.exempt)
            if not few or around == within or not contains(around, within):
                continue
            if old is not None:
                if (id(outer) in among) == (id(inner) in among) or not tells_a_kind(population, within):
                    continue
                new = around if id(inner) in among else within
                may_move = not any(contains(group, new) for group in still)
                if may_move and rest + 1 == max(outer.least, inner.least):
                    continue
            if any(
                head.value == rest and contains(around, group) and not meet(group, within)
                for head, group in heads
            ):
                continue
            if outer.exempt and not inner.value and _is_nobody(population, inner, open_to_all):
                continue
            if is_known(outer.selection, inner.selection, rest):
                continue
            place = f"{outer.place} minus {inner.place}"
            found.append(Finding(Exposure.DIFFERENCE, place, rest, rest))
    return found


def _is_nobody(population: Population, one: Fact, heads: Sequence[Fact]) -> bool:
    """True of a length that head counts leave to nobody: who stayed for a year was there when nobody was."""
    if not any(length.variable in one.selection for length in population.lengths):
        return False
    worlds = Worlds(population, groups_in([*heads, one], ()))
    try:
        _, most = fitted(worlds, heads).bounds([(1.0, worlds.columns(one.selection))])
    except Impossible:
        return False
    return most < SLACK


def _near(alike: Iterable[tuple[Fact, Selection]]) -> Iterator[tuple[tuple[Fact, Selection], ...]]:
    """Pairs of which the first is the larger by few."""
    ordered = sorted(alike, key=lambda one: one[0].value or 0)
    values = [fact.value or 0 for fact, _ in ordered]
    most = max((fact.least for fact, _ in ordered), default=0)
    for place, outer in enumerate(ordered):
        start = bisect_right(values, values[place] - most)
        for inner in ordered[start : bisect_right(values, values[place] - 1)]:
            yield outer, inner
