"""Which part of a population a number counts, written in one way only, so that equal parts are one quantity.

A *box* gives for each restricted variable a set of codes or a span of months. Two cells of different tables
that count the same people get the same box, and are therefore shown or hidden together.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Population, Selection

EVER = -(10**6)
NEVER = 10**6


class Span(NamedTuple):
    """Months as ordinals (year × 12 + month − 1), half open: first ≤ month < after. NEVER means not yet."""

    first: int
    after: int


Chosen = frozenset[str] | Span
Box = tuple[tuple[str, Chosen], ...]


class Quantity(NamedTuple):
    """A number of people: those of `population` inside `box` (sorted by variable, nothing redundant)."""

    population: str
    box: Box


Form = tuple[tuple[int, Quantity], ...]


def quantity_of(population: Population, selection: Selection) -> Quantity | None:
    """The quantity that a selection counts; None when nobody can be in it."""
    parts = {name: _span(part) if isinstance(part, MonthRange) else part for name, part in selection.items()}
    return settled(population, parts)


def settled(population: Population, parts: Mapping[str, Chosen]) -> Quantity | None:
    """The one way to write a box: months tightened by the order of events, no part that restricts nothing."""
    given: list[tuple[str, Span]] = []
    box: list[tuple[str, Chosen]] = []
    for variable, chosen in parts.items():
        if isinstance(chosen, Span):
            given.append((variable, chosen))
        elif not _is_everything(chosen, population.variables[variable]):
            box.append((variable, chosen))
    names = tuple(name for name, codes in population.variables.items() if codes == "time")
    spans = tightened(names, population.order, tuple(given))
    if spans is None or not all(chosen for _, chosen in box):
        return None
    return Quantity(population.name, tuple(sorted([*box, *spans])))


def _is_everything(chosen: frozenset[str], codes: Iterable[str]) -> bool:
    return chosen.issuperset(codes) and chosen == frozenset(codes)


# Few periods are in use.
@lru_cache(maxsize=1_000)
def tightened(
    names: tuple[str, ...], order: tuple[tuple[str, str], ...], given: tuple[tuple[str, Span], ...]
) -> tuple[tuple[str, Span], ...] | None:
    """The spans that restrict anything, tightened by the order of events; None when they leave nobody."""
    spans = dict.fromkeys(names, Span(EVER, NEVER)) | dict(given)
    _tighten(spans, order)
    if any(span.first >= span.after for span in spans.values()):
        return None
    return tuple((name, span) for name, span in spans.items() if span != Span(EVER, NEVER))


def inside(
    population: Population, quantities: Iterable[Quantity], spans: Mapping[str, Span]
) -> dict[Quantity, Quantity | None]:
    """Of each quantity those to whom everything happened within the spans; None when that is nobody."""
    names = tuple(name for name, codes in population.variables.items() if codes == "time")
    found: dict[Quantity, Quantity | None] = {}
    known: dict[Box, Box | None] = {}
    for quantity in quantities:
        times = time_box(quantity)
        if times not in known:
            known[times] = tightened(names, population.order, _common(dict(times), spans))
        part = known[times]
        codes = [one for one in quantity.box if not isinstance(one[1], Span)]
        box = None if part is None else tuple(sorted([*codes, *part]))
        found[quantity] = None if box is None else Quantity(quantity.population, box)
    return found


def _common(times: Mapping[str, Chosen], spans: Mapping[str, Span]) -> tuple[tuple[str, Span], ...]:
    """Both, on each variable."""
    both = {name: span for name, span in times.items() if isinstance(span, Span)}
    for name, span in spans.items():
        own = both.get(name, span)
        both[name] = Span(max(own.first, span.first), min(own.after, span.after))
    return tuple(both.items())


def difference(population: Population, outer: Quantity, inner: Quantity) -> Quantity | None:
    """Those in `outer` and not in `inner`, where that is a quantity: the two differ in one variable."""
    around, within = dict(outer.box), dict(inner.box)
    for name, chosen in within.items():
        if around.get(name) == chosen or settled(population, {**around, name: chosen}) != inner:
            continue
        rest = _rest(population, name, around.get(name), chosen)
        return None if rest is None else settled(population, {**around, name: rest})
    return None


def _rest(population: Population, name: str, outer: Chosen | None, inner: Chosen) -> Chosen | None:
    if isinstance(inner, Span):
        span = outer if isinstance(outer, Span) else Span(EVER, NEVER)
        if span.first == inner.first:
            return Span(inner.after, span.after)
        return Span(span.first, inner.first) if span.after == inner.after else None
    codes = outer if isinstance(outer, frozenset) else frozenset(population.variables[name])
    return codes - inner


def _span(months: MonthRange) -> Span:
    first = EVER if months.first is None else ordinal(months.first)
    after = NEVER if months.last is None else ordinal(months.last) + 1
    return Span(first, after)


@cache
def ordinal(month: str) -> int:
    """ "2023-05" -> months since year 0. Raises ValueError."""
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def month_text(number: int) -> str | None:
    """The inverse of `ordinal`; None for an open end."""
    return None if number in (EVER, NEVER) else f"{number // 12:04d}-{number % 12 + 1:02d}"


def _tighten(spans: dict[str, Span], order: Iterable[tuple[str, str]]) -> None:
    """Earlier ≤ later: say in each span what the other already implies."""
    pairs = list(order)
    for _ in pairs:
        for earlier, later in pairs:
            one, two = spans[earlier], spans[later]
            spans[later] = Span(max(two.first, one.first), two.after)
            spans[earlier] = Span(one.first, min(one.after, two.after))


def last_month(quantities: Iterable[Quantity]) -> int | None:
    """The month after the last one that any of the quantities names; None when they name none."""
    months = {month for one in quantities for span in time_part(one).values() for month in span}
    return max(months - {EVER, NEVER}, default=None)


def is_time(chosen: Chosen) -> bool:
    """True for a span of months."""
    return isinstance(chosen, Span)


def time_box(quantity: Quantity) -> Box:
    """The spans of months of a quantity, as in its box."""
    return tuple([part for part in quantity.box if isinstance(part[1], Span)])


def time_part(quantity: Quantity) -> dict[str, Span]:
    """The spans of months of a quantity, by time variable."""
    return {name: chosen for name, chosen in quantity.box if isinstance(chosen, Span)}


def times_of(quantity: Quantity) -> Quantity:
    """Everybody within the same times."""
    return quantity._replace(box=time_box(quantity))


def code_part(quantity: Quantity) -> dict[str, frozenset[str]]:
    """The sets of codes of a quantity, by variable."""
    return {name: chosen for name, chosen in quantity.box if not isinstance(chosen, Span)}


def contains(outer: Quantity, inner: Quantity) -> bool:
    """True when everybody in `inner` is surely in `outer`."""
    if outer.population != inner.population:
        return False
    within = dict(inner.box)
    return all(name in within and _covers(chosen, within[name]) for name, chosen in outer.box)


def meets(one: Quantity, other: Quantity) -> bool:
    """True when somebody could be in both."""
    theirs = dict(other.box)
    return all(_meet(chosen, theirs[name]) for name, chosen in one.box if name in theirs)


def _meet(one: Chosen, other: Chosen) -> bool:
    if isinstance(one, Span) and isinstance(other, Span):
        return one.first < other.after and other.first < one.after
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return bool(one & other)
    return False


def _covers(outer: Chosen, inner: Chosen) -> bool:
    if isinstance(outer, Span) and isinstance(inner, Span):
        return outer.first <= inner.first and inner.after <= outer.after
    if isinstance(outer, frozenset) and isinstance(inner, frozenset):
        return inner <= outer
    return False


@lru_cache(maxsize=10_000)
def text_of(quantity: Quantity) -> str:
    """A stable identity, equal on every platform: for ordering, tie-breaks and the ledger."""
    parts = [
        f"{name}={month_text(chosen.first) or ''}..{month_text(chosen.after) or ''}"
        if isinstance(chosen, Span)
        else f"{name}={','.join(sorted(chosen))}"
        for name, chosen in quantity.box
    ]
    return f"{quantity.population}[{'; '.join(parts)}]"


def to_record(quantity: Quantity) -> dict[str, object]:
    """A JSON-able record of the quantity; `from_record` reads it back."""
    box: dict[str, object] = {}
    for name, chosen in quantity.box:
        if isinstance(chosen, Span):
            box[name] = {"from": month_text(chosen.first), "before": month_text(chosen.after)}
        else:
            box[name] = sorted(chosen)
    return {"population": quantity.population, "box": box}


def from_record(record: Mapping[str, object]) -> Quantity:
    """The quantity of a record made by `to_record`. Raises ValueError when it is no such record."""
    population, box = record.get("population"), record.get("box")
    if not isinstance(population, str) or not isinstance(box, dict):
        raise ValueError("not a record of a quantity")
    return Quantity(population, tuple(sorted(_part(name, part) for name, part in box.items())))


def _part(name: str, part: object) -> tuple[str, Chosen]:
    if isinstance(part, dict):
        return _months_of(name, part["from"], part["before"])
    if isinstance(part, list):
        return _codes_of(name, tuple(map(str, part)))
    raise ValueError("not a record of a quantity")


# A register of many editions names the same few spans and sets of codes in thousands of records.
@lru_cache(maxsize=10_000)
def _months_of(name: str, first: str | None, after: str | None) -> tuple[str, Chosen]:
    return name, Span(EVER if first is None else ordinal(first), NEVER if after is None else ordinal(after))


@lru_cache(maxsize=10_000)
def _codes_of(name: str, codes: tuple[str, ...]) -> tuple[str, Chosen]:
    return name, frozenset(codes)
