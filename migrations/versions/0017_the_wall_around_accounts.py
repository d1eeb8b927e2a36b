"""On PostgreSQL accounts, memberships and förbund are written by their own förbund only, and a row hangs on
nothing of another

Revision: 0017, after 0016
"""

from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BOUND_TO = "NULLIF(current_setting('followup.association', true), '')::integer"
OWN = f"association_id = {BOUND_TO}"
POLICIES = {
    "association": (
        "known_to_all ON association FOR SELECT USING (true)",
        # Its number is not known before it is there, so that nobody can be bound to it yet.
        f"made_by_the_unbound ON association FOR INSERT WITH CHECK ({BOUND_TO} IS NULL)",
        f"own_association ON association FOR UPDATE USING (id = {BOUND_TO}) WITH CHECK (id = {BOUND_TO})",
    ),
    **{
        table: (
            f"own_association ON {table} USING ({OWN}) WITH CHECK ({OWN})",
            # Whose an address or an invitation is, is known when its account has been read.
            f"read_before_sign_in ON {table} FOR SELECT USING ({BOUND_TO} IS NULL)",
        )
        for table in ("account", "membership")
    },
}


class Link(NamedTuple):
    name: str
    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...]
    at_deletion: str | None = "CASCADE"


Links = dict[str, tuple[Link, ...]]
TEAM = ("association_id", "team_id"), "team", ("association_id", "id"), None
MEMBER_OF_TEAM = Link("fk_membership_association_id_team_id_team", *TEAM)
BEFORE: Links = {
    "membership": (
        MEMBER_OF_TEAM,
        Link("fk_membership_account_id_account", ("account_id",), "account", ("id",)),
    ),
    "participation_income": (
        Link("fk_participation_income_association_id_team_id_team", *TEAM),
        Link(
            "fk_participation_income_participation_key_participation",
            ("participation_key",),
            "participation",
            ("key",),
        ),
    ),
}
AFTER: Links = {
    "membership": (
        MEMBER_OF_TEAM,
        Link(
            "fk_membership_association_id_account_id_account",
            ("association_id", "account_id"),
            "account",
            ("association_id", "id"),
        ),
    ),
    "participation_income": (
        Link(
            "fk_participation_income_participation",
            ("association_id", "team_id", "participation_key"),
            "participation",
            ("association_id", "team_id", "key"),
        ),
    ),
}


def upgrade() -> None:
    op.create_index("uq_account_owned", "account", ["association_id", "id"], unique=True)
    op.create_index(
        "uq_participation_owned", "participation", ["association_id", "team_id", "key"], unique=True
    )
    _relink(BEFORE, AFTER)
    if op.get_bind().dialect.name == "postgresql":
        for table, policies in POLICIES.items():
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            for policy in policies:
                op.execute(f"CREATE POLICY {policy}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, policies in POLICIES.items():
            for policy in policies:
                op.execute(f"DROP POLICY {policy.partition(' ')[0]} ON {table}")
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    _relink(AFTER, BEFORE)
    op.drop_index("uq_participation_owned", "participation")
    op.drop_index("uq_account_owned", "account")


def _relink(old: Links, new: Links) -> None:
    if op.get_bind().dialect.name != "postgresql":
        _remake("membership", *_membership(), *_keys("membership", new))
        op.create_index("uq_membership", "membership", ["account_id", "team_id", "role"], unique=True)
        _remake("participation_income", *_income(), *_keys("participation_income", new))
        return
    for table in new:
        for link in set(old[table]) - set(new[table]):
            op.drop_constraint(link.name, table, type_="foreignkey")
        for link in set(new[table]) - set(old[table]):
            op.create_foreign_key(
                op.f(link.name),
                table,
                link.table,
                link.columns,
                link.referred,
                ondelete=link.at_deletion,
            )


def _remake(table: str, *parts: sa.schema.SchemaItem) -> None:
    """SQLite changes no constraint of a table that is there."""
    op.execute(f"CREATE TEMPORARY TABLE kept AS SELECT * FROM {table}")  # noqa: S608 # a name of ours
    op.drop_table(table)
    op.create_table(table, *parts, sqlite_with_rowid=table != "participation_income")
    op.execute(f"INSERT INTO {table} SELECT * FROM kept")  # noqa: S608 # a name of ours
    op.execute("DROP TABLE kept")


def _keys(table: str, links: Links) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            link.columns,
            [f"{link.table}.{column}" for column in link.referred],
            name=op.f(link.name),
            ondelete=link.at_deletion,
        )
        for link in links[table]
    ]


def _membership() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(role IN ('team_staff', 'team_manager')) = (team_id IS NOT NULL)",
            name=op.f("ck_membership_team_role_in_team"),
        ),
        sa.CheckConstraint(
            "role IN ('team_staff', 'team_manager', 'director', 'officer', 'reader', 'system_admin')",
            name=op.f("ck_membership_known_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    ]


def _income() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("participation_key", sa.String(length=26), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("association_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "phase IN ('before', 'at_exit')", name=op.f("ck_participation_income_known_phase")
        ),
        sa.PrimaryKeyConstraint("participation_key", "phase", "code", name=op.f("pk_participation_income")),
    ]
