"""Reading interventions, money, goals, surveys and earlier years."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.collation import by_name
from followup.plan.indicators import ARRANGED, MANUAL
from followup.plan.kinds import Kind
from followup.plan.models import Budget, Financing, Goal, HistoryFigure, Intervention, SurveyFigure

Row = TypeVar("Row", bound=Goal | SurveyFigure | HistoryFigure)
KIND_ORDER = {kind.value: place for place, kind in enumerate(Kind)}


def interventions(session: Session, scope: Scope) -> list[Intervention]:
    """By kind, and by name within each."""
    found = session.scalars(select(Intervention).where(Intervention.association_id == scope.association_id))
    return sorted(found, key=lambda each: (KIND_ORDER[each.kind], by_name(each.name)))


def intervention(session: Session, scope: Scope, number: int) -> Intervention:
    found = session.get(Intervention, number)
    if found is None or found.association_id != scope.association_id:
        raise OutOfScope
    return found


def budgets(session: Session, scope: Scope, years: Iterable[int]) -> Mapping[tuple[int, int], Budget]:
    """Money by intervention and year."""
    found = session.scalars(
        select(Budget).where(Budget.association_id == scope.association_id, Budget.year.in_(list(years)))
    )
    return {(each.intervention_id, each.year): each for each in found}


def financing(session: Session, scope: Scope, year: int) -> dict[str, int]:
    """What each source gave, by code."""
    found = session.execute(
        select(Financing.source, Financing.amount).where(
            Financing.association_id == scope.association_id, Financing.year == year
        )
    )
    return dict(found.all())


def goals(session: Session, scope: Scope, year: int) -> list[Goal]:
    """In the order they were written."""
    return _of_year(session, scope, Goal, year)


def goals_with_typed_outcome(session: Session, scope: Scope, year: int) -> list[Goal]:
    """Those whose outcome the product cannot work out: of something else, or of an insats without a team."""
    teams = {each.id: each.team_id for each in interventions(session, scope)}

    def is_typed(goal: Goal) -> bool:
        of_a_team = goal.intervention_id is None or goal.team_id or teams[goal.intervention_id]
        return goal.indicator == MANUAL or not (of_a_team or goal.indicator in ARRANGED)

    return [goal for goal in goals(session, scope, year) if goal.outcome is not None and is_typed(goal)]


def survey_figures(session: Session, scope: Scope, year: int | None = None) -> list[SurveyFigure]:
    """The latest year first; within it by instrument and topic."""
    found = _of_year(session, scope, SurveyFigure, year)
    return sorted(
        found, key=lambda each: (-each.year, by_name(each.instrument), by_name(each.topic), each.id)
    )


def every_survey_figure(session: Session, scope: Scope) -> list[SurveyFigure]:
    """Also those that are voided."""
    return list(session.scalars(_of(scope, SurveyFigure)))


def history_figures(session: Session, scope: Scope, year: int | None = None) -> list[HistoryFigure]:
    """The latest year first."""
    found = _of_year(session, scope, HistoryFigure, year)
    return sorted(found, key=lambda each: (-each.year, each.indicator, each.team_id or 0))


def voided(session: Session, scope: Scope, model: type[Row]) -> list[Row]:
    return list(session.scalars(_of(scope, model).where(model.voided).order_by(model.id)))


def entry(session: Session, scope: Scope, model: type[Row], number: int) -> Row:
    found = session.get(model, number)
    if found is None or found.association_id != scope.association_id:
        raise OutOfScope
    return found


def held_entry(session: Session, scope: Scope, model: type[Row], number: int) -> Row:
    """The entry as it is now, held until the commit."""
    found = session.scalars(
        _of(scope, model)
        .where(model.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise OutOfScope
    return found


def years(session: Session, scope: Scope) -> list[int]:
    """Years with any goal, money or financing."""
    found: set[int] = set()
    for column in (Goal.year, Budget.year, Financing.year):
        owner = column.class_
        query = select(column).where(owner.association_id == scope.association_id).distinct()
        found.update(session.scalars(query))
    return sorted(found)


def is_used(session: Session, scope: Scope, intervention_id: int) -> bool:
    """Whether anything is written about an intervention."""
    counts = (
        select(func.count()).where(
            owner.association_id == scope.association_id, owner.intervention_id == intervention_id
        )
        for owner in (Goal, Budget)
    )
    return any(session.scalar(query) for query in counts)


def _of_year(session: Session, scope: Scope, model: type[Row], year: int | None) -> list[Row]:
    query = _of(scope, model).where(~model.voided)
    if year is not None:
        query = query.where(model.year == year)
    return list(session.scalars(query.order_by(model.id)))


def _of(scope: Scope, model: type[Row]) -> Select[Any]:
    return select(model).where(model.association_id == scope.association_id)
