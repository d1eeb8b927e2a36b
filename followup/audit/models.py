"""The event log: appended to, never changed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Association


class AuditEvent(Base):
    """One act. Each event carries the hash of the one before, so that a change or a gap shows."""

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("association_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    # Position in the förbund's chain, from 1 without gaps.
    number: Mapped[int]
    # UTC, to the minute; to the hour for acts near participations and to the day for screening.
    at: Mapped[str] = mapped_column(String(20))
    event: Mapped[str] = mapped_column(String(40))
    # The account's number, "command" for the command line, or nothing before sign-in.
    actor: Mapped[str | None] = mapped_column(String(20))
    team_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
