"""A small association over many years: random people, and the same few tables of every year."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

from followup.disclosure import TOTAL, Axis, CountTable, MonthRange, Release, Rule, select
from followup.disclosure.intruder import Fact
from followup.disclosure.quantities import NEVER, ordinal
from tests.disclosure.latecomers import published
from tests.disclosure.random_releases import CODES, PEOPLE, count, facts_of, known_as

FIRST = 2012
# The axes of each table of a year.
Shapes = dict[str, tuple[str, ...]]


def people(chance: Random, size: int, years: int) -> list[dict]:
    """Whoever would end after the last of so many years has not ended yet."""
    weights = {name: [chance.randint(1, 9) for _ in codes] for name, codes in CODES.items()}
    begin, after = ordinal(f"{FIRST - 1}-01"), ordinal(f"{FIRST + years}-01")
    rows = []
    for _ in range(size):
        row: dict = {name: chance.choices(codes, weights[name])[0] for name, codes in CODES.items()}
        row["started"] = chance.randrange(begin, after)
        row["ended"] = row["started"] + chance.randrange(1, 30)
        if row["ended"] >= after:
            row["ended"] = NEVER - 1
        rows.append(row)
    return rows


def so_far(rows: Sequence[dict], year: int) -> list[dict]:
    """As the register is when a year is over."""
    after = ordinal(f"{year + 1}-01")
    return [
        row | {"ended": row["ended"] if row["ended"] < after else NEVER - 1}
        for row in rows
        if row["started"] < after
    ]


def tables(rows: Sequence[dict], year: int, shapes: Shapes, suffix: str = "") -> list[CountTable]:
    """Who took part, started, ended and was left, each by the axes in `shapes`; head counts by team."""
    within = MonthRange(f"{year}-01", f"{year}-12")
    until, from_then = MonthRange(None, f"{year}-12"), MonthRange(f"{year}-01", None)
    groups = {
        "participants": {"started": until, "ended": from_then},
        "started": {"started": within},
        "ended": {"ended": within},
        "left over": {"started": until, "ended": MonthRange(f"{year + 1}-01", None)},
    }
    known = [known_as(row) for row in rows]
    return [table(name + suffix, rows, groups[name], axes, known) for name, axes in shapes.items()]


def table(name, rows, group, axes, known) -> CountTable:
    """Those in a group by some axes, with every total."""
    cells = {}
    for codes in product(*((*CODES[axis], TOTAL) for axis in axes)):
        inner = [{axis: {code}} for axis, code in zip(axes, codes, strict=True) if code != TOTAL]
        selection = select(group, *({k: frozenset(v) for k, v in part.items()} for part in inner))
        cells[codes] = selection, count(rows, selection)
    bare = {
        codes for codes in cells if all(c == TOTAL or a == "team" for a, c in zip(axes, codes, strict=True))
    }
    return CountTable(
        id=name,
        title=name,
        population=PEOPLE,
        axes=[Axis(axis, axis, (*CODES[axis], TOTAL), (*CODES[axis], TOTAL)) for axis in axes],
        stub=axes[:1],
        heading=axes[1:],
        cells=cells,
        sensitive={"outcome": {"work"}} if "outcome" in axes else {},
        exempt=bare,
        courses=known,
    )


def drawn_shapes(chance: Random) -> Shapes:
    """One or two axes for each table of a year."""
    names = ("participants", "started", "ended", "left over")
    return {name: tuple(chance.sample(sorted(CODES), chance.randint(1, 2))) for name in names}


def looking_back(chance: Random, rows: Sequence[dict], year: int) -> list[CountTable]:
    """What nobody had asked of an earlier year by then."""
    name, axes = chance.choice(sorted(drawn_shapes(chance).items()))
    return tables(rows, year, {name: axes}, f" {year}")


def year_by_year(
    chance: Random, rule: Rule, years: int
) -> Iterator[tuple[Release | None, list[dict], list[Fact]]]:
    """Each year's release with the records of the register and all facts told so far."""
    rows, shapes = people(chance, chance.randint(12, 40) * years, years), drawn_shapes(chance)
    records: list[dict] = []
    facts: list[Fact] = []
    for year in range(FIRST, FIRST + years):
        if not chance.randrange(3):
            shapes |= dict([chance.choice(sorted(drawn_shapes(chance).items()))])
        sources = tables(so_far(rows, year), year, shapes)
        if year > FIRST and not chance.randrange(4):
            sources += looking_back(chance, so_far(rows, year), chance.randrange(FIRST, year))
        release = published(sources, rule, records)
        if release is not None:
            records += release.records(str(year))
            facts += facts_of(release, sources, rule, str(year))
        yield release, records, facts
