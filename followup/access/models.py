"""Accounts and what they may do where."""

from datetime import date

from flask_security import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from followup.access.roles import Role
from followup.db import Base
from followup.organisation.models import Association, Team

TEAM_ROLES = ", ".join(f"'{role}'" for role in Role if role.belongs_to_team)
ROLES = ", ".join(f"'{role}'" for role in Role)


class Membership(Base):
    """A role, held in a team or, for the förbund's own roles, in the förbund."""

    __tablename__ = "membership"
    __table_args__ = (
        ForeignKeyConstraint(["association_id", "team_id"], [Team.association_id, Team.id]),
        ForeignKeyConstraint(
            ["association_id", "account_id"], ["account.association_id", "account.id"], ondelete="CASCADE"
        ),
        CheckConstraint(f"role IN ({ROLES})", name="known_role"),
        CheckConstraint(f"(role IN ({TEAM_ROLES})) = (team_id IS NOT NULL)", name="team_role_in_team"),
        Index("uq_membership", "account_id", "team_id", "role", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int]
    account_id: Mapped[int]
    team_id: Mapped[int | None]
    role: Mapped[str] = mapped_column(String(12))


class Account(Base, UserMixin):
    """Somebody who signs in. The address is the sign-in name; nothing else about the person is kept."""

    __tablename__ = "account"
    # What hangs on an account is of the same förbund.
    __table_args__ = (Index("uq_account_owned", "association_id", "id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    association_id: Mapped[int] = mapped_column(ForeignKey(Association.id))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    # Argon2id; empty until an invited person has chosen one.
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # Replaced when the password changes, which ends every session of the account.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    # SHA-256 of the one-time invitation code, while it is open.
    invitation_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_until: Mapped[date | None]

    memberships: Mapped[list[Membership]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def roles(self) -> list[str]:  # type: ignore[override]
        # Flask-Security's own roles are not used: what an account may do stands in its memberships.
        return []


class SignInDelay(Base):
    """Failed sign-ins for an account or an address, both hashed, and how long the next try waits."""

    __tablename__ = "sign_in_delay"

    # HMAC of "account:…" or "address:…": the table tells nobody who tried.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    # Seconds since 1970 until which the next try is refused.
    wait_until: Mapped[int]


class SpentForm(Base):
    """A form that was saved or a session that was signed out, and must not come again. Emptied every day."""

    __tablename__ = "spent_form"
    __table_args__ = ({"sqlite_with_rowid": False},)

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date]
