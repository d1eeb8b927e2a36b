"""The statistics of a förbund for a period, protected as one release, and a team's own raw figures.

Figures leave the teams only for periods in which every team has declared every month complete: a period
that is half counted would give flows that do not add up, and a difference to undo when the rest comes in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import queries as audit
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
from followup.organisation import queries as organisation
from followup.periods import Month, Period
from followup.protection import queries as protection
from followup.statistics.catalogue import TABLES
from followup.statistics.completeness import Missing, in_words, over
from followup.statistics.cubes import Ground, count_table
from followup.statistics.declarations import TEAM, Cubes, Setting, Table, cube_id
from followup.statistics.material import Material, own_ground
from followup.statistics.plain import opened
from followup.statistics.shelf import Shelf
from followup.statistics.standing import lacking, standing

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

    @property
    def overdue(self) -> Missing:
        """Of the months that are missing those that are over."""
        return over(self.missing, Month.of(clock.today()))

    @property
    def is_over(self) -> bool:
        return self.period.last < Month.of(clock.today())

    def table(self, table_id: str) -> Shown | None:
        return next((shown for shown in self.tables if shown.table.id == table_id), None)

    @property
    def counts_anybody(self) -> bool:
        """Whether any figure, of the period or of the year before, is more than nought."""
        cubes = (cube for shown in self.tables for cube in shown.cubes.values())
        return any(cell.value for cube in cubes for cell in cube.cells.values())

    @property
    def protected(self) -> list[ProtectedTable]:
        """Every cube in the order of the catalogue; a team's own tables are not among them."""
        cubes = [cube for shown in self.tables for cube in shown.cubes.values()]
        return [cube for cube in cubes if isinstance(cube, ProtectedTable)]


def association_statistics(*, session: Session, scope: Scope, period: Period, key: bytes) -> Statistics:
    """Protected tables of the whole förbund, safe beside every edition published so far.

    `key` is the installation's secret for disclosure control. Raises NotProtected when no safe set of tables
    was found.
    """
    name = _name_now(session, scope, period)
    known = _KEPT.get(name) if name else None
    if known is None:
        known = _made(session, scope, period, key)
        if name:
            _KEPT.put(name, known)
    return known


# What readers were shown, under names that every act changes.
_KEPT: Shelf[Statistics] = Shelf(32)


def _name_now(session: Session, scope: Scope, period: Period) -> str | None:
    """Another name after every act in the förbund; None in a session that may be acting itself.

    What can be changed is changed by acts that are logged in the same commit: the log's latest hash tells
    that nothing has been. Only the rows of months that are not complete may change without an event of their
    own, and they are counted nowhere.
    """
    kept_for = session.info.get("kept_for")
    if kept_for is None:
        return None
    return f"{kept_for} {scope.association_id} {period.code} {clock.today()} {audit.head(session, scope)}"


def _made(session: Session, scope: Scope, period: Period, key: bytes) -> Statistics:
    found = standing(session, scope, period)
    rule = protection.rule_in_force(session, scope, clock.today())
    name = organisation.association(session, scope).name
    if found.material is None:
        return Statistics(name, period, found.missing, found.before, (), False, None, rule)
    release = _protected(session, scope, found.material, rule, key)
    tables = _tables(session, scope, found.material, release, rule)
    return Statistics(name, period, found.missing, found.before, tables, True, release, rule)


def own_team_statistics(*, session: Session, scope: Scope, team_id: int, period: Period) -> Statistics:
    """A team's own raw figures as they stand now, for its own people only. Raises OutOfScope."""
    team = organisation.own_team(session, scope, team_id)
    ground = own_ground(session, scope, period, team)
    shown = [Shown(table, _own_cubes(table, ground, scope)) for table in TABLES if table.is_for(period)]
    tables = tuple(table for table in shown if table.cubes)
    missing, before = lacking(session, scope, [team], period)
    return Statistics(team.name, period, missing, before, tables, not missing)


def _own_cubes(table: Table, ground: Ground, scope: Scope) -> dict[str, OwnTeamTable]:
    own = {str(team_id) for team_id in scope.team_ids}
    return {
        cube.key: own_team_view(count_table(table, cube, ground), team=ground.team or "", own_teams=own)
        for cube in table.counted(ground.periods[0], own=True)
        if TEAM not in cube.stub
    }


# Protected tables only, under hashes of what they count.
_SHELF: Shelf[Release] = Shelf(64)


def release_name(*, session: Session, scope: Scope, period: Period, key: bytes) -> str:
    """Another one as soon as the tables of a period would have to be protected anew; empty without tables."""
    material = standing(session, scope, period).material
    if material is None:
        return ""
    rule = protection.rule_in_force(session, scope, clock.today())
    return _name(session, scope, material.mark(session, scope, key), rule)


def _name(session: Session, scope: Scope, mark: str, rule: Rule) -> str:
    return repr((mark, scope.association_id, rule, editions.ledger_mark(session, scope)))


def _protected(session: Session, scope: Scope, material: Material, rule: Rule, key: bytes) -> Release:
    """All tables together and against every edition, so that none can be undone with another's help."""
    mark = material.mark(session, scope, key)
    name = _name(session, scope, mark, rule)
    # Whoever asks for the same meanwhile waits: to do it twice at once would take twice as long.
    with _SHELF.alone(name):
        release = _SHELF.get(name)
        if release is None:
            counts = _counts(session, scope, material)
            # Somebody may have changed what is counted while it was read.
            is_as_named = material.mark(session, scope, key) == mark
            try:
                ledger = editions.ledger(session, scope)
                release = protect(counts, rule, ledger, key=key, time_limit=LONGEST)
            except ProtectionFailed as error:
                raise NotProtected(error.reason) from None
            if is_as_named:
                _SHELF.put(name, release)
    return release


def release_with(
    session: Session, scope: Scope, period: Period, groups: Sequence[Collection[int]], key: bytes
) -> Release | None:
    """What would be told if the teams of each of `groups` were told as one. Raises NotProtected.

    It is kept, so that it need not be made again when somebody decides so.
    """
    material = standing(session, scope, period, groups).material
    rule = protection.rule_in_force(session, scope, clock.today())
    return _protected(session, scope, material, rule, key) if material else None


def counts_of(session: Session, scope: Scope, period: Period) -> list[CountTable]:
    """The raw counts of a complete period, for disclosure control to try other tables of."""
    material = standing(session, scope, period).material
    return _counts(session, scope, material) if material else []


def _counts(session: Session, scope: Scope, material: Material) -> list[CountTable]:
    ground = material.ground(session, scope)
    return [
        count_table(table, cube, ground)
        for table in _for(material.periods)
        for cube in table.counted(material.periods[0])
    ]


def _for(periods: Sequence[Period]) -> list[Table]:
    return [table for table in TABLES if table.is_for(periods[0])]


def _tables(
    session: Session, scope: Scope, material: Material, release: Release, rule: Rule
) -> tuple[Shown, ...]:
    """The catalogue's tables: those that count people from the release, the plain ones as they are now."""
    setting = Setting(material.periods, material.missing, material.teams, material.together)
    safe = {protected.id: protected for protected in release}
    shown = []
    for table in _for(material.periods):
        for cube in table.opened(material.periods[0]):
            if found := opened(session, scope, table, cube, setting, release):
                safe[found.id] = found
        named = {cube.key: cube_id(table, cube) for cube in table.cubes}
        cubes = {key: safe[name] for key, name in named.items() if name in safe}
        if cubes:
            shown.append(Shown(table, cubes, rule.least_base(screening=False)))
    return tuple(shown)
