"""What is hidden beside a number that changed by few, so that the pattern does not tell which one changed.

Whoever knows how the pattern is made knows that the cheapest number is hidden beside the one that changed,
and so which of the two it is (minimality attack: Wong, Fu, Wang & Pei, VLDB 2007). The other one is therefore
drawn by the installation's key, as often as it was first told to have people: then each of the two is as
likely to be the one that changed. It is the same one in every table and at all times: somebody who was there
in two years is counted in both, and what is hidden in both would else be that person. Where answers are not
apart from each other, as in the screening, all of them are hidden.
"""

import hmac
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import product
from math import log, sqrt
from operator import itemgetter

from followup.disclosure.added_up import with_sums
from followup.disclosure.all_alike import Category, alike, of_all_alike
from followup.disclosure.cells import TOTAL, Axis, Codes, CountTable, _read
from followup.disclosure.collect import Collection, Entry, parents_of
from followup.disclosure.corrected import moved
from followup.disclosure.ledger import History
from followup.disclosure.quantities import Quantity, code_part, contains, meets

Cells = dict[Codes, Entry]

# Where nobody was told to be somebody may come; of a number that was not told a reader thinks that it is few.
NOBODY, NOT_TOLD = 0.5, 2.0
ROUNDS = 50


def beside_changed(
    collection: Collection, population: str, history: History, hidden: Set[Quantity]
) -> set[Quantity]:
    """Numbers of one population that are hidden beside those that changed by few since they were told.

    hidden  what an earlier edition hid
    """
    found: set[Quantity] = set()
    people = collection.populations[population]
    weights = Weights(history)
    history = with_sums(people, (entry.quantity for entry in collection.of(population)), history)
    same = list(alike(collection, population, history))
    for number, table in enumerate(collection.tables):
        if table.population.name != population:
            continue
        entries = {codes: collection.at.get((number, codes)) for codes in _read(table).cells}
        cells = {codes: entry for codes, entry in entries.items() if entry is not None}
        changed = [codes for codes, entry in cells.items() if _has_changed(entry, history)]
        changed += _among_hidden(collection, number, cells, history, hidden)
        changed += _of_changed(collection, number, cells, history)
        changed += of_all_alike(cells, same)
        for codes in changed:
            together = _Together(collection.key, table, cells, codes, history, hidden, weights)
            near = (cells.get(other) for other in product(*together.choices()))
            found |= {entry.quantity for entry in near if entry is not None and not entry.exempt}
    return found


def still_hidden(entries: Iterable[Entry], history: History, hidden: Set[Quantity]) -> set[Quantity]:
    """Of what earlier editions hid and none told, and is not small, what has a number around it that moved.

    That number says how things were, so it bounds nothing today. But whoever knows that some of those who are
    counted in it are as they were reads in what is told today of them what was hidden then.
    """
    listed = list(entries)
    around, never_told = list(moved(listed, history)), hidden - history.keys()
    return {
        entry.quantity
        for entry in listed
        if entry.places and not (entry.exempt or entry.small) and entry.quantity in never_told
        if any(meets(entry.quantity, quantity) for quantity in around)
    }


def _has_changed(entry: Entry, history: History) -> bool:
    told = history.get(entry.quantity)
    return told is not None and 0 < abs(entry.value - told[-1].value) < entry.least


def _has_ever_changed(entry: Entry, history: History) -> bool:
    """Whether any edition told it with a few more or fewer: what was hidden for it then stays hidden."""
    return any(0 < abs(entry.value - one.value) < entry.least for one in history.get(entry.quantity, ()))


def _among_hidden(
    collection: Collection, number: int, cells: Cells, history: History, hidden: Set[Quantity]
) -> Iterator[Codes]:
    """For each total that changed by few, but none of its told parts: one of the parts that were not told."""
    table = collection.tables[number]
    for place, axis in enumerate(table.axes):
        families: dict[Codes, list[Codes]] = {}
        for codes in cells:
            whole = parents_of(table, axis.name, codes[place])[0]
            if whole != codes[place]:
                families.setdefault((*codes[:place], whole, *codes[place + 1 :]), []).append(codes)
        for whole_codes, parts in families.items():
            whole_entry = collection.at.get((number, whole_codes))
            if whole_entry is None or not _has_ever_changed(whole_entry, history):
                continue
            if any(_has_changed(cells[codes], history) for codes in parts):
                continue
            unseen = [codes for codes in parts if cells[codes].quantity in hidden - history.keys()]
            if unseen:
                name = table.population.name, axis.name
                yield min(unseen, key=lambda codes: _drawn(collection.key, *name, codes[place]))


def _of_changed(collection: Collection, number: int, cells: Cells, history: History) -> Iterator[Codes]:
    """Sensitive parts that stand for themselves, without the others, of a number that changed by few.

    That a part did not change would tell that whoever came is not in it.
    """
    table = collection.tables[number]
    for share in table.shares.values():
        part, whole = cells.get(share.numerator), collection.at.get((number, share.denominator))
        is_sensitive = any(
            code in table.sensitive.get(axis.name, ())
            for axis, code in zip(table.axes, share.numerator, strict=True)
        )
        if part is None or whole is None or not is_sensitive:
            continue
        by = code_part(part.quantity).items() - code_part(whole.quantity).items()
        if any(_has_wholes(table, name) for name, _ in by):
            continue
        if _may_have_changed(collection, whole, history):
            yield share.numerator


