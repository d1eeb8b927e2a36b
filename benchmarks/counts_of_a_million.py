"""Counts for one year out of a million participations, against the bare question and against DuckDB.

    python -m benchmarks.counts_of_a_million [--rows 1000000]

The bare question is the same one put straight to the database, with an index that covers every column of it:
what the machine can do at best. Ratios of processor time; the least of five.
"""

import argparse
import csv
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import process_time

import duckdb
from sqlalchemy import text

from followup.access.scope import Scope
from followup.db import Database
from followup.db.tables import Base
from followup.organisation.service import create_association, create_team
from followup.participation.counts import Group, counted_by_group
from followup.periods import Month, Week, Year

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


def least(ask: Callable[[], object]) -> float:
    """Milliseconds of processor time, the least of five."""
    found = []
    for _ in range(5):
        began = process_time()
        ask()
        found.append((process_time() - began) * 1000)
    return min(found)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/million.sqlite3")
        Base.metadata.create_all(database.engine)
        with database.session(write=True) as session:
            association = create_association(session=session, name="Made up")
            teams = [
                create_team(
                    session=session, association_id=association.id, name=f"Team {n}", opened=Month(2000, 1)
                ).id
                for n in range(TEAMS)
            ]
        made = list(rows(number, teams))
        with database.session(write=True) as session:
            marks = ", ".join("?" * len(COLUMNS))
            session.connection().exec_driver_sql(
                f"INSERT INTO participation ({', '.join(COLUMNS)}) VALUES ({marks})", made
            )
        with database.session(write=True) as session:
            session.execute(text("ANALYZE"))
        with database.session() as session:
            ours = least(lambda: counted_by_group(session, Scope(association_id=1, actor="1"), LAST))
            found = sum(
                each.number for each in counted_by_group(session, Scope(association_id=1, actor="1"), LAST)
            )
            print(f"SQLite, {number} rows, {found} counted: {ours:.0f} ms")
        print_bare(database, ours)
        print_duckdb(Path(folder), made, ours)


def print_bare(database: Database, ours: float) -> None:
    with database.session(write=True) as session:
        names = ", ".join(dict.fromkeys(["association_id", "void_reason", *COUNTED]))
        session.execute(text(f"CREATE INDEX cover ON participation ({names})"))
    with database.session() as session:
        bare = least(lambda: session.connection().exec_driver_sql(question()).fetchall())
    print(f"bare, with a covering index: {bare:.0f} ms; ratio {ours / bare:.2f}")


def print_duckdb(folder: Path, made: list[tuple[object, ...]], ours: float) -> None:
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
    print(f"DuckDB, one thread: {theirs:.0f} ms; ratio {ours / theirs:.2f}")


def question() -> str:
    names = ", ".join(COUNTED)
    where = IN_SIGHT.format(last=LAST.last, since=LAST.previous.first)
    return f"SELECT {names}, count(*) FROM participation WHERE {where} GROUP BY {names}"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=1_000_000)
    main(asked.parse_args().rows)
