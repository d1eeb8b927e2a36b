"""An edition is out: what comes after revises it in the open, and changes nothing of what was published."""

import re
from collections.abc import Callable
from hashlib import sha256
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.db import Database
from followup.disclosure import Status
from followup.editions import desk, queries, service
from followup.editions.differences import changes, movement
from followup.editions.models import Edition
from followup.editions.stored import published
from followup.errors import Refusal
from followup.exports.formats import CHOICES, FORMATS
from followup.exports.publication import PUBLISHED
from followup.exports.service import written
from tests.conftest import SignIn
from tests.editions.test_preparing import CHANGES, PREPARE, checked, demand_two, fill_more
from tests.editions.test_publishing import KEYS, publish
from tests.editions.years import row
from tests.infrastructure.furnish import PASSWORD, Furnished

pytestmark = pytest.mark.published


@pytest.fixture
def director(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.DIRECTOR)


@pytest.fixture
def first(session: Session, director: Scope) -> Edition:
    edition = queries.latest_for(session, director, "2023")
    assert edition is not None
    return edition


def test_what_is_registered_later_changes_nothing_published(
    session: Session, director: Scope, association: Furnished, first: Edition
) -> None:
    files = {name: form.write(published(first)) for name, form in FORMATS.items()}
    session.add_all(row(Random(2), association.id, association.north) for _ in range(30))
    session.flush()
    session.expire_all()
    again = published(queries.edition(session, director, first.id))
    assert {name: form.write(again) for name, form in FORMATS.items()} == files


def test_publishing_the_same_figures_again_is_refused(session: Session, director: Scope) -> None:
    with pytest.raises(service.NothingNew, match="Ingenting har ändrats sedan utgåva 2024:1"):
        publish(session, director)


def test_a_revision_needs_a_reason_and_says_what_changed(
    session: Session, director: Scope, association: Furnished, first: Edition
) -> None:
    session.add_all(row(Random(3), association.id, association.south) for _ in range(40))
    session.flush()
    with pytest.raises(service.ReasonMissing, match="redan publicerad som utgåva 2024:1"):
        publish(session, director)
    second = publish(session, director, reason="SEN")
    assert (second.number, second.revises, second.revision_reason) == ("2024:2", first.id, "SEN")
    old, new = published(first), published(second)
    assert (new.supersedes, new.reason) == ("2024:1", "Sena registreringar")
    assert changes(old, new)
    assert re.fullmatch(r"\+\d+\u00a0sena registreringar", movement(old, new).words)
    assert movement(new, old).words.startswith("−")
    for name, digest in (second.files or {}).items():
        assert sha256(written(new, name, KEYS).content).hexdigest() == digest
    assert (second.files or {}).keys() == CHOICES.keys()


def test_the_page_of_changes_tells_what_was_shown_and_no_longer_is(
    session: Session, director: Scope, association: Furnished, first: Edition
) -> None:
    """A few late rows put groups together; what they told apart before is part of what has changed."""
    session.add_all(row(Random(3), association.id, association.south) for _ in range(4))
    session.flush()
    second = publish(session, director, reason="SEN")
    later = {table.id: table for table in published(second).tables}
    gone = [
        codes
        for table in published(first).tables
        if table.id in later
        for codes, cell in table.cells.items()
        if cell.value is not None and codes not in later[table.id].cells
    ]
    assert gone
    told = desk.differences(session, director, second)["tables"]
    rows = [[cell.text for cell in row[-3:-1]] for table in told for row in table.rows]
    assert [after for _, after in rows].count("visas inte") == len(gone)
    assert all(any(character.isdigit() for character in "".join(pair)) for pair in rows)
    said = desk.differences(session, director, second)["since"].veil.words
    assert f"{len(gone)}\u00a0uppgifter som tidigare visades har ingen egen plats nu" in said


def test_an_edition_that_was_tampered_with_is_not_shown(first: Edition) -> None:
    first.content = first.content | {"association": "Någon annan"}
    with pytest.raises(Refusal, match="stämmer inte med sin kontrollsumma"):
        published(first)


def test_another_forbund_has_no_part_in_it(session: Session, association: Furnished, first: Edition) -> None:
    with pytest.raises(OutOfScope):
        queries.edition(session, Scope(association_id=association.id + 1, actor="9"), first.id)


