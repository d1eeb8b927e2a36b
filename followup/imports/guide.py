"""What a list holds, told before somebody writes one."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.imports import reading, screening_rows
from followup.imports.columns import Column
from followup.imports.kinds import SCREENING
from followup.periods import Month
from followup.screening import queries as screening


def columns(session: Session, scope: Scope, kind: str) -> Sequence[Column]:
    """In the order to write them; the topics are those that the förbund counts today."""
    if kind != SCREENING:
        return reading.COLUMNS[kind]
    return screening_rows.columns_with(screening.topics(session, scope, Month.of(clock.today())))
