"""The statistics of a förbund for a period, protected as one release, and a team's own raw figures.

Figures leave the teams only for periods in which every team has declared every month complete: a period
that is half counted would give flows that do not add up, and a difference to undo when the rest comes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.disclosure import (
    CountTable,
    OwnTeamTable,
    ProtectedTable,
    ProtectionFailed,
    Release,
    Rule,
    own_team_view,
    protect,
)
from followup.editions import queries as editions
from followup.errors import Refusal
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team, TeamKind
from followup.periods import Period, Year
from followup.protection import queries as protection
from followup.statistics.catalogue import TABLES
from followup.statistics.completeness import Missing, in_words, missing_months, works
from followup.statistics.cubes import Ground, count_table
from followup.statistics.declarations import TEAM, Cubes, Setting, Table, cube_id
from followup.statistics.material import Material, material_of, own_ground
from followup.statistics.plain import opened
from followup.statistics.shelf import Shelf

# What the installation's key is derived for.
DISCLOSURE_KEY = "disclosure"
# Seconds that protecting a release may take on a slow server; it is done once for each state of the data.
LONGEST = 180.0


class PeriodNotComplete(Refusal):
    """Somebody asked for a file of a period that is not complete."""

    def __init__(self, period: Period, missing: Missing) -> None:
        teams = "; ".join(f"{team}: {in_words(each)}" for team, each in missing.items())
        super().__init__(
            f"Statistiken för {period.label} går inte att ta ut. Alla månader måste vara klarmarkerade. "
            f"Det här saknas: {teams}."
            if missing
            else f"Statistiken för {period.label} går inte att ta ut, för inget team var i gång då."
        )


class NotProtected(Refusal):
    """Disclosure control could not make a safe set of tables; its own words say why."""


@dataclass(frozen=True)
class Shown:
    """A table of the catalogue with its cubes by key, ready to be shown to its reader.

    least_base   least number of people that a sentence on protected tables may give a share of
    """

    table: Table
    cubes: Cubes
    least_base: int = protection.BUILT_IN.share_base


@dataclass(frozen=True)
class Statistics:
    """Tables for a period with the year before beside; no tables while `missing` names somebody.

    missing_before   months of the period a year before that are not complete; its figures are then missing
    release          what publishing the tables would add to the register of disclosure control
    rule             the rule that the tables are protected by; None for a team's own
    """

    association: str
    period: Period
    missing: Missing
    missing_before: Missing
    tables: tuple[Shown, ...]
    is_complete: bool
    release: Release | None = None
    rule: Rule | None = None

    def table(self, table_id: str) -> Shown | None:
        return next((shown for shown in self.tables if shown.table.id == table_id), None)

    @property
    def protected(self) -> list[ProtectedTable]:
        """Every cube in the order of the catalogue; a team's own tables are not among them."""
        cubes = [cube for shown in self.tables for cube in shown.cubes.values()]
        return [cube for cube in cubes if isinstance(cube, ProtectedTable)]


def association_statistics(
    *, session: Session, scope: Scope, period: Period, key: bytes, only: str | None = None
) -> Statistics:
    """Protected tables of the whole förbund, safe beside every edition published so far.

    `key` is the installation's secret for disclosure control. `only` names the one table that will be shown:
    plain figures of other tables are then not looked up.
    Raises NotProtected when no safe set of tables was found.
    """
    teams = _teams(session, scope)
    missing, before = _missing(session, scope, teams, period)
    is_complete = any(works(team, period) for team in teams) and not missing
    rule = protection.rule_in_force(session, scope, clock.today())
    tables: tuple[Shown, ...] = ()
    release = None
    if is_complete:
        material = _material(session, scope, teams, period, before)
        release = _protected(session, scope, material, rule, key)
        tables = _tables(session, scope, material, release, rule, only)
    name = organisation.association(session, scope).name
    return Statistics(name, period, missing, before, tables, is_complete, release, rule)


def own_team_statistics(*, session: Session, scope: Scope, team_id: int, period: Period) -> Statistics:
    """A team's own raw figures as they stand now, for its own people only. Raises OutOfScope."""
    team = organisation.own_team(session, scope, team_id)
    ground = own_ground(session, scope, period, team)
    shown = [Shown(table, _own_cubes(table, ground, scope)) for table in TABLES if table.is_for(period)]
    tables = tuple(table for table in shown if table.cubes)
    missing, before = _missing(session, scope, [team], period)
    return Statistics(team.name, period, missing, before, tables, not missing)


