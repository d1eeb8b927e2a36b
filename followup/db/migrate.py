"""Moving a database to another version of its tables. Imported only by the commands that need Alembic."""

from contextlib import AbstractContextManager

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from followup.db.roles import let_in
from followup.db.session import Database
from followup.places import MIGRATIONS


def upgrade(database: Database, target: str = "head", *, service: str | None = None) -> None:
    """To a later version; a role for the service, where it owns no tables, is let in to all of them."""
    with _writing(database) as connection:
        command.upgrade(_config(connection), target)
        if service is not None:
            let_in(connection, service)


def downgrade(database: Database, target: str) -> None:
    with _writing(database) as connection:
        command.downgrade(_config(connection), target)


def is_current(database: Database) -> bool:
    with database.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    return here == ScriptDirectory.from_config(_config()).get_current_head()


def _writing(database: Database) -> AbstractContextManager[Connection]:
    return database.engine.execution_options(write=True).begin()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
