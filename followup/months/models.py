"""Which months a team has declared complete."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month


class MonthDeclaration(Base):
    """A month the team manager has declared complete, or has opened again for a stated reason."""

    __tablename__ = "month_declaration"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("complete OR reopen_reason IS NOT NULL", name="reopened_with_reason"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[Month] = mapped_column(primary_key=True)
    complete: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="complete_is_boolean"))
    reopen_reason: Mapped[str | None] = mapped_column(String(8))
