"""What medians and the like say beside counts of how long it took.

That nine of ten of one team took at most so long is a count of those people that no table has. Of several
teams together it bounds, beside the same count of everybody, how many of the others did, and in each team how
many did not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from followup.disclosure.collect import Entry
from followup.disclosure.length import Rank
from followup.disclosure.quantities import Quantity, code_part, contains, is_time, text_of, time_box

Numbers = Mapping[Quantity, tuple[int, int]]
Ranks = Mapping[Quantity, Sequence[Rank]]
# So many at least of a group have one of some codes of a variable, as head counts tell.
Said = Callable[[Quantity, str, frozenset[str]], int]


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
    silent: Set[Quantity],
    ranks: Ranks,
    said: Said,
) -> Iterator[Entry]:
    """Bases whose figures say too much, the smallest first, until those that are left do not.

    variable  how long it took, with its codes in rising order
    told      the fewest that were told of each quantity, and the threshold that it was told under
    bases     of all figures, but for the `silent` ones they speak     ranks   what the figures say
    said      what head counts say, also where figures are silent
    """
    by_whole: dict[Quantity, dict[frozenset[str], tuple[int, int]]] = defaultdict(dict)
    for quantity, number in told.items():
        codes = code_part(quantity).get(variable)
        if codes is not None:
            box = tuple(part for part in quantity.box if part[0] != variable)
            by_whole[quantity._replace(box=box)][codes] = number
    cuts = {
        whole: [*_cuts(order, {codes: people for codes, (people, _) in lengths.items()})]
        for whole, lengths in by_whole.items()
    }
    for whole, lengths in by_whole.items():
        least = max(threshold for _, threshold in lengths.values())
        for parts in families(bases, whole):
            speaking = [part for part in parts if part.quantity not in silent]
            counted = {
                cut.codes: {part.quantity: said(part.quantity, variable, cut.codes) for part in parts}
                for cut in (cuts[whole] if speaking else ())
            }
            found = [*_over(cuts[whole], speaking, counted, {}, ranks, least)]
            for inner in by_whole:
                if inner != whole and code_part(inner) == code_part(whole) and contains(whole, inner):
                    left = [part for part in speaking if part not in found]
                    earlier = _within(left, inner, told)
                    found += _over(_between(cuts[whole], cuts[inner]), left, {}, earlier, ranks, least)
            yield from found


def _within(parts: Sequence[Entry], inner: Quantity, told: Numbers) -> dict[Quantity, int]:
    """Of each part those in a time within, all of them where that is not told."""
    found = {}
    for part in parts:
        codes = [one for one in part.quantity.box if not is_time(one[1])]
        same = part.quantity._replace(box=tuple(sorted([*codes, *time_box(inner)])))
        found[part.quantity] = told[same][0] if same in told else part.value
    return found


def _between(outer: Sequence[_Cut], inner: Sequence[_Cut]) -> list[_Cut]:
    """The same of those whom the one time leaves of the other, where both are told of."""
    people = {cut.codes: cut.people for cut in inner}
    return [_Cut(codes, number - people[codes]) for codes, number in outer if codes in people]


def _over(
    cuts: Sequence[_Cut],
    parts: Sequence[Entry],
    counted: Mapping[frozenset[str], Mapping[Quantity, int]],
    earlier: Mapping[Quantity, int],
    ranks: Ranks,
    least: int,
) -> Iterator[Entry]:
    """Of the parts, the smallest first, those that leave too little room; `earlier` of each do not count.

    counted  by the codes of a cut how many of each part, also of silent ones, are known whoever speaks
    """
    speaking = list(parts)
    for cut in cuts:
        known = counted.get(cut.codes, {})
        said = {
            part.quantity: _said(ranks[part.quantity], cut.codes)
            - earlier.get(part.quantity, 0)
            - known.get(part.quantity, 0)
            for part in speaking
        }
        more = {one: people for one, people in said.items() if people > 0}
        while more and cut.people - sum(known.values()) - sum(more.values()) < least:
            silenced = next(part for part in speaking if part.quantity in more)
            speaking.remove(silenced)
            del more[silenced.quantity]
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
