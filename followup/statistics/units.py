"""What a release counts, read apart: participations, their incomes and lengths, answers, and voided rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.participation.counts import Sources, counted_by_group, everybody_by_group
from followup.participation.details import PHASES, Income, Lengths, incomes, lengths, voided
from followup.periods import Period, Week
from followup.screening.queries import Monthly, monthly
from followup.statistics.variables import (
    DIRECT,
    FROM_QUEUE,
    PARTICIPATION,
    QUEUE,
    SCREENING,
    UNKNOWN,
    VOIDED,
    YES,
    Lists,
    Unit,
    has_income,
    units_of,
)

INCOME = "income"


class Spell(NamedTuple):
    """Participations alike in team, months and weeks: `unit` says when, and `lengths` how long."""

    unit: Unit
    lengths: Lengths

    def weeks(self, counted: str, period: Period) -> int | None:
        """How long it took what `counted` counts: the wait before a start or until now, or the stay."""
        if counted == "started_from_queue":
            return self.lengths.waited
        if counted == "queue_at_end" and self.lengths.accepted_week:
            return Week.of(period.last_day) - Week.parse(self.lengths.accepted_week)
        return self.lengths.stayed


class Counted(NamedTuple):
    """Everything that cubes are filled with; `units` by population, and incomes by themselves."""

    units: Mapping[str, Sequence[Unit]]
    spells: Sequence[Spell]


def read(session: Session, scope: Scope, period: Period, lists: Lists, team_id: int | None = None) -> Counted:
    """From the period a year before to the end of `period`. Raises OutOfScope for another's team."""
    groups = counted_by_group(session, scope, period, team_id=team_id)
    people = units_of(groups, lists)
    rows = voided(session, scope, period, team_id=team_id)
    return Counted(
        {
            PARTICIPATION: people,
            QUEUE: people,
            INCOME: income_units(incomes(session, scope, period, team_id=team_id)),
            SCREENING: answers(monthly(session, scope, period, team_id=team_id)),
            VOIDED: [
                Unit({"team": str(row.team_id), "void_reason": row.reason}, {"begun": row.begun}, row.number)
                for row in rows
            ],
        },
        [spell(each) for each in lengths(session, scope, period, team_id=team_id)],
    )


def everybody(session: Session, scope: Scope, lists: Lists) -> Mapping[str, Sequence[Unit]]:
    """Everybody there has ever been, by population: what earlier editions counted is among them."""
    found = everybody_by_group(session, scope)
    units = units_of([group for group, _ in found], lists)
    people = [
        unit._replace(codes={**unit.codes, **_incomes(sources)})
        for unit, (_, sources) in zip(units, found, strict=True)
    ]
    return {PARTICIPATION: people, QUEUE: people}


def _incomes(sources: Sources) -> dict[str, str]:
    """Each source of each phase that is somebody's, and which phases know of none."""
    unknown = {(phase, UNKNOWN) for phase in PHASES} - {(phase, UNKNOWN) for phase, _ in sources}
    return {has_income(phase, code): YES for phase, code in sources | unknown}


def income_units(found: Iterable[Income]) -> list[Unit]:
    """One for each source of each phase: the same people come again in their other sources."""
    return [
        Unit(
            {"team": str(each.team_id), "phase": each.phase, "income": each.code or UNKNOWN},
            {"started": each.started, "ended": each.ended},
            each.number,
            frozenset({"phase", "income"}),
        )
        for each in found
    ]


def answers(found: Iterable[Monthly]) -> list[Unit]:
    """One for each counter: the same people come again in their other answers."""
    return [
        Unit(
            {"team": str(each.team_id), "round": each.round, "sex": each.sex, "answer": each.measure},
            {"month": each.month},
            each.number,
            frozenset({"answer"}),
        )
        for each in found
    ]


def spell(found: Lengths) -> Spell:
    months = {
        "accepted": found.accepted or found.started,
        "started": found.started,
        "left": found.left,
        "ended": found.ended,
    }
    codes = {"team": str(found.team_id), "entry": FROM_QUEUE if found.accepted else DIRECT}
    return Spell(Unit(codes, months, found.number), found)
