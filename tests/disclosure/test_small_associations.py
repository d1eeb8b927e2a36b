"""Two teams: what earlier editions left little room for, unasked, does not stop the next ones."""

from collections.abc import Sequence

import pytest

from benchmarks.associations import LAST, made_up
from followup.disclosure import Ledger, Population, Rule, protect
from followup.disclosure.intruder import Reading, attack_in_turn, read_ranks, read_table
from followup.periods import HalfYear, JanAug, Month, Period, RollingYear, Year
from followup.statistics.meaning import public_cubes, shipped_lists

RULE = Rule()


@pytest.mark.parametrize(
    ("seed", "course"),
    [
        pytest.param(2, [HalfYear(2024, 1), HalfYear(2024, 2), LAST], id="four of an age at most"),
        pytest.param(
            3,
            [Year(2023), RollingYear(Month(2024, 6)), JanAug(2024)],
            id="three to seven of an age",
        ),
    ],
)
def test_what_follows_from_earlier_editions_alone_is_no_news(seed: int, course: Sequence[Period]) -> None:
    """An edition is told, and gives nothing away that those before it had not."""
    records: list[dict[str, object]] = []
    editions, people = [], dict[str, Population]()
    with made_up(2, 3, seed) as association:
        teams = [(str(team.id), team.name) for team in association.teams]
        for turn, period in enumerate(course):
            release = protect(association.tables(period), RULE, Ledger.from_records(records))
            records += release.records(str(turn))
            cubes = public_cubes(period, teams, shipped_lists(), rule=RULE)
            reading = Reading([], [], [])
            for table in release:
                meaning = cubes[table.id].meaning
                people[meaning.population.name] = meaning.population
                facts, shares = read_table(table, meaning, release=str(turn))
                ranks = read_ranks(table, meaning, release=str(turn))
                reading = Reading(
                    [*reading.facts, *facts], [*reading.shares, *shares], [*reading.ranks, *ranks]
                )
            editions.append(reading)
    assert not attack_in_turn(editions, populations=people)