def _may_have_changed(collection: Collection, whole: Entry, history: History) -> bool:
    """Whether a number changed by few or, where it was never told, head counts around it leave that open."""
    if whole.quantity in history:
        return _has_changed(whole, history)
    around = [
        entry
        for entry in collection.entries.values()
        if entry.exempt and entry.quantity in history and contains(entry.quantity, whole.quantity)
    ]
    return bool(around) and all(_has_changed(entry, history) for entry in around)


class _Together:
    """What is hidden with one cell, by axis."""

    def __init__(
        self,
        key: bytes,
        table: CountTable,
        cells: Cells,
        codes: Codes,
        history: History,
        hidden: Set[Quantity],
        weights: "Weights",
    ) -> None:
        self._key, self._table, self._cells, self._codes = key, table, cells, codes
        self._history, self._hidden, self._weights = history, hidden, weights

    def choices(self) -> Iterator[Sequence[str]]:
        """Per axis the cell's code, and the one hidden with it; of answers all."""
        for place, axis in enumerate(self._table.axes):
            code = self._codes[place]
            if self._table.screening and _has_wholes(self._table, axis.name):
                yield axis.codes
            elif code == TOTAL or not _has_wholes(self._table, axis.name):
                yield [code]
            else:
                yield [code, *self._one_of(place, axis)]

    def _alike(self, place: int, axis: Axis) -> Iterator[str]:
        """The other codes of the same whole."""
        code = self._codes[place]
        whole = parents_of(self._table, axis.name, code)[0]
        for other in axis.codes:
            if other not in (code, TOTAL) and parents_of(self._table, axis.name, other)[0] == whole:
                yield other

    def _beside(self, place: int, other: str) -> Entry | None:
        return self._cells.get((*self._codes[:place], other, *self._codes[place + 1 :]))

    def _one_of(self, place: int, axis: Axis) -> list[str]:
        """One by chance of those who could be counted instead; none where there are none."""
        code, likely = self._codes[place], {}
        for other in self._alike(place, axis):
            entry = self._beside(place, other)
            if entry is not None and self._is_likely(entry):
                likely[other] = entry
        if not likely:
            return []
        wholes = self._beside(place, parents_of(self._table, axis.name, code)[0])
        weigh = self._weights.of([self._cells[self._codes], *likely.values()], wholes)
        chances = dict(zip(likely, _even(weigh)[1:], strict=True))
        name = self._table.population.name, axis.name, code
        drawn = {other: -log(_drawn(self._key, *name, other)) / chances[other] for other in likely}
        if self._cells[self._codes].quantity in self._hidden & self._history.keys():
            # It was hidden before, and one of these was hidden with it, maybe by another key.
            before = {other: drawn[other] for other in likely if likely[other].quantity in self._hidden}
            drawn = before or drawn
        return sorted(drawn, key=lambda other: drawn[other])[:1]

    def _is_likely(self, entry: Entry) -> bool:
        """Whether people are mostly as those whom it counts: of the others a reader does not think."""
        mostly = self._table.population.mostly
        return all(
            chosen & mostly[name] for name, chosen in code_part(entry.quantity).items() if name in mostly
        )


class Weights:
    """How many people a reader thinks of in a category: as the first edition that told of it told in all."""

    def __init__(self, history: History) -> None:
        self._told: dict[Category, dict[int, int]] = {}
        for quantity, tellings in history.items():
            for part in code_part(quantity).items():
                by_turn = self._told.setdefault(part, {})
                for one in tellings:
                    by_turn[one.turn] = by_turn.get(one.turn, 0) + one.value

    def of(self, entries: Sequence[Entry], whole: Entry | None) -> list[float]:
        """By what each of the entries tells beside the whole that they are parts of."""
        around = code_part(whole.quantity).items() if whole else frozenset()
        told = [self._told_of(code_part(entry.quantity).items() - around) for entry in entries]
        first = min((turn for by_turn in told for turn in by_turn), default=0)
        return [by_turn[first] + NOBODY if first in by_turn else NOT_TOLD for by_turn in told]

    def _told_of(self, parts: Set[Category]) -> dict[int, int]:
        """Of a category by several variables as of the rarest of these, and of the first of two as rare."""
        found = [self._told.get(part, {}) for part in sorted(parts, key=itemgetter(0))]
        return min(found, key=lambda by_turn: sum(by_turn.values()), default={})


def _has_wholes(table: CountTable, axis: str) -> bool:
    """Whether the categories of an axis are parts of something that is told, too."""
    return axis in table.parents or any(one.name == axis and TOTAL in one.codes for one in table.axes)


def _even(weights: Sequence[float]) -> list[float]:
    """Chances for which each of two that have these weights is as often drawn beside the other.

    Where one is drawn beside another by its chance, out of the chances of all but that other one, both come
    together by the product of their chances, whichever came first. None may weigh more than all others.
    """
    people = sum(weights)
    found = [weight / sqrt(people) for weight in weights]
    for _ in range(ROUNDS):
        total = sum(found)
        found = [
            sqrt(chance * min(weight, people - weight) / (total - chance))
            for weight, chance in zip(weights, found, strict=True)
        ]
    return found


def _drawn(key: bytes, *words: str) -> float:
    """More than 0 and at most 1."""
    digest = hmac.digest(key, "\n".join(words).encode(), "sha256")
    return (1 + int.from_bytes(digest[:6], "big")) / 2**48
