"""What a release is counted from, read from the database in as few and small questions as possible."""

import hmac
import json
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.organisation.models import Code, Team
from followup.participation.counts import lines_to_count, teams_in_sight
from followup.participation.details import incomes, voided
from followup.periods import Period
from followup.screening.queries import counters
from followup.statistics.completeness import works
from followup.statistics.cubes import Ground
from followup.statistics.together import NOBODY, Together, gathered
from followup.statistics.units import everybody, read
from followup.statistics.variables import LISTS, Item, Lists


class Material(NamedTuple):
    """What tables of a förbund are made over, but for those who are counted in them.

    teams     code and name of each team that is told, or of several that are told as one
    gone      codes of teams that have closed and are no longer shown; earlier editions told of them
    together  the teams of each group that is told as one
    """

    periods: tuple[Period, Period]
    missing: frozenset[Period]
    teams: Sequence[tuple[str, str]]
    lists: Lists
    gone: Sequence[str] = ()
    together: Together = NOBODY

    def ground(self, session: Session, scope: Scope) -> Ground:
        """With those who are counted; asked for only when the tables are not known yet."""
        counted = read(session, scope, self.periods[0], self.lists)
        people = everybody(session, scope, self.lists)
        return Ground(
            self.periods,
            self.missing,
            self.teams,
            self.lists,
            counted.units,
            counted.spells,
            courses=people,
            gone=self.gone,
            together=self.together,
        )

    def mark(self, session: Session, scope: Scope, key: bytes) -> str:
        """Equal when everything that decides the tables is; without the key it tells nothing about it."""
        period = self.periods[0]
        content = [
            [each.code for each in self.periods],
            sorted(each.code for each in self.missing),
            *(self.teams, self.lists, self.gone, self.together),
            lines_to_count(session, scope, period),
            *_aside(session, scope, period),
        ]
        return hmac.new(key, json.dumps(content).encode(), sha256).hexdigest()


def material_of(
    session: Session,
    scope: Scope,
    period: Period,
    teams: Sequence[Team],
    missing: frozenset[Period],
    groups: Iterable[Collection[int]] = (),
) -> Material:
    """The material of `period` and the one before, with the teams of each of the `groups` told as one."""
    working = {team.id for team in teams if works(team, period) or works(team, period.previous)}
    # A team that has closed is shown for as long as it has somebody from before.
    left = len(working) < len(teams) and teams_in_sight(session, scope, period)
    shown = working.union(left or ())
    told, together = gathered([(str(team.id), team.name) for team in teams if team.id in shown], groups)
    return Material(
        periods=(period, period.previous),
        missing=missing,
        teams=told,
        lists=lists_of(session, scope),
        gone=[str(team.id) for team in teams if team.id not in shown],
        together=together,
    )


def _aside(session: Session, scope: Scope, period: Period) -> tuple[Sequence[object], ...]:
    """What is counted beside the participations' own columns."""
    aside = (incomes, voided, counters)
    return tuple(read_aside(session, scope, period) for read_aside in aside)


def own_ground(session: Session, scope: Scope, period: Period, team: Team) -> Ground:
    """One team's own participations. Raises OutOfScope when the team is another's."""
    lists = lists_of(session, scope)
    counted = read(session, scope, period, lists, team.id)
    code = str(team.id)
    return Ground(
        (period, period.previous),
        frozenset(),
        [(code, team.name)],
        lists,
        counted.units,
        counted.spells,
        code,
    )


def lists_of(session: Session, scope: Scope) -> Lists:
    """The code lists that tables are counted by, in their order."""
    lists: dict[str, list[Item]] = {name: [] for name in LISTS}
    entries = session.execute(
        select(Code.list_name, Code.code, Code.label_sv, Code.report_code)
        .where(Code.association_id == scope.association_id, Code.list_name.in_(LISTS))
        .order_by(Code.position)
    )
    for name, *entry in entries:
        lists[name].append(Item._make(entry))
    return lists
