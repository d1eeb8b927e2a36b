"""The server dies in the middle of a hundred saves: what was answered is there, and nothing is half.

On both databases; PostgreSQL keeps its own promises when it is the server of the application that dies.
"""

from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from threading import Lock, Thread

import pytest

from followup.access.roles import Role
from followup.settings import Settings
from tests.infrastructure.furnish import PASSWORD, Furnished, address_of
from tests.infrastructure.server import Running, Visitor, serving, wait_until_it_answers
from tests.operation.soundness import count_sound_rows

pytestmark = pytest.mark.both_databases

SAVES = 100
# The blow falls when this many have been answered, with the others still on their way.
KILLED_AFTER = 40
AT_ONCE = 4
AGES = [str(age) for age in range(18, 60)]


class Tally:
    """Counts what the server has answered, and strikes in the middle."""

    def __init__(self, strike: Callable[[], None]) -> None:
        self.answered = 0
        self.begun = 0
        self.turned_away = 0
        self._lock = Lock()
        self._strike = strike

    def begin(self) -> int | None:
        with self._lock:
            if self.begun == SAVES:
                return None
            self.begun += 1
            return self.begun

    def answer(self, *, is_saved: bool) -> None:
        with self._lock:
            if not is_saved:
                self.turned_away += 1
                return
            self.answered += 1
            if self.answered == KILLED_AFTER:
                self._strike()


def save(visitor: Visitor, path: str, number: int) -> bool:
    fields = {
        "sex": ("F", "M")[number % 2],
        "age": AGES[number % len(AGES)],
        "referring_party": "FK",
        "municipality": "9901",
    }
    status, page = visitor.submit(path, **fields)
    if status in (200, 422):  # a likeness to another row is pointed out once
        status, _ = visitor.send(path, page, **fields)
    return status in (302, 303)


def work(running: Running, tally: Tally, path: str) -> None:
    """One colleague, saving until there is no server to answer."""
    visitor = Visitor(running.port)
    try:
        visitor.sign_in(address_of(Role.TEAM_STAFF), PASSWORD)
        while (number := tally.begin()) is not None:
            tally.answer(is_saved=save(visitor, path, number))
    # The blow may fall between the head and the body of an answer, too.
    except (OSError, EOFError, RuntimeError, HTTPException):
        return
    finally:
        visitor.connection.close()


def hundred_saves_with_a_blow(instance: Path, url: str, team_id: int) -> Tally:
    with serving(FOLLOWUP_INSTANCE=str(instance), FOLLOWUP_DATABASE_URL=url) as running:
        wait_until_it_answers(running.port)
        tally = Tally(running.kill)
        path = f"/team/{team_id}/deltagare/stall-i-ko"
        colleagues = [Thread(target=work, args=(running, tally, path)) for _ in range(AT_ONCE)]
        for colleague in colleagues:
            colleague.start()
        for colleague in colleagues:
            colleague.join()
    return tally


def test_every_answered_save_is_there_after_a_kill(
    settings: Settings, database_url: str, association: Furnished
) -> None:
    tally = hundred_saves_with_a_blow(settings.instance, database_url, association.north)
    assert KILLED_AFTER <= tally.answered < SAVES
    # Nobody was told that somebody else was saving, and to try again.
    assert tally.turned_away == 0

    rows = count_sound_rows(database_url, association)
    # Answered saves are there; one that was under way may have been kept without an answer.
    assert tally.answered <= rows <= tally.answered + AT_ONCE

    with serving(FOLLOWUP_INSTANCE=str(settings.instance), FOLLOWUP_DATABASE_URL=database_url) as running:
        wait_until_it_answers(running.port)
        visitor = Visitor(running.port)
        visitor.sign_in(address_of(Role.TEAM_STAFF), PASSWORD)
        assert save(visitor, f"/team/{association.north}/deltagare/stall-i-ko", 77)
        visitor.connection.close()
    assert count_sound_rows(database_url, association) == rows + 1
