"""Declaring the months that a file covers complete, and opening them again when it is undone.

It belongs to the import's own act: one event tells both.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.imports.coverage import Coverage
from followup.imports.targets import TeamMonths
from followup.months.bulk import declare_months, reopen_months
from followup.periods import Month

# Codes of the list reopen_reason.
LATE, CORRECTION = "SEN", "RAT"


def declare_covered(session: Session, scope: Scope, team_ids: Iterable[int], cover: Coverage) -> TeamMonths:
    """Declare every ended month that the file covers, for the teams in it; gives those that are new."""
    return {
        team_id: declare_months(
            session=session, scope=scope, team_id=team_id, first=cover.first, last=cover.last
        )
        for team_id in sorted(team_ids)
    }


def declare_again(session: Session, scope: Scope, opened: TeamMonths) -> None:
    """Close what was opened for the act."""
    for team_id, months in opened.items():
        for month in months:
            declare_months(session=session, scope=scope, team_id=team_id, first=month, last=month)


def reopen(session: Session, scope: Scope, months: Mapping[int, Iterable[Month]], reason: str) -> TeamMonths:
    """Open those of the months that are complete; gives which."""
    return {
        team_id: reopen_months(session=session, scope=scope, team_id=team_id, months=found, reason=reason)
        for team_id, found in sorted(months.items())
    }


def spell_for_log(months: TeamMonths) -> str:
    """Team numbers with the first and last of consecutive months: "3:2022-01–2023-12"."""
    return " ".join(
        f"{team_id}:{start}–{end}" for team_id, found in months.items() for start, end in runs(found)
    )


def runs(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    """First and last of each unbroken run of months."""
    found = set(months)
    starts = sorted(month for month in found if month - 1 not in found)
    ends = sorted(month for month in found if month + 1 not in found)
    return list(zip(starts, ends, strict=True))


def spell_months(months: list[Month]) -> str:
    """First and last of consecutive months: "januari 2022–december 2023"."""
    return ", ".join(
        start.label if start == end else f"{start.label}–{end.label}" for start, end in runs(months)
    )
