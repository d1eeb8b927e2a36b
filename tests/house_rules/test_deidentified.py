"""A row about a participation tells nothing about whose it is, who wrote it down, or when.

The rule holds for `participation` and for every table, now or later, that hangs on it or counts screenings.
"""

import datetime as dt

import pytest
from sqlalchemy import Date, DateTime, Integer, String, Table, Text, Time, inspect
from sqlalchemy.orm import Session

from followup.db import Database
from followup.db.tables import Base
from followup.db.types import MonthType, WeekType
from followup.participation.models import Participation

TABLES = Base.metadata.tables
# A team's counts of screenings hang on no participation, but are as close to people.
ALSO = {"screening_count"}
LONGEST_CODE = 40
KEPT_OUT = {
    "name",
    "comment",
    "note",
    "text",
    "created",
    "changed",
    "updated",
    "user",
    "account",
    "author",
    "by",
}


def hangs_on_participation(table: Table) -> bool:
    return table.name in ALSO or any(
        key.referred_table.name == "participation" for key in table.foreign_key_constraints
    )


def deidentified() -> list[Table]:
    found = [
        table for table in TABLES.values() if table.name == "participation" or hangs_on_participation(table)
    ]
    return sorted(found, key=lambda table: table.name)


def row_tables() -> list[Table]:
    return [table for table in deidentified() if table.name not in ALSO]


def by_name(table: Table) -> str:
    return table.name


def test_the_rule_finds_its_tables() -> None:
    assert {"participation", "participation_income", "screening_count"} <= {
        table.name for table in deidentified()
    }


@pytest.mark.parametrize("table", deidentified(), ids=by_name)
def test_no_column_keeps_a_moment_or_free_text(table: Table) -> None:
    for column in table.columns:
        assert not isinstance(column.type, DateTime | Date | Time | Text), column
        if isinstance(column.type, String):
            assert column.type.length is not None, column
            assert column.type.length <= LONGEST_CODE, column


@pytest.mark.parametrize("table", deidentified(), ids=by_name)
def test_no_column_names_a_person_or_a_moment(table: Table) -> None:
    for column in table.columns:
        assert not set(column.name.split("_")) & KEPT_OUT, column


@pytest.mark.parametrize("table", deidentified(), ids=by_name)
def test_nothing_points_at_an_account(table: Table) -> None:
    referred = {key.referred_table.name for key in table.foreign_key_constraints}
    assert not referred & {"account", "membership", "audit_event"}


@pytest.mark.parametrize("table", row_tables(), ids=by_name)
def test_no_row_number_tells_the_order(table: Table) -> None:
    assert table.dialect_options["sqlite"]["with_rowid"] is False
    for column in table.primary_key:
        assert column.autoincrement is not True, column


@pytest.mark.parametrize("table", deidentified(), ids=by_name)
def test_times_are_weeks_or_months(table: Table) -> None:
    for column in table.columns:
        if column.name.endswith("_week"):
            assert isinstance(column.type, WeekType), column
        if column.name.endswith("_month") or column.name == "month":
            assert isinstance(column.type, MonthType), column


def test_the_database_made_them_without_row_numbers(migrated_database: Database) -> None:
    with migrated_database.engine.connect() as connection:
        for table in row_tables():
            made = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)
            ).scalar_one()
            assert "WITHOUT ROWID" in made.upper(), table.name


def test_the_key_is_random() -> None:
    column = TABLES["participation"].c.key
    assert not isinstance(column.type, Integer)
    keys = [column.default.arg(None) for _ in range(200)]
    assert len(set(keys)) == 200
    assert sorted(keys) != keys
    assert {len(key) for key in keys} == {26}


def test_a_row_shows_nothing_but_its_class() -> None:
    row = Participation(sex="woman", age_group="30-39", team_id=7, stamp="abc")
    assert repr(row) == str(row) == "Participation"


def test_no_table_of_the_product_remembers_who_wrote_a_row(session: Session) -> None:
    """The tables that keep an account are about accounts, sign-in, the log and imports, and no others."""
    inspector = inspect(session.connection())
    with_account = {
        name
        for name in inspector.get_table_names()
        for column in inspector.get_columns(name)
        if column["name"] in {"account_id", "actor", "user_id", "created_by"}
    }
    assert with_account <= {"membership", "audit_event", "account_session"}


def test_the_day_is_not_kept_for_a_week() -> None:
    column = TABLES["participation"].c.started_week
    assert column.type.process_bind_param is not None
    assert column.type.python_type is not dt.date
