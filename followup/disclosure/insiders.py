"""What somebody can work out who knows all of their own: a team that takes its figures from everybody's.

To them the release is one of everybody else, with the same places told and hidden. So it is protected as one:
for each team the tables are counted without it, beside what earlier editions told less the team, and what
must be hidden there is hidden for everybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from followup.disclosure.cells import Codes, CountTable, Population, RawCell, _read
from followup.disclosure.collect import Collection, Entry
from followup.disclosure.ledger import Ledger, Told
from followup.disclosure.more import More
from followup.disclosure.outcome import Pattern
from followup.disclosure.pattern import find_pattern
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Chosen, Quantity, quantity_of, settled

Hidden = dict[Quantity, Reason]


def insiders_of(collection: Collection, population: str, ledger: Ledger) -> "list[Insider]":
    """One for each code that somebody knows all of; none where the rule does not reckon with them."""
    known = collection.populations[population]
    codes = known.variables[known.insider] if known.insider and collection.rule.insider else ()
    return [Insider(collection, known, ledger, code) for code in codes]


class Insider:
    """Somebody who knows all in a population who have one `code`, and the release as they see it.

    Where people are not known one by one, a number is seen only if the release has the code's own beside it.
    A number that was told otherwise than it is today is left aside.
    """

    def __init__(self, collection: Collection, population: Population, ledger: Ledger, code: str) -> None:
        self._all, self._everybody, self._code = collection, population, code
        self._name = population.insider
        left = tuple(one for one in population.variables[self._name] if one != code)
        self._others = population._replace(variables={**population.variables, self._name: left})
        self._register = collection.registers[population.name]
        self._rule = replace(collection.rule, insider=0)
        tables = [(n, table) for n, table in enumerate(collection.tables) if table.population == population]
        self._numbers = [number for number, _ in tables]
        self._release = Collection(
            [self._without(table) for _, table in tables], self._rule, collection.key, {}
        )
        told = (self._seen(one) for one in ledger.told if one.quantity.population == population.name)
        self._ledger = Ledger(tuple(one for one in told if one is not None))
        self._watched = list(self._hidden_before(ledger))
        self._pattern: Pattern | None = None

    def finds(self, hidden: Mapping[Quantity, Reason], deadline: float) -> Hidden:
        """What must be hidden besides, so that they find nothing. Raises ProtectionFailed, OutOfTime."""
        if self._everybody.name not in self._release.populations:
            return {}
        own = {
            quantity: Reason.DERIVABLE
            for quantity, entries in self._behind.items()
            if all(entry.quantity in hidden for entry in entries)
        }
        pattern = self._pattern = self._protected(own, deadline)
        more = (entry for quantity in pattern.hidden for entry in self._behind.get(quantity, ()))
        # Among them are head counts, where only they can keep what an earlier edition hid.
        return {entry.quantity: Reason.DERIVABLE for entry in more if entry.quantity not in hidden}

    def _protected(self, own: Hidden, deadline: float) -> Pattern:
        """The pattern that hides at least `own`, from where the last one stopped."""
        last = self._pattern
        if last is not None and own.keys() <= last.hidden.keys():
            return last
        resumed = last and last.resumed(own)
        if resumed:
            return resumed
        more = More(self._watched, own)
        return find_pattern(self._release, self._everybody.name, self._ledger, deadline, more)

    @cached_property
    def _behind(self) -> dict[Quantity, list[Entry]]:
        """The entries of the release whose number is one of theirs and that of the code's own."""
        return {quantity: self._adding_up_to(entry) for quantity, entry in self._release.entries.items()}

    def _adding_up_to(self, entry: Entry) -> list[Entry]:
        places = ((self._numbers[number], codes) for number, codes in entry.places)
        return [found for place in places if (found := self._all.at[place]) is not None]

    def _without(self, table: CountTable) -> CountTable:
        raw = _read(table)
        cells, bases = dict(self._left(raw.cells)), dict(self._left(raw.bases))
        kept = cells.keys() | bases.keys()
        return CountTable(
            id=table.id,
            title=table.title,
            population=self._others,
            axes=table.axes,
            stub=table.stub,
            heading=table.heading,
            cells=cells,
            sensitive=table.sensitive,
            parents=table.parents,
            exempt=table.exempt & kept,
            shares={
                codes: share
                for codes, share in table.shares.items()
                if kept.issuperset((share.numerator, share.denominator))
            },
            bases=bases,
            screening=table.screening,
            threshold=table.threshold,
            courses=[course for course in raw.courses if course.codes.get(self._name) != self._code],
        )

    def _left(self, cells: Mapping[Codes, RawCell]) -> Iterator[tuple[Codes, RawCell]]:
        """The cells that count somebody else."""
        for codes, (selection, count) in cells.items():
            quantity = quantity_of(self._everybody, selection)
            own = None if quantity is None else self._own(quantity)
            chosen = selection.get(self._name)
            if isinstance(chosen, frozenset):
                selection = {**selection, self._name: chosen - {self._code}}
            if count is not None and own is not None and selection.get(self._name) != frozenset():
                yield codes, (selection, count - own)

    def _own(self, quantity: Quantity) -> int | None:
        """How many of a quantity have the code; None if nothing tells."""
        box: dict[str, Chosen] = dict(quantity.box)
        chosen = box.get(self._name)
        if isinstance(chosen, frozenset) and self._code not in chosen:
            return 0
        own = settled(self._everybody, {**box, self._name: frozenset({self._code})})
        return 0 if own is None else self._count(own)

    def _count(self, quantity: Quantity) -> int | None:
        if not self._register.is_empty:
            return self._register.count(((1, quantity),))
        entry = self._all.entries.get(quantity)
        return None if entry is None else entry.value

    def _among_others(self, quantity: Quantity) -> Quantity | None:
        """The same of those who do not have the code; None if nobody can be in it."""
        box: dict[str, Chosen] = dict(quantity.box)
        chosen = box.get(self._name)
        if isinstance(chosen, frozenset):
            box[self._name] = chosen - {self._code}
        return settled(self._others, box)

    def _seen(self, told: Told) -> Told | None:
        """A number that was told, as they see it."""
        among, own = self._among_others(told.quantity), self._own(told.quantity)
        if among is None or own is None or self._count(told.quantity) != told.value:
            return None
        return told._replace(quantity=among, value=told.value - own)

    def _hidden_before(self, ledger: Ledger) -> Iterator[Need]:
        """Few others in what earlier editions hid."""
        for quantity in dict.fromkeys(one.quantity for one in ledger.hidden):
            if quantity.population != self._everybody.name:
                continue
            among, own, all_of_it = self._among_others(quantity), self._own(quantity), self._count(quantity)
            if among is not None and own is not None and all_of_it is not None:
                number = all_of_it - own
                if 0 < number < self._least:
                    yield Need(((1, among),), number, self._least, Reason.EARLIER)

    @cached_property
    def _least(self) -> int:
        """The strictest threshold of the release."""
        return max((entry.least for entry in self._release.entries.values()), default=0)
