"""Lengths of everybody beside what head counts say of those of parts of them.

Where a team that came late, or that nobody comes to, has nearly all who are told to have been there so short
or so long, few of the others had. Head counts are not hidden for it, so the lengths of everybody are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

from followup.disclosure.collect import Collection, Entry
from followup.disclosure.finish import Hidden
from followup.disclosure.ledger import Ledger
from followup.disclosure.length import Length
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Quantity,
    Span,
    code_part,
    meets,
    time_box,
    time_part,
)
from followup.disclosure.ranks import Said, families
from followup.disclosure.starts import Codes, Numbers, Starts, codes_of


class Stretch(NamedTuple):
    """Months in which people ended, how many, and how long these had been there by what is told of it."""

    span: Span
    everybody: float
    told: Mapping[Codes, int]


def said_by_starts(collection: Collection, ledger: Ledger, hidden: Hidden) -> Said:
    """So many at least of a group are told by head counts to have had one of some lengths."""
    numbers = _known(collection, ledger, hidden)
    starts = {
        (name, length.variable): (length, Starts(population, length, numbers))
        for name, population in collection.populations.items()
        for length in population.lengths
    }

    def said(quantity: Quantity, variable: str, lengths: Codes) -> int:
        length, told = starts[quantity.population, variable]
        return told.at_least(codes_of(quantity), lengths, _months(length, quantity))

    return said


def told_by_starts(collection: Collection, ledger: Ledger, hidden: Hidden) -> Hidden:
    """The lengths of everybody in a time, where parts that came late or early leave few for the others."""
    found: Hidden = {}
    numbers = _known(collection, ledger, hidden)
    for name, population in collection.populations.items():
        entries = {one.quantity: one for one in collection.of(name) if one.quantity not in hidden}
        heads = [one.quantity for one in collection.of(name) if one.exempt and one.quantity in hidden]
        for length in population.lengths:
            starts = Starts(population, length, numbers)
            ever = _by_whole([one for one in numbers if one.population == name], length)
            for whole, bands in _by_whole(entries, length).items():
                alike = [one for one in entries.values() if time_box(one.quantity) == time_box(whole)]
                groups = list(families(alike, whole))
                least = max(entries[one].least for one in bands.values())
                # Without head counts it cannot be said how few are left for the others.
                if any(meets(one, whole) for one in heads) or any(
                    _tells(length, stretch, groups, starts, least)
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
        if inner == whole or codes_of(inner) != codes_of(whole) or not {whole, inner} <= numbers.keys():
            continue
        left = numbers[whole] - numbers[inner]
        differences = {codes: _less(told, codes, numbers[one]) for codes, one in bands.items()}
        less = {codes: people for codes, people in differences.items() if people is not None}
        if months.first == span.first and months.after < span.after:
            yield Stretch(Span(months.after, span.after), left, less)
        elif months.after == span.after and months.first > span.first:
            yield Stretch(Span(span.first, months.first), left, less)


def _less(told: Mapping[Codes, int], codes: Codes, number: int) -> int | None:
    """How many more are told to have one of the codes, where bands that are no wider tell of all of them."""
    within = {band: people for band, people in told.items() if band <= codes}
    return sum(within.values()) - number if frozenset[str]().union(*within) == codes else None


def _months(length: Length, whole: Quantity) -> Span:
    return time_part(whole).get(length.later, Span(EVER, NEVER))


def _tells(
    length: Length, stretch: Stretch, groups: Sequence[Sequence[Entry]], starts: Starts, least: int
) -> bool:
    """Whether parts that came late or early leave fewer than `least` of some lengths for others."""
    for lengths in _ends([*length.months]):
        most = _most(lengths, stretch)
        # Where bands tell of nobody who had another, they tell of nobody.
        for group in groups if most < stretch.everybody else ():
            said = sum(starts.at_least(codes_of(one.quantity), lengths, stretch.span) for one in group)
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
