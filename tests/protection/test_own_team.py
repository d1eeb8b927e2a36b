"""A team's own raw figures beside what is published: where the rule reckons with them, the rest is hidden."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, ProtectedCell, ProtectedTable, Rule, Status
from followup.editions import service as editions
from followup.organisation.service import create_team
from followup.periods import Month, Year
from followup.protection import service
from tests.editions.test_publishing import publish
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished
from tests.protection.test_rule import STRICTER
from tests.statistics.board import declare

BASES = ("share_base", "screening_share_base", "median_base")
BUILT_IN = {name: getattr(Rule(), name) for name in ("threshold", "screening_threshold", *BASES)}
NUMBERS = (Status.VALUE, Status.ZERO)
# A table, and a place in it: what is chosen on each axis, but for teams and totals.
Line = tuple[str, frozenset[tuple[str, str]]]


def five_teams(session: Session, association: Furnished) -> None:
    fill(session, association, people=0)
    more = [
        create_team(session=session, association_id=association.id, name=name, opened=Month(2022, 1)).id
        for name in ("Team Östra", "Team Västra", "Team Mellersta")
    ]
    declare(session, association.id, more, Year(2022))
    declare(session, association.id, more, Year(2023))
    teams, chance = [association.north, association.south, *more], Random(0)
    for team, people in zip(teams, (90, 80, 60, 100, 50), strict=True):
        session.add_all(row(chance, association.id, team) for _ in range(people))
    session.flush()


def lines(tables: Iterable[ProtectedTable]) -> dict[Line, dict[str, ProtectedCell]]:
    """By line: the cells of the teams, and that of everybody by TOTAL."""
    found: dict[Line, dict[str, ProtectedCell]] = defaultdict(dict)
    for table in tables:
        names = [axis.name for axis in table.axes]
        for codes, cell in table.cells.items():
            place = {name: code for name, code in zip(names, codes, strict=True) if code != TOTAL}
            team = place.pop("team", TOTAL)
            if "share" not in codes and cell.status in (*NUMBERS, Status.SUPPRESSED):
                found[table.id.split("-")[0], frozenset(place.items())][team] = cell
    return found


def test_no_team_takes_its_own_from_the_total_and_finds_another(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> None:
    five_teams(session, association)
    director = scope_of(Role.DIRECTOR)
    decided = replace(STRICTER, **BUILT_IN, insider=1, valid_from=dt.date(2024, 6, 12))
    service.decide(session=session, scope=director, command=decided)
    looked_at = 0
    for line, cells in lines(editions.published(publish(session, director)).tables).items():
        total = cells.pop(TOTAL, None)
        hidden = [team for team, cell in cells.items() if cell.status is Status.SUPPRESSED]
        if hidden and total is not None and total.status in NUMBERS:
            looked_at += 1
            assert len(hidden) > 2, f"{line}: two of five are hidden, and each knows the other's number"
    assert looked_at
