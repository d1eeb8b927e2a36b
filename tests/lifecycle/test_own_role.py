"""A role of its own owns the tables, and the service is only let in to them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from psycopg import sql
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from followup.access.roles import Role
from followup.cli import cli
from followup.db import Database
from followup.settings import MIGRATION_URL, Settings
from tests.conftest import SignIn
from tests.infrastructure import postgres
from tests.infrastructure.client import visible_text
from tests.infrastructure.databases import Stock
from tests.infrastructure.furnish import Furnished
from tests.participation.test_pages import join

pytestmark = pytest.mark.postgresql

Run = Callable[..., Result]
GIVE_AWAY = text(
    "DO $$ DECLARE it record; BEGIN"
    " FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP"
    f" EXECUTE format('ALTER TABLE %I OWNER TO {postgres.OWNER_ROLE}', it.tablename); END LOOP;"
    f" EXECUTE format('ALTER DATABASE %I OWNER TO {postgres.OWNER_ROLE}', current_database()); END $$"
)
TAKEN_DOWN = (
    "DROP POLICY own_association ON participation",
    "ALTER TABLE participation NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE participation OWNER TO CURRENT_USER",
    "DROP TABLE participation_income",
    "CREATE TABLE mine (id integer)",
    "CREATE POLICY mine ON participation USING (true)",
    f"SET ROLE {postgres.OWNER_ROLE}",
    "SELECT xmin FROM participation",
    "SELECT ctid FROM screening_count",
)
PAST_THE_WALL = "TRUNCATE participation, participation_income"
REWRITTEN = (
    "UPDATE audit_event SET actor = '1'",
    "DELETE FROM audit_event",
    "UPDATE edition SET sha256 = 'x'",
    "DELETE FROM ledger_record",
    "UPDATE alembic_version SET version_num = '0016'",
)


@pytest.fixture
def run(settings: Settings) -> Run:
    """A command, with the addresses that its environment gives it."""

    def command(*words: str, **environment: str) -> Result:
        given = {"FOLLOWUP_DATABASE_URL": settings.database_url} | environment
        return CliRunner(env=given).invoke(cli, ["--instance", str(settings.instance), *words])

    return command


def as_owner(url: str) -> str:
    return url.replace(postgres.APP_ROLE, postgres.OWNER_ROLE)


@pytest.fixture
def owner(database: Database, stock: Stock, database_url: str) -> str:
    """The address of the role that owns the furnished database, where nobody else has been let in."""
    engine = create_engine(stock.admin_url(database.engine.url))
    with engine.begin() as connection:
        connection.execute(GIVE_AWAY)
    engine.dispose()
    return as_owner(database_url)


def test_the_service_is_let_in_and_does_its_work(
    run: Run, owner: str, sign_in: SignIn, association: Furnished
) -> None:
    assert f"Ange adressen som followup_test_owner loggar in med i {MIGRATION_URL}" in run("migrate").output
    answer = run("migrate", **{MIGRATION_URL: owner})
    assert answer.output == (
        "Databasen är redan uppdaterad.\n"
        "Tjänsten, followup_test, läser och skriver i databasen men kan inte ändra dess tabeller.\n"
    )
    page = join(sign_in(Role.TEAM_STAFF), f"/team/{association.north}/deltagare")
    assert "Ställd i kö: vecka 12, 2024" in visible_text(page.text)
    assert "kan inte ändra dess tabeller" in sign_in(Role.SYSTEM_ADMIN).text("/")


def test_a_service_that_owns_nothing_takes_no_wall_down(run: Run, owner: str, database: Database) -> None:
    run("migrate", **{MIGRATION_URL: owner})
    with database.open(write=True) as session:
        for statement in (*TAKEN_DOWN, PAST_THE_WALL, *REWRITTEN):
            with pytest.raises(DBAPIError, match=r"must be owner|permission denied"), session.begin_nested():
                session.execute(text(statement))


def test_whoever_owns_the_database_can_still_drop_its_tables(
    run: Run, owner: str, database: Database, stock: Stock
) -> None:
    given_back = f"ALTER DATABASE {database.engine.url.database} OWNER TO {postgres.APP_ROLE}"
    postgres.shared_server(stock.shared).run(sql.SQL(given_back))
    answer = run("migrate", **{MIGRATION_URL: owner})
    assert "followup_test, som äger tabellerna eller databasen och kan ta bort skyddet" in answer.output
    with database.open(write=True) as session:
        session.execute(text("DROP TABLE participation_income"))


@pytest.fixture
def empty(stock: Stock) -> Iterator[str]:
    """A database with nothing in it, as its owner reaches it."""
    server = postgres.shared_server(stock.shared)
    server.drop("of_its_own")
    yield server.create("of_its_own", owner=postgres.OWNER_ROLE)
    server.drop("of_its_own")


def test_a_new_installation_is_owned_by_that_role_from_the_beginning(empty: str, tmp_path: Path) -> None:
    service = empty.replace(postgres.OWNER_ROLE, postgres.APP_ROLE)
    runner = CliRunner(env={"FOLLOWUP_DATABASE_URL": service, MIGRATION_URL: empty})
    made = runner.invoke(cli, ["--instance", str(tmp_path / "ny"), "init", "--name", "Prov"])
    assert made.exit_code == 0, made.output
    first = CliRunner(env={"FOLLOWUP_DATABASE_URL": service}).invoke(
        cli, ["--instance", str(tmp_path / "ny"), "create-admin", "--email", "it@example.org"]
    )
    assert "Kontot it@example.org är skapat." in first.output


def test_tables_that_the_service_owns_are_given_away_by_the_administrator(
    run: Run, database_url: str
) -> None:
    answer = run("migrate", **{MIGRATION_URL: as_owner(database_url)})
    assert answer.exit_code == 1
    assert 'REASSIGN OWNED BY "followup_test" TO "followup_test_owner";' in answer.output


def test_a_new_version_asks_for_the_owner(run: Run, owner: str, database: Database, stock: Stock) -> None:
    run("migrate", **{MIGRATION_URL: owner})
    engine = create_engine(stock.admin_url(database.engine.url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0016'"))
    engine.dispose()
    answer = run("migrate")
    assert answer.exit_code == 1
    assert f"Ange adressen som followup_test_owner loggar in med i {MIGRATION_URL}" in answer.output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda url: url, "loggar in som followup_test, precis som tjänsten"),
        (
            lambda url: make_url(as_owner(url)).set(database="postgres").render_as_string(False),
            "leder till olika databaser",
        ),
        (
            lambda url: url.replace(f"//{postgres.APP_ROLE}", "//nobody"),
            f"logga in i databasen med {MIGRATION_URL}",
        ),
    ],
)
def test_an_address_that_leads_wrong_is_told_before_anything_is_done(
    run: Run, database_url: str, given: Callable[[str], str], said: str
) -> None:
    answer = run("migrate", **{MIGRATION_URL: given(database_url)})
    assert answer.exit_code == 1
    assert said in answer.output
