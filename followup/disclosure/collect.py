"""From the tables of a release to the quantities they tell, each once, with what it is worth and who asks for
it.
"""

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from followup.disclosure.cells import TOTAL, Axis, Codes, CountTable, Population, _read
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.quantities import Quantity, code_part, quantity_of, text_of
from followup.disclosure.register import Register
from followup.disclosure.rule import Rule

# Hiding a margin costs this many times an inner cell, for each axis the margin sums over.
LEVEL = 4.0
# Among cells of one level a larger count is a little dearer to hide: by this much for each doubling.
DOUBLING = 0.25
# Equal prices are told apart by at most this much, so that chance never outweighs a count.
SPREAD = 0.001

Place = tuple[int, Codes]


class Telling(NamedTuple):
    """To have these `codes` of a variable tells something, where everybody in a group does.

    among  the codes of the group
    """

    name: str
    codes: frozenset[str]
    among: frozenset[tuple[str, frozenset[str]]]

    def order(self) -> tuple[str, list[str], list[tuple[str, list[str]]]]:
        """To sort by."""
        return self.name, sorted(self.codes), sorted((name, sorted(codes)) for name, codes in self.among)


@dataclass(slots=True, repr=False)
class Entry:
    """A quantity that this release wants to tell.

    value   the raw count        least   its threshold (people)
    exempt  a bare head count, always told       price   what hiding it costs
    edition the earlier edition that told it, or ""     told_under   the threshold it was told under, or 0
    places  (number of table, codes) where it stands; codes may name a base that is not shown
    """

    quantity: Quantity
    value: int
    least: int
    exempt: bool = False
    edition: str = ""
    told_under: int = 0
    price: float = 1.0
    places: list[Place] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """True when it is known whatever this release does."""
        return self.exempt or bool(self.edition)

    @property
    def small(self) -> bool:
        return 0 < self.value < self.least and not self.told


