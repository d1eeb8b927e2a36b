"""Random people, random linked tables over them, and what an intruder reads when they are published."""

from itertools import product
from typing import NamedTuple

from hypothesis import strategies as st

from followup.disclosure import TOTAL, Axis, CountTable, MonthRange, Population, Rule, select
from followup.disclosure.cells import _read
from followup.disclosure.collect import parents_of
from followup.disclosure.intruder import Meaning, read_table
from followup.disclosure.quantities import EVER, NEVER, month_text, ordinal

CODES = {
    "team": ("A", "B", "C"),
    "sex": ("F", "M"),
    "age": ("16-24", "25-29", "30-67"),
    "outcome": ("work", "studies", "other"),
}
PEOPLE = Population(
    "p",
    {**CODES, "started": "time", "ended": "time"},
    order=(("started", "ended"),),
    insider="team",
)
TIMES = {
    "participants 2023": {"started": MonthRange(None, "2023-12"), "ended": MonthRange("2023-01", None)},
    "participants 2022": {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2022-01", None)},
    "active 2022-12": {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2023-01", None)},
    "started 2023": {"started": MonthRange("2023-01", "2023-12")},
    "ended 2023": {"ended": MonthRange("2023-01", "2023-12")},
    "ended early 2023": {"ended": MonthRange("2023-01", "2023-08")},
    "ended 2022": {"ended": MonthRange("2022-01", "2022-12")},
}
GROUPS = {
    ("age", "16-29"): frozenset({"16-24", "25-29"}),
    ("outcome", "work or studies"): frozenset({"work", "studies"}),
}
START = ordinal("2021-06")


@st.composite
def people(draw):
    return draw(people_of(draw(st.integers(15, 70))))


@st.composite
def people_of(draw, size):
    weights = {
        name: draw(st.lists(st.integers(1, 9), min_size=len(c), max_size=len(c))) for name, c in CODES.items()
    }
    chance = draw(st.randoms(use_true_random=False))
    rows = []
    for _ in range(size):
        row = {name: chance.choices(codes, weights[name])[0] for name, codes in CODES.items()}
        row["started"] = START + chance.randrange(36)
        row["ended"] = row["started"] + chance.randrange(1, 20)
        if row["ended"] >= ordinal("2024-01"):
            row["ended"] = NEVER - 1
        rows.append(row)
    return rows


def count(rows, selection) -> int:
    return sum(all(_fits(row[name], part) for name, part in selection.items()) for row in rows)


def _fits(value, part) -> bool:
    if isinstance(part, MonthRange):
        first = EVER if part.first is None else ordinal(part.first)
        after = NEVER if part.last is None else ordinal(part.last) + 1
        return first <= value < after
    return value in part


def codes_of(draw, axis, total=False):
    """The finest codes, or the groups over them, or both; with the `total`, or with it or not."""
    groups = [code for name, code in GROUPS if name == axis]
    shape = draw(st.sampled_from(("fine", "coarse", "both") if groups else ("fine",)))
    covered = frozenset().union(*(GROUPS[axis, code] for code in groups))
    codes = {
        "fine": list(CODES[axis]),
        "coarse": [*groups, *(code for code in CODES[axis] if code not in covered)],
        "both": [*groups, *CODES[axis]],
    }[shape]
    parents = {code: (group,) for group in groups if shape == "both" for code in GROUPS[axis, group]}
    if total or draw(st.booleans()) or draw(st.booleans()):
        codes.append(TOTAL)
    return codes, parents


class Known(NamedTuple):
    codes: dict[str, str]
    months: dict[str, str | None]
    number: int = 1


@st.composite
def courses(draw, rows):
    """What the register is said to hold: nothing, everybody, or everybody but for some corrections."""
    kind = draw(st.sampled_from(("unknown", "known", "corrected")))
    if kind == "unknown":
        return []
    kept = [row for row in rows if kind == "known" or draw(st.integers(0, 9))]
    return [known_as(row, but_for=() if kind == "known" else ("age",)) for row in kept]


def known_as(row, but_for=()):
    return Known(
        {name: row[name] for name in CODES if name not in but_for},
        {name: month_text(row[name]) if row[name] < NEVER - 1 else None for name in ("started", "ended")},
    )


@st.composite
def tables(draw, rows, name, known=(), total=False):
    axes = draw(st.lists(st.sampled_from(sorted(CODES)), min_size=1, max_size=2, unique=True))
    shapes = {axis: codes_of(draw, axis, total) for axis in axes}
    base = TIMES[draw(st.sampled_from(sorted(TIMES)))]
    cells = {}
    for codes in product(*(shapes[axis][0] for axis in axes)):
        parts = [_part(axis, code) for axis, code in zip(axes, codes, strict=True)]
        selection = select(base, *parts)
        cells[codes] = (selection, count(rows, selection))
    sensitive = {"outcome": {"work", "other"}} if "outcome" in axes and draw(st.booleans()) else {}
    return CountTable(
        id=name,
        title=name,
        population=PEOPLE,
        axes=[Axis(axis, axis, tuple(shapes[axis][0]), tuple(shapes[axis][0])) for axis in axes],
        stub=axes[:1],
        heading=axes[1:],
        cells=cells,
        sensitive=sensitive,
        parents={axis: parents for axis, (_, parents) in shapes.items() if parents},
        courses=known,
    )


def with_head_count(table: CountTable, known=()) -> CountTable:
    """The same with its total, if it has one, told in the open."""
    total = {tuple(TOTAL for _ in table.axes)} & _read(table).cells.keys()
    return recounted(table, None, known, exempt=total)


def recounted(table: CountTable, rows, known=(), exempt=None) -> CountTable:
    """The same table over other people; over the same for None."""
    cells = {
        codes: (selection, number if rows is None else count(rows, selection))
        for codes, (selection, number) in _read(table).cells.items()
    }
    return CountTable(
        id=table.id,
        title=table.title,
        population=table.population,
        axes=table.axes,
        stub=table.stub,
        heading=table.heading,
        cells=cells,
        sensitive=table.sensitive,
        parents=table.parents,
        exempt=table.exempt if exempt is None else exempt,
        courses=known,
    )


def _part(axis, code):
    if code == TOTAL:
        return {}
    return {axis: GROUPS.get((axis, code), frozenset({code}))}


def meaning(table: CountTable, rule: Rule) -> Meaning:
    """What a reader knows of a table: which group every cell counts."""
    cells = {codes: selection for codes, (selection, _) in _read(table).cells.items()}
    wholes = {}
    for codes in cells:
        for position, axis in enumerate(table.axes):
            code = codes[position]
            for up in parents_of(table, axis.name, code):
                parent = (*codes[:position], up, *codes[position + 1 :])
                if code in table.sensitive.get(axis.name, ()) and parent in cells:
                    wholes[codes] = (*wholes.get(codes, ()), cells[parent])
    least = rule.least(screening=table.screening, own=table.threshold)
    return Meaning(table.population, cells, {}, table.exempt, wholes, least)


def facts_of(release, sources, rule, name):
    return [
        fact
        for finished, source in zip(release, sources, strict=True)
        for fact in read_table(finished, meaning(source, rule), release=name)[0]
    ]
