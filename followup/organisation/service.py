"""Setting up a förbund, its teams and its code lists."""

import csv
from collections.abc import Iterable
from importlib.resources import files

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from followup.access.scope import OutOfScope, Scope
from followup.audit.events import Event
from followup.audit.service import record
from followup.db import act_for
from followup.errors import Refusal
from followup.organisation import queries
from followup.organisation.models import (
    AgeRange,
    Association,
    Code,
    Municipality,
    Team,
    TeamKind,
    TeamMunicipality,
)
from followup.organisation.official import OfficialMunicipality
from followup.organisation.working_months import check_closing, check_opening
from followup.periods import Month

# Who is let in: 16–64 until 2023, 16–67 from 2024.
AGE_RANGES = ((0, 16, 64), (2024, 16, 67))


def create_association(*, session: Session, name: str) -> Association:
    """A förbund with the code lists and age ranges that every installation starts from."""
    association = Association(name=name)
    session.add(association)
    session.flush()
    act_for(session, association.id)
    session.add_all(seed_codes(association.id))
    session.add_all(
        AgeRange(association_id=association.id, from_year=year, lowest=lowest, highest=highest)
        for year, lowest, highest in AGE_RANGES
    )
    session.flush()
    return association


def seed_codes(association_id: int) -> list[Code]:
    text = files("followup.organisation").joinpath("codes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return [
        Code(
            association_id=association_id,
            list_name=row["list"],
            code=row["code"],
            label_sv=row["label_sv"],
            label_en=row["label_en"],
            report_code=row["report_code"] or None,
            position=position,
        )
        for position, row in enumerate(rows)
    ]


def create_team(
    *,
    session: Session,
    association_id: int,
    name: str,
    opened: Month,
    kind: TeamKind = TeamKind.COORDINATION,
    municipalities: Iterable[tuple[str, str]] = (),
) -> Team:
    """A team and the municipalities (code, name) it covers."""
    team = Team(association_id=association_id, name=name, opened=opened, kind=kind)
    session.add(team)
    session.flush()
    _cover(session, team, municipalities)
    return team


def _cover(session: Session, team: Team, municipalities: Iterable[tuple[str, str]]) -> None:
    for code, name in municipalities:
        if session.get(Municipality, (team.association_id, code)) is None:
            session.add(Municipality(association_id=team.association_id, code=code, name=name))
            session.flush()
        session.add(TeamMunicipality(association_id=team.association_id, team_id=team.id, municipality=code))
    session.flush()


def open_earlier(*, session: Session, association_id: int, team_id: int, month: Month) -> Month | None:
    """Let the team begin in `month` if it began later; gives the month it began in before."""
    team = session.scalars(
        select(Team).where(Team.association_id == association_id, Team.id == team_id).with_for_update()
    ).one()
    if team.opened <= month:
        return None
    earlier, team.opened = team.opened, month
    session.flush()
    return earlier


def open_later(*, session: Session, association_id: int, team_id: int, month: Month) -> None:
    """Take back `open_earlier`."""
    team = session.scalars(
        select(Team).where(Team.association_id == association_id, Team.id == team_id)
    ).one()
    team.opened = month
    session.flush()


class NameTaken(Refusal):
    def __init__(self, field: str) -> None:
        super().__init__("Namnet finns redan. Välj ett annat.", field=field)


def add_team(
    *,
    session: Session,
    scope: Scope,
    name: str,
    kind: TeamKind,
    opened: Month,
    municipalities: Iterable[OfficialMunicipality],
) -> Team:
    """A team laid up by an administrator: named once in the förbund, and told in the log."""
    _check_team_name(session, scope, name)
    team = create_team(
        session=session,
        association_id=scope.association_id,
        name=name,
        opened=opened,
        kind=kind,
        municipalities=municipalities,
    )
    record(session, scope, Event.TEAM_CREATED, team=str(team.id))
    return team


def change_team(
    *,
    session: Session,
    scope: Scope,
    number: int,
    name: str,
    opened: Month,
    closed: Month | None,
    municipalities: Iterable[OfficialMunicipality],
) -> Team:
    """Rename a team, change what it covers, or its first or last month. What it has recorded stays."""
    team = queries.team(session, scope, number)
    _check_team_name(session, scope, name, but=team)
    check_opening(session, scope, team, opened)
    if closed is not None:
        check_closing(session, scope, team, opened, closed)
    team.name, team.opened, team.closed = name, opened, closed
    session.execute(
        delete(TeamMunicipality).where(
            TeamMunicipality.association_id == team.association_id, TeamMunicipality.team_id == team.id
        )
    )
    _cover(session, team, municipalities)
    record(session, scope, Event.TEAM_CHANGED, team=str(team.id))
    return team


def _check_team_name(session: Session, scope: Scope, name: str, *, but: Team | None = None) -> None:
    if any(
        team.name.casefold() == name.casefold()
        for team in queries.all_teams(session, scope)
        if team is not but
    ):
        raise NameTaken("name")


def change_label(
    *, session: Session, scope: Scope, list_name: str, code: str, label_sv: str, label_en: str
) -> Code:
    """The words of a choice. Its code, and with it everything recorded, stays the same."""
    codes = queries.codes(session, scope, list_name)
    changed = next((each for each in codes if each.code == code), None)
    if changed is None:
        raise OutOfScope
    if any(each.label_sv.casefold() == label_sv.casefold() for each in codes if each is not changed):
        raise Refusal("Listan har redan ett val med den texten. Skriv en annan.", field="label_sv")
    changed.label_sv, changed.label_en = label_sv, label_en
    record(session, scope, Event.CODE_LABEL_CHANGED, list=list_name, code=code)
    return changed
