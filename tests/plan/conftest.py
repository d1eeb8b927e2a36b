"""Västerås as a database of its own, made once."""

from collections.abc import Iterator

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.periods import Year
from followup.statistics.service import Statistics, association_statistics
from tests.infrastructure.databases import MIGRATED, SQLITE, Stock
from tests.plan.vasteras import furnish


@pytest.fixture(scope="session")
def vasteras(stock: Stock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Statistics]:
    """The statistics of 2023. Nobody may change the database behind them."""
    folder = tmp_path_factory.mktemp("vasteras")
    url = stock.take(SQLITE, folder, MIGRATED)
    settings = stock.settings(folder / "instance", url)
    database = Database(url)
    app = stock.application(settings)
    with app.app_context(), database.session(write=True) as session:
        scope = furnish(session)
        director = Scope(
            association_id=scope.association_id, actor="1", association_roles=frozenset({Role.DIRECTOR})
        )
        session.flush()
        found = association_statistics(session=session, scope=director, period=Year(2023), key=b"k" * 32)
    app.extensions["database"].engine.dispose()
    yield found
    database.engine.dispose()
