"""What must be protected: small groups, small rests, and small differences between groups that are told.

Each need is a sum of quantities whose number an intruder must not be able to bound below the threshold.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter

from followup.disclosure.cells import Axis, CountTable, Population
from followup.disclosure.collect import Collection, Entry, parents_of
from followup.disclosure.nobody_between import MANY, Comparable, nobody_between
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import (
    Box,
    Form,
    Quantity,
    Span,
    code_part,
    contains,
    difference,
    last_month,
)


@dataclass(frozen=True, slots=True, repr=False)
class Need:
    """A sum of quantities to protect, the people it counts, its threshold and the director's reason."""

    form: Form
    value: int | None
    least: int
    reason: Reason
    edition: str = ""

    @property
    def end(self) -> int | None:
        """The month after the last one that it names, or None when it names none."""
        return last_month(quantity for _, quantity in self.form)


def needs_of(collection: Collection, entries: list[Entry]) -> list[Need]:
    """Every need among some entries of one population, each form once, in an order that no count decides.

    `entries` are those of the release and, to take differences with, those that earlier editions told; all
    at times that are linked with each other, and with no other entry's.
    """
    if not entries:
        return []
    population = collection.populations[entries[0].quantity.population]
    found: dict[Form, Need] = {}
    comparable = _comparable(entries)
    for need in chain(
        _small(entries),
        _rests(collection, entries, only_first=True),
        _residuals(collection, {entry.quantity for entry in entries}),
        _differences(comparable),
        _rests_between(collection, entries, comparable),
        _alike_between(collection, population, entries, comparable),
        _remainders(population, comparable),
        # Those of further groups come last: what is hidden for the others does for most of them.
        _rests(collection, entries),
    ):
        plain = as_one(population, need)
        found.setdefault(plain.form, plain)
    return list(found.values())


def as_one(population: Population, need: Need) -> Need:
    """A difference that is a group of its own is written as that group, so that each is protected once."""
    group: Quantity | None = need.form[0][1]
    for _, inner in need.form[1:]:
        group = None if group is None else difference(population, group, inner)
    return need if group is None else replace(need, form=((1, group),))


def differences_of(population: Population, entries: Iterable[Entry]) -> Iterator[Need]:
    """Differences between groups that are alike but for one variable or time, and rests of several parts."""
    comparable = _comparable(entries)
    yield from _differences(comparable)
    yield from _remainders(population, comparable)


def _small(entries: Iterable[Entry]) -> Iterator[Need]:
    for entry in entries:
        if entry.small:
            yield Need(((1, entry.quantity),), entry.value, entry.least, Reason.FEW)


def _rests(collection: Collection, entries: Iterable[Entry], *, only_first: bool = False) -> Iterator[Need]:
    """All but a few of a group are alike in something sensitive: the few, even none, are what to protect."""
    for entry in entries:
        for parent in _telling(collection, entry, only_first=only_first):
            rest = parent.value - entry.value
            if entry.value > 0 and rest < entry.least:
                form = ((1, parent.quantity), (-1, entry.quantity))
                yield Need(form, rest, entry.least, Reason.EVERYBODY)


def _rests_between(
    collection: Collection, entries: Iterable[Entry], comparable: Comparable
) -> Iterator[Need]:
    """As `_rests`, of those whom two told numbers of a group leave between them in time.

    Of a year less its January-August everybody may be alike although nothing in either table is few.
    """
    by_box = {entry.quantity.box: entry for entry in entries}
    for entry in entries:
        codes, _ = _codes_and_times(entry.quantity.box)
        others = [one for one in comparable.get(("", codes), ()) if one is not entry]
        for parent in _telling(collection, entry) if others else ():
            codes, _ = _codes_and_times(parent.quantity.box)
            for other in others:
                _, times = _codes_and_times(other.quantity.box)
                whole = by_box.get(tuple(sorted((*codes, *times), key=itemgetter(0))))
                if whole is not None:
                    yield from _rest_between(collection, (parent, entry), (whole, other))
                    yield from _rest_between(collection, (whole, other), (parent, entry))


def _rest_between(
    collection: Collection, outer: tuple[Entry, Entry], inner: tuple[Entry, Entry]
) -> Iterator[Need]:
    """Both are a group and those of it who are alike."""
    if not all(contains(one.quantity, other.quantity) for one, other in zip(outer, inner, strict=True)):
        return
    alike = outer[1].value - inner[1].value
    rest = outer[0].value - inner[0].value - alike
    least = max(one.least for one in (*outer, *inner))
    if alike > 0 and 0 <= rest < least:
        population = collection.populations[outer[0].quantity.population]
        around, within = ((whole.quantity, part.quantity) for whole, part in (outer, inner))
        wider, narrower = (difference(population, *groups) for groups in (around, within))
        form: Form = ((1, around[0]), (-1, around[1]), (-1, within[0]), (1, within[1]))
        if wider is not None and narrower is not None:
            form = ((1, wider), (-1, narrower))
        yield Need(form, rest, least, Reason.EVERYBODY)


def _alike_between(
    collection: Collection, population: Population, entries: Sequence[Entry], comparable: Comparable
) -> Iterator[Need]:
    register = collection.registers[population.name]
    for one in nobody_between(population, register, entries, comparable):
        yield Need(((1, one.quantity),), one.number, one.least, Reason.EVERYBODY)


def _telling(collection: Collection, entry: Entry, *, only_first: bool = False) -> list[Entry]:
    """The groups it is a part of in this release, or the first, where to be everybody tells something."""
    found = {
        parent.quantity: parent
        for place in entry.places
        for axis, code, parent in collection.neighbours(place, only_first=only_first)
        if code in collection.tables[place[0]].sensitive.get(axis, ())
    }
    return list(found.values())


