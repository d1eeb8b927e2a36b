"""The förbund, its teams and the code lists everything is recorded with."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.periods import Month


class TeamKind(StrEnum):
    COORDINATION = "coordination"
    ADVISORY = "advisory"


class Association(Base):
    """A samordningsförbund; several may share one installation."""

    __tablename__ = "association"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    # Published editions are open to everybody, by the decision with this registry number.
    open_data: Mapped[bool] = mapped_column(default=False, server_default=false())
    open_data_decision: Mapped[str] = mapped_column(String(40), default="", server_default="")
    # Whoever publishes an edition is somebody else than the one who asked for it.
    second_approval: Mapped[bool] = mapped_column(default=False, server_default=false())


class Municipality(Base):
    """A municipality of the förbund, by its official four-digit code."""

    __tablename__ = "municipality"

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class Team(Base):
    """A samordningsteam. It is closed with a month, never deleted, so that old years can still be counted."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("association_id", "name"),
        UniqueConstraint("association_id", "id"),
        CheckConstraint("kind IN ('coordination', 'advisory')", name="known_kind"),
        CheckConstraint("closed IS NULL OR closed >= opened", name="closes_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    name: Mapped[str] = mapped_column(String(80))
    # An advisory team counts meetings and has neither queue nor exits.
    kind: Mapped[str] = mapped_column(String(12), default=TeamKind.COORDINATION)
    # First month with anything to record; months before it are never asked for.
    opened: Mapped[Month]
    # Last month with anything to record, or nothing while the team works.
    closed: Mapped[Month | None]


class TeamMunicipality(Base):
    """Which municipalities a team covers; asked for on a row only when there are several."""

    __tablename__ = "team_municipality"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        ForeignKeyConstraint(
            ["association_id", "municipality"], [Municipality.association_id, Municipality.code]
        ),
    )

    association_id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)


class AgeRange(Base):
    """The ages an intervention is open to, from a year on."""

    __tablename__ = "age_range"
    __table_args__ = (CheckConstraint("lowest <= highest", name="lowest_first"),)

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    from_year: Mapped[int] = mapped_column(primary_key=True)
    lowest: Mapped[int]
    highest: Mapped[int]


class Code(Base):
    """One entry of a code list. A code is never reused; its label may change and may be retired."""

    __tablename__ = "code"

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    # Which list, by its identifier in the glossary: sex, age_group, exit_reason …
    list_name: Mapped[str] = mapped_column(String(30), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    label_sv: Mapped[str] = mapped_column(String(80))
    label_en: Mapped[str] = mapped_column(String(80))
    # Order on screen and in tables.
    position: Mapped[int]
    # The coarser group that statistics and coarsening use, where the list has one.
    report_code: Mapped[str | None] = mapped_column(String(8))
    active_from: Mapped[Month | None]
    active_to: Mapped[Month | None]
