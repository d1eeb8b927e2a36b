"""Teams that a förbund tells together in its statistics."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team


class GroupedTeam(Base):
    """A team and the group that it is told in. It is in one group at most; a group is named by its teams."""

    __tablename__ = "reporting_group"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("number >= 1", name="numbered_from_one"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    # Teams with the same number are told together.
    number: Mapped[int]
