"""`protect`: raw tables in, protected tables out, or nothing at all."""

from collections.abc import Collection as Several
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any, overload

from followup.disclosure.also_counted import also_counted
from followup.disclosure.answers import OutOfTime
from followup.disclosure.beside_starts import said_by_starts, told_by_starts
from followup.disclosure.cells import CountTable
from followup.disclosure.collect import Collection
from followup.disclosure.covered import uncovered
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.finish import Hidden, finish, silent_bases, told_by
from followup.disclosure.insiders import insiders_of
from followup.disclosure.ledger import (
    Ledger,
    Promise,
    Settled,
    Told,
    hidden_record,
    promise_record,
    rung_record,
    settled_record,
    told_record,
)
from followup.disclosure.more import More
from followup.disclosure.outcome import Pattern
from followup.disclosure.pattern import find_pattern
from followup.disclosure.primary import Need
from followup.disclosure.protected import ProtectedTable, Status
from followup.disclosure.quantities import Quantity, text_of
from followup.disclosure.recode import coarser, last_rung, loses_too_much, rung_name, starting_rung
from followup.disclosure.register import Register
from followup.disclosure.rule import Rule

# How much cheaper it is to hide what was hidden in the previous draft or edition: patterns do not flicker.
AGAIN = 0.5


class Release(Sequence[ProtectedTable]):
    """Protected tables in the order their counts came, and what publishing them would add to the ledger.

    rungs  which rung of its ladder each table that has one stands on (0: as it came)
    """

    def __init__(
        self,
        tables: Sequence[ProtectedTable],
        rule_version: str,
        told: Sequence[Told],
        hidden: Several[Quantity],
        promises: Sequence[Promise],
        settled: Sequence[Settled] = (),
    ) -> None:
        self._tables = tuple(tables)
        self.rule_version = rule_version
        self._told = tuple(told)
        self._hidden = tuple(sorted(hidden, key=text_of))
        self._promises = tuple(promises)
        self._settled = tuple(settled)
        self.rungs: dict[str, int] = {}

    @overload
    def __getitem__(self, number: int) -> ProtectedTable: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[ProtectedTable, ...]: ...
    def __getitem__(self, number: int | slice) -> ProtectedTable | tuple[ProtectedTable, ...]:
        return self._tables[number]

    def __len__(self) -> int:
        return len(self._tables)

    def __iter__(self) -> Iterator[ProtectedTable]:
        return iter(self._tables)

    @property
    def share_hidden(self) -> float:
        """Hidden cells as a share (0–1) of all cells that have something to say."""
        statuses = [cell.status for table in self for cell in table.cells.values()]
        told = len(statuses) - statuses.count(Status.NOT_APPLICABLE)
        return statuses.count(Status.SUPPRESSED) / told if told else 0.0

    @property
    def pattern(self) -> frozenset[str]:
        """Identities of the hidden quantities, without numbers: give it to the next draft as `previous`."""
        return frozenset(text_of(quantity) for quantity in self._hidden)

    def records(self, edition: str) -> list[dict[str, Any]]:
        """The rows that publishing as `edition` adds to the ledger; plain and JSON-able."""
        told = [told_record(one._replace(edition=edition), self.rule_version) for one in self._told]
        hidden = [hidden_record(quantity, edition, self.rule_version) for quantity in self._hidden]
        kept = [promise_record(one._replace(edition=edition), self.rule_version) for one in self._promises]
        settled = [settled_record(one._replace(edition=edition), self.rule_version) for one in self._settled]
        rungs = [rung_record(table, rung, edition) for table, rung in self.rungs.items()]
        return [*told, *hidden, *kept, *settled, *rungs]


def protect(
    tables: Sequence[CountTable],
    rule: Rule,
    ledger: Ledger | None = None,
    *,
    previous: Several[str] = frozenset(),
    key: bytes = b"followup",
    time_limit: float = 60.0,
) -> Release:
    """Protect all tables of a release together, and against everything published before.

    tables      everything that will be told at the same time
    rule        the rule version in force
    ledger      what earlier editions told and promised
    previous    `pattern` of the previous draft, so that cells do not flicker
    key         the installation's secret, for ties only
    time_limit  seconds; nothing is published when it is passed
    Raises ProtectionFailed with a Swedish reason. No count is in the error or in any frame it carries.
    """
    reason = (
        "Röjandekontrollen gick inte att slutföra. Inget har publicerats. Kontakta systemadministratören."
    )
    failed: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    try:
        return _protect(
            tables, rule, ledger or Ledger.empty(), frozenset(previous), key, monotonic() + time_limit
        )
    except ProtectionFailed as failure:
        reason, failed, editions = failure.reason, failure.tables, failure.editions
    except OutOfTime:
        reason = (
            "Röjandekontrollen hann inte bli klar. Försök igen när färre använder tjänsten, eller välj en "
            "annan period, till exempel hela året."
        )
    except Exception:  # noqa: S110 - any fault means that nothing is published, and no frame may leave
        pass
    raise ProtectionFailed(reason, tables=failed, editions=editions)


def _protect(
    tables: Sequence[CountTable],
    rule: Rule,
    ledger: Ledger,
    previous: frozenset[str],
    key: bytes,
    deadline: float,
) -> Release:
    """The release on the finest rungs that do not lose too much, and that earlier editions leave room for.

    Parts taken together can be known from earlier editions that told them apart: such a table stays finer.
    """
    attempt = _Attempt(tables, rule, ledger, previous, key, deadline)
    last = [last_rung(table, ledger.rungs.get(rung_name(table), 0)) for table in tables]
    rungs = [starting_rung(table, rule, rung) for table, rung in zip(tables, last, strict=True)]
    if rule.insider:
        # What hides too much already need not be tried on those who know all of their own.
        _, rungs = _climb(attempt, rungs, last, insiders=False)
    release, rungs = _climb(attempt, rungs, last, insiders=bool(rule.insider))
    release.rungs = {
        rung_name(table): rung for table, rung in zip(tables, rungs, strict=True) if table.ladder
    }
    return release


