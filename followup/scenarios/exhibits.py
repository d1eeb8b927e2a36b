"""The answer to a question about the queue: a finding, a fan, a table, and what it would take."""

from dataclasses import dataclass

from followup.periods import Week
from followup.queues import outlook
from followup.queues.fan import fan
from followup.queues.queries import Caseload
from followup.queues.simulation import Change
from followup.queues.tables import Table
from followup.queues.what_if import WhatIf, compare, seed_of
from followup.web.charts import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfExhibit:
    """Two years ahead as things are, and as they would be changed."""

    pace: str
    finding: str
    against_now: str
    change: str
    need: str
    chart: Chart
    table: Table
    seed: str


def of_what_if(caseload: Caseload, what_if: WhatIf, *, target: int, team_id: int, now: Week) -> WhatIfExhibit:
    pace, planned, seed = caseload.pace, caseload.planned, seed_of(team_id, now)
    is_changed = what_if.change(now) != Change()
    comparison = compare(pace.state, what_if, now=now, target=target, seed=seed, planned=planned)
    finding = outlook.finding(comparison, is_changed)
    against_now = outlook.against_now(comparison, is_changed)
    return WhatIfExhibit(
        pace=outlook.pace_sentence(pace),
        finding=finding,
        against_now=against_now,
        change=outlook.extra_starts(pace, what_if, now) if is_changed else "",
        need=outlook.need(pace, comparison.wanted_now, what_if.stay, seed),
        chart=fan(
            name="Kölängd två år framåt",
            description=f"{finding}. {against_now}",
            now=comparison.now,
            changed=comparison.changed if is_changed else None,
        ),
        table=outlook.table(comparison, now, is_changed=is_changed),
        seed=str(seed),
    )
