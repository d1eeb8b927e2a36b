"""What if teams shared one queue? The question, and its answer beside the queues as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from followup.periods import Week
from followup.queues.capacity import target_queue
from followup.queues.everywhere import TeamQueue
from followup.queues.fan import fan
from followup.queues.simulation import (
    Forecast,
    QueueState,
    added_up,
    share_where_all,
    simulate_apart,
    simulate_pooled,
)
from followup.queues.tables import Table
from followup.queues.what_if import WEEKS_AHEAD
from followup.web.drawing import Chart
from followup.web.fields import CodeCheckboxField, WholeNumberField
from followup.web.formats import enumeration, integer, span
from followup.web.forms import FilterForm
from followup.web.tables import Cell, Column

USUAL_TARGET = 12
HALF_YEAR, YEAR = 26, 52
FEWEST = 2
APART, TOGETHER = "Var för sig", "Gemensam kö"
Calendar = tuple[float, ...]


class PoolForm(FilterForm):
    team = CodeCheckboxField("Team som delar kö")
    target = WholeNumberField(
        "Mål för kötiden, veckor", low=1, high=200, help_text="Nästan ingen ska behöva vänta längre än så."
    )

    def __init__(self, queues: Sequence[TeamQueue]) -> None:
        """Only teams with enough counted in complete months can be part of the question."""
        self._teams = [(str(queue.team.id), queue.team.name) for queue in queues]
        super().__init__()

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.team.set_items(self._teams)
        super().process(*args, **kwargs)
        self.target.data = self.target.data or USUAL_TARGET

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        is_sent = bool(self.target.raw_data or self.team.data)
        if is_valid and is_sent and len(set(self.team.data or ())) < FEWEST:
            self.team.errors = ["Välj minst två team som skulle dela kö."]
            return False
        return is_valid

    def chosen(self, queues: Sequence[TeamQueue]) -> list[TeamQueue]:
        return [queue for queue in queues if str(queue.team.id) in (self.team.data or ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolExhibit:
    finding: str
    sentence: str
    chart: Chart
    table: Table
    teams: Table
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """The same teams with a queue each and with one together, and at which length the target holds."""

    apart: list[Forecast]
    sum_apart: Forecast
    together: Forecast
    wanted: list[float]

    @property
    def chance_apart(self) -> float:
        return share_where_all(self.apart, self.wanted, YEAR)

    @property
    def chance_together(self) -> float:
        return self.together.probability_at_most(sum(self.wanted), YEAR)


def may_pool(queues: Sequence[TeamQueue]) -> list[TeamQueue]:
    return [queue for queue in queues if queue.pace is not None and queue.pace.supports_forecast]


def left_out(queues: Sequence[TeamQueue]) -> list[str]:
    """Why each of the others cannot be chosen, which their pace among all teams tells as well."""
    may = {queue.team.id for queue in may_pool(queues)}
    return [
        f"{queue.team.name} kan inte väljas: {_why(queue)}." for queue in queues if queue.team.id not in may
    ]


def _why(queue: TeamQueue) -> str:
    if queue.pace is None:
        return "ingen månad är klarmarkerad"
    if queue.gap:
        return f"{queue.gap.label} är inte klarmarkerad, och därefter har för få ställts i kö eller startat"
    return "för få har ställts i kö eller startat"


def pool(states: Sequence[QueueState], calendars: Sequence[Calendar], target: float, seed: int) -> Pooled:
    """`target` is the longest wait wanted, in weeks."""
    apart = simulate_apart(states, weeks=WEEKS_AHEAD, seed=seed, calendars=calendars)
    return Pooled(
        apart=apart,
        sum_apart=added_up(apart),
        together=simulate_pooled(states, weeks=WEEKS_AHEAD, seed=seed, calendars=calendars),
        wanted=[target_queue(state.arrivals.rate, target) for state in states],
    )


def of_pool(
    queues: Sequence[TeamQueue], calendars: Sequence[Calendar], target: int, now: Week
) -> PoolExhibit:
    seed = now.ordinal
    pooled = pool([queue.pace.state for queue in queues if queue.pace], calendars, target, seed)
    finding, sentence = _finding(pooled), _sentence(queues, pooled)
    return PoolExhibit(
        finding=finding,
        sentence=sentence,
        chart=fan(
            name="Kölängd två år framåt, gemensam kö och var för sig",
            description=f"{finding}. {sentence}",
            now=pooled.sum_apart,
            changed=pooled.together,
            names=(f"{TOGETHER} (fältet: 8 av 10)", f"{APART}, sammanlagt"),
        ),
        table=_side_by_side(pooled),
        teams=_each(queues, pooled),
        seed=str(seed),
    )


def _finding(pooled: Pooled) -> str:
    low, _, high = pooled.together.quantiles(YEAR)
    return f"Med gemensam kö väntar troligen {span(low, high)} om ett år"


def _sentence(queues: Sequence[TeamQueue], pooled: Pooled) -> str:
    low, _, high = pooled.sum_apart.quantiles(YEAR)
    names = enumeration(queue.team.name for queue in queues)
    gain = pooled.sum_apart.quantiles(YEAR)[1] - pooled.together.quantiles(YEAR)[1]
    less = f"ungefär {integer(gain)} färre i mitten av det troliga" if gain > 0 else "ungefär lika många"
    return f"Var för sig väntar troligen {span(low, high)} sammanlagt i {names}. Gemensamt blir det {less}."


def _side_by_side(pooled: Pooled) -> Table:
    columns = [Column("Om kön"), Column(APART, numeric=True), Column(TOGETHER, numeric=True)]
    rows = [
        [
            Cell(f"I kö om {words}, troligen"),
            Cell(_length(pooled.sum_apart, week)),
            Cell(_length(pooled.together, week)),
        ]
        for week, words in ((HALF_YEAR, "ett halvår"), (YEAR, "ett år"), (WEEKS_AHEAD, "två år"))
    ]
    rows.append(
        [
            Cell("Chans att målet hålls överallt om ett år"),
            *(Cell(_chance(c)) for c in (pooled.chance_apart, pooled.chance_together)),
        ]
    )
    return Table("Två år framåt", columns, rows)


def _each(queues: Sequence[TeamQueue], pooled: Pooled) -> Table:
    columns = [
        Column("Team med egen kö"),
        Column("I kö nu", numeric=True),
        Column("I kö om ett år, troligen", numeric=True),
        Column("Så många får vänta om målet ska hållas", numeric=True),
        Column("Chans att målet hålls om ett år", numeric=True),
    ]
    rows = [
        [
            *(Cell(queue.team.name), Cell(integer(queue.waiting)), Cell(_length(forecast, YEAR))),
            *(Cell(integer(floor(wanted))), Cell(_chance(forecast.probability_at_most(wanted, YEAR)))),
        ]
        for queue, forecast, wanted in zip(queues, pooled.apart, pooled.wanted, strict=True)
    ]
    return Table("Teamen var för sig", columns, rows)


def _length(forecast: Forecast, week: int) -> str:
    low, middle, high = forecast.quantiles(week)
    return f"{integer(middle)} ({span(low, high)})"


def _chance(share: float) -> str:
    return f"{integer(100 * share)} av 100"
