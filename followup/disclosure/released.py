"""What `protect` gives back: protected tables, and what publishing them adds to the ledger."""

from collections.abc import Collection as Several
from collections.abc import Iterator, Sequence
from typing import Any, overload

from followup.disclosure.ledger import (
    Promise,
    Settled,
    Told,
    hidden_record,
    promise_record,
    rung_record,
    settled_record,
    told_record,
)
from followup.disclosure.protected import ProtectedTable, Status
from followup.disclosure.quantities import Quantity, text_of


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
