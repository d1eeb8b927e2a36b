"""Medians and deciles of the teams do not tell, beside everybody's bands, how long few or nobody stayed.

The onlooker knows the calendar and counts whole people in each month of stay; it knows nothing of bands that
are bounded, nor of which figures were left out and why.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from followup.disclosure import ProtectedTable, Status, protect
from followup.disclosure.intruder import Exposure, attack, read_ranks, read_table
from followup.participation.details import Lengths
from followup.periods import Month, Week, Year
from followup.protection.queries import BUILT_IN
from followup.statistics.cubes import Ground, count_table
from followup.statistics.meaning import public_cubes, shipped_lists
from followup.statistics.tables.outcomes import T9
from followup.statistics.units import Spell
from followup.statistics.variables import ALIVE, STAYS, Unit, stay_of

YEAR = Year(2023)
LISTS = shipped_lists()
LEAST = BUILT_IN.threshold
SHORT, LONG = 4, 26
LONGEST = 36
# As they are, and as they are taken together where people are few.
BANDS = {code: range(first, LONGEST + 1 if last is None else last + 1) for code, _, (first, last) in STAYS}
BANDS |= {"0-5": range(6), "12-": range(12, LONGEST + 1)}

Exits = Mapping[str, list[int]]


def weeks_of_months() -> list[set[int]]:
    """How many weeks a stay of so many months may count, by looking at the days."""
    found: list[set[int]] = [set() for _ in range(LONGEST + 1)]
    for back in range(31 * (LONGEST + 1)):
        for end in (date(2023, 1, 1), date(2023, 3, 31), date(2023, 12, 31), date(2023, 8, 1)):
            for shift in range(7):
                last = end + timedelta(shift)
                first = last - timedelta(back)
                months = Month.of(last) - Month.of(first)
                if months <= LONGEST:
                    found[months].add(Week.of(last) - Week.of(first))
    return found


WEEKS = weeks_of_months()


def published(exits: Exits, *, together: bool = True) -> tuple[ProtectedTable, ...]:
    """T9 of a förbund whose teams had these stays, in months; or each table as if it were alone."""
    teams = [(code, code) for code in exits]
    people = Ground((YEAR,), frozenset(), teams, LISTS).population(T9.cubes[0])
    plain = {name: codes[-1] for name, codes in people.variables.items() if codes != "time"}
    units, spells = [], []
    for team, stays in exits.items():
        for place, length in enumerate(stays):
            ended = Month(2023, place % 12 + 1)
            started = ended - length
            months = {"accepted": str(started), "started": str(started), "left": None, "ended": str(ended)}
            own = {"team": team, "life": ALIVE, "stay": stay_of(str(started), str(ended))}
            units.append(Unit(plain | own, months, 1))
            weeks = (str(Week.of(month.first_day)) for month in (started, ended))
            lengths = Lengths(1, None, str(started), None, str(ended), None, *weeks, 1)
            spells.append(Spell(Unit({"team": team, "entry": "DIRECT"}, months, 1), lengths))
    counted = {"participation": units}
    ground = Ground((YEAR,), frozenset(), teams, LISTS, counted, spells, courses=counted)
    tables = [count_table(T9, cube, ground) for cube in T9.counted(YEAR)]
    return tuple(
        finished
        for group in ([tables] if together else [[table] for table in tables])
        for finished in protect(group, BUILT_IN)
    )


class Onlooker:
    """How many of each team stayed so many months, as far as three published tables tell."""

    def __init__(self, bands: ProtectedTable, teams: ProtectedTable) -> None:
        self.bands = {code: int(bands.cells[code, YEAR.code].value or 0) for code in bands.axis("stay").codes}
        del self.bands["_T"]
        self.teams = [code for code in teams.axis("team").codes if code != "_T"]
        self.sizes = {team: int(teams.cells[team, YEAR.code, "count"].value or 0) for team in self.teams}
        self.figures = {
            (team, name): value
            for team in self.teams
            for name in ("median", "ninetieth")
            if (value := teams.cells[team, YEAR.code, name].value) is not None
        }

    @property
    def silent(self) -> list[str]:
        return [team for team in self.teams if (team, "median") not in self.figures]

    def known(self, team: str) -> Iterator[tuple[list[int], int]]:
        """Months, and how many of the team at least stayed one of them."""
        size = self.sizes[team]
        for (who, name), at in self.figures.items():
            if who == team:
                below = -(-size // 2) if name == "median" else -(-9 * size // 10)
                above = below if name == "median" else size + 1 - below
                yield [months for months, weeks in enumerate(WEEKS) if min(weeks) <= at], below
                yield [months for months, weeks in enumerate(WEEKS) if max(weeks) >= at], above

    def bounds(self, group: list[str], wanted: range, speaking: list[str]) -> tuple[int, int]:
        """The fewest and the most of the group who can have stayed so long, by bands and some figures."""
        width = LONGEST + 1
        rows, low, high = [], [], []

        def row(teams: list[str], months: list[int], least: int, most: int) -> None:
            one = np.zeros((len(self.teams), width))
            one[np.ix_([self.teams.index(team) for team in teams], months)] = 1
            rows.append(one.ravel())
            low.append(least)
            high.append(most)

        for code, people in self.bands.items():
            row(self.teams, list(BANDS[code]), people, people)
        for team, size in self.sizes.items():
            row([team], list(range(width)), size, size)
            for months, least in self.known(team) if team in speaking else ():
                row([team], months, least, size)
        aim = np.zeros((len(self.teams), width))
        aim[np.ix_([self.teams.index(team) for team in group], list(wanted))] = 1
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim.ravel(),
                constraints=LinearConstraint(np.array(rows), low, high),
                integrality=np.ones(aim.size),
                bounds=Bounds(0, np.inf),
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def cuts(onlooker: Onlooker) -> Iterator[range]:
    """Short stays up to the end of a band that is told, and the long ones after it."""
    order = sorted(onlooker.bands, key=lambda code: BANDS[code][0])
    for code in order[1:]:
        yield range(BANDS[code][0])


def few(onlooker: Onlooker) -> list[tuple[object, ...]]:
    """Each team, and the silent ones together, of whom others' figures tell that few or none stayed so long.

    With what the group's own figures tell, and what they do with the others' beside them.
    """
    groups = [[team] for team in onlooker.teams]
    if 0 < len(onlooker.silent) < len(onlooker.teams):
        groups.append(onlooker.silent)
    found: list[tuple[object, ...]] = []
    for wanted in cuts(onlooker):
        for group in groups:
            size = sum(onlooker.sizes[team] for team in group)
            low, high = onlooker.bounds(group, wanted, speaking=onlooker.teams)
            if high < LEAST or size - low < LEAST:
                least, most = onlooker.bounds(group, wanted, speaking=group)
                if (low, high) != (least, most):
                    found.append((group, wanted, (least, most), (low, high)))
    return found


def many(seed: int) -> Exits:
    """Teams that are unlike each other, with no band of few people."""
    chance = Random(seed)
    exits = {}
    for team in range(chance.randint(2, 6)):
        usual = [chance.randint(0, 30) for _ in range(chance.randint(1, 4))]
        exits[str(team + 1)] = [chance.choice(usual) for _ in range(chance.randint(10, 30))]
    return exits


def is_open(table: ProtectedTable) -> bool:
    return all(cell.status is not Status.SUPPRESSED for cell in table.cells.values())


def onlooker_of(tables: tuple[ProtectedTable, ...]) -> Onlooker | None:
    """None where a length is hidden, and with it every figure."""
    bands, whole, teams = tables
    if not is_open(bands):
        assert {whole.cells["ended", YEAR.code, name].value for name in ("median", "ninetieth")} == {None}
        return None
    return Onlooker(bands, teams)


def test_one_long_stay_in_every_team_is_not_told() -> None:
    """Nine of ten had left before a year in each team, and of everybody six had not."""
    onlooker = onlooker_of(published({str(team): [SHORT] * 9 + [LONG] for team in range(6)}))
    assert onlooker
    assert not few(onlooker)


def test_nor_that_all_of_the_other_teams_stayed_long() -> None:
    onlooker = onlooker_of(published({"1": [SHORT] * 20 + [LONG] * 2, "2": [LONG] * 12, "3": [LONG] * 9}))
    assert onlooker
    assert not few(onlooker)


@pytest.mark.parametrize("seeds", [range(8), range(8, 16), range(16, 24)])
def test_no_team_is_bounded_by_what_is_told_of_the_others(seeds: range) -> None:
    read = [found for seed in seeds if (found := onlooker_of(published(many(seed))))]
    assert [found for onlooker in read for found in few(onlooker)] == []
    assert any(onlooker.figures for onlooker in read), "some figures are told"


def tried(tables: tuple[ProtectedTable, ...], teams: Iterable[str]) -> set[Exposure]:
    """What the intruder finds in the finished tables."""
    cubes = public_cubes(YEAR, [(team, team) for team in teams], LISTS, rule=BUILT_IN)
    facts, ranks, populations = [], [], {}
    for table in tables:
        meaning = cubes[table.id].meaning
        facts += read_table(table, meaning)[0]
        ranks += read_ranks(table, meaning)
        populations[meaning.population.name] = meaning.population
    return {found.exposure for found in attack(facts, ranks=ranks, populations=populations)}


def test_the_intruder_finds_what_the_onlooker_does_and_no_more() -> None:
    """Tables that were protected each by itself, and together."""
    answers = set()
    for seed in range(16):
        exits = many(seed)
        apart = published(exits, together=False)
        onlooker = onlooker_of(apart) if is_open(apart[0]) else None
        if onlooker:
            is_found = bool(few(onlooker))
            answers.add(is_found)
            assert (Exposure.UNTOLD in tried(apart, exits)) == is_found, seed
        assert not tried(published(exits), exits), seed
    assert answers == {True, False}
