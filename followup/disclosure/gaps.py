"""Spans of time that nobody told, but that told spans add up to: the year less its two first thirds.

Told spans of one variable, alike in everything else, are edges between months: each says how many came
between its ends. Between any two months that edges connect, over others as well, the number follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.quantities import EVER, NEVER, Box, Quantity, Span, settled, tightened

Order = tuple[tuple[str, str], ...]


class Edge(NamedTuple):
    """So many came in a span of months; a bare head count or not, told before or not."""

    span: Span
    value: int
    exempt: bool
    new: bool


class Gap(NamedTuple):
    """A group that was not told and the number that follows for it."""

    quantity: Quantity
    value: int


class Line(NamedTuple):
    """The variable along which spans are told, and everything else that those counted have in common."""

    variable: str
    rest: Box


def lines_of(population: Population, times: Box) -> Sequence[tuple[Line, Span]]:
    """For each time variable what the spans of a quantity are when it alone is another."""
    names = tuple([name for name, codes in population.variables.items() if codes == "time"])
    return _lines(names, population.order, times)


@lru_cache(maxsize=1_000)
def _lines(names: tuple[str, ...], order: Order, times: Box) -> Sequence[tuple[Line, Span]]:
    spans = {name: chosen for name, chosen in times if isinstance(chosen, Span)}
    return [
        (Line(name, _without(name, names, order, spans)), spans.get(name, Span(EVER, NEVER)))
        for name in names
    ]


def _without(variable: str, names: tuple[str, ...], order: Order, spans: Mapping[str, Span]) -> Box:
    """The spans of the others, without what follows from that of the variable: who ended had started."""
    whole = tightened(names, order, tuple(spans.items()))
    loose = dict(spans)
    for name in spans:
        for end in ({"first": EVER}, {"after": NEVER}):
            looser = {**loose, name: loose[name]._replace(**end)}
            if name != variable and tightened(names, order, tuple(looser.items())) == whole:
                loose = looser
    rest = {name: span for name, span in loose.items() if name != variable and span != Span(EVER, NEVER)}
    return tuple(sorted(rest.items()))


def gaps(population: Population, codes: Box, line: Line, edges: Sequence[Edge], least: int) -> Iterator[Gap]:
    """Small groups that follow from the edges of a line together, and neither from bare head counts alone nor
    from what was told before alone.

    codes  what those counted have in common beside times
    """
    place = _places(edges)
    told = {one.span for one in edges}
    few = [
        (Span(first, after), value)
        for first, after in combinations(sorted(place), 2)
        if (value := _between(place, first, after)) is not None and 0 < value < least
        if (first, after) not in told
    ]
    if not few:
        return
    known = [_places([one for one in edges if one.exempt]), _places([one for one in edges if not one.new])]
    for span, value in few:
        if all(_between(places, *span) is None for places in known):
            quantity = settled(population, {**dict(codes), **dict(line.rest), line.variable: span})
            if quantity is not None:
                yield Gap(quantity, value)


# By month the number of its connected part, and how many came from the first month of that part until it.
Places = Mapping[int, tuple[int, int]]


def _places(edges: Iterable[Edge]) -> Places:
    steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in edges:
        steps[edge.span.first].append((edge.span.after, edge.value))
        steps[edge.span.after].append((edge.span.first, -edge.value))
    places: dict[int, tuple[int, int]] = {}
    for number, start in enumerate(sorted(steps)):
        waiting = [] if start in places else [(start, 0)]
        while waiting:
            month, before = waiting.pop()
            if month not in places:
                places[month] = number, before
                waiting += [(other, before + value) for other, value in steps[month]]
    return places


def _between(places: Places, first: int, after: int) -> int | None:
    """How many came between two months; None where no edges connect them."""
    if first not in places or after not in places or places[first][0] != places[after][0]:
        return None
    return places[after][1] - places[first][1]
