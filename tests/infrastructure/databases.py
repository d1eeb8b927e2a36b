"""Databases for single tests: copied from templates that the run makes once and its processes share."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy import URL, make_url

from followup import create_app
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.db import Database
from followup.db.migrate import upgrade
from followup.editions import service as editions
from followup.keys import KEY_FILE, KeyRing
from followup.periods import Year
from followup.settings import Settings
from tests.editions import years
from tests.infrastructure import furnish, postgres
from tests.infrastructure.client import Client
from tests.infrastructure.made_once import compile_templates_once

SQLITE, POSTGRESQL = "sqlite", "postgresql"
EMPTY, MIGRATED, FURNISHED, PUBLISHED = "empty", "migrated", "furnished", "published"


@dataclass
class Stock:
    """Hands out databases. `shared` is a folder that all processes of the run see."""

    shared: Path
    _numbers = count(1)

    def keys(self) -> Path:
        """The run's key file; passwords in the templates are bound to it."""
        with postgres.lock(self.shared / "keys-lock"):
            if not (self.shared / KEY_FILE).exists():
                KeyRing.generate().write(self.shared)
        return self.shared / KEY_FILE

    def take(self, kind: str, folder: Path, content: str) -> str:
        """The address of a database nobody else uses; SQLite keeps it in `folder`."""
        if kind == SQLITE:
            file = folder / "followup.sqlite3"
            if content != EMPTY:
                shutil.copyfile(self._sqlite_template(content), file)
            return f"sqlite:///{file}"
        server = postgres.shared_server(self.shared)
        name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{next(self._numbers)}"
        server.drop(name)
        template = "template0" if content == EMPTY else self._postgres_template(server, content)
        return server.create(name, template=template)

    def give_back(self, url: str) -> None:
        if not url.startswith("sqlite"):
            postgres.shared_server(self.shared).drop(url.rsplit("/", 1)[1].split("?")[0])

    def admin_url(self, url: URL) -> URL:
        """The same database, seen by somebody whom no row-level security holds back."""
        if url.drivername.startswith("sqlite"):
            return url
        admin = make_url(postgres.shared_server(self.shared).admin_url)
        return admin.set(database=url.database, drivername="postgresql+psycopg")

    def settings(self, instance: Path, url: str) -> Settings:
        instance.mkdir(exist_ok=True)
        shutil.copy(self.keys(), instance / KEY_FILE)
        return Settings.load(instance, {"FOLLOWUP_DATABASE_URL": url})

    def application(self, settings: Settings) -> Flask:
        """The application as tests use it."""
        app = create_app(settings)
        app.test_client_class = Client
        compile_templates_once(app, self.shared / "compiled-templates")
        return app

    def _sqlite_template(self, content: str) -> Path:
        file = self.shared / f"{content}.sqlite3"
        with postgres.lock(self.shared / "sqlite-lock"):
            if not file.exists():
                draft = self.shared / f"{content}.draft"
                draft.unlink(missing_ok=True)
                self._fill(f"sqlite:///{draft}", content)
                draft.rename(file)
        return file

    def _postgres_template(self, server: postgres.Server, content: str) -> str:
        name = f"followup_{content}"
        with postgres.lock(self.shared / "template-lock"):
            ready = self.shared / f"{name}.ready"
            if not ready.exists():
                server.drop(name)
                self._fill(server.create(name), content)
                ready.touch()
        return name

    def _fill(self, url: str, content: str) -> None:
        with closing(Database(url)) as database:
            upgrade(database)
            if content in (FURNISHED, PUBLISHED):
                self._furnish(database)
            if content == PUBLISHED:
                self._publish(url)
            if database.is_sqlite:
                with database.engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _publish(self, url: str) -> None:
        """Two complete years, and the last of them as an edition, by the clock of whoever asks first."""
        with closing(Database(url)) as database:
            association = furnish.find_furnished(database)
        director = Scope(
            association_id=association.id, actor="1", association_roles=frozenset({Role.DIRECTOR})
        )
        keys = KeyRing.read(self.keys().parent)
        own = Database(url, association_id=association.id)
        with closing(own), own.session(write=True) as session:
            years.fill(session, association)
            editions.publish(session=session, scope=director, period=Year(2023), keys=keys)

    def _furnish(self, database: Database) -> None:
        url = database.engine.url.render_as_string(hide_password=False)
        app = create_app(self.settings(self.shared / "template-instance", url))
        with closing(app.extensions["database"]):
            with app.app_context(), database.session(write=True) as session:
                furnish.furnish(session)
            with database.open(write=True) as session:
                furnish.furnish_neighbour(session)
                session.commit()


@contextmanager
def closing(database: Database) -> Iterator[Database]:
    """Ends the connections whatever happens, so that one fault is not told as ten."""
    try:
        yield database
    finally:
        database.engine.dispose()
