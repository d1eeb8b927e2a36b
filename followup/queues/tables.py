"""The queue pages' tables: columns and cells that are already text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from followup.periods import Month
from followup.queues import words
from followup.queues.overview import Overview
from followup.queues.run_chart import RunChart
from followup.queues.series import Step
from followup.queues.survival import Curve
from followup.queues.waits import BANDS, Waits, banded
from followup.web.formats import integer, percent
from followup.web.tables import MISSING, Cell, Column, legend

STARTED, WAITING = "Startade", "Väntar nu"
TYPED = "(ifyllt)"


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: list[Column]
    rows: list[list[Cell]]

    @property
    def legend(self) -> list[str]:
        return legend(self.rows)


def by_month(overview: Overview) -> Table:
    """What happened in each month and how many waited at its end, the present month last."""
    columns = [
        Column("Månad"),
        Column("Ställda i kö", numeric=True),
        Column("Startade", numeric=True),
        Column("Lämnade kön", numeric=True),
        Column("I kö vid månadens slut", numeric=True),
    ]
    rows = [_month(step, overview) for step in overview.months]
    rows[-1][0] = Cell(f"{rows[-1][0].text}, hittills")
    return Table("Kön månad för månad", columns, rows)


def _month(step: Step, overview: Overview) -> list[Cell]:
    label, earlier = Month.from_ordinal(step.time).label, overview.earlier
    if step.time >= earlier.until:
        return _row(label, step.joined, step.started, step.left, step.length)
    length = earlier.lengths.get(step.time)
    told = MISSING if length is None else Cell(f"{integer(length)} {TYPED}")
    return [Cell(label), *[MISSING] * 3, told]


def runs(told: Sequence[words.Told]) -> Table:
    """What the two rules about chance look at, beside what chance allows."""
    rows: list[tuple[str, Callable[[RunChart], float]]] = [
        ("Median per månad", lambda chart: chart.median),
        ("Längsta följd på samma sida av medianen", lambda chart: chart.longest_run),
        ("Så lång följd kan slumpen ge", lambda chart: chart.longest_by_chance),
        ("Gånger som medianen korsas", lambda chart: chart.crossings),
        ("Så få gånger kan slumpen ge", lambda chart: chart.fewest_by_chance),
    ]
    columns = [Column("Regel"), *(Column(f"Hur många som {each.what}", numeric=True) for each in told)]
    cells = [
        [Cell(label), *(Cell(words.number_text(value(each.chart), 1)) for each in told)]
        for label, value in rows
    ]
    return Table("Slump eller förändring", columns, cells)


def waits(overview: Overview) -> Table:
    """Waits of those who started and of those who wait, side by side."""
    rows: list[tuple[str, Callable[[Waits], str]]] = [
        ("Antal deltagare", lambda waits: integer(waits.n)),
        ("Median", lambda waits: words.number_text(waits.median, waits.n)),
        ("Nio av tio högst", lambda waits: words.number_text(waits.ninetieth, waits.n)),
        ("Längst", lambda waits: words.number_text(waits.longest, waits.n)),
    ]
    return Table(
        "Väntetid i veckor för dem som startade och dem som väntar nu",
        _side_by_side("Väntetid"),
        [[Cell(label), Cell(text(overview.started)), Cell(text(overview.waiting))] for label, text in rows],
    )


def bands(overview: Overview) -> Table:
    """How many have waited how long; every band is there, also the empty ones."""
    counts = zip(BANDS, banded(overview.started), banded(overview.waiting), strict=True)
    rows = [_row(words.band_text(*band), started, waiting) for band, started, waiting in counts]
    return Table("Väntetid i grupper", _side_by_side("Väntetid"), rows)


def expected_wait(curve: Curve) -> Table:
    """The share still waiting after each wait at which somebody started."""
    columns = [
        Column("Efter antal veckor"),
        Column("Väntar fortfarande", numeric=True),
        Column("Osäkerhet", numeric=True),
        Column("Antal som har följts så länge", numeric=True),
    ]
    rows = [
        [
            Cell(integer(point.wait)),
            Cell(percent(point.share)),
            Cell(f"{integer(100 * point.low)}–{percent(point.high)}"),
            Cell(integer(point.at_risk)),
        ]
        for point in curve.points
    ]
    return Table("Andel som fortfarande väntar", columns, rows)


def _side_by_side(first: str) -> list[Column]:
    return [Column(first), Column(STARTED, numeric=True), Column(WAITING, numeric=True)]


def _row(label: str, *counts: int) -> list[Cell]:
    return [Cell(label), *(Cell(integer(count)) for count in counts)]
