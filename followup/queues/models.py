"""What a team says about its own capacity, from a month on."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month


class QueueSetting(Base):
    """Places, target and yearly stop of a team, in force from a month until the next row of the team."""

    __tablename__ = "queue_setting"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("colleagues >= 0", name="colleagues_not_negative"),
        CheckConstraint("places_per_colleague > 0", name="some_places"),
        CheckConstraint(
            "(target_weeks IS NULL) = (target_decision IS NULL)"
            " AND (target_weeks IS NULL) = (target_decided IS NULL)",
            name="target_with_decision",
        ),
        CheckConstraint("(stop_from IS NULL) = (stop_to IS NULL)", name="stop_whole"),
        CheckConstraint("stop_from IS NULL OR stop_from <= stop_to", name="stop_in_order"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    # A later month replaces everything said before it; a coming month is a plan.
    valid_from: Mapped[Month] = mapped_column(primary_key=True)
    # Posts in per cent of full time: 250 is two and a half.
    colleagues: Mapped[int]
    # Participants that one full-time post has at the same time.
    places_per_colleague: Mapped[int]
    # The longest wait that has been decided on, in weeks; shown only with its decision.
    target_weeks: Mapped[int | None]
    # Registry number of the decision, and its day.
    target_decision: Mapped[str | None] = mapped_column(String(60))
    target_decided: Mapped[date | None]
    # ISO weeks of every year in which nobody starts, both included.
    stop_from: Mapped[int | None]
    stop_to: Mapped[int | None]
