"""What nobody can be is known to every reader: the dead have nothing stated at their exit."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, CountTable, Rule, protect
from followup.disclosure.cells import _read
from followup.disclosure.intruder import Exposure, Fact, attack, read_table
from followup.organisation import queries as organisation
from followup.participation.models import Participation, random_key
from followup.periods import Month, Week, Year
from followup.statistics.cubes import count_table
from followup.statistics.material import material_of
from followup.statistics.meaning import public_cubes, shipped_lists
from followup.statistics.populations import population
from followup.statistics.tables.outcomes import T7, T8
from followup.statistics.variables import units_of
from tests.infrastructure.furnish import Furnished
from tests.statistics.board import declare
from tests.statistics.histories import History

YEAR = Year(2023)
LEAST = 5
RULE = Rule()


class Exit(NamedTuple):
    sex: str = "F"
    reason: str = "PLAN"
    continuation: str | None = "AF"
    before: str = "ING"
    at_exit: str | None = "ING"

    def row(self, association: Furnished, number: int) -> Participation:
        month = Month(2023, number % 12 + 1)
        return Participation(
            key=random_key(),
            association_id=association.id,
            team_id=association.north,
            sex=self.sex,
            age_group="30-39",
            referring_party="FK",
            exit_reason=self.reason,
            continuation=self.continuation,
            occupation_before=self.before,
            occupation_at_exit=self.at_exit,
            extent_at_exit="100" if self.at_exit == "ARB" else None,
            started_month=month - 6,
            started_week=Week.of((month - 6).first_day),
            ended_month=month,
            ended_week=Week.of(month.first_day),
        )


def died(number: int) -> list[Exit]:
    return [Exit(reason="AVL", continuation=None, at_exit=None)] * number


@pytest.fixture
def tables_of(
    session: Session, association: Furnished, scope_of: Callable[..., Scope]
) -> Callable[[Sequence[Exit]], list[CountTable]]:
    """The tables of exits over those who ended."""

    def tables(exits: Sequence[Exit]) -> list[CountTable]:
        declare(session, association.id, (association.north, association.south), YEAR)
        session.add_all(each.row(association, number) for number, each in enumerate(exits))
        session.flush()
        scope = scope_of(Role.DIRECTOR)
        teams = organisation.all_teams(session, scope)
        ground = material_of(session, scope, YEAR, teams, frozenset({YEAR.previous})).ground(session, scope)
        return [count_table(table, cube, ground) for table in (T7, T8) for cube in table.counted(YEAR)]

    return tables


def rows(tables: Sequence[CountTable], name: str, axis: str, **where: str) -> Mapping[str, int | None]:
    """What the rows of a protected table say of the year."""
    table = next(one for one in protect(tables, RULE) if one.id == name)
    at = [each.name for each in table.axes].index(axis)
    wanted = {"period": YEAR.code, **where}
    places = {number: wanted[each.name] for number, each in enumerate(table.axes) if each.name in wanted}
    return {
        codes[at]: None if cell.value is None else int(cell.value)
        for codes, cell in table.cells.items()
        if all(codes[place] == code for place, code in places.items())
    }


def test_that_all_who_lived_went_on_alike_is_not_told(tables_of: Callable[..., list[CountTable]]) -> None:
    tables = tables_of([Exit()] * 14 + died(6))
    told = rows(tables, "T8-fortsättning", "continuation")
    assert told[TOTAL] == 20
    assert told["AF"] is None


def test_the_intruder_reads_that_all_who_lived_went_on_alike(
    tables_of: Callable[..., list[CountTable]],
) -> None:
    """In tables whose rows were held against nothing but totals."""
    tables = tables_of([Exit()] * 14 + died(6))
    cubes = public_cubes(YEAR, [("1", "Norra"), ("2", "Södra"), ("3", "Kontakt")], shipped_lists(), rule=RULE)

    def exposures(*, held_against_the_living: bool) -> set[Exposure]:
        facts: list[Fact] = []
        release = protect([one if held_against_the_living else alone(one) for one in tables], RULE)
        for table in release:
            facts += read_table(table, cubes[table.id].meaning)[0]
        population = tables[0].population
        return {found.exposure for found in attack(facts, populations={population.name: population})}

    assert exposures(held_against_the_living=False) == {Exposure.EVERYBODY}
    assert not exposures(held_against_the_living=True)


def alone(table: CountTable) -> CountTable:
    """The table with no parents but its totals."""
    raw = _read(table)
    return CountTable(
        id=table.id,
        title=table.title,
        population=table.population,
        axes=table.axes,
        stub=table.stub,
        heading=table.heading,
        cells=raw.cells,
        sensitive=table.sensitive,
        shares=table.shares,
        bases=raw.bases,
        ladder=table.ladder,
        finest=table.finest,
    )


ENDED = History(None, Month(2023, 2), None, Month(2023, 5)).group()
REASONS, CONTINUATIONS = ("PLAN", "AVL"), ("AF", None)
OCCUPATIONS = (None, "ING", "ARB", "OAF", "STU")


def test_nobody_who_is_counted_is_what_cannot_be() -> None:
    """Else the register would contradict what everybody is taken to know, and no year could be published."""
    lists = shipped_lists()
    people = population("participation", ["1"], lists)
    assert len(people.impossible) > 2
    for reason, continuation, before, after in product(REASONS, CONTINUATIONS, OCCUPATIONS, OCCUPATIONS):
        for extents in product((None, "25", "100"), repeat=2):
            group = ENDED._replace(
                exit_reason=reason,
                continuation=continuation,
                occupation_before=before,
                extent_before=extents[0],
                occupation_at_exit=after,
                extent_at_exit=extents[1],
            )
            [unit] = units_of([group], lists)
            for codes in people.impossible:
                known = {name: part for name, part in codes.items() if name in unit.codes}
                assert len(known) < len(codes) or not unit.is_in(known)
