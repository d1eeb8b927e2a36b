"""What a form or a file says about the förbund's plan. Money is in whole kronor."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from followup.plan.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class SetIntervention:
    name: str
    kind: Kind
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetBudget:
    """All three empty takes the year away."""

    intervention_id: int
    year: int
    amount: int | None
    outcome: int | None
    planned: int | None
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class SetFinancing:
    """Amounts by code of the list financing_source; a source that is left out gave nothing."""

    year: int
    amounts: Mapping[str, int]
    seen: str | None = None


@dataclass(frozen=True, kw_only=True)
class SetGoal:
    """Of the whole förbund when it names neither team nor intervention."""

    year: int
    wording: str
    indicator: str
    target: int | None = None
    outcome: int | None = None
    assessment: str | None = None
    remark: str | None = None
    team_id: int | None = None
    intervention_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetSurveyFigure:
    year: int
    instrument: str
    respondent_group: str
    topic: str
    respondents: int
    measure: str
    figure: Decimal
    scale: str | None = None
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetHistoryFigure:
    year: int
    indicator: str
    figure: int
    source: str
    team_id: int | None = None


EntryCommand = SetGoal | SetSurveyFigure | SetHistoryFigure
