"""The answer to a question about the queue, and several answers side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.periods import Week
from followup.queues import outlook
from followup.queues.fan import fan
from followup.queues.pace import Pace
from followup.queues.simulation import Change
from followup.queues.tables import Table
from followup.queues.what_if import Comparison, compare
from followup.scenarios.commands import Question
from followup.scenarios.start import Start
from followup.web.charts import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfExhibit:
    """Two years ahead as things are, and as they would be changed."""

    pace: str
    finding: str
    against_now: str
    change: str
    cost: str
    need: str
    chart: Chart
    table: Table
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Where a forecast begins: the pace so far, what is planned, and the chance it is given."""

    week: Week
    pace: Pace
    planned: Sequence[float]
    seed: int

    @classmethod
    def of(cls, start: Start) -> "Beginning":
        return cls(week=start.week, pace=start.pace, planned=start.planned_starts, seed=start.seed)

    def compare(self, question: Question) -> Comparison:
        return compare(
            self.pace.state,
            question.what_if,
            now=self.week,
            target=question.target,
            seed=self.seed,
            planned=self.planned,
        )


def of_what_if(beginning: Beginning, question: Question, cost: str) -> WhatIfExhibit:
    """`cost` is the sentence about posts, places and money."""
    pace, week, what_if = beginning.pace, beginning.week, question.what_if
    is_changed = what_if.change(week) != Change()
    comparison = beginning.compare(question)
    finding = outlook.finding(comparison, is_changed)
    against_now = outlook.against_now(comparison, is_changed)
    return WhatIfExhibit(
        pace=outlook.pace_sentence(pace),
        finding=finding,
        against_now=against_now,
        change=outlook.extra_starts(pace, what_if, week) if is_changed else "",
        cost=cost,
        need=outlook.need(pace, comparison.wanted_now, what_if.stay, beginning.seed),
        chart=fan(
            name="Kölängd två år framåt",
            description=f"{finding}. {against_now}",
            now=comparison.now,
            changed=comparison.changed if is_changed else None,
        ),
        table=outlook.table(comparison, week, is_changed=is_changed),
        seed=str(beginning.seed),
    )
