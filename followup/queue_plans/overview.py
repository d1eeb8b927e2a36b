"""Every team's decided plan beside its queue now, for those who follow all queues."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup import clock
from followup.access.gate import current_scope
from followup.db import db_session
from followup.documents.document import Document
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.queue_plans import document, exhibits, outcomes, queries
from followup.queue_plans.desk import fewest_outside, kinds
from followup.queue_plans.exhibits import PlanExhibit
from followup.queue_plans.models import QueuePlan
from followup.queues import everywhere
from followup.queues.tables import Table
from followup.web.formats import date_in_text, integer, plural
from followup.web.tables import NOT_APPLICABLE, Cell, Column

TITLE = "Handlings- och tidplaner för köerna"


@dataclass(frozen=True, slots=True)
class AllPlans:
    """Bare queue lengths, and what each plan itself says; nothing else leaves a team."""

    lead: str
    table: Table
    exhibits: list[PlanExhibit]

    def document(self) -> Document:
        association = organisation.association(db_session, current_scope()).name
        return document.of_all(
            TITLE, self.lead, self.table, self.exhibits, association=association, made=clock.now()
        )


def all_plans() -> AllPlans:
    found = queries.decided(db_session, current_scope())
    lengths = {each.team.id: each.waiting for each in everywhere.all_queues(db_session, current_scope())}
    outcome = outcomes.outside(db_session, current_scope(), [plan for _, plan in found])
    fewest = fewest_outside()
    shown = [exhibits.of_plan(team, plan, kinds(), outcome[team.id], fewest=fewest) for team, plan in found]
    lead = f"{plural(len(found), 'team', 'team')} har en fastställd plan, läst {date_in_text(clock.today())}."
    return AllPlans(lead, _table(found, lengths, shown), shown)


def _table(
    found: Sequence[tuple[Team, QueuePlan]], lengths: dict[int, int], shown: Sequence[PlanExhibit]
) -> Table:
    columns = [
        Column("Team"),
        Column("Beslut"),
        Column("Mål, veckor", numeric=True),
        Column("I kö då planen räknades", numeric=True),
        Column("I kö nu", numeric=True),
        Column("Nästa uppföljning"),
    ]
    rows = [
        [
            Cell(team.name),
            Cell(f"{plan.decision}, {date_in_text(plan.decided_on)}" if plan.decided_on else ""),
            Cell(integer(plan.target_weeks) if plan.target_weeks else "inget mål"),
            Cell(integer(plan.waiting)),
            Cell(integer(lengths[team.id])) if team.id in lengths else NOT_APPLICABLE,
            _next_follow_up(plan),
        ]
        for team, plan in found
    ]
    return Table("Fastställda planer", columns, rows)


def _next_follow_up(plan: QueuePlan) -> Cell:
    ahead = [each.day for each in plan.follow_ups if each.day >= clock.today()]
    return Cell(date_in_text(min(ahead))) if ahead else NOT_APPLICABLE
