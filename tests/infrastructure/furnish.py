"""The förbund that most tests work in: two teams, an advisory one, and an account for every role."""

from dataclasses import dataclass
from itertools import product
from secrets import token_hex

from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.models import Account, Membership
from followup.access.roles import Role
from followup.db import Database, act_for
from followup.organisation.models import Association, Team, TeamKind
from followup.organisation.service import create_association, create_team
from followup.periods import Month

PASSWORD = "tre lugna vita hästar"
NAME = "Samordningsförbundet Prov"
NEIGHBOUR = "Samordningsförbundet Granne"
NORTH, SOUTH, ADVISORY = "Team Norra", "Team Södra", "Rådgivande teamet"
OPENED = Month(2022, 1)


@dataclass(frozen=True)
class Furnished:
    """Numbers of what is there; `neighbour` is a team of another förbund on the same installation."""

    id: int
    north: int
    south: int
    advisory: int
    neighbour: int

    def team(self, name: str) -> int:
        return int(getattr(self, name))


def address_of(role: Role, team: str | None = None) -> str:
    place = f".{team or 'north'}" if role.belongs_to_team else ""
    return f"{role.value}{place}@example.org"


def furnish(session: Session) -> None:
    """Everything through the services, as an installation is set up; needs an application context."""
    association = create_association(session=session, name=NAME)
    north = create_team(
        session=session,
        association_id=association.id,
        name=NORTH,
        opened=OPENED,
        municipalities=[("9901", "Norrby"), ("9902", "Nyby")],
    )
    south = create_team(
        session=session,
        association_id=association.id,
        name=SOUTH,
        opened=OPENED,
        municipalities=[("9903", "Söderby")],
    )
    create_team(
        session=session, association_id=association.id, name=ADVISORY, opened=OPENED, kind=TeamKind.ADVISORY
    )
    password = hash_password(PASSWORD)
    for role, (place, team) in product(Role, (("north", north), ("south", south))):
        if role.belongs_to_team or place == "north":
            _add_account(session, association, role, place, team, password)


def furnish_neighbour(session: Session) -> None:
    """Another förbund on the same installation; in a session of its own, as on PostgreSQL it must be."""
    neighbour = create_association(session=session, name=NEIGHBOUR)
    create_team(session=session, association_id=neighbour.id, name="Team Granne", opened=OPENED)


def _add_account(
    session: Session, association: Association, role: Role, place: str, team: Team, password: str
) -> None:
    account = Account(
        association_id=association.id,
        email=address_of(role, place),
        password=password,
        fs_uniquifier=token_hex(16),
        memberships=[
            Membership(
                association_id=association.id,
                role=role.value,
                team_id=team.id if role.belongs_to_team else None,
            )
        ],
    )
    session.add(account)
    session.flush()


def find_furnished(database: Database) -> Furnished:
    with database.open(write=False) as session:
        associations = {found.name: found.id for found in session.scalars(select(Association))}
    teams: dict[str, int] = {}
    for association_id in associations.values():
        with database.open(write=False) as session:
            act_for(session, association_id)
            teams |= {team.name: team.id for team in session.scalars(select(Team))}
    return Furnished(
        id=associations[NAME],
        north=teams[NORTH],
        south=teams[SOUTH],
        advisory=teams[ADVISORY],
        neighbour=teams["Team Granne"],
    )
