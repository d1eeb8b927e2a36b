"""Published editions, and the register of everything they told and promised."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from followup.db import Base
from followup.organisation.models import Association


class Edition(Base):
    """A published release, kept as it was shown. It is never changed and never computed again."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("association_id", "number"),
        UniqueConstraint("association_id", "id"),
        CheckConstraint("(revises IS NULL) = (revision_reason IS NULL)", name="revised_with_reason"),
        ForeignKeyConstraint(["association_id", "revises"], ["edition.association_id", "edition.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    # "2026:1": the year of publication and a number within it.
    number: Mapped[str] = mapped_column(String(12))
    # Code of the period that the edition is about: 2025, 2026-JanAug.
    period: Mapped[str] = mapped_column(String(12))
    published_on: Mapped[date]
    rule_version: Mapped[str] = mapped_column(String(20))
    # The edition that this one replaces, and a code of the list revision_reason.
    revises: Mapped[int | None]
    revision_reason: Mapped[str | None] = mapped_column(String(8))
    # Tables, sentences and notes as published: protected values only.
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    # SHA-256 of `content`.
    sha256: Mapped[str] = mapped_column(String(64))
    # SHA-256 of the file in each format as it was on the day; nothing for editions older than this column.
    files: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class EditionDraft(Base):
    """The draft of a period that was kept last: to be compared with, or for somebody else to approve."""

    __tablename__ = "edition_draft"

    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id), primary_key=True)
    # Code of the period.
    period: Mapped[str] = mapped_column(String(12), primary_key=True)
    # Tables, sentences and notes as they were shown: protected values only.
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Of what the tables tell.
    sha256: Mapped[str] = mapped_column(String(64))
    saved_on: Mapped[date]
    # The account's number, which the log writes down, too.
    saved_by: Mapped[str] = mapped_column(String(12))
    # A code of the list revision_reason, when it will revise an edition.
    reason: Mapped[str | None] = mapped_column(String(8))
    for_approval: Mapped[bool]
    # The day on which another said no to it. `saved_by` is still who asked.
    declined_on: Mapped[date | None]


class LedgerRecord(Base):
    """One row of the disclosure register, in the order it was published. Added to, never changed."""

    __tablename__ = "ledger_record"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "edition_id"], [Edition.association_id, Edition.id]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int]
    edition_id: Mapped[int]
    record: Mapped[dict[str, Any]] = mapped_column(JSON)
