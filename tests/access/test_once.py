"""The same page sent twice saves once, also when both come at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import Traveller

from followup.access.models import SpentForm
from followup.access.roles import Role
from followup.db import Database
from followup.organisation.models import Team
from tests.conftest import SignIn
from tests.infrastructure.client import Client
from tests.infrastructure.forms import find_form

ADD = "/system/team/nytt"
AGAIN = "Redan sparad – inget sparades två gånger."
NEW_TEAM = {"name": "Team Östra", "municipalities": "Sala", "kind": "coordination", "opened": "2024-06"}


def filled_in(client: Client, **fields: str) -> dict[str, object]:
    return {**find_form(client.get(ADD).text, button="Lägg upp team").values, **NEW_TEAM, **fields}


def names(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(select(Team.name).where(Team.name == "Team Östra")))


@pytest.mark.both_databases
def test_the_second_click_leads_to_the_result_and_says_so(sign_in: SignIn, database: Database) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = filled_in(client)
    first = client.post(ADD, data=data, follow_redirects=True)
    assert "Team Östra är upplagt." in first.text
    second = client.post(ADD, data=data, follow_redirects=True)
    assert second.request.path == "/system/team"
    assert AGAIN in second.text
    assert len(names(database)) == 1


@pytest.mark.both_databases
def test_two_clicks_at_the_same_moment_save_once(app: Flask, sign_in: SignIn, database: Database) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data, cookies = filled_in(client), client.get_cookie("followup")
    assert cookies is not None
    both = Barrier(2)

    def click() -> str:
        other = app.test_client()
        other.set_cookie("followup", cookies.value)
        both.wait(timeout=10)
        return other.post(ADD, data=data, follow_redirects=True).text

    with ThreadPoolExecutor(2) as pool:
        texts = [future.result(timeout=30) for future in (pool.submit(click), pool.submit(click))]
    assert sorted(AGAIN in text for text in texts) == [False, True]
    assert len(names(database)) == 1


def test_a_form_that_was_refused_may_be_mended_and_sent_again(sign_in: SignIn, database: Database) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = filled_in(client, name="Team Norra")
    refused = client.post(ADD, data=data)
    assert refused.status_code == 422
    assert "Namnet finns redan." in refused.text
    token = find_form(refused.text, button="Lägg upp team").values["once"]
    saved = client.post(ADD, data=data | {"name": "Team Östra", "once": token}, follow_redirects=True)
    assert "Team Östra är upplagt." in saved.text
    assert len(names(database)) == 1


def test_a_new_page_saves_again(sign_in: SignIn) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    client.submit(ADD, **NEW_TEAM)
    again = client.submit(ADD, **NEW_TEAM | {"name": "Team Västra"})
    assert "Team Västra är upplagt." in again.text


def test_spent_tokens_are_kept_for_a_day_and_hold_no_trace_of_the_form(
    sign_in: SignIn, database: Database, clock: Traveller
) -> None:
    client = sign_in(Role.SYSTEM_ADMIN)
    data = filled_in(client)
    client.post(ADD, data=data)
    with database.session() as session:
        spent = session.scalars(select(SpentForm)).one()
        assert spent.day == date(2024, 6, 12)
        assert spent.token not in str(data["once"])
    clock.shift(timedelta(days=1))
    sign_in(Role.SYSTEM_ADMIN).submit(ADD, **NEW_TEAM | {"name": "Team Västra"})
    with database.session() as session:
        assert session.scalars(select(SpentForm.day)).all() == [date(2024, 6, 13)]
