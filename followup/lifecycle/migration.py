"""Bringing the database to this version of followup, as the role that owns its tables."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from followup.db import Database, roles
from followup.db.migrate import is_current, upgrade
from followup.errors import Refusal
from followup.settings import MIGRATION_URL, Settings


class _Door(NamedTuple):
    """Who an address signs in as, and where: a server's databases share the time it was started."""

    role: str
    database: str
    started: datetime


def bring_up_to_date(settings: Settings) -> bool:
    """The tables of this version, and the service's way in to them. Whether there was anything to change.

    Where another role than the service's owns the tables, the service is only let in to them. Raises Refusal.
    """
    service = _service(settings) if settings.migration_database_url else None
    database = Database(settings.migration_database_url or settings.database_url)
    try:
        is_old = _is_old(database)
        if is_old or service is not None:
            _check_owner(database, service)
            upgrade(database, service=service)
        return is_old
    finally:
        database.engine.dispose()


def _service(settings: Settings) -> str:
    """The service's own role, which is another than the one that owns, in the same database."""
    service = _open(settings.database_url, "database_url")
    owner = _open(settings.migration_database_url, MIGRATION_URL)
    if service[1:] != owner[1:]:
        raise Refusal(
            f"database_url och {MIGRATION_URL} leder till olika databaser. Rätta den som är fel och kör "
            "kommandot igen."
        )
    if service.role == owner.role:
        raise Refusal(
            f"{MIGRATION_URL} loggar in som {owner.role}, precis som tjänsten. Ange där rollen som ska äga "
            "tabellerna, eller ta bort variabeln om tjänsten ska äga dem."
        )
    return service.role


def _open(url: str, name: str) -> _Door:
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            here = connection.execute(text("SELECT current_database(), pg_postmaster_start_time()")).one()
            return _Door(roles.role_of(connection), *here)
    except OperationalError as error:
        raise Refusal(
            f"Det går inte att logga in i databasen med {name}. Kontrollera att databasen är igång och att "
            "roll, lösenord och databasens namn stämmer. Inget har ändrats."
        ) from error
    finally:
        database.engine.dispose()


def _is_old(database: Database) -> bool:
    try:
        return not is_current(database)
    except ProgrammingError:  # whoever may not read even that has not been let in to this version
        return True


def _check_owner(database: Database, service: str | None) -> None:
    if database.is_sqlite:
        return
    with database.engine.connect() as connection:
        owner, role = roles.owner_in_the_way(connection), roles.role_of(connection)
    if owner is None:
        return
    if service is None:
        raise Refusal(
            f"Databasens tabeller ägs av rollen {owner}, och {role} får inte ändra dem. Ange adressen som "
            f"{owner} loggar in med i {MIGRATION_URL} och kör followup migrate igen."
        )
    raise Refusal(
        f"Databasens tabeller ägs av rollen {owner}, så {role} får inte ändra dem. Låt databasens "
        "administratör köra detta i databasen, och kör sedan kommandot igen: "
        f'REASSIGN OWNED BY "{owner}" TO "{role}";'
    )
