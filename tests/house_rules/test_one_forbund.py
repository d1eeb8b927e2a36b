"""What hangs on a row of a förbund is of the same förbund, and the database sees to it.

A foreign key that leaves out `association_id` is met by whichever förbund's row has the key: PostgreSQL looks
past row-level security when it checks one.
"""

from sqlalchemy import ForeignKeyConstraint, Table

from followup.db.tables import Base

TABLES = Base.metadata.tables
OWNER = "association_id"
# Its own policy goes by the batch, since it has no förbund of its own to write down.
LEFT_OUT = {("import_row", "import_batch")}


def carries_owner(key: ForeignKeyConstraint) -> bool:
    return any(each.parent.name == OWNER == each.column.name for each in key.elements)


def loose(table: Table) -> set[tuple[str, str]]:
    return {
        (table.name, key.referred_table.name)
        for key in table.foreign_key_constraints
        if OWNER in key.referred_table.columns and not carries_owner(key)
    }


def test_a_key_to_a_row_of_a_forbund_carries_the_forbund() -> None:
    found = set().union(*(loose(table) for table in TABLES.values()))
    assert found == LEFT_OUT
