"""What a person wants done in the register. Dates are already week and month, ages already groups."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from followup.periods import WeekAndMonth


@dataclass(frozen=True, kw_only=True, repr=False)
class RowRef:
    """A row as it was when the page was opened."""

    team_id: int
    key: str
    stamp: str


@dataclass(frozen=True, kw_only=True, repr=False)
class JoinQueue:
    team_id: int
    accepted: WeekAndMonth
    sex: str
    age_group: str
    referring_party: str
    municipality: str | None = None
    education: str | None = None
    time_on_public_support: str | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class StartDirectly:
    team_id: int
    started: WeekAndMonth
    sex: str
    age_group: str
    referring_party: str
    municipality: str | None = None
    education: str | None = None
    time_on_public_support: str | None = None
    occupation_before: str | None = None
    extent_before: str | None = None
    income_before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Start:
    row: RowRef
    started: WeekAndMonth
    age_group: str
    education: str | None = None
    time_on_public_support: str | None = None
    occupation_before: str | None = None
    extent_before: str | None = None
    income_before: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class LeaveQueue:
    row: RowRef
    left: WeekAndMonth
    left_reason: str


@dataclass(frozen=True, kw_only=True, repr=False)
class End:
    row: RowRef
    ended: WeekAndMonth
    exit_reason: str
    continuation: str | None = None
    occupation_at_exit: str | None = None
    extent_at_exit: str | None = None
    income_at_exit: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, repr=False)
class Correct:
    """New values by the names of `state.State`."""

    row: RowRef
    changes: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, repr=False)
class Void:
    row: RowRef
    void_reason: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Undo:
    """The way back from one act: what the row said before, or nothing when the act made the row."""

    row: RowRef
    prior: Mapping[str, Any] | None


def facts(command: object) -> dict[str, Any]:
    """What a command says about the row, by the names of `state.State`."""
    return {
        field.name: getattr(command, field.name)
        for field in fields(command)  # type: ignore[arg-type]  # every command is a dataclass
        if field.name not in ("row", "team_id")
    }
