"""What a team says about its own capacity, and counts of its queue that outlive the rows behind them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month, Week


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


class QueueStep(Base):
    """What happened to a team's queue in the days that a week and a complete month share.

    Written when the month is declared complete. Bare counts, without anything about who: they stay when the
    rows have been coarsened or disposed of.
    """

    __tablename__ = "queue_step"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint('joined >= 0 AND started >= 0 AND "left" >= 0', name="counts_not_negative"),
        CheckConstraint("length >= 0", name="length_not_negative"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    week: Mapped[Week] = mapped_column(primary_key=True)
    joined: Mapped[int]
    started: Mapped[int]
    # Left the queue without a start.
    left: Mapped[int]
    # How many wait at the end of these days.
    length: Mapped[int]


class QueueHistory(Base):
    """How many waited when a month ended, as it was counted before the team's own rows begin."""

    __tablename__ = "queue_history"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    waiting: Mapped[int]
