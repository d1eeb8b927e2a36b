"""What medians and the like say beside counts of how long it took.

That nine of ten of one team took at most so long is a count of those people that no table has. Of several
teams together it bounds, beside the same count of everybody, how many of the others did, and in each team how
many did not.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from followup.disclosure.collect import Entry
from followup.disclosure.length import Rank
from followup.disclosure.quantities import Quantity, code_part, contains, text_of

Numbers = Mapping[Quantity, tuple[int, int]]
Ranks = Mapping[Quantity, Sequence[Rank]]


class _Cut(NamedTuple):
    """The shortest lengths, or the longest: `people` are known to have one of `codes`."""

    codes: frozenset[str]
    people: int


def families(bases: Sequence[Entry], whole: Quantity) -> Iterator[list[Entry]]:
    """Bases that are parts of a whole and differ from it in one variable, the smallest first."""
    by_variable: dict[str, list[Entry]] = defaultdict(list)
    around = code_part(whole)
    for part in bases:
        within = code_part(part.quantity)
        differ = [name for name in within if around.get(name) != within[name]]
        if len(differ) == 1 and contains(whole, part.quantity):
            by_variable[differ[0]].append(part)
    for parts in by_variable.values():
        yield sorted(parts, key=lambda part: (part.value, text_of(part.quantity)))


def too_telling(
    variable: str,
    order: Sequence[str],
    told: Numbers,
    bases: Sequence[Entry],
    ranks: Ranks,
) -> Iterator[Entry]:
    """Bases whose figures say too much, the smallest first, until those that are left do not.

    variable  how long it took, with its codes in rising order
    told      the fewest that were told of each quantity, and the threshold that it was told under
    bases     those whose figures speak     ranks   what the figures say
    """
    by_whole: dict[Quantity, dict[frozenset[str], tuple[int, int]]] = defaultdict(dict)
    for quantity, number in told.items():
        codes = code_part(quantity).get(variable)
        if codes is not None:
            box = tuple(part for part in quantity.box if part[0] != variable)
            by_whole[quantity._replace(box=box)][codes] = number
    for whole, lengths in by_whole.items():
        least = max(threshold for _, threshold in lengths.values())
        numbers = {codes: people for codes, (people, _) in lengths.items()}
        cuts = [*_cuts(order, numbers)]
        for parts in families(bases, whole):
            yield from _over(cuts, parts, ranks, least)


def _over(cuts: Sequence[_Cut], parts: Sequence[Entry], ranks: Ranks, least: int) -> Iterator[Entry]:
    speaking = list(parts)
    for cut in cuts:
        said = {part.quantity: _said(ranks[part.quantity], cut.codes) for part in speaking}
        while any(said.values()) and cut.people - sum(said.values()) < least:
            silenced = next(part for part in speaking if said[part.quantity])
            speaking.remove(silenced)
            del said[silenced.quantity]
            yield silenced


def _said(ranks: Sequence[Rank], codes: frozenset[str]) -> int:
    """So many of the base are known to have one of the codes."""
    return max((rank.least for rank in ranks if rank.codes <= codes), default=0)


def _cuts(order: Sequence[str], numbers: Mapping[frozenset[str], int]) -> Iterator[_Cut]:
    """From either end the lengths whose number follows; not where it is known that nobody has another."""
    spans = {}
    for codes, people in numbers.items():
        first = min(map(order.index, codes))
        if codes == frozenset(order[first : first + len(codes)]):
            spans[first, first + len(codes)] = people
    end = max((after for _, after in spans), default=0)
    short, long = {0: 0}, {end: 0}
    for (first, after), people in sorted(spans.items()):
        if first in short:
            short[after] = min(short[first] + people, short.get(after, short[first] + people))
    for (first, after), people in sorted(spans.items(), key=lambda span: span[0][1], reverse=True):
        if after in long:
            long[first] = min(long[after] + people, long.get(first, long[after] + people))
    for at in range(1, end):
        if at in short and long.get(at) != 0:
            yield _Cut(frozenset(order[:at]), short[at])
        if at in long and short.get(at) != 0:
            yield _Cut(frozenset(order[at:end]), long[at])
