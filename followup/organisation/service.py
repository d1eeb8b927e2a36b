"""Setting up a förbund, its teams and its code lists."""

import csv
from collections.abc import Iterable
from importlib.resources import files

from sqlalchemy.orm import Session

from followup.db import act_for
from followup.organisation.models import (
    AgeRange,
    Association,
    Code,
    Municipality,
    Team,
    TeamKind,
    TeamMunicipality,
)
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
    for code, municipality_name in municipalities:
        if session.get(Municipality, (association_id, code)) is None:
            session.add(Municipality(association_id=association_id, code=code, name=municipality_name))
            session.flush()
        session.add(TeamMunicipality(association_id=association_id, team_id=team.id, municipality=code))
    session.flush()
    return team
