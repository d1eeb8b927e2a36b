"""Everybody has a source of income, or none stated: a hidden source is not bounded by who goes without it."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, ProtectedTable, Rule, Status
from followup.disclosure.intruder import Exposure, attack, read_table
from followup.participation.models import Participation, ParticipationIncome, random_key
from followup.periods import Month, Week, Year
from followup.statistics.meaning import public_cubes, shipped_lists
from followup.statistics.service import association_statistics
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare

YEAR = Year(2023)
LEAST = 5
AT_EXIT = ("at_exit", YEAR.code)
# What each of those who ended had at the exit.
WORLDS = {
    "everybody has a wage": [("LON",)] * 40,
    "everybody has a wage, three sickness benefit, too": [("LON",)] * 37 + [("LON", "SJP")] * 3,
    "most have no public support or state nothing": (
        [("ING",)] * 12 + [("ING", "LON")] * 6 + [()] * 18 + [("LON", "FST")] * 3 + [("LON",)]
    ),
    "most have no public support, and nearly all state something": (
        [("ING",)] * 16 + [("FST",)] * 6 + [("SJP",)] * 2 + [()]
    ),
    "nothing is few": [("LON",)] * 15 + [("FST",)] * 15 + [()] * 10,
}


def ended(association: Furnished, number: int, sources: Sequence[str]) -> Participation:
    month = Month(2023, number % 12 + 1)
    started = month - 6
    return Participation(
        key=random_key(),
        association_id=association.id,
        team_id=association.north,
        sex="FM"[number % 2],
        age_group="30-39",
        referring_party="FK",
        exit_reason="PLAN",
        started_month=started,
        started_week=Week.of(started.first_day),
        ended_month=month,
        ended_week=Week.of(month.first_day),
        income=[
            ParticipationIncome(
                phase="at_exit", code=code, association_id=association.id, team_id=association.north
            )
            for code in sources
        ],
    )


@pytest.fixture
def incomes(
    session: Session, association: Furnished, scope_of: Callable[..., Scope], world: str
) -> ProtectedTable:
    declare(session, association.id, (association.north, association.south), YEAR)
    session.add_all(ended(association, *each) for each in enumerate(WORLDS[world]))
    session.flush()
    statistics = association_statistics(
        session=session, scope=scope_of(Role.DIRECTOR), period=YEAR, key=b"k" * 32
    )
    shown = statistics.table("T6")
    assert shown is not None
    found = shown.cubes[""]
    assert isinstance(found, ProtectedTable)
    return found


@pytest.mark.parametrize("world", WORLDS)
def test_a_hidden_source_has_room_beside_the_others(incomes: ProtectedTable, world: str) -> None:
    """The reader knows that who states none has none, and that nothing but a wage goes with no support."""
    codes = [code for code in incomes.axis("income").codes if code != TOTAL]
    shown = {code: incomes.cells[code, *AT_EXIT].value for code in codes}
    everybody = incomes.cells[TOTAL, *AT_EXIT].value
    assert everybody == len(WORLDS[world])
    most = {}
    for code in codes:
        without = {"U", "ING"} - {code} - ({"ING"} if code == "LON" else set())
        most[code] = everybody - sum(shown[other] or 0 for other in without)
        if code in ("U", "ING"):
            # And each of the sources that do not go with it.
            apart = set(codes) - {"U", "ING"} - ({"LON"} if code == "ING" else set())
            most[code] -= max(shown[other] or 0 for other in apart - ({"LON"} if code == "U" else set()))
    hidden = [code for code in codes if shown[code] is None]
    assert bool(hidden) == (world != "nothing is few")
    for code in hidden:
        others = (
            most[other] if (number := shown[other]) is None else number for other in codes if other != code
        )
        fewest = max(0, everybody - sum(others))
        assert min(most[code], most[code] - fewest) >= LEAST, code
        assert fewest <= everybody - LEAST, code


@pytest.mark.parametrize("world", ["everybody has a wage"])
def test_the_intruder_reads_that_nobody_states_none(incomes: ProtectedTable, world: str) -> None:
    assert incomes.cells["U", *AT_EXIT].status is Status.SUPPRESSED
    cubes = public_cubes(YEAR, [("1", "Norra"), ("2", "Södra")], shipped_lists(), rule=Rule())
    meaning = cubes["T6"].meaning
    people = {meaning.population.name: meaning.population}
    facts, _ = read_table(incomes, meaning)
    assert not attack(facts, populations=people)
    unknown = [each for each in facts if each.value is None and "income_at_exit_U" in each.selection]
    stated = [each._replace(value=0) if each in unknown else each for each in facts]
    assert {found.exposure for found in attack(stated, populations=people)} == {Exposure.EVERYBODY}