class Collection:
    """All quantities of a release: `entries` by quantity, `populations` by name, `at` by place.

    registers  by population: the whole of it as the register has it, where that is known; those given, which
               were read off the same tables before, are not read off again
    """

    def __init__(
        self, tables: Sequence[CountTable], rule: Rule, key: bytes, registers: dict[str, Register]
    ) -> None:
        self.tables = tables
        self.rule = rule
        self.key = key
        self.entries: dict[Quantity, Entry] = {}
        self.populations: dict[str, Population] = {}
        self.registers = registers
        self.at: dict[Place, Entry | None] = {}
        self._telling: dict[str, list[Telling]] = {}
        for number in range(len(tables)):
            self._collect(number)
        shares = self._shares()
        for entry in self.entries.values():
            level = max(self._level(place) for place in entry.places)
            cells = 1 + max(shares[place] for place in entry.places)
            entry.price = (
                level * cells * (1.0 + DOUBLING * log2(1 + entry.value)) * tie_break(key, entry.quantity)
            )

    def _shares(self) -> Counter[Place]:
        """So many percentages are hidden with each number: those of it, and those that it is the base of."""
        return Counter(
            (number, codes)
            for number, table in enumerate(self.tables)
            for share in table.shares.values()
            for codes in (share.numerator, share.denominator)
        )

    def _collect(self, number: int) -> None:
        table = self.tables[number]
        known = self.populations.setdefault(table.population.name, table.population)
        if known != table.population:
            raise ProtectionFailed(
                f"Tabellerna beskriver populationen {known.name} på olika sätt.", tables=(table.id,)
            )
        raw = _read(table)
        if known.name not in self.registers or (raw.courses and self.registers[known.name].is_empty):
            self.registers[known.name] = Register(known, raw.courses)
        least = self.rule.least(screening=table.screening, own=table.threshold)
        for codes, (selection, count) in (*raw.bases.items(), *raw.cells.items()):
            if count is not None:
                quantity = quantity_of(table.population, selection)
                self.at[number, codes] = self._enter(quantity, count, least, (number, codes))

    def _enter(self, quantity: Quantity | None, count: int, least: int, place: Place) -> Entry | None:
        number, codes = place
        table = self.tables[number]
        if quantity is None:
            if count:
                reason = f"Tabell {table.id} räknar deltaganden som inte kan finnas. Kontrollera uttaget."
                raise ProtectionFailed(reason, tables=(table.id,))
            return None
        entry = self.entries.setdefault(quantity, Entry(quantity, count, least))
        if entry.value != count:
            others = sorted({self.tables[place[0]].id for place in entry.places})
            raise ProtectionFailed(
                f"Tabell {table.id} och {', '.join(others)} har olika antal för samma grupp. "
                "Kontrollera uttaget och gör om utkastet.",
                tables=(table.id, *others),
            )
        entry.least = max(entry.least, least)
        entry.exempt |= codes in table.exempt
        entry.places.append((number, codes))
        return entry

    def _level(self, place: Place) -> float:
        number, codes = place
        table = self.tables[number]
        if len(codes) != len(table.axes):
            return 1.0
        sums = sum(is_sum(table, axis, code) for axis, code in zip(table.axes, codes, strict=True))
        return LEVEL**sums

    def of(self, population: str) -> list[Entry]:
        """The entries of one population, in an order that no count decides."""
        found = [entry for entry in self.entries.values() if entry.quantity.population == population]
        return sorted(found, key=lambda entry: text_of(entry.quantity))

    def neighbours(self, place: Place, *, only_first: bool = False) -> Iterator[tuple[str, str, Entry]]:
        """For a cell: (axis, code, entry of a group it is part of along that axis, or of the first)."""
        number, codes = place
        table = self.tables[number]
        if len(codes) != len(table.axes):
            return
        for position, axis in enumerate(table.axes):
            code = codes[position]
            groups = parents_of(table, axis.name, code)
            for up in groups[:1] if only_first else groups:
                parent = self.at.get((number, (*codes[:position], up, *codes[position + 1 :])))
                if parent is not None and up != code:
                    yield axis.name, code, parent

    def telling(self, population: str) -> list[Telling]:
        """What is sensitive of which groups, each once, in an order that no count decides.

        What categories of an axis have in common, as that those counted live, tells nothing.
        """
        if population not in self._telling:
            self._telling[population] = sorted(self._tellings(population), key=Telling.order)
        return self._telling[population]

    def _tellings(self, population: str) -> set[Telling]:
        categories: dict[tuple[int, str, Telling], set[str]] = defaultdict(set)
        for place, entry in self.at.items():
            if entry is None or entry.quantity.population != population:
                continue
            sensitive = self.tables[place[0]].sensitive
            for axis, code, parent in self.neighbours(place):
                if code in sensitive.get(axis, ()):
                    around = code_part(parent.quantity)
                    for name, chosen in code_part(entry.quantity).items():
                        if name not in around:
                            telling = Telling(name, chosen, frozenset(around.items()))
                            categories[place[0], axis, telling].add(code)
        return {telling for (_, _, telling), codes in categories.items() if len(codes) == 1}


def parents_of(table: CountTable, axis: str, code: str) -> Codes:
    """The codes of the groups that `code` is part of; the total's is the total."""
    return table.parents.get(axis, {}).get(code, (TOTAL,))


def is_sum(table: CountTable, axis: Axis, code: str) -> bool:
    """True for a total, or the first group of other codes on the axis.

    A total that stands alone sums nothing, and a further group is told for its own sake.
    """
    is_total = code == TOTAL and len(axis.codes) > 1
    return is_total or any(code == groups[0] for groups in table.parents.get(axis.name, {}).values())


def tie_break(key: bytes, quantity: Quantity) -> float:
    """1 … 1 + SPREAD, decided by the installation's key and the cell's identity, never by a count."""
    digest = hmac.digest(key, text_of(quantity).encode(), "sha256")
    return 1.0 + SPREAD * int.from_bytes(digest[:4], "big") / 2**32


def names_of(collection: Collection, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The ids of the tables that the entries stand in."""
    return tuple(sorted({collection.tables[number].id for entry in entries for number, _ in entry.places}))
