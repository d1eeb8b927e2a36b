"""What the doctor's list says when something is wrong; each text tells how to mend it."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, text

from followup.access.models import Membership
from followup.access.roles import Role
from followup.db import Database, act_for
from followup.keys import KEY_FILE
from followup.lifecycle.doctor import examine
from followup.settings import Settings
from tests.infrastructure.databases import Stock, closing
from tests.infrastructure.furnish import Furnished
from tests.start.test_start_page import ScopeOf


@pytest.mark.both_databases
def test_doctor_tells_what_is_wrong_and_how_to_mend_it(
    database: Database, settings: Settings, association: Furnished, scope_of: ScopeOf
) -> None:
    (settings.instance / KEY_FILE).chmod(0o644)
    with database.session(write=True) as session:
        act_for(session, association.id)
        session.execute(delete(Membership).where(Membership.team_id == association.south))
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        found = examine(session, scope_of(Role.SYSTEM_ADMIN), replace(settings, demo=True))
    wrong = " ".join(finding.text for finding in found if not finding.is_well)
    assert "Kör: chmod 600" in wrong
    assert "kör: followup migrate" in wrong
    assert "Ingen kan klarmarkera månader i Team Södra. Bjud in en verksamhetsledare." in wrong
    assert "Installationen är en demo." in wrong


@pytest.mark.postgresql
def test_doctor_says_when_the_service_could_take_the_wall_down(
    database: Database, stock: Stock, settings: Settings, association: Furnished, scope_of: ScopeOf
) -> None:
    at_hand = replace(settings, migration_database_url="postgresql://owner@localhost/followup")
    administrator = stock.admin_url(database.engine.url).render_as_string(hide_password=False)
    told = []
    for url in (settings.database_url, administrator):
        with closing(Database(url, association_id=association.id)) as found, found.session() as session:
            findings = examine(session, scope_of(Role.SYSTEM_ADMIN), at_hand)
            told.append(" ".join(finding.text for finding in findings if not finding.is_well))
    assert "loggar in i databasen som followup_test, som äger tabellerna" in told[0]
    assert "som inte hindras av skyddet mellan förbunden" in told[1]
    assert "har FOLLOWUP_MIGRATION_DATABASE_URL i sin miljö" in told[0]


def test_doctor_finds_a_database_that_lost_its_settings(
    database: Database, settings: Settings, association: Furnished, scope_of: ScopeOf
) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        with database.session() as session:
            session.bind = connection
            found = examine(session, scope_of(Role.SYSTEM_ADMIN), settings)
    texts = [finding.text for finding in found if not finding.is_well]
    assert "Databasen har fel inställning för foreign_keys. Starta om tjänsten." in texts