def _climb(
    attempt: "_Attempt", rungs: list[int], last: list[int], *, insiders: bool
) -> tuple[Release, list[int]]:
    """The release on the first rungs from these on that do not lose too much, and the rungs."""
    try:
        release = attempt.on(rungs, insiders=insiders)
    except ProtectionFailed as refusal:
        if not refusal.editions or rungs == last:
            raise
        rungs = last
        release = attempt.on(rungs, insiders=insiders)
    stuck: set[int] = set()
    alone = False
    while higher := [number for number in attempt.too_fine(release, rungs) if number not in stuck]:
        chosen = higher[:1] if alone else higher
        raised = [rung + (number in chosen) for number, rung in enumerate(rungs)]
        try:
            release, rungs = attempt.on(raised, insiders=insiders), raised
        except ProtectionFailed as refusal:
            if not refusal.editions:
                raise
            alone = True
            stuck |= set(chosen) if len(chosen) == 1 else set()
    return release, rungs


class _Attempt:
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
        self._tables, self._rule, self._ledger = tables, rule, ledger
        self._again = previous | {text_of(one.quantity) for one in ledger.hidden}
        self._key, self._deadline = key, deadline
        self._registers: dict[str, Register] = {}
        self._found: dict[tuple[object, ...], Pattern] = {}
        self._reckoned: dict[tuple[object, ...], Pattern] = {}
        self._follows: dict[str, list[Need]] = {}

    def on(self, rungs: Sequence[int], *, insiders: bool) -> Release:
        """The release with its tables on these rungs. Raises ProtectionFailed, OutOfTime.

        insiders  protect it from those who know all of their own, too
        """
        collection = Collection(self._stand(rungs), self._rule, self._key, self._registers)
        for entry in collection.entries.values():
            if text_of(entry.quantity) in self._again:
                entry.price *= AGAIN
        names = sorted(collection.populations)
        patterns = [self._pattern(collection, name, rungs, insiders=insiders) for name in names]
        return _release(collection, patterns, self._ledger)

    def _pattern(
        self, collection: Collection, population: str, rungs: Sequence[int], *, insiders: bool
    ) -> Pattern:
        own = (
            rung
            for table, rung in zip(self._tables, rungs, strict=True)
            if table.population.name == population
        )
        name = (population, *own)
        if name not in self._found:
            more = More(self._follows.setdefault(population, []))
            self._found[name] = find_pattern(collection, population, self._ledger, self._deadline, more)
        if insiders and name not in self._reckoned:
            self._reckoned[name] = self._found_among_insiders(collection, population, self._found[name])
        return self._reckoned[name] if insiders else self._found[name]

    def _found_among_insiders(self, collection: Collection, population: str, pattern: Pattern) -> Pattern:
        """The pattern with so much more hidden that nobody who knows all of their own finds any of it."""
        more = More(self._follows[population])
        insiders = insiders_of(collection, population, self._ledger)
        while True:
            found = dict(pattern.hidden)
            for insider in insiders:
                found |= insider.finds(found, self._deadline)
            if found.keys() == pattern.hidden.keys():
                return pattern
            more.hidden |= found
            pattern = pattern.resumed(found) or find_pattern(
                collection, population, self._ledger, self._deadline, more
            )

    def too_fine(self, release: Release, rungs: Sequence[int]) -> list[int]:
        """Tables, by number, that lose too much and have a rung left."""
        return [
            number
            for number, table in enumerate(self._stand(rungs))
            if rungs[number] < len(self._tables[number].ladder)
            and loses_too_much(table, release[number], self._rule)
        ]

    def _stand(self, rungs: Sequence[int]) -> list[CountTable]:
        return [coarser(table, rung) for table, rung in zip(self._tables, rungs, strict=True)]


def _release(collection: Collection, patterns: Sequence[Pattern], ledger: Ledger) -> Release:
    hidden, patterns = _with_what_goes_along(collection, patterns, ledger)
    silent = silent_bases(collection, ledger, hidden, said_by_starts(collection, ledger, hidden))
    finished = [finish(collection, number, hidden, silent) for number in range(len(collection.tables))]
    promises = [promise for pattern in patterns for promise in pattern.promises]
    settled = [one for pattern in patterns for one in pattern.settled]
    return Release(finished, collection.rule.version, told_by(collection, hidden), hidden, promises, settled)


def _with_what_goes_along(
    collection: Collection, patterns: Sequence[Pattern], ledger: Ledger
) -> tuple[Hidden, Sequence[Pattern]]:
    """What is hidden for what no equation says, too, and the patterns that protect and promise it.

    Where a search cannot be taken up again it is hidden all the same.
    """
    while True:
        own: Hidden = {quantity: why for pattern in patterns for quantity, why in pattern.hidden.items()}
        hidden = own | uncovered(collection, own)
        hidden |= told_by_starts(collection, ledger, hidden)
        hidden |= also_counted(collection, hidden)
        if hidden.keys() == own.keys():
            return hidden, patterns
        wider = [pattern.resumed(hidden) or pattern for pattern in patterns]
        if all(one.hidden.keys() == other.hidden.keys() for one, other in zip(wider, patterns, strict=True)):
            return hidden, patterns
        patterns = wider
