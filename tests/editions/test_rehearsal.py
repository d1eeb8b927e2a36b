"""Others save while an edition is made, and what is frozen was tried against all that it is frozen beside."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from time_machine import Traveller
from werkzeug.test import TestResponse

from followup.access.models import SpentForm
from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.cli import cli
from followup.db import Database
from followup.disclosure.intruder import Exposure, Finding
from followup.editions import queries, rehearsal, service
from followup.editions.models import Edition, LedgerRecord
from followup.exports.publication import Publication
from followup.exports.service import written
from followup.keys import KeyRing
from followup.organisation.models import Association
from followup.organisation.service import create_association, create_team
from followup.periods import JanAug, Month, Year
from followup.settings import Settings
from followup.statistics import service as statistics
from followup.statistics.service import DISCLOSURE_KEY, PeriodNotComplete, association_statistics
from followup.statistics.shelf import Shelf
from tests.conftest import SignIn
from tests.editions.bystander import Bystander
from tests.editions.years import fill
from tests.infrastructure.client import Client
from tests.infrastructure.databases import Stock
from tests.infrastructure.forms import find_form
from tests.infrastructure.furnish import PASSWORD, Furnished

Publish = Callable[..., Edition]
KEYS = KeyRing("k1", {"k1": b"k" * 32})
YEAR = Year(2023)
PREPARE = "/utgavor/publicera?period=2023"
PUBLISHED = "Utgåva 2024:1 är publicerad"
GIVEN_AWAY = [Finding(Exposure.SHOWN, "T2 (kvinnor)", 2, 2)]

Act = Callable[[], object]


@pytest.fixture(autouse=True)
def complete_years(database: Database, association: Furnished) -> None:
    with database.session(write=True) as session:
        fill(session, association)


@pytest.fixture
def bystander(database_url: str, association: Furnished) -> Iterator[Bystander]:
    somebody = Bystander(database_url, association.id, association.north)
    yield somebody
    somebody.database.engine.dispose()


class Trials:
    """The trial as it is, but for what happens meanwhile: one act or answer for each time it is held."""

    def __init__(self, undo: Callable[..., list[Finding]]) -> None:
        self._undo = undo
        self.meanwhile: list[Act | list[Finding]] = []
        self.held: list[tuple[str, str, int]] = []
        self.tried: list[Publication] = []

    def __call__(self, session: Session, scope: Scope, publication: Publication) -> list[Finding]:
        earlier = len(queries.editions(session, scope))
        self.held.append((publication.edition, publication.period.code, earlier))
        self.tried.append(publication)
        happens = self.meanwhile.pop(0) if self.meanwhile else []
        if callable(happens):
            happens()
            happens = []
        return happens or self._undo(session, scope, publication)


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> Trials:
    trials = Trials(service.undo)
    monkeypatch.setattr(service, "undo", trials)
    return trials


@pytest.fixture
def director(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.DIRECTOR)


@pytest.fixture
def publish(database: Database, settings: Settings) -> Publish:
    own = replace(settings, keys=KEYS)

    def publish(scope: Scope, **choices: Any) -> Edition:
        with database.session(write=True) as session:
            wanted = {"period": YEAR, "settings": own} | choices
            return rehearsal.publish(session=session, scope=scope, **wanted)

    return publish


def frozen(database: Database) -> list[Edition]:
    with database.session() as session:
        return list(session.scalars(select(Edition).order_by(Edition.id)))


def figures_now(database: Database, scope: Scope) -> list[object]:
    """What the tables tell, protected beside what is published at the moment."""
    with database.session() as session:
        key = KEYS.derive(DISCLOSURE_KEY)
        found = association_statistics(session=session, scope=scope, period=YEAR, key=key)
    return [table.cells for table in found.protected]


def figures_of(publication: Publication) -> list[object]:
    return [table.cells for table in publication.tables]


@pytest.mark.both_databases
class TestMeanwhile:
    def test_others_save_and_what_they_saved_is_in_the_edition(
        self, database: Database, director: Scope, trials: Trials, bystander: Bystander, publish: Publish
    ) -> None:
        as_saved: list[list[object]] = []
        trials.meanwhile = [bystander.save, lambda: as_saved.append(figures_now(database, director))]
        edition = publish(director)
        assert trials.held == [("2024:1", "2023", 0)] * 2
        first, second = map(figures_of, trials.tried)
        assert first != second == as_saved[0] == figures_of(service.published(edition))

    def test_what_counts_nowhere_makes_nothing_be_done_again(
        self, database: Database, director: Scope, trials: Trials, bystander: Bystander, publish: Publish
    ) -> None:
        trials.meanwhile = [lambda: bystander.save(people=0)]
        publish(director)
        assert trials.held == [("2024:1", "2023", 0)]

    def test_another_edition_is_published_and_the_next_is_tried_beside_it(
        self, database: Database, director: Scope, trials: Trials, publish: Publish
    ) -> None:
        def publish_another() -> None:
            with database.session(write=True) as session:
                service.publish(session=session, scope=director, period=JanAug(2023), keys=KEYS)

        trials.meanwhile = [publish_another]
        assert publish(director).number == "2024:2"
        assert trials.held == [("2024:1", "2023", 0), ("2024:1", "2023-JanAug", 0), ("2024:2", "2023", 1)]
        assert [each.number for each in frozen(database)] == ["2024:1", "2024:2"]

    def test_the_same_period_is_published_and_not_once_more(
        self, database: Database, director: Scope, trials: Trials, publish: Publish
    ) -> None:
        def publish_it() -> None:
            with database.session(write=True) as session:
                service.publish(session=session, scope=director, period=YEAR, keys=KEYS)

        trials.meanwhile = [publish_it]
        with pytest.raises(service.NothingNew):
            publish(director)
        assert [each.number for each in frozen(database)] == ["2024:1"]

    def test_what_is_told_beside_the_counts_changes_and_the_files_are_those_of_the_edition(
        self, database: Database, director: Scope, trials: Trials, bystander: Bystander, publish: Publish
    ) -> None:
        def rename() -> None:
            with bystander.database.session(write=True) as session:
                session.get_one(Association, director.association_id).name = "Förbundet Nytt"
            bystander.save(people=0)

        trials.meanwhile = [rename]
        edition = publish(director)
        publication = service.published(edition)
        assert publication.association == "Förbundet Nytt"
        content = written(publication, "csv", KEYS).content
        assert (edition.files or {})["csv"] == sha256(content).hexdigest()

    def test_something_changes_each_time_and_then_nobody_else_may_save(
        self, database: Database, director: Scope, trials: Trials, bystander: Bystander, publish: Publish
    ) -> None:
        def save_in_vain() -> None:
            with pytest.raises(OperationalError):
                bystander.save()

        trials.meanwhile = [*[bystander.save] * rehearsal.REHEARSALS, save_in_vain]
        edition = publish(director)
        assert trials.meanwhile == []
        assert figures_of(service.published(edition)) == figures_of(trials.tried[-1])

    def test_a_month_is_opened_and_nothing_is_published(
        self, database: Database, director: Scope, trials: Trials, bystander: Bystander, publish: Publish
    ) -> None:
        def open_a_month() -> None:
            with bystander.database.session(write=True) as session:
                session.execute(text("DELETE FROM month_declaration WHERE month = '2023-10'"))

        trials.meanwhile = [open_a_month]
        with pytest.raises(PeriodNotComplete):
            publish(director)
        assert frozen(database) == []


def test_a_rehearsal_of_something_else_freezes_nothing(
    database: Database, director: Scope, trials: Trials, bystander: Bystander
) -> None:
    with database.session() as session:
        wanted: dict[str, Any] = {"scope": director, "period": YEAR, "keys": KEYS}
        rehearsed = service.rehearse(session=session, **wanted)
    bystander.save()
    with database.session(write=True) as session, pytest.raises(service.Changed):
        service.publish(session=session, rehearsed=rehearsed, **wanted)
    assert frozen(database) == []


def test_what_has_been_tried_is_not_tried_again(
    database: Database, director: Scope, trials: Trials, clock: Traveller
) -> None:
    """And the figures are those of the moment they were taken."""
    wanted: dict[str, Any] = {"scope": director, "period": YEAR, "keys": KEYS}
    with database.session() as session:
        first = service.rehearse(session=session, **wanted)
        clock.shift(timedelta(minutes=10))
        assert service.rehearse(session=session, **wanted, last=first) == first
    assert len(trials.held) == 1
    with database.session(write=True) as session:
        edition = service.publish(session=session, rehearsed=first, **wanted)
        publication = service.published(edition)
    assert publication.made == first.made
    for name, digest in (edition.files or {}).items():
        assert sha256(written(publication, name, KEYS).content).hexdigest() == digest


class TestPages:
    @pytest.fixture
    def chief(self, sign_in: SignIn) -> Client:
        return sign_in(Role.DIRECTOR)

    @staticmethod
    def filled_in(client: Client) -> dict[str, object]:
        return {**find_form(client.get(PREPARE).text, button="Publicera").values, "password": PASSWORD}

    @staticmethod
    def send(client: Client, data: dict[str, object]) -> TestResponse:
        return client.post("/utgavor/publicera", data=data, follow_redirects=True)

    @pytest.mark.both_databases
    def test_staff_save_while_an_edition_is_tried(
        self, chief: Client, database: Database, trials: Trials, bystander: Bystander
    ) -> None:
        trials.meanwhile = [bystander.save]
        assert PUBLISHED in self.send(chief, self.filled_in(chief)).text
        assert len(trials.held) == 2
        events = ["PARTICIPATION_RECORDED", "PUBLISHED"]
        with database.session() as session:
            found = session.scalars(select(AuditEvent.event).order_by(AuditEvent.number))
            assert [event for event in found if event in events] == events

    @pytest.mark.parametrize("turn", [0, 1], ids=["at first", "after something was saved"])
    def test_a_finding_refuses_and_the_page_may_be_sent_again(
        self, chief: Client, database: Database, trials: Trials, bystander: Bystander, turn: int
    ) -> None:
        trials.meanwhile = [*[bystander.save] * turn, GIVEN_AWAY]
        data = self.filled_in(chief)
        refused = self.send(chief, data)
        assert refused.status_code == 422
        assert "till exempel T2 (kvinnor). Inget har publicerats." in refused.text
        with database.session() as session:
            for kept in (Edition, LedgerRecord, SpentForm):
                assert session.scalars(select(kept)).all() == []
        assert PUBLISHED in self.send(chief, data).text

    def test_a_second_click_meanwhile_is_told_so_and_one_afterwards_finds_it_saved(
        self, chief: Client, database: Database, trials: Trials
    ) -> None:
        data, answers = self.filled_in(chief), []
        trials.meanwhile = [lambda: answers.append(self.send(chief, data))]
        assert PUBLISHED in self.send(chief, data).text
        assert [answer.request.path for answer in answers] == ["/utgavor"]
        assert "En utgåva prövas redan" in answers[0].text
        assert "Redan sparad" in self.send(chief, data).text
        assert len(trials.held) == len(frozen(database)) == 1

    def test_whoever_comes_back_meanwhile_reads_that_it_goes_on(self, chief: Client, trials: Trials) -> None:
        """The page was closed, say: it stands there and in the list until the edition does."""
        goes_on, pages = "En utgåva prövas just nu.", []
        assert goes_on not in chief.get(PREPARE).text
        trials.meanwhile = [lambda: pages.extend(chief.get(path).text for path in (PREPARE, "/utgavor"))]
        assert PUBLISHED in self.send(chief, self.filled_in(chief)).text
        assert [goes_on in page for page in pages] == [True, True]
        assert goes_on not in chief.get("/utgavor").text

    @pytest.mark.both_databases
    def test_two_clicks_at_the_same_moment_publish_once(
        self, app: Flask, chief: Client, database: Database
    ) -> None:
        data, cookies, both = self.filled_in(chief), chief.get_cookie("followup"), Barrier(2)
        assert cookies is not None

        def click() -> str:
            other = app.test_client()
            other.set_cookie("followup", cookies.value)
            both.wait(timeout=10)
            return other.post("/utgavor/publicera", data=data, follow_redirects=True).text

        with ThreadPoolExecutor(2) as pool:
            texts = [future.result(timeout=60) for future in (pool.submit(click), pool.submit(click))]
        assert sorted(PUBLISHED in text for text in texts) == [False, True]
        assert len(frozen(database)) == 1

    def test_a_wrong_password_tries_nothing(self, chief: Client, trials: Trials) -> None:
        answer = self.send(chief, self.filled_in(chief) | {"password": "fel lösenord alldeles"})
        assert "Lösenordet stämmer inte" in answer.text
        assert trials.held == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("path", "button", "fields"),
    [
        (PREPARE, "Spara utkastet", {}),
        (PREPARE, "Be om godkännande", {}),
        (PREPARE, "Publicera", {"password": "fel lösenord alldeles"}),
        ("/statistik?period=2023", "Ladda ner filen", {"format": "csv"}),
    ],
)
def test_others_save_while_tables_are_protected_for_what_is_kept_or_taken_out(
    sign_in: SignIn,
    database: Database,
    association: Furnished,
    bystander: Bystander,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    button: str,
    fields: dict[str, str],
) -> None:
    asks = button == "Be om godkännande"
    if asks:
        with database.session(write=True) as session:
            session.get_one(Association, association.id).second_approval = True
    director, protected = sign_in(Role.OFFICER if asks else Role.DIRECTOR), statistics.protect
    page = director.get(path)
    bystander.save()
    saved = []

    def protect_meanwhile(*arguments: Any, **choices: Any) -> Any:
        bystander.save()
        saved.append(True)
        return protected(*arguments, **choices)

    monkeypatch.setattr(statistics, "_SHELF", Shelf(1))
    monkeypatch.setattr(statistics, "protect", protect_meanwhile)
    answer = director.submit(path, button=button, page=page, **fields)
    assert answer.status_code == (422 if "password" in fields else 200)
    assert saved


def test_others_save_while_an_edition_is_published_from_the_command_line(
    stock: Stock, migrated_database: Database, tmp_path: Path, trials: Trials
) -> None:
    with migrated_database.session(write=True) as session:
        number = create_association(session=session, name="Norra Västmanland").id
        north, south = (
            create_team(session=session, association_id=number, name=name, opened=Month(2022, 1)).id
            for name in ("Norra", "Södra")
        )
        fill(session, Furnished(number, north, south, 0, 0))
    url = migrated_database.engine.url.render_as_string()
    settings = stock.settings(tmp_path / "instance", url)
    bystander = Bystander(url, number, north)
    trials.meanwhile = [bystander.save]
    words = ["publish", "--period", "2023", "--instance", str(settings.instance)]
    result = CliRunner(env={"FOLLOWUP_DATABASE_URL": url}).invoke(cli, words)
    bystander.database.engine.dispose()
    assert result.output == "Utgåva 2024:1 är publicerad: statistik för 2023.\n"
    assert len(trials.held) == 2
