"""What head counts say of how long parts of a whole can have been there, beside the lengths of everybody.

A team that nobody was in when the year began had short stays alone, and one that nobody has come to for two
years long ones. Head counts tell it and are not hidden for it. Where such parts have nearly all who are told
to have been there so short or so long, few of the others had: the lengths of everybody are hidden.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from followup.disclosure.cells import Population
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.finish import Hidden
from followup.disclosure.ledger import Ledger
from followup.disclosure.length import Length
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Box,
    Quantity,
    Span,
    code_part,
    is_time,
    settled,
    time_box,
    time_part,
)
from followup.disclosure.ranks import families

Codes = frozenset[str]
Numbers = Mapping[Quantity, int]


class Flow(NamedTuple):
    """What is told of those of some codes: by month how many were there, and came and ended from then on.

    Those counted who came and ended until the time that is asked about was over.
    """

    there: Mapping[int, int]
    came: Mapping[int, int]
    ended: Mapping[int, int]


class Stretch(NamedTuple):
    """Months in which people ended, how many, and how long these had been there by what is told of it."""

    span: Span
    everybody: float
    told: Mapping[Codes, int]


def told_by_starts(collection: Collection, ledger: Ledger, hidden: Hidden) -> Hidden:
    """The lengths of everybody in a time, where parts that came late or early leave few for the others."""
    found: Hidden = {}
    numbers = _known(collection, ledger, hidden)
    for name, population in collection.populations.items():
        entries = {one.quantity: one for one in collection.of(name) if one.quantity not in hidden}
        for length in population.lengths:
            ever = _by_whole([one for one in numbers if one.population == name], length)
            for whole, bands in _by_whole(entries, length).items():
                alike = [one for one in entries.values() if time_box(one.quantity) == time_box(whole)]
                groups = list(families(alike, whole))
                least = max(entries[one].least for one in bands.values())
                if any(
                    _tells(population, length, stretch, groups, numbers, least)
                    for stretch in _stretches(length, whole, ever, numbers)
                ):
                    found |= dict.fromkeys(bands.values(), Reason.DERIVABLE)
    return found


def _stretches(
    length: Length, whole: Quantity, ever: Mapping[Quantity, Mapping[Codes, Quantity]], numbers: Numbers
) -> Iterator[Stretch]:
    """The months of a group, and those that another time told of within them leaves at either end."""
    span = _months(length, whole)
    if span.first == EVER or span.after == NEVER:
        return
    told = {codes: numbers[one] for codes, one in ever[whole].items()}
    yield Stretch(span, numbers.get(whole, inf), told)
    for inner, bands in ever.items():
        months = _months(length, inner)
        if inner == whole or _codes(inner) != _codes(whole) or whole not in numbers or inner not in numbers:
            continue
        left = numbers[whole] - numbers[inner]
        less = {
            codes: number
            for codes, one in bands.items()
            if (number := _less(told, codes, numbers[one])) is not None
        }
        told_of_them = {codes: people for codes, people in less.items() if people is not None}
        if months.first == span.first and months.after < span.after:
            yield Stretch(Span(months.after, span.after), left, told_of_them)
        elif months.after == span.after and months.first > span.first:
            yield Stretch(Span(span.first, months.first), left, told_of_them)


def _less(told: Mapping[Codes, int], codes: Codes, number: int) -> int | None:
    """How many more are told to have one of the codes, where bands that are no wider tell of all of them."""
    within = {band: people for band, people in told.items() if band <= codes}
    return sum(within.values()) - number if frozenset[str]().union(*within) == codes else None


def _months(length: Length, whole: Quantity) -> Span:
    return time_part(whole).get(length.later, Span(EVER, NEVER))


def _tells(
    population: Population,
    length: Length,
    stretch: Stretch,
    groups: Sequence[Sequence[Entry]],
    numbers: Numbers,
    least: int,
) -> bool:
    """Whether parts that came late or early leave fewer than `least` of some lengths for others."""
    parts = [one.quantity for group in groups for one in group]
    flows = _flows(population, length, parts, stretch.span, numbers)
    for lengths in _ends([*length.months]):
        most = _most(lengths, stretch)
        # Where bands tell of nobody who had another, they tell of nobody.
        for group in groups if most < stretch.everybody else ():
            said = sum(_said(length, lengths, flows[one.quantity], stretch.span) for one in group)
            if said and most - said < least:
                return True
    return False


def _known(collection: Collection, ledger: Ledger, hidden: Hidden) -> Numbers:
    """Everything told, as it was told last."""
    numbers = {one.quantity: one.value for one in ledger.told}
    return numbers | {
        one.quantity: one.value for one in collection.entries.values() if one.quantity not in hidden
    }


def _by_whole(quantities: Iterable[Quantity], length: Length) -> Mapping[Quantity, Mapping[Codes, Quantity]]:
    """The lengths told of each group, by their codes."""
    found: dict[Quantity, dict[Codes, Quantity]] = {}
    for quantity in quantities:
        codes = code_part(quantity).get(length.variable)
        if codes is not None:
            box = tuple(part for part in quantity.box if part[0] != length.variable)
            found.setdefault(quantity._replace(box=box), {})[codes] = quantity
    return found


def _ends(order: Sequence[str]) -> Iterator[Codes]:
    """The shortest lengths, so many of them, and the longest."""
    for at in range(1, len(order)):
        yield frozenset(order[:at])
        yield frozenset(order[at:])


def _most(lengths: Codes, stretch: Stretch) -> float:
    """So many at most had one of the lengths, as far as bands tell it."""
    within = {codes: number for codes, number in stretch.told.items() if codes <= lengths}
    beside = sum(number for codes, number in stretch.told.items() if not codes & lengths)
    is_all_told = frozenset[str]().union(*within) >= lengths
    return min(stretch.everybody - beside, sum(within.values()) if is_all_told else stretch.everybody)


def _flows(
    population: Population, length: Length, parts: Iterable[Quantity], span: Span, numbers: Numbers
) -> dict[Quantity, Flow]:
    """What is told of each part, at any time."""
    of = {_codes(part): part for part in parts}
    there: dict[Quantity, dict[int, int]] = {part: {} for part in of.values()}
    came: dict[Quantity, dict[Span, int]] = {part: {} for part in of.values()}
    ended: dict[Quantity, dict[Span, int]] = {part: {} for part in of.values()}
    for quantity, number in numbers.items():
        part = of.get(_codes(quantity)) if quantity.population == population.name else None
        if part is None:
            continue
        codes, times = code_part(quantity), time_part(quantity)
        start, end = (times.get(name, Span(EVER, NEVER)) for name in (length.earlier, length.later))
        if quantity == settled(population, {**codes, length.earlier: start}):
            came[part][start] = number
        elif quantity == settled(population, {**codes, length.later: end}):
            ended[part][end] = number
        elif (start, end) == (Span(EVER, end.first), Span(end.first, NEVER)):
            there[part][end.first] = number
    return {
        part: Flow(there[part], _until(came[part], span.after), _until(ended[part], span.after))
        for part in of.values()
    }


def _codes(quantity: Quantity) -> Box:
    return tuple(part for part in quantity.box if not is_time(part[1]))


def _until(told: Mapping[Span, int], after: int) -> Mapping[int, int]:
    """By month how many there were from then until `after`, as far as what is told adds up to it, or less."""
    found = {after: 0}
    waiting = [after]
    while waiting:
        month = waiting.pop()
        for span, number in told.items():
            if span.after == month and span.first not in found:
                found[span.first] = found[month] + number
                waiting.append(span.first)
            elif span.first == month and span.after not in found:
                found[span.after] = found[month] - number
                waiting.append(span.after)
    return found


def _said(length: Length, lengths: Codes, flow: Flow, span: Span) -> int:
    """So many at least of those who ended in the time are told to have had one of the lengths."""
    everybody = flow.ended.get(span.first)
    if everybody is None:
        return 0
    found = [0]
    # Whoever ended since a month and was not there by then came since.
    for month, number in flow.there.items():
        since = everybody if month <= span.first else flow.ended.get(month, 0)
        if _that_last(length, 0, span.after - 1 - month) <= lengths:
            found.append(since - number)
    # Whoever did not come since a month came before.
    for month, number in flow.came.items():
        if month <= span.first and _that_last(length, span.first - month + 1, None) <= lengths:
            found.append(everybody - number)
    return max(found)


def _that_last(length: Length, fewest: int, most: int | None) -> Codes:
    """The codes of lengths of so many months."""
    return frozenset(
        code
        for code, (least, greatest) in length.months.items()
        if (most is None or least <= most) and (greatest is None or greatest >= fewest)
    )
