"""Who can be counted, and who is counted in a period: each population with its variables and its times."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from followup.disclosure.cells import MonthRange, Population, Selection
from followup.disclosure.cover import Cover
from followup.disclosure.kin import Kin
from followup.disclosure.length import Length
from followup.participation.details import PHASES
from followup.participation.rules import NO_PUBLIC_SUPPORT, OWN_MEANS
from followup.periods import Month, Period
from followup.statistics.variables import (
    ALIVE,
    DECEASED,
    DIRECT,
    FROM_QUEUE,
    NO,
    PARTICIPATION,
    QUEUE,
    SCREENING,
    STAYS,
    STILL_ALIVE,
    STUDY,
    UNKNOWN,
    VARIABLES,
    VOIDED,
    WORK,
    YES,
    Lists,
    has_income,
    topic_of,
)

# Codes by variable that nobody has together.
Impossible = Mapping[str, frozenset[str]]
TIMES = ("started", "ended")
QUEUE_TIMES = ("accepted", "started", "left")


def population(name: str, teams: Sequence[str], lists: Lists) -> Population:
    """The population called `name`, with the finest codes that any table may tell apart."""
    return POPULATIONS[name](teams, lists)


def _participation(teams: Sequence[str], lists: Lists) -> Population:
    """Everybody who takes part."""
    incomes = {
        phase: [has_income(phase, item.code) for item in VARIABLES["income"].items(lists)] for phase in PHASES
    }
    codes = _codes(PARTICIPATION, lists)
    return Population(
        name=PARTICIPATION,
        variables={
            **codes,
            "exit_reason": (*(code for code in codes["exit_reason"] if code != DECEASED), UNKNOWN),
            "team": tuple(teams),
            "stay": (*(code for code, _, _ in STAYS), UNKNOWN),
            "life": (ALIVE, DECEASED),
            "progressed": (YES, NO),
            **dict.fromkeys(chain(*incomes.values()), (YES, NO)),
            **dict.fromkeys(TIMES, "time"),
        },
        order=(("started", "ended"),),
        lengths=(Length("stay", "started", "ended", {code: months for code, _, months in STAYS}),),
        covers=tuple(
            Cover(tuple(names), YES, frozenset(_apart(phase, names, lists)))
            for phase, names in incomes.items()
        ),
        impossible=(*_nothing_of_the_dead(codes, lists), _no_step(codes), _NO_REASON),
        mostly={"life": frozenset({ALIVE})},
        insider="team",
    )


def _nothing_of_the_dead(codes: Mapping[str, Sequence[str]], lists: Lists) -> Iterator[Impossible]:
    """Who died has nothing stated at the exit."""
    dead, (_, at_exit) = frozenset({DECEASED}), PHASES
    yield {"life": dead, "continuation": frozenset(codes["continuation"]) - {UNKNOWN}}
    for item in VARIABLES["income"].items(lists):
        answer = NO if item.code == UNKNOWN else YES
        yield {"life": dead, has_income(at_exit, item.code): frozenset({answer})}


# Nobody ends without a reason. That of the dead is told apart.
_NO_REASON: Impossible = {"life": frozenset({ALIVE}), "exit_reason": frozenset({UNKNOWN})}


def _no_step(codes: Mapping[str, Sequence[str]]) -> Impossible:
    """Who works or studies, and did not before, has begun."""
    at_work = frozenset({WORK, STUDY})
    return {
        "occupation_before": frozenset(codes["occupation_before"]) - at_work,
        "occupation_at_exit": at_work,
        "progressed": frozenset({NO}),
    }


def _apart(phase: str, names: Sequence[str], lists: Lists) -> Iterator[frozenset[str]]:
    """No source goes with none stated, and none but one's own with no public support."""
    own = {item.code for item in lists["income_source"] if item.group == OWN_MEANS}
    unknown, nothing = (has_income(phase, code) for code in (UNKNOWN, NO_PUBLIC_SUPPORT))
    together = {nothing, *(has_income(phase, code) for code in own)}
    for name in names:
        if name != unknown:
            yield frozenset({unknown, name})
        if name not in together:
            yield frozenset({nothing, name})


