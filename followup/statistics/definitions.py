"""The list of definitions: every table and variable, from the catalogue and the förbund's code lists."""

from dataclasses import dataclass

from followup.periods import HalfYear, JanAug, Month, Period, Quarter, RollingYear, Tertial, Year
from followup.statistics.catalogue import TABLES
from followup.statistics.declarations import TEAM, Cube, Table
from followup.statistics.lines import LINES
from followup.statistics.variables import VARIABLES, Lists
from followup.web.formats import enumeration, sentence_start

# Of each kind of period one, whichever: what is told of it is told of all of its kind.
KINDS: dict[Period, str] = {
    Month(2025, 1): "månad",
    Quarter(2025, 1): "kvartal",
    Tertial(2025, 1): "tertial",
    HalfYear(2025, 1): "halvår",
    JanAug(2025): "januari–augusti",
    Year(2025): "år",
    RollingYear(Month(2025, 6)): "tolv månader",
}


@dataclass(frozen=True)
class DefinedTable:
    """A table as its definition tells it."""

    id: str
    title: str
    inclusion: tuple[str, ...]
    parts: list[str]
    levels: str
    periods: str
    sensitive: bool


@dataclass(frozen=True)
class DefinedVariable:
    """A variable with its categories; for each, the group that it is reported in."""

    label: str
    categories: list[tuple[str, str, str]]


def defined_tables() -> list[DefinedTable]:
    return [_table(table) for table in TABLES]


def defined_variables(lists: Lists) -> list[DefinedVariable]:
    """The variables with their codes, then the axes whose categories the catalogue itself declares."""
    recorded = []
    for variable in VARIABLES.values():
        items = variable.fixed or lists[variable.list_name]
        groups = {item.code: item.label for item in lists.get(f"{variable.list_name}_report", ())}
        grouped = variable.grouped
        rows = [
            (item.code, sentence_start(item.label), groups.get(item.group or "", "") if grouped else "")
            for item in items
        ]
        recorded.append(DefinedVariable(variable.label, rows))
    declared = [
        DefinedVariable(lines.label, [(line.code, line.label, "") for line in lines.lines])
        for lines in LINES.values()
    ]
    return sorted([*recorded, *declared], key=lambda variable: variable.label)


def _table(table: Table) -> DefinedTable:
    kinds = [word for period, word in KINDS.items() if table.is_told_of(period)]
    per_team = any(TEAM in cube.stub for cube in table.cubes)
    return DefinedTable(
        table.id,
        table.title,
        table.inclusion,
        [cube.title for cube in table.cubes],
        "Hela förbundet och per team" if per_team else "Hela förbundet",
        "Alla perioder" if len(kinds) == len(KINDS) else sentence_start(enumeration(kinds)),
        any(cube.sensitive for cube in table.cubes if isinstance(cube, Cube)),
    )
