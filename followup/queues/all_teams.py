"""The queues of all teams side by side: how many wait, and where each queue is heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followup.periods import Month
from followup.queues.drawings import short_month
from followup.queues.everywhere import MONTHS_COUNTED, TeamQueue
from followup.queues.tables import Table
from followup.web.chart_parts import ACCENT, WIDTH, Spec, amount, by_label, whole_spec
from followup.web.drawing import Chart, draw
from followup.web.formats import enumeration, integer, plural, signed
from followup.web.tables import MISSING, Cell, Column

NEVER_COMPLETE = "ingen än"
PANEL = 64
GROWS, SHRINKS, UNSURE, TOO_FEW = "växer", "minskar", "kan vara en slump", "för få för att säga"
UNCHANGED = "oförändrad"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTeamsExhibit:
    summary: str
    lengths: Table
    # What is counted for a shorter time, and why.
    gaps: list[str]
    direction: str
    paces: Table
    is_empty: bool


def of_all_teams(queues: Sequence[TeamQueue], urls: Mapping[int, str]) -> AllTeamsExhibit:
    """`urls` leads to the pages of the reader's own teams."""
    return AllTeamsExhibit(
        summary=_summary(len(queues), sum(queue.waiting for queue in queues)),
        lengths=_lengths(queues, urls),
        gaps=[_gap(queue, month) for queue in queues if (month := queue.gap)],
        direction=_direction_of_all(queues),
        paces=_paces(queues),
        is_empty=not queues,
    )


def curves(queues: Sequence[TeamQueue]) -> Chart | None:
    """A panel for each team, all with the same scales; None while no team has declared two months."""
    shown = [queue for queue in queues if len(queue.steps) > 1]
    if not shown:
        return None
    times = sorted({step.time for queue in shown for step in queue.steps})
    x = by_label([short_month(Month.from_ordinal(time)) for time in times])
    values = [
        {"team": queue.team.name, "label": short_month(Month.from_ordinal(step.time)), "value": step.length}
        for queue in shown
        for step in queue.steps
    ]
    header: Spec = {
        "title": None,
        "labelAngle": 0,
        "labelAnchor": "start",
        "labelOrient": "top",
        "labelFontSize": 13,
    }
    row = {"field": "team", "sort": [queue.team.name for queue in shown], "header": header}
    line = {"type": "line", "interpolate": "step-after", "color": ACCENT, "strokeWidth": 2.5}
    spec = {
        "data": {"values": values},
        "facet": {"row": row},
        "spacing": 14,
        "spec": {
            "width": WIDTH,
            "height": PANEL,
            "mark": line,
            "encoding": {"x": x, "y": amount("", tickCount=3)},
        },
    }
    return draw(
        whole_spec(spec),
        name="Kölängd vid varje klarmarkerad månads slut, ett fält per team",
        description=f"{_direction_of_all(queues)}. {_summary(len(queues), sum(q.waiting for q in queues))}",
    )


def direction(queue: TeamQueue) -> str:
    """Where more were put in the queue than went out of it, or fewer, than chance would give."""
    pace = queue.pace
    if pace is None:
        return NEVER_COMPLETE
    if not pace.supports_forecast:
        return TOO_FEW
    if not pace.differs:
        return UNSURE
    return GROWS if pace.joined.count > pace.out.count else SHRINKS


def _direction_of_all(queues: Sequence[TeamQueue]) -> str:
    told = [
        f"{'kön' if len(names) == 1 else 'köerna'} {course} i {enumeration(names)}"
        for course in (GROWS, SHRINKS)
        if (names := [queue.team.name for queue in queues if direction(queue) == course])
    ]
    if not told:
        changes = {queue.team.name: _change(queue) for queue in queues}
        most = max(changes, key=lambda name: abs(changes[name]), default="")
        by_chance = "Ingen kö har ändrats mer än vad som kan vara en slump"
        change = f". Störst är ändringen i {most}: {signed(changes[most])}" if most and changes[most] else ""
        return by_chance + change
    said = ", ".join(told)
    return said[0].upper() + said[1:]


def _summary(teams: int, waiting: int) -> str:
    if not waiting:
        return "Ingen väntar i något team."
    return f"I {plural(teams, 'team', 'team')} väntar sammanlagt {integer(waiting)}."


def _gap(queue: TeamQueue, month: Month) -> str:
    since = (month + 1).label
    return f"För {queue.team.name} visas inget före {since}, för att {month.label} inte är klarmarkerad."


def _lengths(queues: Sequence[TeamQueue], urls: Mapping[int, str]) -> Table:
    columns = [
        Column("Team"),
        Column("I kö nu", numeric=True),
        Column("Senast klarmarkerad månad"),
        Column("I kö vid dess slut", numeric=True),
        Column("Ändring sedan dess", numeric=True),
        Column("Ett år tidigare", numeric=True),
    ]
    return Table("Kölängd per team", columns, [_length_row(queue, urls) for queue in queues])


def _length_row(queue: TeamQueue, urls: Mapping[int, str]) -> list[Cell]:
    team = Cell(queue.team.name, url=urls.get(queue.team.id, ""))
    if queue.month is None or queue.waited is None or queue.change is None:
        return [team, Cell(integer(queue.waiting)), Cell(NEVER_COMPLETE), MISSING, MISSING, MISSING]
    before = queue.a_year_before
    return [
        *(team, Cell(integer(queue.waiting)), Cell(queue.month.label)),
        *(Cell(integer(queue.waited)), Cell(signed(queue.change))),
        MISSING if before is None else Cell(integer(before)),
    ]


def _paces(queues: Sequence[TeamQueue]) -> Table:
    columns = [
        Column("Team"),
        Column("Månader som räknas"),
        Column("Ställda i kö", numeric=True),
        Column("Startade", numeric=True),
        Column("Lämnade kön", numeric=True),
        Column("Ändring av kön"),
    ]
    caption = f"Takt in och ut de senaste klarmarkerade månaderna, högst {MONTHS_COUNTED}"
    return Table(caption, columns, [_pace_row(queue) for queue in queues])


def _pace_row(queue: TeamQueue) -> list[Cell]:
    if not queue.year:
        return [Cell(queue.team.name), Cell(NEVER_COMPLETE), MISSING, MISSING, MISSING, MISSING]
    first, last = (short_month(Month.from_ordinal(queue.year[place].time)) for place in (0, -1))
    sums = (sum(getattr(step, name) for step in queue.year) for name in ("joined", "started", "left"))
    months = first if first == last else f"{first}–{last}"
    return [Cell(queue.team.name), Cell(months), *(Cell(integer(n)) for n in sums), Cell(_course(queue))]


def _course(queue: TeamQueue) -> str:
    """By how many the queue has changed, which is certain, and whether that tells of more than chance."""
    gone = _change(queue)
    return f"{signed(gone)}, {direction(queue)}" if gone else UNCHANGED


def _change(queue: TeamQueue) -> int:
    return sum(step.joined - step.started - step.left for step in queue.year)
