"""Adding and taking away by hand along time: what several shown periods leave of another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Population
from followup.disclosure.intruder.facts import Fact, key_of
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, spelt_out

# A period from a month to the month after its last.
Period = tuple[str, str]
# Where a period has no beginning, and where it has no end: before and after every month.
BEGINNING, END = "", "~"


class Sum(NamedTuple):
    """What is known of a period: how it is worked out, from how many shown numbers, and the number."""

    words: str
    numbers: int
    value: int


def left_over(population: Population, facts: Sequence[Fact], before: Sequence[Fact] = ()) -> list[Finding]:
    """Periods that nothing shown tells of by itself, of which three or more shown numbers together tell few.

    The shown groups are alike but for the months of one event. What head counts tell so is none, nor what
    was told `before` does; nor that those whom head counts tell are all of a kind, which is asked elsewhere.
    """
    found = []
    shown = [fact for fact in facts if fact.value is not None]
    earlier, lines = _lines(population, before), _lines(population, shown)
    for name, line in lines.items():
        least = max(fact.least for fact in line.values())
        if not _is_worth_it(line, least):
            continue
        open_ = _worked_out({period: fact for period, fact in line.items() if fact.exempt})
        open_ |= _worked_out(earlier.get(name, {}))
        event, same = name
        at_that_time = frozenset(part for part in same if isinstance(part[1], MonthRange))
        everybody = lines.get((event, at_that_time), {})
        heads = _worked_out({period: fact for period, fact in everybody.items() if fact.exempt})
        found += [
            Finding(Exposure.DIFFERENCE, one.words, one.value, one.value)
            for period, one in _worked_out(line).items()
            if one.numbers > 2 and 0 < one.value < least and period not in open_
            if period not in heads or heads[period].value != one.value
        ]
    return found


def _lines(population: Population, facts: Iterable[Fact]) -> Mapping[tuple[str, Group], dict[Period, Fact]]:
    """The facts by the event whose months they differ in, and by what is the same of them."""
    lines: dict[tuple[str, Group], dict[Period, Fact]] = defaultdict(dict)
    for fact in facts:
        selection = spelt_out(population, fact.selection)
        for name, months in selection.items():
            if isinstance(months, MonthRange):
                follows = spelt_out(population, {name: months})
                rest = {other: part for other, part in selection.items() if follows.get(other) != part}
                lines[name, key_of(rest)].setdefault(_period(months), fact)
    return {line: told for line, told in lines.items() if len(told) > 2}


def _period(months: MonthRange) -> Period:
    return months.first or BEGINNING, END if months.last is None else _after(months.last)


def _after(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def _is_worth_it(line: Mapping[Period, Fact], least: int) -> bool:
    """Whether few came between two months that shown periods lead from one to the other; this is quick."""
    left = {month for period in line for month in period}
    while left:
        counted = {min(left): 0}
        waiting = list(counted)
        for month in waiting:
            for (first, after), fact in line.items():
                for here, there, number in (
                    (first, after, fact.value or 0),
                    (after, first, -(fact.value or 0)),
                ):
                    if here == month and there not in counted:
                        counted[there] = counted[month] + number
                        waiting.append(there)
        left -= counted.keys()
        pairs = (
            (one, other) for one in counted for other in counted if one < other and (one, other) not in line
        )
        if any(0 < counted[other] - counted[one] < least for one, other in pairs):
            return True
    return False


def _worked_out(line: Mapping[Period, Fact]) -> dict[Period, Sum]:
    """Everything that follows from the shown periods, and how."""
    known = {period: Sum(fact.place, 1, fact.value or 0) for period, fact in line.items()}
    waiting = list(known)
    for period in waiting:
        for other in list(known):
            for found, one in (*_together(period, other, known), *_together(other, period, known)):
                if found not in known:
                    known[found] = one
                    waiting.append(found)
    return known


def _together(one: Period, other: Period, known: Mapping[Period, Sum]) -> Iterator[tuple[Period, Sum]]:
    """The two after each other; or the first without the other, which begins or ends with it."""
    first, second = known[one], known[other]
    numbers = first.numbers + second.numbers
    if one[1] == other[0]:
        yield (
            (one[0], other[1]),
            Sum(f"{first.words} plus {second.words}", numbers, first.value + second.value),
        )
    rest = Sum(f"{first.words} minus ({second.words})", numbers, first.value - second.value)
    if second.numbers == 1:
        rest = rest._replace(words=f"{first.words} minus {second.words}")
    if one[0] == other[0] and other[1] < one[1]:
        yield (other[1], one[1]), rest
    if one[1] == other[1] and one[0] < other[0]:
        yield (one[0], other[0]), rest
