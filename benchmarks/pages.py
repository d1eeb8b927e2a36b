"""How long pages take with 1 000 participations, beside a bare Flask page on the same server.

    .venv/bin/python -m benchmarks.pages [REQUESTS]

One visitor at a time over a kept connection, after ten unmeasured requests, charts from their cache.
Processor time is the server's own for one request, which a busy machine does not make longer.
Goals: p50 below 30 ms, p95 below 60 ms; one table of the statistics p95 below 50 ms.
"""

import os
import sys
import time
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.running import demo_installation, percentile, signed_in
from followup import clock
from followup.access.scope import Scope
from followup.db import Database
from followup.demo.histories import histories
from followup.demo.service import COURSES, TEAMS
from followup.months import queries as months
from followup.organisation.models import Association, Team
from followup.participation.models import Participation
from followup.queues.keeping import keep
from followup.settings import Settings
from tests.infrastructure.server import Running, Visitor, serving, wait_until_it_answers

PARTICIPATIONS = 1000
UNMEASURED = 10
WARM_UP = 10
PAGES = [
    ("start, team staff", "vasteras@demo.example", "/"),
    ("participants", "vasteras@demo.example", "/team/5/deltagare"),
    ("queue of a team", "ledare@demo.example", "/team/5/ko"),
    ("queues of all teams", "forbundschef@demo.example", "/ko"),
    ("start, director", "forbundschef@demo.example", "/"),
    ("statistics, overview", "forbundschef@demo.example", "/statistik"),
    ("statistics, one table", "forbundschef@demo.example", "/statistik/T7"),
]


def fill_up(instance: Path) -> int:
    """Bring the demo to 1 000 participations, in teams of their usual proportions."""
    chance = Random(1)
    database = Database(Settings.load(instance, {}).database_url)
    with database.session(write=True) as session:
        teams = {team.name: team for team in session.scalars(select(Team))}
        count = session.scalar(select(func.count()).select_from(Participation)) or 0
        while count < PARTICIPATIONS:
            for (name, places), course in zip(TEAMS, COURSES, strict=True):
                opened = teams[name].opened.first_day
                rows = histories(
                    chance, teams[name], course, opened, clock.today(), [code for code, _ in places]
                )
                rows = rows[: PARTICIPATIONS - count]
                session.add_all(rows)
                count += len(rows)
        session.flush()
        _keep_again(session, [team.id for team in teams.values()])
    database.engine.dispose()
    return count


def _keep_again(session: Session, team_ids: list[int]) -> None:
    """The rows were put into complete months, past the rules, and what was kept of those must say so."""
    association_id = session.scalars(select(Association.id)).one()
    scope = Scope.of_command(association_id, set(team_ids))
    for team_id, complete in months.complete_months(session, scope, team_ids).items():
        keep(session=session, scope=scope, team_id=team_id, months=complete)


def processor_time(pids: list[int]) -> float:
    """Seconds that the processes have worked (Linux)."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def measure(visitor: Visitor, path: str, requests: int) -> list[float]:
    milliseconds = []
    for number in range(requests + WARM_UP):
        start = time.perf_counter()
        status, _ = visitor.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} gave {status}")
        if number >= WARM_UP:
            milliseconds.append((time.perf_counter() - start) * 1000)
    return milliseconds


def processor_milliseconds(server: Running) -> float:
    """What the server and its worker have used so far (Linux)."""
    ticks = 0
    for member in server.family():
        _, fields = Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)
        ticks += sum(map(int, fields.split()[11:13]))
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def main(requests: int) -> None:
    with serving("benchmarks.bare:application") as server:
        wait_until_it_answers(server.port, "/")
        bare = percentile(measure(Visitor(server.port), "/", requests), 0.5)
    with demo_installation() as instance:
        print(f"{fill_up(instance)} participations, {requests} requests a page")
        print(f"{'page':<22}{'p50 ms':>8}{'p95 ms':>8}{'× bare':>8}{'processor ms':>14}")
        print(f"{'bare Flask page':<22}{bare:>8.1f}{'':>8}{1:>8}")
        with serving(FOLLOWUP_INSTANCE=str(instance)) as server:
            wait_until_it_answers(server.port)
            for name, address, path in PAGES:
                visitor = signed_in(server.port, instance, address)
                measure(visitor, path, 0)
                before = processor_time(server.family())
                found = measure(visitor, path, requests)
                used = (processor_time(server.family()) - before) / (requests + WARM_UP) * 1000
                middle, high = percentile(found, 0.5), percentile(found, 0.95)
                print(f"{name:<22}{middle:>8.1f}{high:>8.1f}{middle / bare:>8.0f}{used:>14.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
