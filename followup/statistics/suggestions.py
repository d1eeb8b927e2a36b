"""What would hide fewer figures of a table. Each suggestion has been tried, which takes a while."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import ProtectedTable, Status, most_hidden_pairs, suggest
from followup.editions import queries as editions
from followup.organisation import queries as organisation
from followup.periods import Period, Year
from followup.reporting_groups import queries as reporting_groups
from followup.statistics.declarations import TEAM
from followup.statistics.service import (
    NotProtected,
    Shown,
    Statistics,
    association_statistics,
    counts_of,
    release_with,
)
from followup.statistics.together import members, spelt_out
from followup.web.formats import enumeration


@dataclass(frozen=True)
class Proposal:
    """A change that was tried, in Swedish, and what is hidden `where` before and after.

    year   the period to look at instead, when that is the change
    teams  numbers of the teams to tell together, when that is the change
    lost   so many figures of teams fewer are shown then, since several have one line
    """

    text: str
    where: str
    hidden_before: int
    hidden_after: int
    year: Period | None = None
    teams: tuple[int, ...] = ()
    lost: int = 0


# Seconds in which new things are tried, and in which teams are put together first.
LONGEST_SEARCH = 40.0
FOR_TEAMS = 25.0
EVERYWHERE = "i hela statistiken"


def suggestions(
    *, session: Session, scope: Scope, statistics: Statistics, table_id: str, key: bytes
) -> list[Proposal]:
    """Changes to the table `table_id`, best first; a whole year before others. Raises NotProtected."""
    shown = statistics.table(table_id)
    if shown is None or statistics.rule is None or not _hidden(shown):
        return []
    start = monotonic()
    together = list(_together(session, scope, statistics, shown, key, start + FOR_TEAMS))
    found = suggest(
        counts_of(session, scope, statistics.period),
        statistics.rule,
        editions.ledger(session, scope),
        merge=(),
        key=key,
        only=[cube.id for cube in _protected(shown)],
        search_limit=start + LONGEST_SEARCH - monotonic(),
    )
    coarser = [Proposal(one.text, EVERYWHERE, one.hidden_before, one.hidden_after) for one in found]
    everywhere = sorted([*together, *coarser], key=lambda one: (one.hidden_after, one.text))
    return [*_whole_year(session, scope, statistics.period, shown, key), *everywhere]


def _together(
    session: Session, scope: Scope, statistics: Statistics, shown: Shown, key: bytes, deadline: float
) -> Iterator[Proposal]:
    """Teams to tell together: what is tried is the whole statistics as they would be told then.

    All tables per team have fewer lines then, and how many figures that costs is told beside. It is tried for
    the table that was asked about: a smaller share of it must be hidden, too.
    """
    if statistics.release is None:
        return
    names = {team.id: team.name for team in organisation.all_teams(session, scope)}
    decided = reporting_groups.team_ids_told_together(session, scope)
    ids = {cube.id for cube in _protected(shown)}
    for pair in _pairs(shown):
        if monotonic() > deadline:
            return
        chosen = frozenset(map(int, members(pair, spelt_out(pair))))
        groups = [*(group for group in decided if not group & chosen), chosen]
        try:
            release = release_with(session, scope, statistics.period, groups, key)
        except NotProtected:
            continue
        if release is None:
            continue
        before, after = _count(statistics.release), _count(release)
        if after < before and _share(release, ids) < _share(statistics.release, ids):
            teams = tuple(team for team in names if team in chosen)
            text = f"Redovisa {enumeration(names[team] for team in teams)} tillsammans"
            lost = _told(statistics.release) - _told(release)
            yield Proposal(text, EVERYWHERE, before, after, teams=teams, lost=max(lost, 0))


def _pairs(shown: Shown) -> list[tuple[str, str]]:
    """Of the tables per team, each pair once."""
    tables = [cube for cube in _protected(shown) if TEAM in (axis.name for axis in cube.axes)]
    return list(dict.fromkeys(pair for table in tables for pair in most_hidden_pairs(table, TEAM)))


def _whole_year(session: Session, scope: Scope, period: Period, shown: Shown, key: bytes) -> list[Proposal]:
    """The year that a shorter period lies in, if it is complete and hides less of the same table."""
    year = Year(period.first.year)
    if isinstance(period, Year) or period.first.year != period.last.year:
        return []
    statistics = association_statistics(session=session, scope=scope, period=year, key=key)
    whole = statistics.table(shown.table.id)
    if whole is None or _hidden(whole) >= _hidden(shown):
        return []
    return [Proposal("Visa helår", "i tabellen", _hidden(shown), _hidden(whole), year)]


def _protected(shown: Shown) -> list[ProtectedTable]:
    return [cube for cube in shown.cubes.values() if isinstance(cube, ProtectedTable)]


def _hidden(shown: Shown) -> int:
    return _count(_protected(shown))


def _count(tables: Iterable[ProtectedTable]) -> int:
    return sum(cell.status is Status.SUPPRESSED for table in tables for cell in table.cells.values())


def _told(tables: Iterable[ProtectedTable]) -> int:
    return sum(cell.value is not None for table in tables for cell in table.cells.values())


def _share(tables: Iterable[ProtectedTable], ids: set[str]) -> float:
    """How large a part of some of the tables is hidden."""
    asked = [table for table in tables if table.id in ids]
    return _count(asked) / max(sum(len(table.cells) for table in asked), 1)
