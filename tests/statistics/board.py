"""The förbund of a printed annual report: four teams, 2022 and 2023. Rows are invented, totals are real.

Written straight into the tables, so that counting is tested apart from importing.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.months.models import MonthDeclaration
from followup.organisation.models import Code, Team
from followup.organisation.service import create_association, create_team
from followup.participation.models import Participation, ParticipationIncome, random_key, random_stamp
from followup.periods import Month, Week, Year
from followup.screening.models import ScreeningCount

FILE = Path(__file__).parent.parent / "data" / "norra-vastmanland-2022-2023.csv"
SCREENING = FILE.parent / "screening-2023.csv"
ROUNDS = {"Vid start": "START", "Under tiden": "DURING", "Vid avslut": "EXIT"}
MEASURES = {
    "Tillfrågade": "asked",
    "Avstod": "declined",
    "Svarade": "answered",
    "Ja på minst en": "yes_any",
    **{f"V{number}": f"yes_V{number}" for number in range(1, 6)},
    "Pågående": "ongoing",
    "Hänvisade": "referred",
    "Avböjde stöd": "declined_support",
}
AGES = ((16, 19), (20, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 67))
EXTENTS = {"25": "2", "50": "3", "75": "4", "100": "5"}
SHORT = {
    "Arbete med stöd": "Arbete med stöd eller subvention",
    "Studier": "Studier (även arbetsmarknadsutbildning)",
    "Arbetsträning/praktik": "Arbetsträning eller praktik",
    "Annan ordinarie insats mot arbete": "Annan ordinarie insats mot arbete (kommun, FK, region)",
    "Eget val/avbröt": "Eget val eller avbrott",
    "Sjukpenning": "Sjukpenning (även rehabiliteringspenning)",
    "Försörjningsstöd": "Försörjningsstöd (ekonomiskt bistånd)",
    "Aktivitetsstöd": "Aktivitetsstöd, utvecklingsersättning",
    "Lön": "Lön eller eget företag",
    "AF": "Arbetsförmedlingen",
    "Arbete/studier": "Arbete eller studier",
    "Vård/behandling": "Vård eller behandling",
}


@dataclass(frozen=True)
class Board:
    scope: Scope
    teams: dict[str, int]


def furnish(session: Session) -> Board:
    """The förbund with every row of the file and all months of both years declared complete."""
    association = create_association(session=session, name="Samordningsförbundet Norra Västmanland")
    rows = list(_rows())
    teams = {
        name: create_team(session=session, association_id=association.id, name=name, opened=Month(2022, 1)).id
        for name in sorted({row["Team"] for row in rows})
    }
    codes = {
        (code.list_name, code.label_sv.casefold()): code.code
        for code in session.scalars(select(Code).where(Code.association_id == association.id))
    }
    session.add_all(_counts(association.id, teams))
    session.add_all(_participation(row, association.id, teams, codes) for row in rows)
    for year in (2022, 2023):
        declare(session, association.id, teams.values(), Year(year))
    session.flush()
    return Board(Scope(association_id=association.id, actor="1"), teams)


def declare(session: Session, association_id: int, team_ids, period) -> None:  # type: ignore[no-untyped-def]
    session.add_all(
        MonthDeclaration(association_id=association_id, team_id=team_id, month=month, complete=True)
        for team_id in team_ids
        for month in period
    )


def team_named(session: Session, name: str) -> Team:
    return session.scalars(select(Team).where(Team.name == name)).one()


def _rows() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _participation(
    row: dict[str, str], association_id: int, teams: dict[str, int], codes: dict[tuple[str, str], str]
) -> Participation:
    def code(list_name: str, column: str) -> str | None:
        text = SHORT.get(row[column], row[column])
        return codes[list_name, text.casefold()] if text else None

    age = int(row["Ålder vid start"])
    left = row["Avslut"] and not row["Start"]
    times = {
        **_time("accepted", row["I kö"]),
        **_time("started", row["Start"]),
        **_time("left" if left else "ended", row["Avslut"]),
    }
    if left:
        outcome = {"left_reason": code("queue_exit_reason", "Avslutsorsak")}
    else:
        outcome = {"exit_reason": code("exit_reason", "Avslutsorsak")}
    return Participation(
        key=random_key(),
        stamp=random_stamp(),
        association_id=association_id,
        team_id=teams[row["Team"]],
        sex=code("sex", "Kön"),
        age_group=next(f"{low}-{high}" for low, high in AGES if low <= age <= high),
        referring_party=code("referring_party", "Remittent"),
        education=code("education", "Utbildning"),
        time_on_public_support=code("time_on_public_support", "Tid i offentlig försörjning"),
        occupation_before=code("occupation", "Sysselsättning före"),
        occupation_at_exit=code("occupation", "Sysselsättning vid avslut"),
        extent_at_exit=EXTENTS.get(row["Omfattning %"]),
        continuation=code("continuation", "Fortsättning"),
        income=[
            ParticipationIncome(
                phase=phase, code=found, association_id=association_id, team_id=teams[row["Team"]]
            )
            for phase, column in (("before", "Försörjning före"), ("at_exit", "Försörjning vid avslut"))
            for text in filter(None, row[column].split(" + "))
            if (found := codes["income_source", SHORT.get(text, text).casefold()])
        ],
        **times,
        **outcome,
    )


def _counts(association_id: int, teams: dict[str, int]) -> Iterator[ScreeningCount]:
    with SCREENING.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            for column, measure in MEASURES.items():
                if row[column] != "0":
                    yield ScreeningCount(
                        association_id=association_id,
                        team_id=teams[row["Team"]],
                        month=Month.parse(row["Månad"]),
                        round=ROUNDS[row["Omgång"]],
                        sex={"Kvinna": "F", "Man": "M"}[row["Kön"]],
                        measure=measure,
                        count=int(row[column]),
                    )


def _time(name: str, text: str) -> dict[str, Week | Month]:
    if not text:
        return {}
    day = date.fromisoformat(text)
    return {f"{name}_week": Week.of(day), f"{name}_month": Month.of(day)}
