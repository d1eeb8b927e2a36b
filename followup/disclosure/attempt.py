"""A release with its tables on some rungs of their ladders: searched, held against teams, and finished."""

from collections.abc import Sequence
from typing import Any

from followup.disclosure.also_counted import also_counted
from followup.disclosure.beside_starts import said_by_starts, told_by_starts
from followup.disclosure.cells import CountTable
from followup.disclosure.collect import Collection
from followup.disclosure.covered import uncovered
from followup.disclosure.finish import Hidden, finish, silent_bases, told_by
from followup.disclosure.insiders import Insider, insiders_of
from followup.disclosure.ledger import Ledger
from followup.disclosure.more import More
from followup.disclosure.outcome import Pattern
from followup.disclosure.pattern import find_pattern
from followup.disclosure.primary import Need
from followup.disclosure.quantities import text_of
from followup.disclosure.recode import coarser, loses_too_much
from followup.disclosure.register import Register
from followup.disclosure.released import Release
from followup.disclosure.rule import Rule

# How much cheaper it is to hide what was hidden in the previous draft or edition: patterns do not flicker.
AGAIN = 0.5

# A population, and the rung of each of its tables.
Standing = tuple[Any, ...]


class Attempt:
    """A release whose tables are tried on rungs of their ladders; what stands still is protected once."""

    def __init__(
        self,
        tables: Sequence[CountTable],
        rule: Rule,
        ledger: Ledger,
        previous: frozenset[str],
        key: bytes,
        deadline: float,
    ) -> None:
        self.tables, self.rule, self.ledger = tables, rule, ledger
        self._again = previous | {text_of(one.quantity) for one in ledger.hidden}
        self._key, self._deadline = key, deadline
        self._registers: dict[str, Register] = {}
        self._follows: dict[str, list[Need]] = {}
        self._found: dict[Standing, Pattern] = {}
        self._insiders: dict[Standing, list[Insider]] = {}
        self._reckoned: dict[Standing, Pattern] = {}

    def on(self, rungs: Sequence[int], *, insiders: bool) -> Release:
        """The release with its tables on these rungs. Raises ProtectionFailed, OutOfTime.

        insiders  protect it from those who know all of their own, too
        """
        collection = Collection(self._stand(rungs), self.rule, self._key, self._registers)
        for entry in collection.entries.values():
            if text_of(entry.quantity) in self._again:
                entry.price *= AGAIN
        standings = [self._standing(name, rungs) for name in sorted(collection.populations)]
        patterns = [self._pattern(collection, standing, insiders=insiders) for standing in standings]
        hidden = _with_what_goes_along(collection, patterns, self.ledger)
        while hidden.keys() != _hidden_in(patterns).keys():
            wider = [
                self._wider(collection, standing, pattern, hidden, insiders=insiders)
                for standing, pattern in zip(standings, patterns, strict=True)
            ]
            if _hidden_in(wider).keys() == _hidden_in(patterns).keys():
                # A search that cannot be taken up again does not protect them: they are hidden all the same.
                break
            patterns = wider
            hidden = _with_what_goes_along(collection, patterns, self.ledger)
        return _release(collection, hidden, patterns, self.ledger)

    def _standing(self, population: str, rungs: Sequence[int]) -> Standing:
        own = (
            rung
            for table, rung in zip(self.tables, rungs, strict=True)
            if table.population.name == population
        )
        return population, *own

    def _pattern(self, collection: Collection, standing: Standing, *, insiders: bool) -> Pattern:
        if standing not in self._found:
            more = More(self._follows.setdefault(standing[0], []))
            self._found[standing] = self._search(collection, standing, more)
        if insiders and standing not in self._reckoned:
            self._insiders[standing] = insiders_of(collection, standing[0], self.ledger)
            self._reckoned[standing] = self._held_against_insiders(
                collection, standing, self._found[standing]
            )
        return self._reckoned[standing] if insiders else self._found[standing]

    def _search(self, collection: Collection, standing: Standing, more: More) -> Pattern:
        return find_pattern(collection, standing[0], self.ledger, self._deadline, more)

    def _wider(
        self, collection: Collection, standing: Standing, pattern: Pattern, hidden: Hidden, *, insiders: bool
    ) -> Pattern:
        """The pattern that hides and promises so much more, if its search can be taken up again."""
        wider = pattern.resumed(hidden) or pattern
        return self._held_against_insiders(collection, standing, wider) if insiders else wider

    def _held_against_insiders(self, collection: Collection, standing: Standing, pattern: Pattern) -> Pattern:
        """The pattern with so much more hidden that nobody who knows all of their own finds any of it."""
        more = More(self._follows[standing[0]])
        while True:
            found = dict(pattern.hidden)
            for insider in self._insiders[standing]:
                found |= insider.finds(found, self._deadline)
            if found.keys() == pattern.hidden.keys():
                return pattern
            more.hidden |= found
            pattern = pattern.resumed(found) or self._search(collection, standing, more)

    def too_fine(self, release: Release, rungs: Sequence[int]) -> list[int]:
        """Tables, by number, that lose too much and have a rung left."""
        return [
            number
            for number, table in enumerate(self._stand(rungs))
            if rungs[number] < len(self.tables[number].ladder)
            and loses_too_much(table, release[number], self.rule)
        ]

    def _stand(self, rungs: Sequence[int]) -> list[CountTable]:
        return [coarser(table, rung) for table, rung in zip(self.tables, rungs, strict=True)]


def _hidden_in(patterns: Sequence[Pattern]) -> Hidden:
    return {quantity: why for pattern in patterns for quantity, why in pattern.hidden.items()}


def _with_what_goes_along(collection: Collection, patterns: Sequence[Pattern], ledger: Ledger) -> Hidden:
    """What the patterns hide, and what is hidden for what no equation says."""
    hidden = _hidden_in(patterns)
    hidden |= uncovered(collection, hidden)
    hidden |= told_by_starts(collection, ledger, hidden)
    hidden |= also_counted(collection, hidden)
    return hidden


def _release(collection: Collection, hidden: Hidden, patterns: Sequence[Pattern], ledger: Ledger) -> Release:
    silent = silent_bases(collection, ledger, hidden, said_by_starts(collection, ledger, hidden))
    finished = [finish(collection, number, hidden, silent) for number in range(len(collection.tables))]
    promises = [promise for pattern in patterns for promise in pattern.promises]
    settled = [one for pattern in patterns for one in pattern.settled]
    return Release(finished, collection.rule.version, told_by(collection, hidden), hidden, promises, settled)
