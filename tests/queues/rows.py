"""Putting rows with known times into a team, past the rules for what may be typed today."""

from collections.abc import Iterable
from datetime import date

from followup.db import Database
from followup.participation.models import Participation
from followup.periods import WeekAndMonth
from tests.infrastructure.furnish import Furnished

Times = tuple[date, date | None, date | None]


def put(database: Database, association: Furnished, team: str, rows: Iterable[Times], **more: str) -> None:
    """Rows of (accepted, started, left) in the team called "north" or "south"."""
    with database.session(write=True) as session:
        for accepted, started, left in rows:
            session.add(
                Participation(
                    association_id=association.id,
                    team_id=association.team(team),
                    sex="F",
                    age_group="30-39",
                    referring_party="FK",
                    left_reason="NEJ" if left else None,
                    **_moment("accepted", accepted),
                    **_moment("started", started),
                    **_moment("left", left),
                    **more,
                )
            )


def _moment(event: str, day: date | None) -> dict[str, object]:
    if day is None:
        return {}
    moment = WeekAndMonth.of(day)
    return {f"{event}_week": moment.week, f"{event}_month": moment.month}
