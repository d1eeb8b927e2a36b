"""Two teams: what earlier editions left little room for, unasked, does not stop the year."""

from benchmarks.associations import LAST, made_up
from followup.disclosure import Ledger, Population, Rule, protect
from followup.disclosure.intruder import Reading, attack_in_turn, read_table
from followup.periods import HalfYear
from followup.statistics.meaning import public_cubes, shipped_lists

RULE = Rule()
COURSE = (HalfYear(2024, 1), HalfYear(2024, 2), LAST)


def test_a_year_after_its_half_years_is_told_and_gives_nothing_away() -> None:
    """Of those of an age who ended in the first half, the half-years say that they are four at most."""
    records: list[dict[str, object]] = []
    editions, people = [], dict[str, Population]()
    with made_up(2, 3, 2) as association:
        teams = [(str(team.id), team.name) for team in association.teams]
        for turn, period in enumerate(COURSE):
            release = protect(association.tables(period), RULE, Ledger.from_records(records))
            records += release.records(str(turn))
            cubes = public_cubes(period, teams, shipped_lists(), rule=RULE)
            reading = Reading([], [])
            for table in release:
                meaning = cubes[table.id].meaning
                people[meaning.population.name] = meaning.population
                facts, shares = read_table(table, meaning, release=str(turn))
                reading = Reading([*reading.facts, *facts], [*reading.shares, *shares])
            editions.append(reading)
    assert not attack_in_turn(editions, populations=people)
