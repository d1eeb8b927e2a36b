"""What is typed about people does not tell what the protected tables hide of them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, ProtectedTable, Status
from followup.editions import service as editions
from followup.imports import association_lists
from followup.imports.kinds import SURVEYS
from followup.imports.service import undo_batch
from followup.keys import KeyRing
from followup.months.models import MonthDeclaration
from followup.participation.models import Participation
from followup.periods import Month, Week, Year
from followup.plan import entries
from followup.plan.bulk import ToldSince
from followup.plan.commands import SetGoal, SetHistoryFigure, SetSurveyFigure
from followup.plan.surveys import EntryRefused
from followup.statistics.findings import words
from followup.statistics.service import Statistics, association_statistics
from tests.editions.years import fill, row
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare

KEYS = KeyRing("k1", {"k1": b"1" * 32})
TYPED = 15


@pytest.fixture
def director(session: Session, association: Furnished, scope_of: Callable[..., Scope]) -> Scope:
    """Of a förbund with complete years from 2022 on: sixty people in each of two teams until 2023."""
    fill(session, association)
    declare(session, association.id, (association.north, association.south), Year(2024))
    session.flush()
    return scope_of(Role.DIRECTOR)


def statistics_of(session: Session, scope: Scope, year: int) -> Statistics:
    return association_statistics(session=session, scope=scope, period=Year(year), key=b"k" * 32)


def cube(statistics: Statistics, table: str, key: str = "") -> ProtectedTable:
    shown = statistics.table(table)
    assert shown is not None
    found = shown.cubes[key]
    assert isinstance(found, ProtectedTable)
    return found


def write(session: Session, scope: Scope, association: Furnished) -> list[str]:
    """Shares of each team are typed, also for a year before the register. The teams' codes."""
    for team_id in (association.north, association.south):
        for year in (2021, 2022, 2023):
            entries.make(
                session=session,
                scope=scope,
                command=SetHistoryFigure(
                    year=year, indicator="vm_share", figure=TYPED, source="Rapport", team_id=team_id
                ),
            )
    session.flush()
    return [str(association.north), str(association.south)]


def test_a_series_tells_of_an_earlier_year_what_its_edition_tells(
    session: Session, association: Furnished, director: Scope
) -> None:
    teams = write(session, director, association)
    edition = editions.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    told = next(table for table in editions.published(edition).tables if table.id == "T7-per team")
    found = statistics_of(session, director, 2024)
    series = cube(found, "T18")
    cells = {team: told.cells[team, "VM", "2022", "share"] for team in teams}
    assert Status.SUPPRESSED in {cell.status for cell in cells.values()}
    for team, cell in cells.items():
        assert series.cells[f"vm_share-{team}", "2022"] == cell
        assert series.cells[f"vm_share-{team}", "2021"].value == TYPED
    sources = cube(found, "T18", "källor")
    assert set(sources.axis("history_source").labels) == {"Rapport", f"Utgåva {edition.number}", "Registret"}


@pytest.mark.parametrize("teams", [("south",), ("north", "south")])
@pytest.mark.parametrize("month", [Month(2023, 5), Month(2022, 1)])
def test_what_was_typed_for_a_year_of_the_register_takes_no_figures_place(
    session: Session, association: Furnished, director: Scope, teams: tuple[str, ...], month: Month
) -> None:
    """Not when no edition tells of the year, nor when a month of it is open: its edition may come later."""
    write(session, director, association)
    numbers = [getattr(association, team) for team in teams]
    reopened = MonthDeclaration.team_id.in_(numbers), MonthDeclaration.month == month
    session.execute(delete(MonthDeclaration).where(*reopened))
    found = statistics_of(session, director, 2024)
    table = cube(found, "T18")
    assert table.axis("period").codes == ("2024", "2023", "2022", "2021")
    typed = {codes[1] for codes, cell in table.cells.items() if cell.value == TYPED}
    assert typed == {"2021"}


def judged(session: Session, scope: Scope, team: str, assessment: str) -> None:
    command = SetGoal(
        year=2022,
        wording="En tredjedel till arbete",
        indicator="vm_share",
        target=33,
        assessment=assessment,
        team_id=int(team),
    )
    entries.make(session=session, scope=scope, command=command)


