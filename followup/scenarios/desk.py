"""What the scenario pages need: the team, its queue as it is, and the form or forecast that belongs to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for

from followup import clock
from followup.access.gate import current_scope
from followup.access.roles import Permission
from followup.db import db_session
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month, Week
from followup.queues import queries as queues
from followup.queues.queries import Caseload
from followup.queues.what_if import seed_of
from followup.scenarios import comparison, queries, words
from followup.scenarios.commands import Question
from followup.scenarios.comparison import Alternative
from followup.scenarios.cost import team_budget, yearly_cost
from followup.scenarios.exhibits import Beginning, WhatIfExhibit, of_what_if
from followup.scenarios.forms import ChoiceForm, WhatIfForm
from followup.scenarios.models import QueueScenario
from followup.web.tables import Cell, Column

COLUMNS = [Column("Namn"), Column("Ändring"), Column("Räknat från")]


@dataclass(frozen=True, slots=True)
class Desk:
    """A team of one's own and its queue today."""

    team: Team
    caseload: Caseload
    may_plan: bool

    @classmethod
    def of(cls, team_id: int) -> "Desk":
        scope = current_scope()
        team = organisation.own_team(db_session, scope, team_id)
        overview = queues.overview(db_session, scope, team)
        caseload = queues.caseload_of(db_session, scope, team, overview.counted_weeks)
        return cls(team, caseload, scope.can(Permission.PLAN_QUEUE, team_id))

    @property
    def now(self) -> Beginning:
        week = Week.of(clock.today())
        caseload = self.caseload
        return Beginning(
            week=week, pace=caseload.pace, planned=caseload.planned, seed=seed_of(self.team.id, week)
        )

    def what_if_form(self) -> WhatIfForm:
        said = self.caseload.setting
        return WhatIfForm(
            Month.of(clock.today()),
            stay=self.caseload.stay,
            posts=said.colleagues if said else None,
            places=said.places_per_colleague if said else None,
            target=said.target_weeks if said else None,
        )

    def scenarios(self) -> list[QueueScenario]:
        return queries.scenarios(db_session, current_scope(), self.team.id)

    def rows(self) -> list[list[Cell]]:
        """The saved scenarios, each leading to its page."""
        return [
            [
                Cell(each.name, url=url_for("scenarios.scenario", team_id=self.team.id, scenario_id=each.id)),
                Cell(words.summary(each.question)),
                Cell(words.starts_from(each.week, each.waiting)),
            ]
            for each in self.scenarios()
        ]

    def choice_form(self) -> ChoiceForm:
        return ChoiceForm((str(each.id), each.name) for each in self.scenarios())

    def courses(self, chosen: Sequence[QueueScenario], *, from_now: bool) -> list[Alternative]:
        """Each from where it was counted, or all of them from the queue as it is today."""
        begun = [(each.name, each.question, self.now if from_now else Beginning.of(each)) for each in chosen]
        return comparison.alternatives(begun, self.price()[0])

    def price(self) -> tuple[Callable[[Question], float | None], str]:
        """What a question costs in a year, and where the price is from."""
        budget = team_budget(db_session, current_scope(), self.team.id, clock.today().year)
        posts = self.caseload.setting.colleagues if self.caseload.setting else None
        source = words.price_source(budget.year) if budget and posts else ""
        return partial(yearly_cost, budget=budget, posts=posts), source

    def answer(self, beginning: Beginning, question: Question) -> WhatIfExhibit:
        """What would become of the queue, and what that takes in posts, places and money."""
        return of_what_if(beginning, question, self._cost(question))

    def _cost(self, question: Question) -> str:
        budget = team_budget(db_session, current_scope(), self.team.id, clock.today().year)
        posts = self.caseload.setting.colleagues if self.caseload.setting else None
        kronor = yearly_cost(question, budget, posts)
        return words.cost(question, kronor, budget.year if budget else None)

    def staleness(self, chosen: Sequence[QueueScenario]) -> str:
        """What has happened since the oldest of them was counted; "" when all are of one queue this week."""
        oldest = min(chosen, key=lambda each: each.counted_on)
        is_old = oldest.week < self.now.week or len({(each.week, each.waiting) for each in chosen}) > 1
        return words.staleness(oldest, self.caseload.pace) if is_old else ""


def address(team_id: int, question: Question) -> str:
    """The what-if page with the question filled in; months that have passed fall away."""
    next_month = Month.of(clock.today()) + 1
    asked: dict[str, Any] = {name: getattr(question, name) for name in question.__slots__}
    if question.vacancy_to is not None and question.vacancy_to < next_month:
        asked |= {"vacancy": None, "vacancy_from": None, "vacancy_to": None}
    elif question.vacancy_from is not None:
        asked["vacancy_from"] = max(question.vacancy_from, next_month)
    filled = {name: value for name, value in asked.items() if value}
    return url_for("scenarios.what_if", team_id=team_id, **filled)