def _queue(teams: Sequence[str], _lists: Lists) -> Population:
    """Everybody who is put in a queue, counted by team and time alone.

    Such bare counts say nothing of who somebody is, so they are kept apart from the tables that do: what they
    have in common with those, who started and when, stands there as a bare count as well (`kin`).
    """
    return Population(
        name=QUEUE,
        variables={"team": tuple(teams), "entry": (FROM_QUEUE, DIRECT), **dict.fromkeys(QUEUE_TIMES, "time")},
        order=(("accepted", "started"), ("accepted", "left")),
        exclusive=(("started", "left"),),
        kin=(Kin(PARTICIPATION, "started"),),
        insider="team",
    )


def _screening(teams: Sequence[str], lists: Lists) -> Population:
    """Everybody who was asked about violence, once for each time. Nothing ties them to a participation."""
    topics = [topic_of(item.code) for item in lists["screening_topic"]]
    return Population(
        name=SCREENING,
        variables={
            **_codes(SCREENING, lists),
            "team": tuple(teams),
            "response": ("answered", "declined"),
            "any": (YES, NO),
            **dict.fromkeys(topics, (YES, NO)),
            "ongoing": (YES, NO),
            "support": ("referred", "declined_support", NO),
            "month": "time",
        },
        insider="team",
    )


def _voided(teams: Sequence[str], lists: Lists) -> Population:
    """Rows that were taken back; they count nowhere else."""
    codes = _codes(VOIDED, lists)
    return Population(VOIDED, {**codes, "team": tuple(teams), "begun": "time"}, insider="team")


def _codes(name: str, lists: Lists) -> dict[str, tuple[str, ...]]:
    return {
        variable.name: tuple(item.code for item in variable.items(lists))
        for variable in VARIABLES.values()
        if name in variable.populations
    }


POPULATIONS: Mapping[str, Callable[[Sequence[str], Lists], Population]] = {
    PARTICIPATION: _participation,
    QUEUE: _queue,
    SCREENING: _screening,
    VOIDED: _voided,
}


def _within(period: Period) -> MonthRange:
    return MonthRange(str(period.first), str(period.last))


def _before(period: Period) -> MonthRange:
    return MonthRange(None, str(period.first - 1))


def _until(month: Month) -> MonthRange:
    return MonthRange(None, str(month))


def _from_start(period: Period) -> MonthRange:
    return MonthRange(str(period.first), None)


def _after(month: Month) -> MonthRange:
    return MonthRange(str(month + 1), None)


QUEUED: Selection = {"entry": frozenset({FROM_QUEUE})}


def _in_queue(month: Month) -> Selection:
    """Those who waited when the month was over."""
    return {**QUEUED, "accepted": _until(month), "started": _after(month), "left": _after(month)}


def on_day(month: int) -> str:
    """The name in COUNTED of those who waited on the last day of a month of the period's year."""
    return f"queue_on_{month:02d}"


FIXED_DAYS = (3, 6, 9, 12)
# Who is counted in a period. At the start means the stroke of midnight before its first day.
OUTCOME = "ended_alive"
COUNTED: Mapping[str, Callable[[Period], Selection]] = {
    "active_at_start": lambda p: {"started": _before(p), "ended": _from_start(p)},
    "started": lambda p: {"started": _within(p)},
    "ended": lambda p: {"ended": _within(p)},
    OUTCOME: lambda p: {"ended": _within(p), **STILL_ALIVE},
    "active_at_end": lambda p: {"started": _until(p.last), "ended": _after(p.last)},
    "participants": lambda p: {"started": _until(p.last), "ended": _from_start(p)},
    "queue_at_start": lambda p: _in_queue(p.first - 1),
    "joined": lambda p: {**QUEUED, "accepted": _within(p)},
    "started_from_queue": lambda p: {**QUEUED, "started": _within(p)},
    "left": lambda p: {**QUEUED, "left": _within(p)},
    "queue_at_end": lambda p: _in_queue(p.last),
    **{
        on_day(month): lambda p, month=month: _in_queue(Month(p.last.year, month))  # type: ignore[misc]
        for month in FIXED_DAYS
    },
    "asked": lambda p: {"month": _within(p)},
    "voided": lambda p: {"begun": _within(p)},
}
