"""All that a row says, as one value: so that a change can be checked before it touches the row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from followup.participation.models import INCOME_AT_EXIT, INCOME_BEFORE, Participation
from followup.periods import Month, Week, WeekAndMonth

EVENTS = ("accepted", "started", "left", "ended")
INCOME = {"income_before": INCOME_BEFORE, "income_at_exit": INCOME_AT_EXIT}


class Status(StrEnum):
    QUEUED = "queued"
    ACTIVE = "active"
    ENDED = "ended"
    LEFT = "left"
    VOID = "void"


# No repr: a row must not end up in a log by way of an error message.
@dataclass(frozen=True, kw_only=True, repr=False)
class State:
    sex: str
    age_group: str
    referring_party: str
    municipality: str | None = None
    education: str | None = None
    time_on_public_support: str | None = None
    occupation_before: str | None = None
    extent_before: str | None = None
    income_before: tuple[str, ...] = ()
    accepted: WeekAndMonth | None = None
    started: WeekAndMonth | None = None
    left: WeekAndMonth | None = None
    left_reason: str | None = None
    ended: WeekAndMonth | None = None
    exit_reason: str | None = None
    continuation: str | None = None
    occupation_at_exit: str | None = None
    extent_at_exit: str | None = None
    income_at_exit: tuple[str, ...] = ()
    void_reason: str | None = None

    @classmethod
    def of(cls, row: Participation) -> Self:
        return cls(**{name: _read(row, name) for name in NAMES})

    def write(self, row: Participation) -> None:
        for name in NAMES:
            value = getattr(self, name)
            if name in EVENTS:
                setattr(row, f"{name}_week", value and value.week)
                setattr(row, f"{name}_month", value and value.month)
            elif name in INCOME:
                row.set_income(INCOME[name], value)
            else:
                setattr(row, name, value)

    @property
    def status(self) -> Status:
        if self.void_reason:
            return Status.VOID
        if self.ended:
            return Status.ENDED
        if self.started:
            return Status.ACTIVE
        return Status.LEFT if self.left else Status.QUEUED

    def changed_from(self, earlier: "State") -> set[str]:
        return {name for name in NAMES if getattr(self, name) != getattr(earlier, name)}

    def pack(self, names: set[str]) -> dict[str, Any]:
        """Some of the values as JSON, to be carried by the browser under seal."""
        return {name: _packed(getattr(self, name)) for name in sorted(names)}


NAMES = tuple(field.name for field in fields(State))


def unpack(packed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _unpacked(name, value) for name, value in packed.items()}


def _read(row: Participation, name: str) -> Any:
    if name in EVENTS:
        week, month = getattr(row, f"{name}_week"), getattr(row, f"{name}_month")
        return WeekAndMonth(week, month) if week else None
    if name in INCOME:
        return tuple(sorted(row.income_codes(INCOME[name])))
    return getattr(row, name)


def _packed(value: Any) -> Any:
    return [str(value.week), str(value.month)] if isinstance(value, WeekAndMonth) else value


def _unpacked(name: str, value: Any) -> Any:
    if name in EVENTS and value:
        return WeekAndMonth(Week.parse(value[0]), Month.parse(value[1]))
    return tuple(value) if name in INCOME else value
