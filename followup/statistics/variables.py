"""What is counted by: variables with their categories, and units that no table tells apart.

Months are text ("2023-05"), which sorts as time does; None means that it has not happened.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from followup.disclosure.cells import MonthRange, Part, Selection
from followup.participation.counts import Group
from followup.periods import Month

UNKNOWN = "U"
YES, NO = "YES", "NO"
FROM_QUEUE, DIRECT = "QUEUE", "DIRECT"
ALIVE, DECEASED = "ALIVE", "AVL"
WORK, STUDY, REGULAR = "WORK", "STUDY", "ORD"
# The populations; `populations` says who they are.
PARTICIPATION, QUEUE, SCREENING, VOIDED = "participation", "queue", "screening", "voided"
# Length of stay in months from the month of the start to that of the exit: least and most, both included.
STAYS: tuple[tuple[str, str, tuple[int, int | None]], ...] = (
    ("0", "Under 3 månader", (0, 2)),
    ("3", "3–5 månader", (3, 5)),
    ("6", "6–11 månader", (6, 11)),
    ("12", "12–17 månader", (12, 17)),
    ("18", "18–23 månader", (18, 23)),
    ("24", "24 månader eller mer", (24, None)),
)


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
    fixed     the categories of a variable that is worked out, and has no code list
    apart     its categories are never added together
    populations  who is counted by it
    """

    name: str
    label: str
    list_name: str
    grouped: bool = False
    always: bool = False
    fixed: tuple[Item, ...] = ()
    apart: bool = False
    populations: tuple[str, ...] = (PARTICIPATION,)

    def items(self, lists: Lists) -> list[Item]:
        """The categories in their order."""
        found = [*self.fixed] or [*lists[f"{self.list_name}_report" if self.grouped else self.list_name]]
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


STAY_ITEMS = tuple(Item(code, label, None) for code, label, _ in STAYS)
VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("sex", "Kön", "sex", always=True, populations=(PARTICIPATION, SCREENING)),
        Variable("age_group", "Åldersgrupp", "age_group", grouped=True, always=True),
        Variable("referring_party", "Remittent", "referring_party", grouped=True, always=True),
        Variable("education", "Utbildning", "education"),
        Variable("time_on_public_support", "Tid i offentlig försörjning", "time_on_public_support"),
        Variable("occupation_before", "Sysselsättning före", "occupation", grouped=True),
        Variable("occupation_at_exit", "Sysselsättning vid avslut", "occupation", grouped=True),
        Variable("exit_reason", "Avslutsorsak", "exit_reason", always=True),
        Variable("continuation", "Fortsättning efter avslut", "continuation"),
        Variable("stay", "Tid i insatsen", "", always=True, fixed=STAY_ITEMS),
        # Several to a row: each source is a yes or no of its own, so this one is in no population.
        Variable("income", "Försörjning", "income_source", populations=()),
        Variable("round", "Omgång", "screening_round", always=True, apart=True, populations=(SCREENING,)),
        Variable("void_reason", "Skäl", "void_reason", always=True, populations=(VOIDED,)),
    )
}
# Read from a participation's own columns; the others are worked out.
RECORDED = tuple(v for v in VARIABLES.values() if PARTICIPATION in v.populations and not v.fixed)
LISTS = (
    *dict.fromkeys(
        name
        for variable in VARIABLES.values()
        for name in (variable.list_name, f"{variable.list_name}_report" if variable.grouped else "")
        if name
    ),
    "screening_topic",
)


def has_income(phase: str, code: str) -> str:
    """The variable that says whether somebody has an income source before the start or at the exit."""
    return f"income_{phase}_{code}"


def topic_of(code: str) -> str:
    """The variable that says whether somebody answers yes on a topic of the screening."""
    return f"topic_{code}"


class Unit(NamedTuple):
    """People that no table tells apart: codes by variable, months by event, and how many.

    tallied   axes on which the unit counts in one line alone, whose code it holds: an income source, or an
              answer. The same people come again in other lines.
    """

    codes: Mapping[str, str]
    months: Mapping[str, str | None]
    number: int
    tallied: frozenset[str] = frozenset()

    def is_in(self, selection: Selection) -> bool:
        return all(self._fits(name, part) for name, part in selection.items())

    def _fits(self, name: str, part: Part) -> bool:
        if not isinstance(part, MonthRange):
            return self.codes.get(name) in part
        month = self.months[name]
        if month is None:
            return part.last is None
        return (part.first is None or part.first <= month) and (part.last is None or month <= part.last)


def units_of(groups: Sequence[Group], lists: Lists) -> list[Unit]:
    """Recorded groups, written with the codes that statistics count by."""
    readers = {variable.name: variable.reader(lists) for variable in RECORDED}
    reason = next(item.code for item in lists["exit_reason"] if item.code != DECEASED)
    return [_unit(group, readers, reason) for group in groups]


def _unit(group: Group, readers: Mapping[str, Callable[[str | None], str]], reason: str) -> Unit:
    """One group. Who has not ended has some `reason`, for no number tells of it: nobody ends without one."""
    codes = {name: read(getattr(group, name)) for name, read in readers.items()}
    codes["team"] = str(group.team_id)
    codes["entry"] = FROM_QUEUE if group.accepted else DIRECT
    codes["life"] = DECEASED if group.exit_reason == DECEASED else ALIVE
    if codes["life"] == DECEASED:
        # Told by `life` alone: as a reason, too, it would make room for people who cannot be.
        codes |= dict.fromkeys(("exit_reason", "continuation", "occupation_at_exit"), UNKNOWN)
    elif group.exit_reason is None:
        codes["exit_reason"] = reason
    codes["progressed"] = YES if _has_progressed(group, codes) else NO
    codes["stay"] = stay_of(group.started, group.ended)
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


def stay_of(started: str | None, ended: str | None) -> str:
    """The band of a stay; unknown until it has ended."""
    if started is None or ended is None:
        return UNKNOWN
    months = Month.parse(ended) - Month.parse(started)
    return next(code for code, _, (_, most) in STAYS if most is None or months <= most)
