"""A team's plan with dates for its queue: where it stood, what is to be done, and when it is looked at."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month
from followup.scenarios.start import Start


class QueuePlan(Start, Base):
    """A draft until it is decided; then it stands still, and what changes later is a new version."""

    __tablename__ = "queue_plan"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        UniqueConstraint("association_id", "id"),
        UniqueConstraint("association_id", "team_id", "version"),
        CheckConstraint("waiting >= 0 AND joined >= 0 AND started >= 0 AND days > 0", name="counted"),
        CheckConstraint("stay > 0", name="some_stay"),
        CheckConstraint("(wait IS NULL) OR (waits_known_to IS NOT NULL)", name="wait_of_a_month"),
        CheckConstraint(
            "(target_weeks IS NULL) = (target_decision IS NULL)"
            " AND (target_weeks IS NULL) = (target_decided IS NULL)",
            name="target_with_decision",
        ),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided_with_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int]
    team_id: Mapped[int]
    # 1, 2 …: within the team.
    version: Mapped[int]
    # The complete month at whose end the pace was counted; nothing where months of the pace are still open.
    pace_known_to: Mapped[Month | None]
    # Mean weeks from start to exit that effects are counted with.
    stay: Mapped[int]
    # The wait to expect, in weeks, with its interval; nothing where too few have started.
    wait: Mapped[int | None]
    wait_low: Mapped[int | None]
    wait_high: Mapped[int | None]
    # The month at whose end the wait was estimated: it and all before it are complete.
    waits_known_to: Mapped[Month | None]
    # The longest wait decided on, in weeks, as it stood when the plan was counted.
    target_weeks: Mapped[int | None]
    target_decision: Mapped[str | None] = mapped_column(String(60))
    target_decided: Mapped[date | None]
    # Registry number and day of the decision that made the plan stand still.
    decision: Mapped[str | None] = mapped_column(String(60))
    decided_on: Mapped[date | None]

    measures: Mapped[list["QueueMeasure"]] = relationship(
        order_by="(QueueMeasure.first, QueueMeasure.id)", cascade="all, delete-orphan"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.day", cascade="all, delete-orphan")

    @property
    def is_decided(self) -> bool:
        return self.decided_on is not None


class QueueMeasure(Base):
    """One thing to be done, by a function and never a named person, and what it is meant to change."""

    __tablename__ = "queue_measure"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "plan_id"], [QueuePlan.association_id, QueuePlan.id]),
        CheckConstraint("last IS NULL OR last >= first", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int]
    plan_id: Mapped[int]
    # From the code list queue_measure_kind.
    kind: Mapped[str] = mapped_column(String(8))
    what: Mapped[str] = mapped_column(String(120))
    responsible_function: Mapped[str] = mapped_column(String(80))
    first: Mapped[Month]
    # Nothing while it goes on until further notice.
    last: Mapped[Month | None]
    # What it is meant to change; see `scenarios.commands.Question` for the units.
    colleagues: Mapped[int]
    places: Mapped[int | None]
    stay_change: Mapped[int]
    referrals: Mapped[int]


class FollowUp(Base):
    """A day on which the outcome is held against the plan."""

    __tablename__ = "queue_follow_up"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "plan_id"], [QueuePlan.association_id, QueuePlan.id]),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
