"""A participation: one way through one team. Nothing here points at a person, or at who wrote it down."""

from collections.abc import Iterable
from secrets import token_hex

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month, Week

INCOME_BEFORE = "before"
INCOME_AT_EXIT = "at_exit"
# What statistics count by. In one index, so that counting a few years reads nothing of the others.
COUNTED = (
    "association_id", "ended_month", "left_month", "accepted_month", "started_month", "void_reason",
    "team_id", "sex", "age_group", "referring_party", "education", "time_on_public_support",
    "occupation_before", "extent_before", "exit_reason", "continuation", "occupation_at_exit",
    "extent_at_exit", "accepted_week", "started_week", "ended_week",
)  # fmt: skip


def random_key() -> str:
    return token_hex(13)


def random_stamp(_previous: str | None = None) -> str:
    return token_hex(6)


class ParticipationIncome(Base):
    """An income source before the start or at the exit; several are allowed."""

    __tablename__ = "participation_income"
    __table_args__ = (
        ForeignKeyConstraint(
            ["association_id", "team_id", "participation_key"],
            ["participation.association_id", "participation.team_id", "participation.key"],
            name="fk_participation_income_participation",
            ondelete="CASCADE",
        ),
        CheckConstraint("phase IN ('before', 'at_exit')", name="known_phase"),
        {"sqlite_with_rowid": False},
    )

    participation_key: Mapped[str] = mapped_column(String(26), primary_key=True)
    phase: Mapped[str] = mapped_column(String(8), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    association_id: Mapped[int]
    team_id: Mapped[int]


class Participation(Base):
    """Times are ISO week (for waits) and calendar month (for periods); the day is never kept."""

    __tablename__ = "participation"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("(accepted_week IS NULL) = (accepted_month IS NULL)", name="accepted_whole"),
        CheckConstraint("(started_week IS NULL) = (started_month IS NULL)", name="started_whole"),
        CheckConstraint("(left_week IS NULL) = (left_month IS NULL)", name="left_whole"),
        CheckConstraint("(ended_week IS NULL) = (ended_month IS NULL)", name="ended_whole"),
        CheckConstraint("accepted_week IS NOT NULL OR started_week IS NOT NULL", name="has_begun"),
        CheckConstraint("started_week IS NULL OR left_week IS NULL", name="starts_or_leaves"),
        CheckConstraint("left_week IS NULL OR accepted_week IS NOT NULL", name="leaves_from_queue"),
        CheckConstraint("ended_week IS NULL OR started_week IS NOT NULL", name="ends_after_start"),
        CheckConstraint(
            "started_week IS NULL OR accepted_week IS NULL"
            " OR (accepted_week <= started_week AND accepted_month <= started_month)",
            name="queue_before_start",
        ),
        CheckConstraint(
            "left_week IS NULL OR (accepted_week <= left_week AND accepted_month <= left_month)",
            name="queue_before_leaving",
        ),
        CheckConstraint(
            "ended_week IS NULL OR (started_week <= ended_week AND started_month <= ended_month)",
            name="start_before_exit",
        ),
        CheckConstraint("(left_week IS NULL) = (left_reason IS NULL)", name="left_with_reason"),
        CheckConstraint("(ended_week IS NULL) = (exit_reason IS NULL)", name="ended_with_reason"),
        Index("ix_participation_started", "association_id", "team_id", "started_month", "ended_month"),
        Index("ix_participation_accepted", "association_id", "team_id", "accepted_month"),
        Index("ix_participation_counted", *COUNTED),
        # What hangs on a participation is of the same team.
        Index("uq_participation_owned", "association_id", "team_id", "key", unique=True),
        {"sqlite_with_rowid": False},
    )

    # Random, so that it says nothing about order; known to the server and to an open form, shown nowhere.
    key: Mapped[str] = mapped_column(String(26), primary_key=True, default=random_key)
    # Replaced by a new random value at each change: tells that the row changed, not how often.
    stamp: Mapped[str] = mapped_column(String(12))
    association_id: Mapped[int]
    team_id: Mapped[int]
    # Only where the team covers several municipalities.
    municipality: Mapped[str | None] = mapped_column(String(4))
    sex: Mapped[str] = mapped_column(String(8))
    age_group: Mapped[str] = mapped_column(String(8))
    referring_party: Mapped[str] = mapped_column(String(8))
    education: Mapped[str | None] = mapped_column(String(8))
    time_on_public_support: Mapped[str | None] = mapped_column(String(8))
    occupation_before: Mapped[str | None] = mapped_column(String(8))
    extent_before: Mapped[str | None] = mapped_column(String(8))
    # Accepted and put in the queue; empty when the participation started without a queue.
    accepted_week: Mapped[Week | None]
    accepted_month: Mapped[Month | None]
    started_week: Mapped[Week | None]
    started_month: Mapped[Month | None]
    # Left the queue without a start, which is not a completed wait.
    left_week: Mapped[Week | None]
    left_month: Mapped[Month | None]
    left_reason: Mapped[str | None] = mapped_column(String(8))
    ended_week: Mapped[Week | None]
    ended_month: Mapped[Month | None]
    exit_reason: Mapped[str | None] = mapped_column(String(8))
    continuation: Mapped[str | None] = mapped_column(String(8))
    occupation_at_exit: Mapped[str | None] = mapped_column(String(8))
    extent_at_exit: Mapped[str | None] = mapped_column(String(8))
    # A wrongly registered row keeps its place but counts nowhere.
    void_reason: Mapped[str | None] = mapped_column(String(8))

    # Found by the key alone, which takes the database least.
    income: Mapped[list[ParticipationIncome]] = relationship(
        primaryjoin=key == foreign(ParticipationIncome.participation_key),
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by=ParticipationIncome.code,
    )

    __mapper_args__ = {"version_id_col": stamp, "version_id_generator": random_stamp}

    def income_codes(self, phase: str) -> list[str]:
        return [source.code for source in self.income if source.phase == phase]

    def set_income(self, phase: str, codes: Iterable[str]) -> None:
        wanted = set(codes)
        self.income = [source for source in self.income if source.phase != phase or source.code in wanted] + [
            ParticipationIncome(
                phase=phase, code=code, association_id=self.association_id, team_id=self.team_id
            )
            for code in sorted(wanted - set(self.income_codes(phase)))
        ]
