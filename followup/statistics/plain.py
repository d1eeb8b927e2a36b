"""Cubes of figures that count no people: from a declaration's reader to an open table."""

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import PlainTable, Release, open_table
from followup.disclosure.cells import Axis
from followup.disclosure.protected import ProtectedTable
from followup.statistics.declarations import PERIOD, TEAM, PlainCube, Setting, Table, cube_id


def period_axis(setting: Setting) -> Axis:
    """Every plain cube has it: the period and the one before, as the counted tables have."""
    codes, labels = zip(*((period.code, period.label) for period in setting.periods), strict=True)
    return Axis(PERIOD, "Period", codes, labels)


def team_axis(setting: Setting) -> Axis:
    """The teams that the counted tables show; a cell derived from them has the same team code."""
    codes, labels = zip(*setting.teams, strict=True)
    return Axis(TEAM, "Team", codes, labels)


def opened(
    session: Session, scope: Scope, table: Table, cube: PlainCube, setting: Setting, release: Release
) -> ProtectedTable | None:
    """A plain cube beside the protected release; None when the förbund has none of its figures."""
    figures = cube.figures(session, scope, setting)
    if figures is None:
        return None
    plain = PlainTable(
        id=cube_id(table, cube),
        title=cube.title,
        stub=cube.stub,
        heading=cube.heading,
        unit=cube.unit,
        axes=figures.axes,
        cells=figures.cells,
        derived=figures.derived,
        decimals=figures.decimals,
        units=figures.units,
    )
    return open_table(plain, release, rule_version=release.rule_version)
