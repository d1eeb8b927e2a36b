"""How long the queue's arithmetic takes, and a team's page right after something has changed.

    .venv/bin/python -m benchmarks.queue_time [REPEATS]

Goals: a what-if of six teams, 1 000 runs × 104 weeks, below 1 s the first time and 200 ms after that; the
team's page p50 below 30 ms from cache, and p95 below 120 ms right after a change. Times are processor time,
which other work on the computer disturbs less. The page is asked for in this process; the threads of the
library that draws its charts are counted in.
"""

import re
import sys
import time
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from benchmarks.pages import fill_up
from benchmarks.running import demo_installation, percentile
from followup import clock, create_app
from followup.organisation.models import Team
from followup.participation.models import Participation
from followup.periods import Week, WeekAndMonth
from followup.queues.intensity import Intensity
from followup.queues.simulation import QueueState
from followup.queues.what_if import WhatIf, compare
from followup.settings import Settings

TEAMS = 6
TEAM_NAME = "Samordningsteam Västerås"


def what_if_of_six(seed: int) -> float:
    """Milliseconds for both courses of six teams, none of which has been asked about before."""
    start = time.process_time()
    for team in range(TEAMS):
        state = QueueState(9 + team, Intensity(24, 52), Intensity(15, 52), Intensity(2, 52))
        what_if = WhatIf(colleagues=1, places_per_colleague=20)
        comparison = compare(state, what_if, now=Week(2024, 24), target=12, seed=seed + team)
        comparison.changed.quantiles(104)
    return (time.process_time() - start) * 1000


def signed_in(client: FlaskClient, instance: Path) -> None:
    password = (instance / "demo.txt").read_text(encoding="utf-8").rsplit(":", 1)[1].strip()
    page = client.get("/logga-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the sign-in page has no form")
    client.post(
        "/logga-in",
        data={"csrf_token": token[1], "email": "ledare@demo.example", "password": password},
    )


def ask(client: FlaskClient, address: str) -> float:
    start = time.process_time()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} gave {response.status_code}")
    return (time.process_time() - start) * 1000


def change(settings: Settings) -> int:
    """One more is put in the queue of the team today; gives the team."""
    from followup.db import Database

    database = Database(settings.database_url)
    with database.session(write=True) as session:
        team = session.scalars(select(Team).where(Team.name == TEAM_NAME)).one()
        moment = WeekAndMonth.of(clock.today())
        session.add(
            Participation(
                association_id=team.association_id,
                team_id=team.id,
                sex="F",
                age_group="30-39",
                referring_party="FK",
                accepted_week=moment.week,
                accepted_month=moment.month,
            )
        )
        number = team.id
    database.engine.dispose()
    return number


def main(repeats: int = 30) -> None:
    first = what_if_of_six(1)
    later = [what_if_of_six(1000 * place) for place in range(2, 12)]
    print(f"what-if of six teams: first {first:.0f} ms, later p50 {percentile(later, 0.5):.0f} ms")
    with demo_installation() as instance:
        print(f"{fill_up(instance)} participations")
        settings = Settings.load(instance, {})
        client = create_app(settings).test_client()
        signed_in(client, instance)
        address = f"/team/{change(settings)}/ko"
        for _ in range(5):
            ask(client, address)
        kept = [ask(client, address) for _ in range(repeats)]
        changed = []
        for _ in range(repeats):
            change(settings)
            changed.append(ask(client, address))
        for name, found in (("from cache", kept), ("right after a change", changed)):
            told = f"p50 {percentile(found, 0.5):.0f} ms, p95 {percentile(found, 0.95):.0f} ms"
            print(f"queue of a team, {name}: {told}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
