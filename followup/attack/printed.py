"""Tables as they lie on paper: a header row, rows, and every category by its label."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from followup.attack.told import ABSENT, EDITION_ROW, Outline, ToldCell, edition_in, squeezed
from followup.disclosure.cells import Axis, Codes
from followup.periods import parse_period
from followup.statistics.declarations import PERIOD, TEAM
from followup.statistics.meaning import PublicCube

HIDDEN, MISSING, SILENT = "..", "..*", "."
TEAM_COLUMN, PERIOD_ROW = "Team", "Period"
SIGNS = str.maketrans({"\u2212": "-", ",": ".", "%": ""})


class Printed(NamedTuple):
    """A table: what stands above it, its header and its rows, cell by cell."""

    caption: str
    header: Sequence[Any]
    rows: Sequence[Sequence[Any]]


def outline_of(tables: Iterable[Printed], about: Mapping[str, str]) -> Outline:
    """Period, teams and edition. `about` holds the lines of "Om tabellerna". Raises KeyError, ValueError."""
    code = about[PERIOD_ROW].rpartition("(")[2].rstrip(")")
    rows = (row for table in tables if table.header[:1] == [TEAM_COLUMN] for row in table.rows)
    teams = dict.fromkeys(squeezed(str(row[0])) for row in rows)
    return Outline(parse_period(code), tuple(teams), edition_in([about.get(EDITION_ROW, "").strip()]))


def cells_in(cube: PublicCube, table: Printed) -> Iterator[ToldCell]:
    """Every cell of a table that tells something, by the labels of its row and column."""
    lines, columns = _labelled(cube, cube.stub), _labelled(cube, cube.heading)
    width = len(cube.stub)
    for row in table.rows:
        line = lines.get(squeezed("".join(str(entry) for entry in row[:width])))
        for title, entry in zip(table.header[width:], row[width:], strict=True):
            column = columns.get(squeezed(str(title)))
            if line is None or column is None:
                yield ToldCell(None, (), None)
            elif entry != SILENT:
                yield ToldCell(cube, (*line, *column), _number(entry))


def _number(entry: Any) -> float | None:
    return None if entry == HIDDEN else ABSENT if entry == MISSING else number_in(entry)


def number_in(entry: Any) -> float:
    """A number as typed by a program or printed in Swedish: "1 234", "57 %". Raises ValueError."""
    return float(squeezed(entry).translate(SIGNS)) if isinstance(entry, str) else float(entry)


def _labelled(cube: PublicCube, names: Sequence[str]) -> dict[str, Codes]:
    """Codes by what the row or column says; among several words the period comes last."""
    axes = [cube.axis(name) for name in names]
    spoken = sorted(range(len(axes)), key=lambda number: axes[number].name == PERIOD)
    return {
        "".join(squeezed(_label(axes[number], codes[number])) for number in spoken): codes
        for codes in product(*(axis.codes for axis in axes))
    }


def _label(axis: Axis, code: str) -> str:
    return code if axis.name == TEAM else axis.labels[axis.codes.index(code)]
