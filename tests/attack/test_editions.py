"""`followup attack` on files of several editions: each is held against those before it, not all at once."""

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure.intruder import Exposure
from followup.editions import service
from followup.exports.formats import FORMATS
from followup.exports.publication import Publication
from followup.keys import KeyRing
from followup.periods import Year
from tests.attack.test_files import run
from tests.editions.altered import moved
from tests.editions.test_late_registration import late
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"1" * 32})


@pytest.fixture
def editions(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> tuple[Publication, Publication]:
    """A year, and its revision after somebody was registered late."""
    fill(session, association)
    director = scope_of(Role.DIRECTOR)
    first = service.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    late(session, association, None)
    second = service.publish(session=session, scope=director, period=Year(2022), keys=KEYS, reason="SEN")
    return service.published(first), service.published(second)


def written(publication: Publication, folder: Path, form: str) -> Path:
    path = folder / f"{publication.edition.replace(':', '-')}-{form}.{FORMATS[form].ending}"
    path.write_bytes(FORMATS[form].write(publication))
    return path


def test_a_revision_contradicts_nothing_and_a_number_moved_by_one_is_found(
    editions: tuple[Publication, Publication], tmp_path: Path
) -> None:
    """Whatever the format, and in whatever order the files are given."""
    first, second = editions
    names = list(FORMATS)
    for one, other in zip_longest(names[::2], names[1::2], fillvalue=names[0]):
        result = run(written(second, tmp_path, one), written(first, tmp_path, other))
        assert result.exit_code == 0, result.output
        assert "Utgåvorna är prövade i tur och ordning: 2024:1, 2024:2." in result.stdout
    slip = written(moved(second, "T2", 1), tmp_path, "px")
    result = run(slip, written(first, tmp_path, "csv"))
    assert result.exit_code == 1
    assert Exposure.DIFFERENCE.value in result.output


def test_matrices_of_two_editions_in_one_archive_are_told_apart(
    editions: tuple[Publication, Publication], tmp_path: Path
) -> None:
    both = tmp_path / "both.zip"
    with ZipFile(both, "w") as target:
        for edition in editions:
            with ZipFile(written(edition, tmp_path, "px")) as archive:
                target.writestr(f"{edition.edition[-1]}/T2.px", archive.read("T2.px"))
    result = run(both)
    assert result.exit_code == 0, result.output
    assert "Utgåvorna är prövade i tur och ordning: 2024:1, 2024:2." in result.stdout
