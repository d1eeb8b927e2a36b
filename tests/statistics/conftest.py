"""The printed board report as a database of its own, made once: counting and protecting it takes a moment."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask_security import hash_password

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.periods import Period, parse_period
from followup.settings import Settings
from followup.statistics.service import DISCLOSURE_KEY, Statistics, association_statistics
from tests.infrastructure.client import Client
from tests.infrastructure.databases import MIGRATED, SQLITE, Stock
from tests.infrastructure.furnish import PASSWORD
from tests.statistics.board import Board, furnish

DIRECTOR = "chef@example.org"


@dataclass(frozen=True)
class Report:
    """The förbund of the report: its database, its settings, and its statistics for any period."""

    database: Database
    settings: Settings
    board: Board
    known: dict[str, Statistics]

    @property
    def director(self) -> Scope:
        return Scope(
            association_id=self.board.scope.association_id,
            actor="1",
            association_roles=frozenset({Role.DIRECTOR}),
        )

    @property
    def key(self) -> bytes:
        return self.settings.keys.derive(DISCLOSURE_KEY)

    def statistics(self, period: Period | str) -> Statistics:
        if isinstance(period, str):
            period = parse_period(period)
        if period.code not in self.known:
            with self.database.session() as session:
                self.known[period.code] = association_statistics(
                    session=session, scope=self.director, period=period, key=self.key
                )
        return self.known[period.code]


@pytest.fixture(scope="session")
def report(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """Nobody may change it."""
    folder = tmp_path_factory.mktemp("report")
    url = stock.take(SQLITE, folder, MIGRATED)
    settings = stock.settings(folder / "instance", url)
    database = Database(url)
    app = stock.application(settings)
    with app.app_context(), database.session(write=True) as session:
        board = furnish(session)
        held = Membership(association_id=board.scope.association_id, role=Role.DIRECTOR.value)
        session.add(
            Account(
                association_id=board.scope.association_id,
                email=DIRECTOR,
                password=hash_password(PASSWORD),
                fs_uniquifier="0" * 32,
                memberships=[held],
            )
        )
    app.extensions["database"].engine.dispose()
    yield Report(database, settings, board, {})
    database.engine.dispose()


@pytest.fixture
def report_app(report: Report, stock: Stock) -> Iterator[Flask]:
    app = stock.application(report.settings)
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def director(report_app: Flask) -> Client:
    """Signed in as the director of the förbund of the report."""
    client = report_app.test_client()
    assert isinstance(client, Client)
    client.submit("/logga-in", email=DIRECTOR, password=PASSWORD)
    return client
