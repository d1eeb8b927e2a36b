"""Cubes of figures that count no people: from a declaration's reader to an open table."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import PlainTable, Release, open_table
from followup.disclosure.cells import Axis, Codes
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
    shown = open_table(plain, release, rule_version=release.rule_version)
    if not figures.told:
        return shown
    some = _with_figures(plain, shown, figures.told)
    return open_table(some, release, rule_version=release.rule_version) if some else None


def _with_figures(plain: PlainTable, table: ProtectedTable, names: Collection[str]) -> PlainTable | None:
    """The table without those codes of some axes that no figure stands at; None where none is left."""
    told = [codes for codes, cell in table.cells.items() if cell.value is not None]
    if not told:
        return None
    kept = [
        {codes[place] for codes in told} if axis.name in names else set(axis.codes)
        for place, axis in enumerate(plain.axes)
    ]

    def is_kept(codes: Codes) -> bool:
        return all(code in some for code, some in zip(codes, kept, strict=True))

    return replace(
        plain,
        axes=tuple(_only(axis, some) for axis, some in zip(plain.axes, kept, strict=True)),
        cells={codes: figure for codes, figure in plain.cells.items() if is_kept(codes)},
        derived={codes: each for codes, each in plain.derived.items() if is_kept(codes)},
    )


def _only(axis: Axis, kept: Collection[str]) -> Axis:
    labels = {code: label for code, label in zip(axis.codes, axis.labels, strict=True) if code in kept}
    return axis._replace(codes=tuple(labels), labels=tuple(labels.values()))
