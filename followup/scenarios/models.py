"""Questions about a queue that a team manager has saved, each with where it began."""

from dataclasses import fields

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Team
from followup.periods import Month
from followup.scenarios.commands import Question
from followup.scenarios.start import Start


class QueueScenario(Start, Base):
    """An imagined team, by name; see `commands.Question` for the units."""

    __tablename__ = "queue_scenario"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        UniqueConstraint("association_id", "team_id", "name"),
        CheckConstraint("waiting >= 0 AND joined >= 0 AND started >= 0 AND days > 0", name="counted"),
        CheckConstraint(
            "(vacancy IS NULL) = (vacancy_from IS NULL) AND (vacancy IS NULL) = (vacancy_to IS NULL)",
            name="vacancy_whole",
        ),
        CheckConstraint("(stop_from IS NULL) = (stop_to IS NULL)", name="stop_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int]
    team_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    colleagues: Mapped[int]
    places: Mapped[int | None]
    stay: Mapped[int]
    stay_change: Mapped[int]
    referrals: Mapped[int]
    vacancy: Mapped[int | None]
    vacancy_from: Mapped[Month | None]
    vacancy_to: Mapped[Month | None]
    stop_from: Mapped[int | None]
    stop_to: Mapped[int | None]
    target: Mapped[int]

    @property
    def question(self) -> Question:
        return Question(**{field.name: getattr(self, field.name) for field in fields(Question)})