def years(*, session: Session, scope: Scope) -> range:
    """The years that may be asked for: from the first team's first month to now, the latest first."""
    this_year = clock.today().year
    first = min((team.opened.year for team in _teams(session, scope)), default=this_year)
    return range(this_year, first - 1, -1)


def latest_complete_year(*, session: Session, scope: Scope) -> Year:
    """The latest year that every team has declared complete; last year if there is none."""
    teams = _teams(session, scope)
    complete = months.complete_months(session, scope, [team.id for team in teams])
    known = [Year(number) for number in years(session=session, scope=scope)]
    whole = (year for year in known if not missing_months(teams, complete, year))
    return next(whole, Year(clock.today().year - 1))


def _own_cubes(table: Table, ground: Ground, scope: Scope) -> dict[str, OwnTeamTable]:
    own = {str(team_id) for team_id in scope.team_ids}
    return {
        cube.key: own_team_view(count_table(table, cube, ground), team=ground.team or "", own_teams=own)
        for cube in table.counted(ground.periods[0])
        if TEAM not in cube.stub
    }


def _teams(session: Session, scope: Scope) -> list[Team]:
    """The teams that have participants; an advisory team counts meetings."""
    teams = organisation.all_teams(session, scope)
    return [team for team in teams if team.kind == TeamKind.COORDINATION]


def _missing(
    session: Session, scope: Scope, teams: Sequence[Team], period: Period
) -> tuple[Missing, Missing]:
    """What the period lacks, and what the one before lacks."""
    complete = months.complete_months(session, scope, [team.id for team in teams])
    return missing_months(teams, complete, period), missing_months(teams, complete, period.previous)


# Protected tables only, under hashes of what they count.
_SHELF: Shelf[Release] = Shelf(64)


def _protected(session: Session, scope: Scope, material: Material, rule: Rule, key: bytes) -> Release:
    """All tables together and against every edition, so that none can be undone with another's help."""
    name = material.name(key, scope.association_id, rule, editions.ledger_mark(session, scope))
    release = _SHELF.get(name)
    if release is None:
        counts = _counts(session, scope, material)
        try:
            ledger = editions.ledger(session, scope)
            release = protect(counts, rule, ledger, key=key, time_limit=LONGEST)
        except ProtectionFailed as error:
            raise NotProtected(error.reason) from None
        _SHELF.put(name, release)
    return release


def _counts(session: Session, scope: Scope, material: Material) -> list[CountTable]:
    ground = material.ground(session, scope)
    return [
        count_table(table, cube, ground)
        for table in _for(material.periods)
        for cube in table.counted(material.periods[0])
    ]


def counts_of(session: Session, scope: Scope, period: Period) -> list[CountTable]:
    """The raw counts of a complete period, for disclosure control to try other tables of."""
    teams = _teams(session, scope)
    _, before = _missing(session, scope, teams, period)
    return _counts(session, scope, _material(session, scope, teams, period, before))


def _material(
    session: Session, scope: Scope, teams: Sequence[Team], period: Period, before: Missing
) -> Material:
    worked_before = any(works(team, period.previous) for team in teams)
    lacking = frozenset({period.previous} if before or not worked_before else ())
    return material_of(session, scope, period, teams, lacking)


def _for(periods: Sequence[Period]) -> list[Table]:
    return [table for table in TABLES if table.is_for(periods[0])]


def _tables(
    session: Session, scope: Scope, material: Material, release: Release, rule: Rule, only: str | None
) -> tuple[Shown, ...]:
    """The catalogue's tables: those that count people from the release, the plain ones as they are now."""
    setting = Setting(material.periods, material.missing, material.teams)
    safe = {protected.id: protected for protected in release}
    shown = []
    for table in _for(material.periods):
        for cube in table.opened(material.periods[0]) if only in (None, table.id) else ():
            if found := opened(session, scope, table, cube, setting, release):
                safe[found.id] = found
        named = {cube.key: cube_id(table, cube) for cube in table.cubes}
        cubes = {key: safe[name] for key, name in named.items() if name in safe}
        if cubes:
            shown.append(Shown(table, cubes, rule.least_base(screening=False)))
    return tuple(shown)