def test_a_hidden_outcome_is_not_judged(session: Session, association: Furnished, director: Scope) -> None:
    """Whether it was reached would tell on which side of the target it is."""
    shares = cube(statistics_of(session, director, 2022), "T7", "per team")
    teams = [str(association.north), str(association.south)]
    hidden = [t for t in teams if shares.cells[t, "VM", "2022", "share"].status is Status.SUPPRESSED]
    assert hidden
    for team in teams:
        judged(session, director, team, "UPP")
    session.flush()
    found = statistics_of(session, director, 2022)
    table = cube(found, "T14", "bedömning")
    places = dict(zip(table.axis("goal").labels, table.axis("goal").codes, strict=True))
    names = {str(association.north): "Norra", str(association.south): "Södra"}
    told = 0
    for team in teams:
        code = next(code for label, code in places.items() if names[team] in label)
        cell = table.cells[code, "2022", "UPP"]
        assert (cell.status is Status.SUPPRESSED) == (team in hidden)
        told += cell.value or 0
    assert table.cells[TOTAL, "2022", "UPP"].value == told == len(teams) - len(hidden)
    shown = found.table("T14")
    assert shown is not None
    said = " ".join(words(shown, Year(2022)))
    assert said.lower().count("uppfyllt") == (2 if told else 0)
    assert f"undertryckt {len(hidden)}" in said or not told
    assert "utfallet är undertryckt, målet 33" in said.replace("\u00a0", " ")


ALL = SetSurveyFigure(
    year=2022,
    instrument="Egen enkät",
    respondent_group="DEL",
    topic="Bemötande",
    respondents=24,
    measure="mean",
    figure=Decimal("3.4"),
    scale="1–5",
)


def test_a_survey_in_an_edition_stays_known(
    session: Session, association: Furnished, director: Scope
) -> None:
    """More answers tell those answers, and women beside a voided whole tell of the men."""
    entry = entries.add(session=session, scope=director, command=ALL)
    session.flush()
    editions.publish(session=session, scope=director, period=Year(2022), keys=KEYS)

    def correct(**changes: Any) -> None:
        command = replace(ALL, **changes)
        entries.correct(session=session, scope=director, number=entry.id, seen=entry.stamp, command=command)

    for respondents in (25, 60):
        with pytest.raises(EntryRefused, match="utgåva 2024:1 berättar om 24"):
            correct(respondents=respondents, figure=Decimal("3.5"))
    # Nobody but the row remembers what was told of whom.
    share: dict[str, Any] = {"measure": "share", "figure": Decimal("62.5"), "scale": None}
    other: dict[str, Any]
    for other in ({"topic": "Väntan"}, {"year": 2023}, {"scale": "0–10"}, {"respondent_group": "DEK"}, share):
        with pytest.raises(EntryRefused, match="Bara själva värdet kan rättas"):
            correct(**other)
    correct(figure=Decimal("3.3"))
    entries.void(session=session, scope=director, model=type(entry), number=entry.id)
    with pytest.raises(EntryRefused, match="utgåva 2024:1 berättar om gruppen i ett annat mått"):
        entries.add(session=session, scope=director, command=replace(ALL, **share))
    women = replace(ALL, respondent_group="DEK", respondents=20)
    with pytest.raises(EntryRefused, match="färre än 10 svarande"):
        entries.add(session=session, scope=director, command=women)
    entries.add(session=session, scope=director, command=replace(women, topic="Väntan"))
    entries.add(session=session, scope=director, command=replace(women, respondents=12))


def test_a_list_that_an_edition_tells_of_is_not_undone(
    session: Session, association: Furnished, director: Scope
) -> None:
    """Women beside everybody would tell of the men, and everybody would be forgotten."""
    batch = association_lists.write(SURVEYS, session=session, scope=director, rows=[ALL])
    session.flush()
    editions.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    with pytest.raises(ToldSince, match="Utgåva 2024:1 berättar om ett enkätvärde som lästes in"):
        undo_batch(session=session, scope=director, batch_id=batch.id)


@pytest.mark.parametrize(("late", "told"), [("F", 0), (None, 2)])
def test_women_of_teams_do_not_add_up_to_those_whom_t1_hides(
    session: Session, association: Furnished, director: Scope, late: str | None, told: int
) -> None:
    """Everybody of both teams has answered, and somebody came late to a year that an edition tells of.

    T1 tells no sexes of either team, so what is told is of both together.
    """
    editions.publish(session=session, scope=director, period=Year(2022), keys=KEYS)
    chance = Random(3)
    if late:
        person = row(chance, association.id, association.north)
        person.sex, person.started_month = late, Month(2022, 3)
        person.started_week = Week.of(person.started_month.first_day)
        session.add(person)
    for teams in ({association.north}, {association.south}, {association.north, association.south}):
        for code, sex in (("DEK", "F"), ("DEM", "M")):
            answered = sum(
                person.sex == sex and person.started_month is not None and person.started_month.year < 2023
                for person in session.scalars(select(Participation).where(Participation.team_id.in_(teams)))
            )
            alone = next(iter(teams)) if len(teams) == 1 else None
            command = replace(ALL, respondent_group=code, respondents=answered, team_id=alone)
            entries.add(session=session, scope=director, command=command)
    session.flush()
    statistics = statistics_of(session, director, 2022)
    shown = statistics.table("T17")
    hidden = cube(statistics, "T1").cells["participants", "F", "2022"].status is Status.SUPPRESSED
    assert hidden == bool(late)
    assert len(cube(statistics, "T17").axis("survey").codes if shown else ()) == told
