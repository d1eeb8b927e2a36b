"""When months were declared complete and opened again, as the log tells it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.models import AuditEvent
from followup.periods import Month


@dataclass
class Acts:
    """A team's months: the day of the first declaration, and those opened again."""

    declared: dict[Month, date] = field(default_factory=dict)
    reopened: set[Month] = field(default_factory=set)

    def days(self, months: Iterable[Month]) -> list[int]:
        """Days from the end of each month to its declaration, 0 when it was made on the day after."""
        return [
            (self.declared[month] - (month + 1).first_day).days for month in months if month in self.declared
        ]


def acts(session: Session, scope: Scope, team_ids: Iterable[int]) -> dict[int, Acts]:
    """By team. Months declared with an imported list are not among them: it was nobody's monthly task.

    Nor are they when they are opened and declared again later, which tells nothing of how soon it was.
    """
    found = {team_id: Acts() for team_id in team_ids}
    imported: set[tuple[int, Month]] = set()
    events = session.execute(
        select(AuditEvent.team_id, AuditEvent.event, AuditEvent.at, AuditEvent.details)
        .where(
            AuditEvent.association_id == scope.association_id,
            AuditEvent.event.in_([Event.MONTH_DECLARED.name, Event.MONTH_REOPENED.name]),
            AuditEvent.team_id.in_(list(found)),
        )
        .order_by(AuditEvent.number)
    )
    for team_id, event, at, details in events:
        for month in _months(details["month"]):
            if event == Event.MONTH_REOPENED.name:
                found[team_id].reopened.add(month)
                if month not in found[team_id].declared:
                    imported.add((team_id, month))
            elif (team_id, month) not in imported:
                found[team_id].declared.setdefault(month, date.fromisoformat(at[:10]))
    return found


def spans(months: Iterable[Month]) -> str:
    """As the log keeps them: "2023-01–2023-05, 2023-07" for months in order, none of them left out."""
    found: list[list[Month]] = []
    for month in months:
        if found and month == found[-1][1] + 1:
            found[-1][1] = month
        else:
            found.append([month, month])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def _months(text: str) -> list[Month]:
    """ "2023-01" or "2023-01–2023-05, 2023-07", both ends included."""
    found: list[Month] = []
    for part in text.split(", "):
        first, _, last = part.partition("–")
        start, end = Month.parse(first), Month.parse(last or first)
        found.extend(start + step for step in range(end - start + 1))
    return found
