"""What a release is counted from, read from the database in as few and small questions as possible."""

import hmac
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.organisation.models import Code, Team
from followup.participation.counts import counted_by_group, lines_to_count, team_of
from followup.periods import Period
from followup.statistics.completeness import works
from followup.statistics.cubes import Ground
from followup.statistics.variables import LISTS, Item, Lists, units_of


class Material(NamedTuple):
    """What decides the tables of a förbund. Participations are lines: equal lines give equal counts."""

    periods: tuple[Period, Period]
    missing: frozenset[Period]
    teams: Sequence[tuple[str, str]]
    lists: Lists
    lines: Sequence[str]

    def name(self, key: bytes, *more: object) -> str:
        """A name for what comes of this material and `more`; without the key it tells nothing about them."""
        content = [
            [repr(each) for each in more],
            [period.code for period in self.periods],
            sorted(period.code for period in self.missing),
            *(self.teams, self.lists, self.lines),
        ]
        return hmac.new(key, json.dumps(content).encode(), sha256).hexdigest()

    def ground(self, session: Session, scope: Scope) -> Ground:
        """The participations themselves, to be counted; asked for only when the tables are not known yet."""
        groups = counted_by_group(session, scope, self.periods[0])
        return Ground(self.periods, self.missing, self.teams, self.lists, units_of(groups, self.lists))


def material_of(
    session: Session, scope: Scope, period: Period, teams: Sequence[Team], missing: frozenset[Period]
) -> Material:
    """The material of `period` and the one before."""
    lines = lines_to_count(session, scope, period)
    counted = {team_of(line) for line in lines}
    return Material(
        periods=(period, period.previous),
        missing=missing,
        teams=[
            (str(team.id), team.name)
            for team in teams
            # A team that has closed is shown for as long as it has somebody from before.
            if team.id in counted or works(team, period) or works(team, period.previous)
        ],
        lists=_lists(session, scope),
        lines=lines,
    )


def own_ground(session: Session, scope: Scope, period: Period, team: Team) -> Ground:
    """One team's own participations. Raises OutOfScope when the team is another's."""
    lists = _lists(session, scope)
    groups = counted_by_group(session, scope, period, team_id=team.id)
    code = str(team.id)
    return Ground(
        (period, period.previous), frozenset(), [(code, team.name)], lists, units_of(groups, lists), code
    )


def _lists(session: Session, scope: Scope) -> Lists:
    lists: dict[str, list[Item]] = {name: [] for name in LISTS}
    entries = session.execute(
        select(Code.list_name, Code.code, Code.label_sv, Code.report_code)
        .where(Code.association_id == scope.association_id, Code.list_name.in_(LISTS))
        .order_by(Code.position)
    )
    for name, *entry in entries:
        lists[name].append(Item._make(entry))
    return lists
