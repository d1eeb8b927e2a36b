"""What a file's words are held against: the person's own teams, their rules, months and code lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy.orm import Session

from followup.access.roles import Permission
from followup.access.scope import Scope
from followup.imports.words import Lexicon, plain
from followup.months import queries as months
from followup.organisation import queries as organisation
from followup.organisation.models import Team
from followup.participation.rules import TeamRules
from followup.periods import Month
from followup.web.formats import enumeration

TEAM_UNKNOWN = "Teamet finns inte bland dina team. Kontrollera namnet i kolumnen Team."
TEAM_MISSING = "Raden saknar team. Skriv teamets namn i kolumnen Team, eller välj ett team för hela filen."


@dataclass(frozen=True)
class TeamWords:
    rules: TeamRules
    complete: frozenset[Month]
    municipalities: Mapping[str, str]

    @property
    def team(self) -> Team:
        return self.rules.team


@dataclass(frozen=True)
class Vocabulary:
    """Code lists by name, and the teams whose rows this person may read in, by name."""

    lists: Mapping[str, Lexicon]
    teams: Mapping[str, TeamWords]
    # The team of every row in a file without a team column.
    default: TeamWords | None = None

    def team(self, name: str) -> TeamWords | None:
        return self.teams.get(plain(name)) if name else self.default

    def why_no_team(self, name: str) -> str:
        if not name or not self.teams:
            return TEAM_UNKNOWN if name else TEAM_MISSING
        names = enumeration((known.team.name for known in self.teams.values()), "eller")
        return f"{TEAM_UNKNOWN} Skriv {names}."


def load(
    session: Session, scope: Scope, list_names: Iterable[str], *, default_team: int | None = None
) -> Vocabulary:
    """Reads once what ten thousand rows will ask for."""
    own = [
        team for team in organisation.own_teams(session, scope) if scope.can(Permission.IMPORT_ROWS, team.id)
    ]
    complete = months.complete_months(session, scope, [team.id for team in own])
    words = [_team_words(session, scope, team, complete[team.id]) for team in own]
    return Vocabulary(
        lists={
            name: Lexicon(name, codes)
            for name, codes in organisation.code_lists(session, scope, list_names).items()
        },
        teams={plain(known.team.name): known for known in words},
        default=_default(words, default_team),
    )


def _team_words(session: Session, scope: Scope, team: Team, complete: frozenset[Month]) -> TeamWords:
    rules = TeamRules.load(session, scope, team.id)
    return TeamWords(
        rules=replace(rules, age_range=cache(rules.age_range)),
        complete=complete,
        municipalities={plain(place.name): place.code for place in rules.municipalities},
    )


def _default(words: Sequence[TeamWords], team_id: int | None) -> TeamWords | None:
    if team_id is None and len(words) == 1:
        return words[0]
    return next((known for known in words if known.team.id == team_id), None)
