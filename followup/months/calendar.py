"""A team's months, year by year, as the page shows them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.months import queries
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.periods import Month
from followup.web.formats import enumeration, sentence_start


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    month: Month
    is_complete: bool
    # Why it was opened again, if it was.
    reason: str

    @property
    def label(self) -> str:
        return sentence_start(self.month.label)

    @property
    def state(self) -> str:
        if self.is_complete:
            return "Klarmarkerad"
        return f"Öppnad igen: {self.reason.lower()}" if self.reason else "Öppen"


@dataclass(frozen=True, kw_only=True)
class Calendar:
    team: Team
    years: list[int]
    year: int
    lines: list[MonthLine]
    open_months: list[Month]

    @property
    def summary(self) -> str:
        """One sentence on what is left to do."""
        if not self.years:
            return "Det finns inget att klarmarkera än."
        if not self.open_months:
            return "Alla månader som har varit är klarmarkerade."
        if len(self.open_months) > 3:
            return (
                f"{len(self.open_months)} månader är inte klarmarkerade, "
                f"den äldsta är {self.open_months[0].label}."
            )
        return f"Inte klarmarkerat: {enumeration(month.label for month in self.open_months)}."


def read(session: Session, scope: Scope, team_id: int, year: int | None) -> Calendar:
    """The months of a year that have ended; without a year the latest one."""
    team = organisation.own_team(session, scope, team_id)
    declared = queries.declarations(session, scope, [team_id])
    reasons = organisation.labels(session, scope, ["reopen_reason"])["reopen_reason"]
    lines = []
    for month in queries.asked_for(team, team.opened, queries.last_ended_month()):
        found = declared.get((team_id, month))
        reason = reasons.get(found.reopen_reason or "", "") if found else ""
        lines.append(MonthLine(month=month, is_complete=bool(found and found.complete), reason=reason))
    years = sorted({line.month.year for line in lines}, reverse=True)
    shown = year if year in years else next(iter(years), queries.last_ended_month().year)
    return Calendar(
        team=team,
        years=years,
        year=shown,
        lines=[line for line in reversed(lines) if line.month.year == shown],
        open_months=[line.month for line in lines if not line.is_complete],
    )
