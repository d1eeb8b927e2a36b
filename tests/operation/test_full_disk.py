"""The disk fills up while people save: who was told "saved" has it saved, the others are told the truth."""

from followup.access.roles import Role
from followup.settings import Settings
from tests.infrastructure.client import visible_text
from tests.infrastructure.furnish import PASSWORD, Furnished, address_of
from tests.infrastructure.server import Visitor, serving, wait_until_it_answers
from tests.operation.soundness import count_sound_rows
from tests.operation.test_kill import save

# Room for some saves in SQLite's journal beside the database as it is.
ROOM = 300_000
MOST_SAVES = 200


def save_until_refused(visitor: Visitor, path: str) -> int:
    """How many were saved before the first one that was not."""
    for number in range(MOST_SAVES):
        if not save(visitor, path, number):
            return number
    raise AssertionError("the disk never filled up")


def test_a_full_disk_loses_nothing_and_is_told(
    settings: Settings, database_url: str, association: Furnished
) -> None:
    path = f"/team/{association.north}/deltagare/stall-i-ko"
    with serving(FOLLOWUP_INSTANCE=str(settings.instance), FOLLOWUP_DATABASE_URL=database_url) as running:
        wait_until_it_answers(running.port)
        visitor = Visitor(running.port)
        visitor.sign_in(address_of(Role.TEAM_STAFF), PASSWORD)
        saved_before = int(save(visitor, path, MOST_SAVES))

    limited = {"FOLLOWUP_INSTANCE": str(settings.instance), "FOLLOWUP_DATABASE_URL": database_url}
    with serving(largest_file=ROOM, **limited) as running:
        wait_until_it_answers(running.port)
        visitor.move_to(running.port)
        saved = save_until_refused(visitor, path)
        status, page = visitor.submit(path, sex="F", age="44", referring_party="FK", municipality="9901")
        assert status == 503
        assert "Ingenting är sparat" in visible_text(page)
        # What is there can still be read.
        assert visitor.ask("GET", f"/team/{association.north}/deltagare")[0] == 200

    assert count_sound_rows(database_url, association) == saved_before + saved
    with serving(**limited) as running:
        wait_until_it_answers(running.port)
        visitor.move_to(running.port)
        assert save(visitor, path, MOST_SAVES + 1)
        visitor.connection.close()
    assert count_sound_rows(database_url, association) == saved_before + saved + 1
