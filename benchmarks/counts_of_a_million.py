"""Counts of one year out of a million participations, beside the bare question and DuckDB on the same rows.

    .venv/bin/python -m benchmarks.counts_of_a_million [--rows 1000000]

On SQLite, and on a PostgreSQL of its own with row-level security. The bare question is the same one put
straight to the same database, with an index of every column that it names, in the order that it names them.
Processor time, the database server's own included (Linux); the least of five.
"""

import argparse
import csv
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time

import duckdb
import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.db import Database
from followup.db.migrate import upgrade
from followup.organisation.service import create_association, create_team
from followup.participation.counts import Group, counted_by_group
from followup.periods import Month, Week, Year
from tests.infrastructure import postgres

Rows = list[tuple[object, ...]]
YEARS, TEAMS = 25, 40
LAST = Year(2024)
COLUMNS = (
    "key", "stamp", "association_id", "team_id", "sex", "age_group", "referring_party", "education",
    "time_on_public_support", "occupation_before", "extent_before", "accepted_week", "accepted_month",
    "started_week", "started_month", "ended_week", "ended_month", "exit_reason", "continuation",
    "occupation_at_exit", "extent_at_exit",
)  # fmt: skip
MONTHS = {"accepted", "started", "left", "ended"}
COUNTED = [f"{name}_month" if name in MONTHS else name for name in Group._fields if name != "number"]
IN_SIGHT = (
    "association_id = 1 AND void_reason IS NULL AND coalesce(accepted_month, started_month) <= '{last}' "
    "AND (ended_month IS NULL OR ended_month >= '{since}') "
    "AND (left_month IS NULL OR left_month >= '{since}')"
)


def rows(number: int, teams: list[int]) -> Iterator[tuple[object, ...]]:
    """Made-up participations, spread over the years; nobody in them exists."""
    chance = Random(1)
    first = Month(LAST.year - YEARS + 1, 1)
    for _ in range(number):
        started = first + chance.randrange(12 * YEARS)
        ended = started + chance.randrange(3, 24)
        is_over = ended <= LAST.last
        weeks = [str(Week.of(month.first_day)) for month in (started, ended)]
        yield (
            f"{chance.getrandbits(100):026x}", "0" * 12, 1, chance.choice(teams), chance.choice("FM"),
            chance.choice(("20-24", "30-39", "40-49", "50-59")), chance.choice(("AF", "FK", "KFS", "RPV")),
            chance.choice("0123"), chance.choice("012345"), chance.choice(("ING", "ARB", "SOK")), None,
            weeks[0], str(started), weeks[0], str(started), weeks[1] if is_over else None,
            str(ended) if is_over else None, chance.choice(("PLAN", "MED", "VAL")) if is_over else None,
            chance.choice(("AF", "FK", "ING")) if is_over else None,
            chance.choice(("ARB", "STU", "ING")) if is_over else None,
            chance.choice("12345") if is_over else None,
        )  # fmt: skip


def least(ask: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Milliseconds of processor time, the least of five."""
    found = []
    for _ in range(5):
        began = clock()
        ask()
        found.append((clock() - began) * 1000)
    return min(found)


def furnish(database: Database) -> list[int]:
    """The tables, one förbund and its teams; gives the teams."""
    upgrade(database)
    with database.session(write=True) as session:
        number = create_association(session=session, name="Made up").id
        opened = Month(LAST.year - YEARS + 1, 1)
        return [
            create_team(session=session, association_id=number, name=f"Team {n}", opened=opened).id
            for n in range(TEAMS)
        ]


def on_sqlite(folder: Path, number: int) -> tuple[Rows, float]:
    """The rows that were made, and how long counting them took."""
    database = Database(f"sqlite:///{folder}/million.sqlite3")
    made = list(rows(number, furnish(database)))
    with database.session(write=True) as session:
        into = f"INSERT INTO participation ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
        session.connection().exec_driver_sql(into, made)
    with database.session(write=True) as session:
        session.execute(text("ANALYZE"))
    with database.session() as session:
        ours = print_ours(session, "SQLite", process_time)
    with database.session(write=True) as session:
        session.execute(text(cover()))
    with database.session() as session:
        print_bare(session, ours, process_time)
    return made, ours


def on_postgresql(folder: Path, made: Rows) -> float:
    server = postgres.shared_server(folder)
    try:
        database = Database(server.create("million"))
        furnish(database)
        # As superuser: nobody else may copy past row-level security, or knows that nobody else is there.
        admin = psycopg.connect(server.admin_url.replace("/postgres?", "/million?"), autocommit=True)
        with admin.cursor().copy(f"COPY participation ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in made:
                copy.write_row(row)
        admin.execute("VACUUM ANALYZE participation")
        with database.session() as session:
            ours = print_ours(session, "PostgreSQL", both(session))
        admin.execute(cover())
        admin.execute("VACUUM ANALYZE participation")
        with database.session() as session:
            print_bare(session, ours, both(session))
        admin.close()
        database.engine.dispose()
        return ours
    finally:
        postgres.stop_server(folder)


def both(session: Session) -> Callable[[], float]:
    """Seconds that this process and the session's own server process have worked."""
    session.execute(text("SET max_parallel_workers_per_gather = 0"))
    pid = session.scalar(text("SELECT pg_backend_pid()"))

    def clock() -> float:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    return clock


def print_ours(session: Session, name: str, clock: Callable[[], float]) -> float:
    scope = Scope(association_id=1, actor="1")
    found = sum(group.number for group in counted_by_group(session, scope, LAST))
    ours = least(lambda: counted_by_group(session, scope, LAST), clock)
    print(f"{name}: {found} counted in {ours:.0f} ms")
    return ours


def print_bare(session: Session, ours: float, clock: Callable[[], float]) -> None:
    bare = least(lambda: session.connection().exec_driver_sql(question()).fetchall(), clock)
    print(f"  the bare question: {bare:.0f} ms; ratio {ours / bare:.2f}")


def print_duckdb(folder: Path, made: Rows, ours: dict[str, float]) -> None:
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, "void_reason", "left_month"])
        writer.writerows([*row, None, None] for row in made)
    known = duckdb.connect()
    known.execute("SET threads = 1")
    known.execute(
        f"CREATE TABLE participation AS SELECT * FROM read_csv('{folder}/rows.csv', all_varchar = true)"
    )
    sql = question().replace("association_id = 1", "association_id = '1'")
    theirs = least(lambda: known.execute(sql).fetchall())
    ratios = ", ".join(f"{name} {each / theirs:.1f}" for name, each in ours.items())
    print(f"DuckDB, one thread: {theirs:.0f} ms; ratios: {ratios}")


def cover() -> str:
    names = ", ".join(dict.fromkeys(["association_id", "void_reason", *COUNTED]))
    return f"CREATE INDEX cover ON participation ({names})"


def question() -> str:
    names = ", ".join(COUNTED)
    where = IN_SIGHT.format(last=LAST.last, since=LAST.previous.first)
    return f"SELECT {names}, count(*) FROM participation WHERE {where} GROUP BY {names}"


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, on_file = on_sqlite(folder, number)
        print_duckdb(folder, made, {"SQLite": on_file, "PostgreSQL": on_postgresql(folder, made)})


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    main(asked.parse_args().rows)
