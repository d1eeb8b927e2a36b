"""A year as it went for one team: two left, two went to half time in spring, recruitment came in autumn.

The förbund printed 62 ended and 30 new that year, and that a queue had grown. The queue page tells how, and
what it takes to clear it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from followup.db import Database
from followup.demo.service import create_demo
from followup.participation.models import Participation
from followup.periods import Month
from tests.infrastructure.client import Client, visible_text
from tests.infrastructure.databases import Stock
from tests.infrastructure.tables import rows_by_label

MONTHS = "Kön månad för månad"
TEAM = "Samordningsteam Västerås"


@pytest.fixture
def manager(
    migrated_database: Database, stock: Stock, tmp_path: Path, clock: time_machine.Traveller
) -> Iterator[Client]:
    """The team's manager on 10 January 2024."""
    clock.move_to(datetime(2024, 1, 10, 9, 0, tzinfo=UTC))
    with migrated_database.session(write=True) as session:
        sign_ins = create_demo(session)
    url = migrated_database.engine.url.render_as_string(hide_password=False)
    app = stock.application(stock.settings(tmp_path / "instance", url))
    client = app.test_client()
    assert isinstance(client, Client)
    password = sign_ins.rsplit(":", 1)[1].strip()
    client.submit("/logga-in", email="ledare@demo.example", password=password)
    yield client
    app.extensions["database"].engine.dispose()


def test_the_year_is_told_as_it_went(manager: Client, migrated_database: Database) -> None:
    """One test, since it takes a while to make a whole förbund."""
    page = queue_page(manager)
    it_has_the_numbers_that_were_printed(migrated_database)
    it_tells_how_the_queue_grew(page)
    it_tells_when_the_queue_would_be_cleared(visible_text(page))
    it_knows_of_the_recruitment_to_come(manager, page)


def queue_page(manager: Client) -> str:
    html = manager.get("/", follow_redirects=True).text
    number = re.search(rf'href="/\?team=(\d+)"[^>]*>[^<]*{TEAM}', html)
    assert number is not None
    return manager.get(f"/team/{number[1]}/ko").text


def it_has_the_numbers_that_were_printed(database: Database) -> None:
    year = (Month(2023, 1), Month(2023, 12))
    with database.session() as session:
        team = select(func.min(Participation.team_id) + 4).scalar_subquery()
        ended, new = (
            session.scalar(select(func.count()).where(Participation.team_id == team, column.between(*year)))
            for column in (Participation.ended_month, Participation.started_month)
        )
    assert (ended, new) == (62, 30)


def it_tells_how_the_queue_grew(page: str) -> None:
    rows = rows_by_label(page, MONTHS)
    lengths = {month: int(cells[-1]) for month, cells in rows.items()}
    assert lengths["januari 2023"] <= 5
    assert lengths["september 2023"] >= 25
    text = visible_text(page)
    assert re.search(r"Kön har vuxit från \d+ till \d+ sedan början av februari 2022", text)
    started = {month: int(cells[1]) for month, cells in rows.items()}
    spring = sum(started[f"{month} 2023"] for month in ("april", "maj", "juni", "juli", "augusti"))
    autumn = sum(started[f"{month} 2023"] for month in ("oktober", "november", "december"))
    assert autumn > spring


def it_tells_when_the_queue_would_be_cleared(text: str) -> None:
    assert re.search(
        r"Om ingen mer ställs i kö tar det med dagens takt ungefär \d+ veckor att ta in dem som väntar "
        r"\(osäkert: \d+–\d+\)\.",
        text,
    )
    assert "Målet är högst 12 veckor i kö (beslut § 14, 13 augusti 2023)." in text
    assert re.search(r"planerade platser går det inte att räkna med att målet hålls inom två år", text)


def it_knows_of_the_recruitment_to_come(manager: Client, page: str) -> None:
    address = re.search(r'href="(/team/\d+/ko/platser)"', page)
    assert address is not None
    rows = rows_by_label(manager.get(address[1]).text, "Det här gäller")
    assert {month: cells[1] for month, cells in rows.items()} == {
        "april 2024": "112",
        "oktober 2023": "80",
        "april 2023": "64",
        "januari 2023": "80",
        "januari 2021": "112",
    }