def test_a_revision_is_read_figure_by_figure_before_the_password(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    """What it says beforehand is what the published revision then says of itself."""
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.OFFICER)
    with database.session(write=True) as session:
        fill_more(session, association, people=4)
    page = officer.get(PREPARE).text
    assert "Ändrat sedan utgåva 2024:1" in page
    assert f'href="{CHANGES}"' in page
    told = officer.get(CHANGES).text
    assert "Så ändras statistiken 2023 om den revideras" in told
    assert "Ingenting är publicerat än. Jämfört med utgåva 2024:1." in told
    director.submit(PREPARE, button="Publicera", password=PASSWORD, reason="SEN")
    with database.session() as session:
        old, new = (published(one) for one in session.scalars(select(Edition).order_by(Edition.id)))
        number = session.scalars(select(Edition.id).where(Edition.number == "2024:2")).one()
    after = director.get(f"/utgavor/{number}/andringar").text
    tables = re.compile(r"<table.*?</table>", re.DOTALL)
    assert tables.findall(told) == tables.findall(after) != []
    then, now = ({table.id: table.cells for table in each.tables} for each in (old, new))
    pairs = [
        (then[table.id][codes], cell)
        for table in new.tables
        for codes, cell in table.cells.items()
        if codes in then.get(table.id, ())
    ]
    hidden = sum(a.value is not None and b.status is Status.SUPPRESSED for a, b in pairs)
    assert hidden > 1
    why = "Reviderar utgåva 2024:1: Sena registreringar."
    assert why in director.get(f"/utgavor/{number}").text.partition("<h2")[0]
    reader = sign_in(Role.READER)
    for path in ("/utgavor", "/"):
        assert why in reader.get(path).text, path
    lost = hidden + sum(
        cell.value is not None and codes not in now[name]
        for name, cells in then.items()
        if name in now
        for codes, cell in cells.items()
    )
    words = f"{hidden}\u00a0uppgifter som tidigare visades döljs nu."
    assert f"{lost}\u00a0uppgifter som utgåva 2024:1 visar, och som andra redan kan ha, visas inte" in page
    assert f"<p>{words}" in page
    assert f"<p>{words}" in told
    assert f"<p>{words}" in after


def test_the_reason_that_was_given_when_approval_was_asked_for_is_chosen_already(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.OFFICER)
    demand_two(database, association)
    with database.session(write=True) as session:
        fill_more(session, association)
    officer.submit(PREPARE, button="Be om godkännande", reason="SEN")
    answer = director.submit(PREPARE, button="Publicera", password=PASSWORD)
    assert "Utgåva 2024:2 är publicerad" in answer.text
    assert "Sena registreringar" in answer.text


def test_the_reason_of_a_revision_is_chosen_already_after_it_was_declined(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.OFFICER)
    demand_two(database, association)
    with database.session(write=True) as session:
        fill_more(session, association)
    officer.submit(PREPARE, button="Be om godkännande", reason="SEN")
    director.submit(PREPARE, button="Avslå begäran")
    officer.submit(PREPARE, button="Spara utkastet")
    officer.submit(PREPARE, button="Be om godkännande")
    assert "Utgåva 2024:2" in director.submit(PREPARE, button="Publicera", password=PASSWORD).text


def test_a_file_of_an_edition_that_was_revised_says_so(
    sign_in: SignIn, database: Database, association: Furnished
) -> None:
    director = sign_in(Role.DIRECTOR)
    old = director.submit("/utgavor/1", button="Ladda ner filen", format="csv").data
    assert "är ersatt av" not in checked(director, old)
    with database.session(write=True) as session:
        fill_more(session, association)
    director.submit(PREPARE, button="Publicera", password=PASSWORD, reason="SEN")
    answer = checked(director, old)
    assert "Filen är oförändrad" in answer
    assert "Utgåvan är ersatt av utgåva 2024:2." in answer


def test_a_file_of_an_edition_says_that_it_may_be_spread(sign_in: SignIn) -> None:
    answer = sign_in(Role.DIRECTOR).submit("/utgavor/1", button="Ladda ner filen", format="csv")
    assert PUBLISHED in answer.text
    assert "Utkast" not in answer.text
