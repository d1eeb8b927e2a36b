"""Violence screening: counters and nothing else."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month


class ScreeningCount(Base):
    """One counter. No key, time or order ties it to a participation."""

    __tablename__ = "screening_count"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("count >= 0", name="not_negative"),
        {"sqlite_with_rowid": False},
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    # Code of the list screening_round; rounds are never added together as people.
    round: Mapped[str] = mapped_column(String(8), primary_key=True)
    sex: Mapped[str] = mapped_column(String(8), primary_key=True)
    # asked, declined, answered, yes_any, ongoing, referred, declined_support, or yes_ / no_ + topic code.
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]
