"""`followup attack` reads in files of any format how few of another team left as soon as a new one's did."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import attempt
from followup.exports.formats import FORMATS
from followup.exports.service import prepare
from followup.statistics.service import association_statistics
from tests.attack.test_files import run
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare
from tests.statistics.test_medians import SHORT, ended
from tests.statistics.test_starts import LONG, YEAR, still_there


@pytest.mark.parametrize("is_weighed", [True, False])
def test_a_new_team_tells_how_few_of_another_left_soon_unless_that_is_weighed(
    session: Session,
    association: Furnished,
    scope_of: Callable[..., Scope],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_weighed: bool,
) -> None:
    """Of 14 short stays 12 were in a team that nobody was in when the year began: two in the other."""
    north, south = association.north, association.south
    for year in (YEAR, YEAR.previous):
        declare(session, association.id, (north, south), year)
    session.add_all(ended(association, north, SHORT, 5 + place) for place in range(2))
    session.add_all(ended(association, north, LONG, place) for place in range(20))
    session.add_all(ended(association, south, SHORT, 4 + place % 8) for place in range(12))
    session.add_all(still_there(association, north, [place % 24 for place in range(40)]))
    session.flush()
    if not is_weighed:
        monkeypatch.setattr(attempt, "told_by_starts", lambda *_: {})
    scope = scope_of(Role.DIRECTOR)
    # What is protected with another key is not taken from the shelf.
    key = b"w" * 32 if is_weighed else b"n" * 32
    statistics = association_statistics(session=session, scope=scope, period=YEAR, key=key)
    publication = prepare(statistics=statistics, scope=scope)
    files = {name: tmp_path / f"{name}.{form.ending}" for name, form in FORMATS.items()}
    for name, path in files.items():
        path.write_bytes(FORMATS[name].write(publication))
    if is_weighed:
        assert run(*files.values()).exit_code == 0
    else:
        # What is read of the other formats is the same, as the tests of files show.
        for name in ("csv", "xlsx", "pdf"):
            result = run(files[name])
            assert result.exit_code == 1, name
            assert "0–11 månader, utifrån hur många som började" in result.output, name
