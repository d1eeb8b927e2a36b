"""The queue pages' tables: columns and cells that are already text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from followup.periods import Month
from followup.queues import words
from followup.queues.overview import Overview
from followup.queues.queries import TeamQueue
from followup.queues.series import Step
from followup.queues.survival import Curve
from followup.queues.waits import BANDS, Waits, banded
from followup.web.formats import integer, percent, signed
from followup.web.tables import MISSING, Cell, Column, legend

STARTED, WAITING = "Startade", "Väntar nu"
NEVER_COMPLETE = "ingen än"
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


def all_queues(queues: Sequence[TeamQueue], urls: dict[int, str]) -> Table:
    """Length per team; `urls` leads to the pages of the reader's own teams."""
    columns = [
        Column("Team"),
        Column("I kö nu", numeric=True),
        Column("Senast klarmarkerad månad"),
        Column("I kö vid dess slut", numeric=True),
        Column("Ändring sedan dess", numeric=True),
    ]
    return Table("Kölängd per team", columns, [_team_row(queue, urls) for queue in queues])


def _team_row(queue: TeamQueue, urls: dict[int, str]) -> list[Cell]:
    team = Cell(queue.team.name, url=urls.get(queue.team.id, ""))
    if queue.month is None or queue.waited is None or queue.change is None:
        return [team, Cell(integer(queue.waiting)), Cell(NEVER_COMPLETE), MISSING, MISSING]
    return [
        *(team, Cell(integer(queue.waiting)), Cell(queue.month.label)),
        *(Cell(integer(queue.waited)), Cell(signed(queue.change))),
    ]


def _side_by_side(first: str) -> list[Column]:
    return [Column(first), Column(STARTED, numeric=True), Column(WAITING, numeric=True)]


def _row(label: str, *counts: int) -> list[Cell]:
    return [Cell(label), *(Cell(integer(count)) for count in counts)]
