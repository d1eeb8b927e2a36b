"""One import from file to batch, as a command does it: make missing teams, read, write."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.errors import Refusal
from followup.imports import reading, service, teams
from followup.imports.declaring import spell_months
from followup.imports.kinds import OF_TEAMS
from followup.imports.new_teams import create_missing
from followup.imports.results import Reading
from followup.imports.service import Imported
from followup.imports.words import plain
from followup.organisation import queries as organisation
from followup.periods import Month
from followup.web.formats import counted


class UnknownTeam(Refusal):
    def __init__(self) -> None:
        super().__init__("Teamet i --team finns inte. Kontrollera namnet.")


class TeamsMissing(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Inget av filens team finns i installationen. Ingenting har sparats. Kontrollera namnen, eller "
            "lägg upp teamen med --create-teams."
        )


class Run:
    def __init__(
        self, kind: str, *, declare: bool, complete_from: Month | None = None, team_name: str | None = None
    ) -> None:
        self.kind = kind
        self.declare = declare
        self.complete_from = complete_from
        self.team_name = team_name
        self.new_teams: list[str] = []
        self.team_names: dict[int, str] = {}

    def read(self, session: Session, scope: Scope, content: bytes, *, create_teams: bool) -> Reading[Any]:
        """An installation without a single team gets the file's teams without being asked."""
        sheet = reading.find_sheet(content, self.kind)
        self.scope = scope
        known = organisation.all_teams(session, scope)
        if self.kind in OF_TEAMS and (create_teams or not known):
            self.scope, self.new_teams = create_missing(
                session=session, scope=scope, lines=sheet.lines, columns=reading.COLUMNS[self.kind]
            )
        self.team_names = {team.id: team.name for team in organisation.all_teams(session, self.scope)}
        team = self._default_team()
        found = reading.read(
            self.kind,
            session=session,
            scope=self.scope,
            sheet=sheet,
            default_team=team,
            declare=self.declare,
        )
        if not found.accepted and all(teams.TEAM_UNKNOWN in each.text for each in found.refused):
            raise TeamsMissing
        return found

    def write(self, session: Session, found: Reading[Any]) -> Imported:
        return service.import_rows(
            self.kind,
            session=session,
            scope=self.scope,
            rows=found.rows,
            declare=self.declare,
            complete_from=self.complete_from,
        )

    def report(self, done: Imported) -> Iterator[str]:
        read = counted(done.batch.rows, "rad är inläst", "rader är inlästa")
        yield f"{read}. Ångra med: followup import undo {done.batch.id}"
        for team_id, months in done.declared.items():
            if months:
                yield f"Klarmarkerat för {self.team_names[team_id]}: {spell_months(months)}."
        if done.is_partial:
            yield (
                "Tidigare månader är inte klarmarkerade: ingen i filen slutade då, så den visar bara dem som "
                "var kvar. Ändra med --complete-from."
            )

    def _default_team(self) -> int | None:
        if self.team_name is None:
            return None
        for team_id, name in self.team_names.items():
            if plain(name) == plain(self.team_name):
                return team_id
        raise UnknownTeam
