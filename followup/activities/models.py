"""Structural activities and the meetings of advisory teams. Participations are counted, not people."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from followup.db import Base
from followup.db.entry import Entry
from followup.organisation.models import Association, Team
from followup.periods import Month
from followup.plan.models import Intervention


class Attendance(Base):
    """How many came to an activity from one organisation."""

    __tablename__ = "attendance"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "activity_id"], ["activity.association_id", "activity.id"]),
        CheckConstraint("count > 0", name="somebody_came"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(primary_key=True)
    # Code of the list member_party.
    party: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int]


class Activity(Entry, Base):
    """Something arranged for many: a training, a network meeting, a conference."""

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("association_id", "id"),
        ForeignKeyConstraint(
            ["association_id", "intervention_id"], [Intervention.association_id, Intervention.id]
        ),
        Index("ix_activity_day", "association_id", "day"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))
    # Code of the list activity_kind.
    kind: Mapped[str] = mapped_column(String(8))
    # Which intervention's money and goals it belongs to, where it belongs to one.
    intervention_id: Mapped[int | None]
    attendance: Mapped[list[Attendance]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class MeetingCount(Base):
    """How many meetings with an individual and a referrer an advisory team held in a month."""

    __tablename__ = "meeting_count"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("count >= 0", name="not_negative"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    count: Mapped[int]
