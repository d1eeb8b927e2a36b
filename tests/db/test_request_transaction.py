"""One commit per request: after the view, and only when it went well."""

from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text

from followup.db import Database, act_for, db_session, session
from tests.infrastructure.furnish import Furnished

pytestmark = pytest.mark.both_databases
RENAME = "UPDATE association SET name = name || '!' WHERE id = :id"


@pytest.fixture
def small(database: Database, database_url: str, association: Furnished) -> Iterator[FlaskClient]:
    """An application of one page, around the real transaction."""
    app = Flask("small")
    session.init_app(app, database_url)

    @app.route("/<outcome>", methods=["GET", "POST"])
    def change(outcome: str) -> str:
        act_for(db_session, association.id)
        db_session.execute(text(RENAME), {"id": association.id})
        if outcome == "refuse":
            abort(422)
        if outcome == "crash":
            raise ZeroDivisionError
        return "saved"

    yield app.test_client()
    app.extensions["database"].engine.dispose()


def name(database: Database, association: Furnished) -> str:
    with database.session() as reading:
        found = reading.execute(text("SELECT name FROM association WHERE id = :id"), {"id": association.id})
        return str(found.scalar_one())


def test_a_change_that_succeeds_is_there_afterwards(
    small: FlaskClient, database: Database, association: Furnished
) -> None:
    assert small.post("/save").status_code == 200
    assert name(database, association) == "Samordningsförbundet Prov!"


@pytest.mark.parametrize("outcome", ["refuse", "crash"])
def test_a_change_that_fails_leaves_no_trace(
    small: FlaskClient, database: Database, association: Furnished, outcome: str
) -> None:
    assert small.post(f"/{outcome}").status_code >= 400
    assert name(database, association) == "Samordningsförbundet Prov"


def test_reading_a_page_changes_nothing(
    small: FlaskClient, database: Database, association: Furnished
) -> None:
    assert small.get("/save").status_code == 200
    assert name(database, association) == "Samordningsförbundet Prov"
