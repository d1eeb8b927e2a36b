"""What a förbund plans and what became of it: interventions, money, goals, surveys and earlier years."""

from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.db.entry import Entry
from followup.organisation.models import Association, Team

STANDING = text("NOT voided")


class Intervention(Base):
    """An insats that money is set aside for; of a team, or of the whole förbund."""

    __tablename__ = "intervention"
    __table_args__ = (
        UniqueConstraint("association_id", "name"),
        UniqueConstraint("association_id", "id"),
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint(
            "kind IN ('individual', 'structural', 'process_support', 'administration')", name="known_kind"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    # The team whose participants the cost is divided by.
    team_id: Mapped[int | None]


class Budget(Base):
    """An intervention's money in a year, in whole kronor, and how many were planned to take part."""

    __tablename__ = "budget"
    __table_args__ = (
        ForeignKeyConstraint(
            ["association_id", "intervention_id"], [Intervention.association_id, Intervention.id]
        ),
        CheckConstraint("planned >= 0", name="planned_not_negative"),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    # What it cost. Negative where more was paid back than spent.
    outcome: Mapped[int | None] = mapped_column(BigInteger)
    planned: Mapped[int | None]


class Financing(Base):
    """What a source gave the förbund in a year, in whole kronor."""

    __tablename__ = "financing"

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    # Code of the list financing_source.
    source: Mapped[str] = mapped_column(String(8), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


class Goal(Entry, Base):
    """A goal for a year: of the förbund, or of one intervention and with it perhaps of a team."""

    __tablename__ = "goal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["association_id", "intervention_id"], [Intervention.association_id, Intervention.id]
        ),
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        Index("ix_goal_year", "association_id", "year"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    year: Mapped[int]
    team_id: Mapped[int | None]
    intervention_id: Mapped[int | None]
    wording: Mapped[str] = mapped_column(String(300))
    # A figure that the product works out, by its name in `indicators`, or `manual`.
    indicator: Mapped[str] = mapped_column(String(16))
    target: Mapped[int | None]
    # Typed; a figure that the product can work out stands before it.
    outcome: Mapped[int | None]
    # Code of the list goal_assessment, once somebody has judged.
    assessment: Mapped[str | None] = mapped_column(String(8))
    remark: Mapped[str | None] = mapped_column(String(500))


class SurveyFigure(Entry, Base):
    """One figure of a survey made elsewhere. The instrument's questions are its owner's and not kept."""

    __tablename__ = "survey_figure"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        CheckConstraint("respondents > 0", name="somebody_answered"),
        CheckConstraint("measure IN ('mean', 'share')", name="known_measure"),
        CheckConstraint("measure = 'mean' OR figure BETWEEN 0 AND 100", name="share_in_percent"),
        Index("ix_survey_figure_year", "association_id", "year"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    year: Mapped[int]
    instrument: Mapped[str] = mapped_column(String(60))
    # Code of the list respondent_group.
    respondent_group: Mapped[str] = mapped_column(String(8))
    team_id: Mapped[int | None]
    # Topic in the instrument, as a label.
    topic: Mapped[str] = mapped_column(String(120))
    respondents: Mapped[int]
    measure: Mapped[str] = mapped_column(String(5))
    # A mean on the instrument's own scale, or a share in per cent.
    figure: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    # Least and greatest value of a mean: 1–5. None for shares, and for means from before it was asked for.
    scale: Mapped[str | None] = mapped_column(String(15))


class HistoryFigure(Entry, Base):
    """A figure that an earlier annual report has printed, so that a series reaches back."""

    __tablename__ = "history_figure"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        Index(
            "uq_history_figure_whole",
            "association_id",
            "indicator",
            "year",
            unique=True,
            sqlite_where=text("NOT voided AND team_id IS NULL"),
            postgresql_where=text("NOT voided AND team_id IS NULL"),
        ),
        Index(
            "uq_history_figure_team",
            "association_id",
            "indicator",
            "year",
            "team_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    # A name of `indicators`.
    indicator: Mapped[str] = mapped_column(String(16))
    year: Mapped[int]
    team_id: Mapped[int | None]
    figure: Mapped[int]
    # Which report printed it.
    source: Mapped[str] = mapped_column(String(120))
