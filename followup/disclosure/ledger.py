"""What earlier editions told and promised: an append-only register that every new release must fit into.

`Told` numbers are equations for ever. A `Promise` is a sum that an edition kept an intruder from bounding
below `least`; its true number is not kept. Records are plain JSON-able dictionaries, one per row of the
register.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Form,
    Quantity,
    from_record,
    month_text,
    ordinal,
    time_part,
    to_record,
)


class Told(NamedTuple):
    """A number of people that edition `edition` told; `least` is the threshold it was told under.

    `turn` counts the editions that had told anything before it.
    """

    quantity: Quantity
    value: int
    least: int
    exempt: bool
    edition: str
    turn: int = 0


History = Mapping[Quantity, Sequence[Told]]


class Promise(NamedTuple):
    """Nobody can bound this sum of quantities below `least`, or to fewer than `least` numbers.

    `late` if that holds against what has been told since a correction only: before it, more was known.
    """

    form: Form
    least: int
    edition: str
    late: bool = False


class Settled(NamedTuple):
    """A promise that some people are proved to keep to whom everything happened before the month `before`.

    While nothing more is told of them, and the register has them all as it had, it is kept. Months are
    counted as in `Span`; `turn` as in `Told`; `seal` is the register's of then.
    """

    form: Form
    least: int
    before: int
    seal: str
    edition: str = ""
    turn: int = 0


class Hidden(NamedTuple):
    """A number of people that edition `edition` hid."""

    quantity: Quantity
    edition: str


@dataclass(frozen=True)
class Ledger:
    """Everything told, promised and hidden, in the order it was published; how coarse each table was last."""

    told: tuple[Told, ...] = ()
    promises: tuple[Promise, ...] = ()
    settled: tuple[Settled, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    rungs: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "Ledger":
        """The register before the first edition."""
        return cls()

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> "Ledger":
        """The register from its records, oldest first. Raises ValueError for what is no such record."""
        told: list[Told] = []
        turns: dict[str, int] = {}
        promises: list[Promise] = []
        settled: list[Settled] = []
        hidden: list[Hidden] = []
        rungs: dict[str, int] = {}
        for record in records:
            match record:
                case {"kind": "told"}:
                    told.append(_told(record, turns.setdefault(record["edition"], len(turns))))
                case {"kind": "promise"}:
                    promises.append(_promise(record))
                case {"kind": "settled"}:
                    settled.append(_settled(record, turns.setdefault(record["edition"], len(turns))))
                case {"kind": "hidden"}:
                    hidden.append(Hidden(from_record(record["quantity"]), str(record["edition"])))
                case {"kind": "rung"}:
                    rungs[record["table"]] = int(record["rung"])
                case _:
                    raise ValueError("not a record of the ledger")
        return cls(tuple(told), tuple(promises), tuple(settled), tuple(hidden), rungs)

    def history(self, population: str) -> dict[Quantity, list[Told]]:
        """All that was told of each quantity of a population, oldest first."""
        history: dict[Quantity, list[Told]] = {}
        for told in self.told:
            if told.quantity.population == population:
                history.setdefault(told.quantity, []).append(told)
        return history

    def promises_of(self, population: str) -> list[Promise]:
        """The strictest promise of either kind on each sum of a population, oldest edition first."""
        kept: dict[tuple[Form, bool], Promise] = {}
        for promise in self.promises:
            known = kept.get((promise.form, promise.late))
            if promise.form[0][1].population == population and (known is None or known.least < promise.least):
                kept[promise.form, promise.late] = promise
        return list(kept.values())

    def marks(self, population: str) -> list[Settled]:
        """The promises of a population that were settled when they were proved last, oldest first."""
        return [one for one in self.settled if one.form[0][1].population == population]

    def open_promises(self, population: str, since: int, seals: Mapping[int, str]) -> list[Promise]:
        """Those of `promises_of` that are not late, nor settled.

        What is settled is open again when an edition since then, or the next one, tells anew of people to
        whom everything had happened by then, or the register has them otherwise. `since` says from which
        month on the next one tells anew, `seals` what the register's seal is today for each month of `marks`.
        """
        marks = [one for one in self.marks(population) if seals.get(one.before) == one.seal]
        anew = {} if not marks else _told_anew(self.history(population))
        settled = {
            (one.form, one.least)
            for one in marks
            if one.before <= min([since, *(month for turn, month in anew.items() if turn > one.turn)])
        }
        return [
            one
            for one in self.promises_of(population)
            if not one.late and (one.form, one.least) not in settled
        ]

    def watched(self, population: str) -> dict[str, list[Form]]:
        """By edition the sums of a population that it hid or promised."""
        found: dict[str, list[Form]] = {}
        for hidden in self.hidden:
            if hidden.quantity.population == population:
                found.setdefault(hidden.edition, []).append(((1, hidden.quantity),))
        for promise in self.promises:
            if promise.form[0][1].population == population:
                found.setdefault(promise.edition, []).append(promise.form)
        return found


def earliest(quantities: Iterable[Quantity]) -> int:
    """The latest month such that something happened, since it began, to everybody in each of the quantities.

    Somebody who has not ended counts, too: that is yet to happen.
    """
    firsts = (max((span.first for span in time_part(one).values()), default=EVER) for one in quantities)
    return min(firsts, default=NEVER)


def _told_anew(history: History) -> dict[int, int]:
    """By turn the earliest month of what was told then and was not told so before."""
    new: dict[int, list[Quantity]] = {}
    for quantity, tellings in history.items():
        value = None
        for told in tellings:
            if told.value != value:
                new.setdefault(told.turn, []).append(quantity)
            value = told.value
    return {turn: earliest(quantities) for turn, quantities in new.items()}


def told_record(told: Told, rule_version: str) -> dict[str, Any]:
    """A row of the register for a number that was shown."""
    return {
        "kind": "told",
        "edition": told.edition,
        "quantity": to_record(told.quantity),
        "value": told.value,
        "least": told.least,
        "exempt": told.exempt,
        "rule": rule_version,
    }


def hidden_record(quantity: Quantity, edition: str, rule_version: str) -> dict[str, Any]:
    """A row of the register for a number that was hidden; it holds no number."""
    return {"kind": "hidden", "edition": edition, "quantity": to_record(quantity), "rule": rule_version}


def rung_record(table: str, rung: int, edition: str) -> dict[str, Any]:
    """A row of the register for how coarse a table was published."""
    return {"kind": "rung", "edition": edition, "table": table, "rung": rung}


def promise_record(promise: Promise, rule_version: str) -> dict[str, Any]:
    """A row of the register for what an edition protects."""
    return {
        "kind": "promise",
        "edition": promise.edition,
        "form": _form_record(promise.form),
        "least": promise.least,
        "late": promise.late,
        "rule": rule_version,
    }


def settled_record(settled: Settled, rule_version: str) -> dict[str, Any]:
    """A row of the register for a promise that needs no more proof; it holds no number."""
    return {
        "kind": "settled",
        "edition": settled.edition,
        "form": _form_record(settled.form),
        "least": settled.least,
        "before": month_text(settled.before),
        "seal": settled.seal,
        "rule": rule_version,
    }


def _told(record: Mapping[str, Any], turn: int) -> Told:
    quantity, value, least = from_record(record["quantity"]), int(record["value"]), int(record["least"])
    return Told(quantity, value, least, bool(record["exempt"]), record["edition"], turn)


def _promise(record: Mapping[str, Any]) -> Promise:
    # Editions of before this was told apart kept every promise against all that was known.
    return Promise(_form(record), int(record["least"]), str(record["edition"]), bool(record.get("late")))


def _settled(record: Mapping[str, Any], turn: int) -> Settled:
    before = ordinal(record["before"])
    seal, edition = str(record["seal"]), str(record["edition"])
    return Settled(_form(record), int(record["least"]), before, seal, edition, turn)


def _form_record(form: Form) -> list[list[Any]]:
    return [[factor, to_record(quantity)] for factor, quantity in form]


def _form(record: Mapping[str, Any]) -> Form:
    return tuple((int(factor), from_record(quantity)) for factor, quantity in record["form"])
