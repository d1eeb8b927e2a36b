"""What the plan pages need: the plan in its team, in words, with what has come of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from followup import clock
from followup.access.gate import current_scope
from followup.access.roles import Permission
from followup.db import db_session
from followup.documents.document import Document
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month, Week
from followup.protection import queries as protection
from followup.queue_plans import document, exhibits, outcomes, queries, words
from followup.queue_plans.exhibits import PlanExhibit
from followup.queue_plans.forms import MeasureForm
from followup.queue_plans.models import QueuePlan
from followup.queues.waits import FEWEST_OUTSIDE_TEAM
from followup.web.tables import Cell, Column

KINDS = "queue_measure_kind"
COLUMNS = [Column("Version"), Column("Läge"), Column("Åtgärder", numeric=True)]


@dataclass(frozen=True, slots=True)
class Desk:
    """A version of a team's plan. A draft is changed by those who may plan the queue."""

    team: Team
    plan: QueuePlan

    @classmethod
    def of(cls, team_id: int, version: int) -> "Desk":
        team = organisation.own_team(db_session, current_scope(), team_id)
        return cls(team, queries.plan(db_session, current_scope(), team_id, version))

    @property
    def may_change(self) -> bool:
        return not self.plan.is_decided and may_plan(self.team.id)

    @property
    def is_old(self) -> bool:
        """Whether a draft was counted in an earlier week."""
        return not self.plan.is_decided and self.plan.week < Week.of(clock.today())

    def exhibit(self, *, outside: bool = False) -> PlanExhibit:
        scope, plan = current_scope(), self.plan
        if outside:
            outcome = outcomes.outside(db_session, scope, [plan])[self.team.id]
        else:
            outcome = outcomes.own(db_session, scope, self.team, plan)
        fewest = fewest_outside() if outside else 0
        return exhibits.of_plan(self.team, plan, kinds(), outcome, fewest=fewest)

    def document(self) -> Document:
        """For the board, and so with what may leave the team."""
        association = organisation.association(db_session, current_scope()).name
        return document.of_plan(self.exhibit(outside=True), association=association, made=clock.now())

    def measure_form(self) -> MeasureForm:
        form = MeasureForm()
        form.offer(
            organisation.codes(db_session, current_scope(), KINDS, in_use=Month.of(clock.today())),
            Month.of(self.plan.counted_on),
        )
        return form


def kinds() -> dict[str, str]:
    """What measures are called, by code."""
    return organisation.labels(db_session, current_scope(), [KINDS])[KINDS]


def fewest_outside() -> int:
    """How many there must be in a count that leaves the team, by the rule for what is published."""
    rule = protection.rule_in_force(db_session, current_scope(), clock.today())
    return max(FEWEST_OUTSIDE_TEAM, rule.least(screening=False))


def may_plan(team_id: int) -> bool:
    return current_scope().can(Permission.PLAN_QUEUE, team_id)


def versions(team: Team, known: Sequence[QueuePlan]) -> list[list[Cell]]:
    """Every version of a team's plan, each leading to its page."""
    return [
        [
            Cell(f"Version {each.version}", url=plan_url(team.id, each.version)),
            Cell(words.status(each).partition(", ")[2] or words.status(each)),
            Cell(str(len(each.measures))),
        ]
        for each in known
    ]


def plan_url(team_id: int, version: int) -> str:
    return url_for("queue_plans.plan", team_id=team_id, version=version)
