"""What nobody can be is known to every reader: the dead have nothing stated at their exit."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import TOTAL, CountTable, Ledger, Release, Rule, Status, protect
from followup.disclosure.cells import RawCell, _read
from followup.disclosure.intruder import Exposure, Fact, Reading, attack, attack_in_turn, read_table
from followup.organisation import queries as organisation
from followup.participation.models import Participation, random_key
from followup.periods import Month, Week, Year
from followup.statistics.cubes import count_table
from followup.statistics.material import material_of
from followup.statistics.meaning import public_cubes, shipped_lists
from followup.statistics.populations import population
from followup.statistics.tables.flows import T1
from followup.statistics.tables.outcomes import T7, T8
from followup.statistics.tables.quality import T15
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
    """The tables of exits over those who ended, and those of before."""
    declare(session, association.id, (association.north, association.south), YEAR)

    def tables(exits: Sequence[Exit]) -> list[CountTable]:
        session.add_all(each.row(association, number) for number, each in enumerate(exits))
        session.flush()
        scope = scope_of(Role.DIRECTOR)
        teams = organisation.all_teams(session, scope)
        ground = material_of(session, scope, YEAR, teams, frozenset({YEAR.previous})).ground(session, scope)
        return [
            count_table(table, cube, ground) for table in (T1, T7, T8, T15) for cube in table.counted(YEAR)
        ]

    return tables


def rows(release: Release, name: str) -> Mapping[str, int | None]:
    """What the rows of a protected table say of the year."""
    table = next(one for one in release if one.id == name)
    return {
        codes[0]: None if cell.value is None else int(cell.value)
        for codes, cell in table.cells.items()
        if codes[1:] == (YEAR.code,) and cell.status is not Status.NOT_APPLICABLE
    }


def test_that_all_who_lived_went_on_alike_is_not_told(tables_of: Callable[..., list[CountTable]]) -> None:
    release = protect(tables_of([Exit()] * 14 + died(6)), RULE)
    for name, alike in (("T8-fortsättning", "AF"), ("T8", "PLAN")):
        told = rows(release, name)
        assert told[TOTAL] == 20
        assert told[alike] is None


# Three of each.
LIVING = [
    Exit("F", reason, continuation, "ING", at_exit)
    for reason, continuation, at_exit in product(
        ("PLAN", "MED", "ORD", "VAL"), ("AF", "FK", "ARB"), ("ING", "ARB", "OAF")
    )
] * 3


@pytest.mark.parametrize("late", [Exit(), Exit(reason="MED", continuation="FK", at_exit="OAF")])
def test_that_a_latecomer_lives_does_not_say_why_and_whereto_they_went(
    tables_of: Callable[..., list[CountTable]], late: Exit
) -> None:
    """The dead would be the cheapest who can have come late instead; it was none of them."""
    first = protect(tables_of(LIVING), RULE)
    # Nobody ends without a reason, so that there is no such row to hide beside another.
    assert "U" not in rows(first, "T8")
    release = protect(tables_of([late]), RULE, Ledger.from_records(first.records("1")))
    for name, of_the_dead in (("T8", "AVL"), ("T8-fortsättning", "U"), ("T7-vid avslut", "U")):
        told = rows(release, name)
        assert None in told.values()
        assert len({code for code, number in told.items() if number is None} - {of_the_dead, TOTAL}) > 1, name


@pytest.mark.parametrize("at_exit", ["ING", "ARB", "OAF"])
@pytest.mark.parametrize("name", ["T7", "T7-förändring", "T7-per team"])
def test_whether_a_latecomer_went_to_work_is_not_told(
    tables_of: Callable[..., list[CountTable]], name: str, at_exit: str
) -> None:
    """That as many as before work would tell that the one who came does not."""

    def counts(release: Release) -> list[Status]:
        table = next(one for one in release if one.id == name)
        wanted = {YEAR.code} | ({"1"} if name == "T7-per team" else {"count"})
        cells = {codes: cell for codes, cell in table.cells.items() if wanted <= {*codes}}
        return [cell.status for cell in cells.values() if cell.status is not Status.NOT_APPLICABLE]

    first = protect(tables_of(LIVING), RULE)
    assert Status.VALUE in counts(first)
    late = tables_of([Exit(at_exit=at_exit)])
    assert {*counts(protect(late, RULE, Ledger.from_records(first.records("1"))))} == {Status.SUPPRESSED}


@pytest.mark.parametrize("is_row_of_the_dead_alone", [True, False])
def test_the_intruder_knows_that_a_latecomer_lives(
    tables_of: Callable[..., list[CountTable]], is_row_of_the_dead_alone: bool
) -> None:
    """With nothing hidden but the row where one came late and, beside it, the row of the dead."""
    two = [[one for one in tables_of(exits) if one.id in ("T1", "T8")] for exits in (LIVING, [Exit()])]
    first = protect(two[0], RULE)
    second = reading(protect(two[1], RULE, Ledger.from_records(first.records("1"))))
    if is_row_of_the_dead_alone:
        counted = [cell for table in two[1] for cell in _read(table).cells.values()]
        second = second._replace(facts=[as_told(fact, counted) for fact in second.facts])
    found = attack_in_turn([reading(first), second], populations=POPULATIONS)
    assert {one.exposure for one in found} == ({Exposure.MOVED} if is_row_of_the_dead_alone else set())


def as_told(fact: Fact, counted: Sequence[RawCell]) -> Fact:
    """A hidden reason with its number, but for that of who ended by plan and of the dead."""
    reason = fact.selection.get("exit_reason", frozenset({"PLAN"}))
    if fact.value is not None or reason == frozenset({"PLAN"}):
        return fact
    return fact._replace(value=next((count for chosen, count in counted if chosen == fact.selection), None))


@pytest.mark.parametrize("is_held_against_the_living", [True, False])
def test_the_intruder_reads_that_all_who_lived_went_on_alike(
    tables_of: Callable[..., list[CountTable]], is_held_against_the_living: bool
) -> None:
    """In tables whose rows were held against nothing but totals."""
    tables = tables_of([Exit()] * 14 + died(6))
    release = protect([one if is_held_against_the_living else unaware(one) for one in tables], RULE)
    facts = reading(release).facts
    found = {one.exposure for one in attack(facts, populations=POPULATIONS)}
    assert found == (set() if is_held_against_the_living else {Exposure.EVERYBODY})


CUBES = public_cubes(YEAR, [("1", "Norra"), ("2", "Södra"), ("3", "Kontakt")], shipped_lists(), rule=RULE)
POPULATIONS = {cube.meaning.population.name: cube.meaning.population for cube in CUBES.values()}


def reading(release: Release) -> Reading:
    return Reading([fact for table in release for fact in read_table(table, CUBES[table.id].meaning)[0]])


def unaware(table: CountTable, **population: object) -> CountTable:
    """The table with no parents but its totals, and less that is known of its population."""
    raw = _read(table)
    return CountTable(
        id=table.id,
        title=table.title,
        population=table.population._replace(**population),
        axes=table.axes,
        stub=table.stub,
        heading=table.heading,
        cells=raw.cells,
        sensitive=table.sensitive,
        exempt=table.exempt,
        shares=table.shares,
        bases=raw.bases,
        ladder=table.ladder,
        finest=table.finest,
        courses=raw.courses,
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
