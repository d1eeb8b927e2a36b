"""Making a new installation, whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit.events import Event
from followup.audit.service import record
from followup.db import Database, trouble
from followup.errors import Refusal, why_unopened
from followup.identity import find_identity
from followup.keys import KEY_FILE, KeyRing
from followup.lifecycle.migration import bring_up_to_date
from followup.organisation.models import Association
from followup.organisation.service import create_association
from followup.settings import DATABASE_FILE, Settings

LONGEST_NAME = 120


def initialise(folder: Path, *, name: str = "", create: Callable[[Session], str] | None = None) -> str:
    """Keys, database and förbund in `folder`. What `create` answers (the demo's sign-ins) is handed back.

    The key file is put in place last, so that a half-made installation never looks like a whole one.
    """
    _check(folder)
    if create is None:
        _check_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        keys = KeyRing.generate()
        settings = Settings.assemble(folder, keys)
        if settings.database_file is not None:
            # Nobody else may read it from its first byte; SQLite gives the files beside it the same rights.
            settings.database_file.touch(mode=0o600)
        answer = _fill(settings, name, create)
        keys.write(folder)
    except (OSError, SQLAlchemyError) as error:
        for ending in ("", "-wal", "-shm", "-journal"):
            if (leftover := folder / (DATABASE_FILE + ending)).exists():
                leftover.unlink()
        reason = (
            f"Mappen: {why_unopened(error)}."
            if isinstance(error, OSError)
            else trouble.told(error) or trouble.UNKNOWN
        )
        raise Refusal(f"Installationen kunde inte skapas i {folder}. {reason} Inget har sparats.") from error
    return answer


def _check(folder: Path) -> None:
    if (folder / KEY_FILE).exists():
        raise Refusal(f"Det finns redan en installation i {folder}. Välj en annan mapp med --instance.")
    if (folder / DATABASE_FILE).exists():
        raise Refusal(
            f"Det finns en databas i {folder} men ingen nyckelfil. Lägg tillbaka {KEY_FILE} från "
            "säkerhetskopian, eller välj en annan mapp med --instance."
        )


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refusal('Skriv förbundets namn: --name "Samordningsförbundet …"')
    if len(name) > LONGEST_NAME or find_identity(name):
        raise Refusal(f"Förbundets namn ska ha högst {LONGEST_NAME} tecken och får inte peka på en person.")


def _fill(settings: Settings, name: str, create: Callable[[Session], str] | None) -> str:
    bring_up_to_date(settings)
    database = Database(settings.database_url)
    try:
        with database.session(write=True) as session:
            if session.scalars(select(Association.id).limit(1)).first() is not None:
                raise Refusal("Databasen innehåller redan ett förbund. Välj en tom databas.")
            if create is not None:
                return create(session)
            association = create_association(session=session, name=name.strip())
            record(session, Scope.of_command(association.id, set()), Event.INSTALLED)
            return ""
    finally:
        database.engine.dispose()