def _codes_and_times(box: Box) -> tuple[Box, Box]:
    codes = tuple(part for part in box if not isinstance(part[1], Span))
    return codes, tuple(part for part in box if isinstance(part[1], Span))


def _residuals(collection: Collection, quantities: Set[Quantity]) -> Iterator[Need]:
    """A group minus all its told parts: the sixth team, the category that no row shows."""
    children: dict[tuple[int, int], dict[str, list[str]]] = {}
    for place, entry in collection.at.items():
        if entry is None or entry.quantity not in quantities:
            continue
        table, codes = collection.tables[place[0]], place[1]
        for position, axis in enumerate(table.axes if len(codes) == len(table.axes) else ()):
            if (place[0], position) not in children:
                children[place[0], position] = _children(table, axis)
            parts = [
                collection.at.get((place[0], (*codes[:position], code, *codes[position + 1 :])))
                for code in children[place[0], position].get(codes[position], ())
            ]
            told = [part for part in parts if part is not None]
            if len(told) > 1:
                yield from _residual(entry, told)


def _residual(entry: Entry, told: list[Entry]) -> Iterator[Need]:
    rest = entry.value - sum(part.value for part in told)
    least = max(entry.least, *(part.least for part in told))
    exempt = entry.exempt and all(part.exempt for part in told)
    if 0 < rest < least and not exempt and _apart(told, entry):
        form = ((1, entry.quantity), *((-1, part.quantity) for part in told))
        yield Need(form, rest, least, Reason.DERIVABLE)


def _children(table: CountTable, axis: Axis) -> dict[str, list[str]]:
    """The parts of each group on an axis."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in axis.codes:
        for parent in parents_of(table, axis.name, code):
            if parent != code:
                found[parent].append(code)
    return found


def _apart(parts: list[Entry], whole: Entry) -> bool:
    """True when the parts lie inside the whole and cannot overlap."""
    if not all(contains(whole.quantity, part.quantity) for part in parts):
        return False
    first = dict(parts[0].quantity.box)
    for name, chosen in first.items():
        sets = [dict(part.quantity.box).get(name) for part in parts]
        if any(one is None or isinstance(one, Span) or isinstance(chosen, Span) for one in sets):
            continue
        members = [code for one in sets if isinstance(one, frozenset) for code in one]
        if len(members) == len(set(members)):
            return True
    return False


def _differences(comparable: Comparable) -> Iterator[Need]:
    """Two told groups, one inside the other along one variable (or in time): those in between."""
    for (name, _), group in comparable.items():
        # What only earlier editions tell was weighed by then.
        if not any(entry.places for entry in group):
            continue
        for outer, inner in _near(name, group):
            rest = outer.value - inner.value
            least = max(outer.least, inner.least)
            is_known = (outer.exempt and inner.exempt) or not (outer.places or inner.places)
            if rest < least and not is_known and contains(outer.quantity, inner.quantity):
                form = ((1, outer.quantity), (-1, inner.quantity))
                yield Need(form, rest, least, Reason.DERIVABLE)


def _remainders(population: Population, comparable: Comparable) -> Iterator[Need]:
    """A told group less several told parts of it along one variable, in whichever tables they stand."""
    for (name, _), group in comparable.items():
        if not name or len(group) < 3 or not any(entry.places for entry in group):
            continue
        every = frozenset(population.variables[name])
        sets = [(code_part(entry.quantity).get(name, every), entry) for entry in group]
        sets.sort(key=lambda one: len(one[0]))
        for whole, outer in sets:
            inside = [one for one in sets if one[0] < whole]
            for parts in (_disjoint(inside), _disjoint(inside[::-1])):
                if len(parts) > 1 and not all(one.edition for one in (outer, *parts)):
                    yield from _residual(outer, parts)


def _disjoint(sets: Iterable[tuple[frozenset[str], Entry]]) -> list[Entry]:
    """Those that have no code of another before them."""
    seen: set[str] = set()
    found = []
    for codes, entry in sets:
        if seen.isdisjoint(codes):
            seen |= codes
            found.append(entry)
    return found


def _near(name: str, group: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of which the outer is greater by few and, of the codes of a variable, has more."""
    most = max(entry.least for entry in group)
    sizes = [_codes(name, entry) if name else entry.value for entry in group]
    smallest = min(sizes)
    for size, outer in zip(sizes, group, strict=True):
        if size > smallest:
            for less, inner in zip(sizes, group, strict=True):
                if less < size and 0 < outer.value - inner.value < most:
                    yield outer, inner


def _codes(name: str, entry: Entry) -> int:
    """How many codes of a variable an entry counts."""
    return next((len(chosen) for variable, chosen in entry.quantity.box if variable == name), MANY)


def _comparable(entries: Iterable[Entry]) -> dict[tuple[str, Box], list[Entry]]:
    """Entries that are alike but for one code variable, or but for time."""
    groups: dict[tuple[str, Box], list[Entry]] = defaultdict(list)
    by_box = {entry.quantity.box: entry for entry in entries}
    for box, entry in by_box.items():
        groups["", _codes_and_times(box)[0]].append(entry)
        for place, (name, chosen) in enumerate(box):
            if not isinstance(chosen, Span):
                groups[name, (*box[:place], *box[place + 1 :])].append(entry)
    for (name, rest), group in groups.items():
        # Who is told without the variable is compared with those who are told by it.
        if name and rest in by_box:
            group.append(by_box[rest])
    return {key: group for key, group in groups.items() if len(group) > 1}


def quantities_in(needs: Iterable[Need]) -> list[Quantity]:
    """Every quantity that the needs are made of, as they come."""
    return [quantity for need in needs for _, quantity in need.form]
