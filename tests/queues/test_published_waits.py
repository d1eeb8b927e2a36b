"""Waits per team stand on the page of all teams only as an edition has told them."""

from datetime import UTC, date, datetime

import pytest

from followup.access.roles import Role
from followup.disclosure import Axis, CountTable, Population, Rule, protect
from followup.editions.models import Edition
from followup.editions.stored import fingerprint, publication_record
from followup.exports.publication import Chapter, Publication
from followup.periods import Year
from followup.queues.published_waits import WAITS
from tests.infrastructure.client import visible_text
from tests.infrastructure.tables import tables_of

TEAMS = {"north": 24, "south": 31}


def published(weeks: dict[str, int]) -> dict:
    """The record of an edition with one table per team, protected as any other."""
    counts = CountTable(
        id=WAITS,
        title="Väntetid per team",
        population=Population("queue", {"team": tuple(weeks)}),
        axes=[Axis("team", "Team", tuple(weeks), ("Team Norra", "Team Södra"))],
        stub=["team"],
        heading=[],
        cells={(team,): ({"team": frozenset({team})}, number) for team, number in weeks.items()},
    )
    chapter = Chapter("T10", "Köflöde", "", (), list(protect([counts], Rule(), key=b"k" * 32)), "")
    publication = Publication(
        association="Prov",
        period=Year(2023),
        made=datetime(2024, 2, 1, tzinfo=UTC),
        role="förbundschef",
        marking="Publicerbar",
        rule="",
        missing=(),
        chapters=[chapter],
        edition="2024:1",
    )
    return publication_record(publication)


@pytest.fixture
def publish(database, association):
    def put(weeks, number, revises=None):
        content = published(weeks)
        with database.session(write=True) as session:
            edition = Edition(
                association_id=association.id,
                number=number,
                period="2023",
                published_on=date(2024, 2, 1),
                rule_version="1",
                revises=revises,
                revision_reason="RAT" if revises else None,
                content=content,
                sha256=fingerprint(content),
            )
            session.add(edition)
            session.flush()
            return edition.id

    return put


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.TEAM_MANAGER])
def test_waits_are_those_of_the_edition_in_force(role, publish, sign_in):
    first = publish(TEAMS, "2024:1")
    publish(TEAMS | {"south": 32}, "2024:2", revises=first)
    html = sign_in(role).get("/ko").text
    rows = {row[0]: row[1:] for row in tables_of(html)["Väntetid per team"][1:]}
    assert rows["Team Södra"] == ["32"]
    assert "Väntetider 2023, utgåva 2024:2" in visible_text(html)


def test_without_an_edition_that_tells_of_waits_none_are_told(sign_in):
    text = sign_in(Role.DIRECTOR).text("/ko")
    assert "Väntetider per team visas här när de finns i en publicerad utgåva" in text
