"""What a participation is counted by: its variables, and which months it was in the queue, active or ended.

Months are text ("2023-05"), which sorts as time does; None means that it has not happened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Part, Population, Selection
from followup.participation.counts import Group
from followup.periods import Period

UNKNOWN = "U"
FROM_QUEUE, DIRECT = "QUEUE", "DIRECT"
PROGRESSED, NOT_PROGRESSED = "YES", "NO"
ALIVE, DECEASED = "ALIVE", "AVL"
WORK, STUDY, REGULAR = "WORK", "STUDY", "ORD"
TIMES = ("started", "ended")
QUEUE_TIMES = ("accepted", "started", "left")


class Item(NamedTuple):
    """One entry of a code list; `group` is the code of its reporting group, or None."""

    code: str
    label: str
    group: str | None


Lists = Mapping[str, Sequence[Item]]
STILL_ALIVE: Selection = {"life": frozenset({ALIVE})}
NOT_ALIVE: Selection = {"life": frozenset({DECEASED})}


@dataclass(frozen=True)
class Variable:
    """A variable with a code list.

    grouped   counted by the list's reporting groups instead of its codes
    always    every row has it, so that nobody can be without; otherwise "not stated" is a category
    """

    name: str
    label: str
    list_name: str
    grouped: bool = False
    always: bool = False

    def items(self, lists: Lists) -> list[Item]:
        """The categories in their order."""
        found = list(lists[f"{self.list_name}_report" if self.grouped else self.list_name])
        if not self.always and all(item.code != UNKNOWN for item in found):
            found.append(Item(UNKNOWN, "Uppgift saknas", None))
        return found

    def choose(self, code: str) -> Selection:
        """Those of the category. Having died is told apart by itself, so that outcomes can leave it out."""
        if self.name != "exit_reason":
            return {self.name: frozenset({code})}
        if code == DECEASED:
            return NOT_ALIVE
        return {self.name: frozenset({code}), **STILL_ALIVE}

    def reader(self, lists: Lists) -> Callable[[str | None], str]:
        """From a recorded code to the counted one; a row that is coarsened already holds the group."""
        counted = {item.code: item.code for item in self.items(lists)}
        if self.grouped:
            counted |= {item.code: item.group for item in lists[self.list_name] if item.group}
        return lambda code: counted[code] if code else UNKNOWN


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("sex", "Kön", "sex", always=True),
        Variable("age_group", "Åldersgrupp", "age_group", grouped=True, always=True),
        Variable("referring_party", "Remittent", "referring_party", grouped=True, always=True),
        Variable("time_on_public_support", "Tid i offentlig försörjning", "time_on_public_support"),
        Variable("occupation_before", "Sysselsättning före", "occupation", grouped=True),
        Variable("occupation_at_exit", "Sysselsättning vid avslut", "occupation", grouped=True),
        Variable("exit_reason", "Avslutsorsak", "exit_reason"),
        Variable("continuation", "Fortsättning efter avslut", "continuation"),
    )
}
LISTS = tuple(
    dict.fromkeys(
        name
        for variable in VARIABLES.values()
        for name in (variable.list_name, f"{variable.list_name}_report" if variable.grouped else "")
        if name
    )
)


class Unit(NamedTuple):
    """Participations that no table tells apart: codes by variable, months by event, and how many."""

    codes: Mapping[str, str]
    months: Mapping[str, str | None]
    number: int

    def is_in(self, selection: Selection) -> bool:
        return all(self._fits(name, part) for name, part in selection.items())

    def _fits(self, name: str, part: Part) -> bool:
        if not isinstance(part, MonthRange):
            return self.codes[name] in part
        month = self.months[name]
        if month is None:
            return part.last is None
        return (part.first is None or part.first <= month) and (part.last is None or month <= part.last)


def units_of(groups: Sequence[Group], lists: Lists) -> list[Unit]:
    """Recorded groups, written with the codes that statistics count by."""
    readers = {name: variable.reader(lists) for name, variable in VARIABLES.items()}
    return [_unit(group, readers) for group in groups]


def _unit(group: Group, readers: Mapping[str, Callable[[str | None], str]]) -> Unit:
    codes = {name: read(getattr(group, name)) for name, read in readers.items()}
    codes["team"] = str(group.team_id)
    codes["entry"] = FROM_QUEUE if group.accepted else DIRECT
    codes["life"] = DECEASED if group.exit_reason == DECEASED else ALIVE
    codes["progressed"] = PROGRESSED if _has_progressed(group, codes) else NOT_PROGRESSED
    # Somebody who never queued is accepted and started at once; `entry` keeps the two apart.
    months = {
        "accepted": group.accepted or group.started,
        "started": group.started,
        "left": group.left,
        "ended": group.ended,
    }
    return Unit(codes, months, group.number)


def _has_progressed(group: Group, codes: Mapping[str, str]) -> bool:
    """Began to work or study, or does more of it than before; extents are codes in rising order."""
    if codes["occupation_at_exit"] not in (WORK, STUDY):
        return False
    if codes["occupation_before"] not in (WORK, STUDY):
        return True
    before, after = group.extent_before, group.extent_at_exit
    return before is not None and after is not None and before < after


def population(teams: Sequence[str], lists: Lists) -> Population:
    """Everybody who takes part, with the finest codes that any table may tell apart."""
    codes = {name: tuple(item.code for item in variable.items(lists)) for name, variable in VARIABLES.items()}
    return Population(
        name="participation",
        variables={
            **codes,
            "team": tuple(teams),
            "life": (ALIVE, DECEASED),
            "progressed": (PROGRESSED, NOT_PROGRESSED),
            **dict.fromkeys(TIMES, "time"),
        },
        order=(("started", "ended"),),
    )


def queue_population(teams: Sequence[str]) -> Population:
    """Everybody who is put in a queue, counted by team and time alone.

    Such bare counts say nothing of who somebody is, so they are kept apart from the tables that do: what they
    have in common with those, who started and when, stands there as a bare count as well.
    """
    return Population(
        name="queue",
        variables={"team": tuple(teams), "entry": (FROM_QUEUE, DIRECT), **dict.fromkeys(QUEUE_TIMES, "time")},
        order=(("accepted", "started"), ("accepted", "left")),
        exclusive=(("started", "left"),),
    )


def _within(period: Period) -> MonthRange:
    return MonthRange(str(period.first), str(period.last))


def _before(period: Period) -> MonthRange:
    return MonthRange(None, str(period.first - 1))


def _until_end(period: Period) -> MonthRange:
    return MonthRange(None, str(period.last))


def _from_start(period: Period) -> MonthRange:
    return MonthRange(str(period.first), None)


def _after(period: Period) -> MonthRange:
    return MonthRange(str(period.last + 1), None)


QUEUED: Selection = {"entry": frozenset({FROM_QUEUE})}

# Who is counted in a period. At the start means the stroke of midnight before its first day.
OUTCOME = "ended_alive"
COUNTED: Mapping[str, Callable[[Period], Selection]] = {
    "active_at_start": lambda p: {"started": _before(p), "ended": _from_start(p)},
    "started": lambda p: {"started": _within(p)},
    "ended": lambda p: {"ended": _within(p)},
    OUTCOME: lambda p: {"ended": _within(p), **STILL_ALIVE},
    "active_at_end": lambda p: {"started": _until_end(p), "ended": _after(p)},
    "participants": lambda p: {"started": _until_end(p), "ended": _from_start(p)},
    "queue_at_start": lambda p: {
        **QUEUED, "accepted": _before(p), "started": _from_start(p), "left": _from_start(p),
    },
    "joined": lambda p: {**QUEUED, "accepted": _within(p)},
    "started_from_queue": lambda p: {**QUEUED, "started": _within(p)},
    "left": lambda p: {**QUEUED, "left": _within(p)},
    "queue_at_end": lambda p: {
        **QUEUED, "accepted": _until_end(p), "started": _after(p), "left": _after(p),
    },
}  # fmt: skip
