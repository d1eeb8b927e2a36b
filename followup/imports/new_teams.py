"""Teams that a file names and the installation lacks, for somebody who sets it up from a list."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.errors import Refusal
from followup.identity import find_identity
from followup.imports.columns import Column, find_headings
from followup.imports.participation_rows import is_beside
from followup.imports.sheet import Line
from followup.imports.words import plain
from followup.organisation import queries as organisation
from followup.organisation import service
from followup.organisation.models import TeamKind
from followup.organisation.official import OfficialMunicipality, find_municipality
from followup.periods import Month

LONGEST_NAME = 80
MOST_TEAMS = 50

Places = set[OfficialMunicipality]


class OddTeamNames(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Kolumnen Team innehåller annat än teamnamn. Ingenting har sparats. Kontrollera kolumnen och "
            "försök igen."
        )


class UnknownMunicipality(Refusal):
    def __init__(self, line: int) -> None:
        super().__init__(
            f"Rad {line}: kommunen finns inte bland Sveriges kommuner. Ingenting har sparats. Rätta namnet "
            "och försök igen."
        )


def create_missing(
    *, session: Session, scope: Scope, lines: Sequence[Line], columns: Sequence[Column]
) -> tuple[Scope, list[str]]:
    """Adds the teams, with the municipalities named beside them; gives the wider scope and their names.

    They are opened this month; the import that follows moves that back to where their rows begin.
    """
    known = {plain(team.name) for team in organisation.all_teams(session, scope)}
    named = _named(lines, columns)
    wanted = {name: places for name, places in named.items() if plain(name) not in known}
    if len(wanted) > MOST_TEAMS or any(len(name) > LONGEST_NAME or find_identity(name) for name in wanted):
        raise OddTeamNames
    for name, places in wanted.items():
        service.add_team(
            session=session,
            scope=scope,
            name=name,
            kind=TeamKind.COORDINATION,
            opened=Month.of(clock.today()),
            municipalities=sorted(places),
        )
    ids = {team.id for team in organisation.all_teams(session, scope)}
    return Scope.of_command(scope.association_id, ids), list(wanted)


def _named(lines: Sequence[Line], columns: Sequence[Column]) -> dict[str, Places]:
    """Team names as they are first spelt, each with the municipalities of its rows."""
    headings = find_headings(lines, columns)
    spelling: dict[str, str] = {}
    places: dict[str, Places] = {}
    for line in lines:
        cells = headings.read(line)
        name = " ".join(cells.get("team", "").split())
        if line.number <= headings.line.number or not name or is_beside(line, cells):
            continue
        found = places.setdefault(spelling.setdefault(plain(name), name), set())
        if place := cells.get("municipality"):
            official = find_municipality(place)
            if official is None:
                raise UnknownMunicipality(line.number)
            found.add(official)
    return places
