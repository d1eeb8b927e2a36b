"""Fixtures every test may ask for.

`database` is a furnished SQLite database; with `@pytest.mark.both_databases` the test runs on PostgreSQL too,
and with `@pytest.mark.published` there is an edition already.
`client` and `sign_in` talk to the application, `visit` opens it in Chromium. The clock stands still at `NOW`.
Whatever a test does through the application is watched: reading changes nothing, an act records one event.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import time_machine
from flask import Flask
from hypothesis import settings as property_settings
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator, FileWrapper

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.settings import Settings
from tests.infrastructure import browser, postgres
from tests.infrastructure.client import Client
from tests.infrastructure.databases import FURNISHED, MIGRATED, POSTGRESQL, PUBLISHED, SQLITE, Stock
from tests.infrastructure.furnish import PASSWORD, Furnished, address_of, find_furnished
from tests.infrastructure.made_once import make_addresses_once, try_and_write_once
from tests.infrastructure.watch import watching

# A Wednesday in week 24, ten in the morning in Sweden.
NOW = dt.datetime(2024, 6, 12, 8, 0, tzinfo=dt.UTC)

SignIn = Callable[..., Client]
Visit = Callable[..., Page]


def _shared_folder(config: pytest.Config) -> Path:
    base = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return Path(base.parent if hasattr(config, "workerinput") else base)


def pytest_configure(config: pytest.Config) -> None:
    # How long one example takes depends on what else the computer does; it is no finding.
    property_settings.register_profile("followup", deadline=None)
    property_settings.load_profile("followup")
    make_addresses_once()
    try_and_write_once()
    config.addinivalue_line("markers", "both_databases: run on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "published: two years are complete, and 2023 is edition 2024:1")
    config.addinivalue_line("markers", "postgresql: run on PostgreSQL alone, about what only it does")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        kinds = [SQLITE]
        if metafunc.definition.get_closest_marker("both_databases"):
            kinds = [SQLITE, POSTGRESQL]
        if metafunc.definition.get_closest_marker("postgresql"):
            kinds = [POSTGRESQL]
        metafunc.parametrize("database_kind", kinds, indirect=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        postgres.stop_server(_shared_folder(session.config))


@pytest.fixture(scope="session")
def stock(request: pytest.FixtureRequest) -> Stock:
    return Stock(_shared_folder(request.config))


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still; a test that needs a later time says `clock.move_to(...)` or `clock.shift(...)`."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, stock: Stock, database_kind: str, tmp_path: Path
) -> Iterator[str]:
    content = PUBLISHED if request.node.get_closest_marker("published") else FURNISHED
    url = stock.take(database_kind, tmp_path, content)
    yield url
    stock.give_back(url)


@pytest.fixture
def association(database_url: str) -> Furnished:
    database = Database(database_url)
    found = find_furnished(database)
    database.engine.dispose()
    return found


@pytest.fixture
def database(database_url: str, association: Furnished) -> Iterator[Database]:
    """With the furnished förbund, whose rows its sessions see; what the application under test uses too."""
    database = Database(database_url, association_id=association.id)
    yield database
    database.engine.dispose()


@pytest.fixture
def migrated_database(stock: Stock, database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """With every table and not a row."""
    folder = tmp_path / "migrated"
    folder.mkdir()
    url = stock.take(database_kind, folder, MIGRATED)
    database = Database(url)
    yield database
    database.engine.dispose()
    stock.give_back(url)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction that is never committed."""
    session = database.open(write=True)
    yield session
    session.close()


@pytest.fixture
def scope_of(association: Furnished) -> Callable[..., Scope]:
    """`scope_of(Role.TEAM_STAFF, "south")`: what that role may see, without signing in."""

    def build(role: Role, team: str = "north") -> Scope:
        if role.belongs_to_team:
            return Scope(
                association_id=association.id,
                actor="1",
                team_roles={association.team(team): frozenset({role})},
            )
        return Scope(association_id=association.id, actor="1", association_roles=frozenset({role}))

    return build


@pytest.fixture
def settings(stock: Stock, database_url: str, tmp_path: Path) -> Settings:
    return stock.settings(tmp_path / "instance", database_url)


@pytest.fixture
def app(settings: Settings, stock: Stock) -> Iterator[Flask]:
    app = stock.application(settings)
    engine = app.extensions["database"].engine
    with watching(engine):
        yield app
    engine.dispose()


@pytest.fixture
def client(app: Flask) -> Client:
    """Nobody is signed in."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def sign_in(app: Flask, association: Furnished) -> SignIn:
    """`sign_in(Role.TEAM_STAFF, "south")`: a client signed in through the page, in a session of its own."""

    def enter(role: Role, team: str = "north") -> Client:
        client = app.test_client()
        assert isinstance(client, Client)
        response = client.submit("/logga-in", email=address_of(role, team), password=PASSWORD, follow=False)
        assert response.status_code == 302, response.text
        return client

    return enter


def _closed_when_dropped(app: Flask) -> WSGIApplication:
    """The application with answers that are closed also when a browser hangs up, which the server forgets."""

    def run(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        answer = app(environ, start_response)
        try:
            yield from answer
        finally:
            if isinstance(answer, (ClosingIterator, FileWrapper)):
                answer.close()

    return run


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The application on a free port of this computer, under the same clock; gives its address."""
    server = make_server("127.0.0.1", 0, _closed_when_dropped(app), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | browser.launch_options()


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: str) -> dict[str, Any]:
    return browser_context_args | {
        "base_url": live_server,
        "locale": "sv-SE",
        "timezone_id": "Europe/Stockholm",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def visit(browser: Browser, browser_context_args: dict[str, Any], association: Furnished) -> Iterator[Visit]:
    """`visit(Role.TEAM_STAFF, "south", width=360)`: a page of a browser of its own, signed in by hand.

    Without a role nobody is signed in. Other keywords go to the browser: `java_script_enabled=False`.
    """
    contexts = []

    def enter(role: Role | None = None, team: str = "north", *, width: int = 1280, **choices: Any) -> Page:
        choices = browser_context_args | {"viewport": {"width": width, "height": 900}} | choices
        contexts.append(browser.new_context(**choices))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.goto("/")
        if role is not None:
            page.locator("input[name=email]").fill(address_of(role, team))
            page.locator("input[name=password]").fill(PASSWORD)
            page.get_by_role("button", name="Logga in").click()
            page.wait_for_url(lambda url: "/logga-in" not in url)
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    return browser.assert_accessible
