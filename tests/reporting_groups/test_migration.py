"""An older version knows of no groups: the way back to it forgets them, and keeps the teams."""

import pytest

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.db.migrate import downgrade, upgrade
from followup.organisation.service import create_association, create_team
from followup.periods import Month
from followup.reporting_groups import service
from tests.infrastructure.databases import Stock
from tests.migrations.test_migrations import contents


@pytest.mark.both_databases
def test_the_way_down_tells_every_team_by_itself(migrated_database: Database, stock: Stock) -> None:
    with migrated_database.session(write=True) as session:
        own = create_association(session=session, name="Samordningsförbundet Prov").id
        teams = [
            create_team(session=session, association_id=own, name=name, opened=Month(2022, 1)).id
            for name in ("Norra", "Södra")
        ]
        scope = Scope(association_id=own, actor="1", association_roles=frozenset({Role.DIRECTOR}))
        service.decide(session=session, scope=scope, team_ids=teams)
    before = contents(stock, migrated_database)
    assert len(before["reporting_group"]) == 2
    downgrade(migrated_database, "0014")
    assert "reporting_group" not in contents(stock, migrated_database)
    upgrade(migrated_database)
    assert contents(stock, migrated_database) == before | {"reporting_group": []}
