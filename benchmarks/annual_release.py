"""What the whole catalogue costs to protect: share hidden and time, with and without earlier editions.

Run: .venv/bin/python -m benchmarks.annual_release [teams …]

For each number of teams (six without any given) of a made-up association, prints per release: cells, share
hidden, totals hidden and how many of them are few themselves, and seconds of the processor. With six teams it
also publishes January-August before the year, the half-years before the year, all of these in two years, and
ten years one after the other: as they are, and when before each somebody is found who started the year
before. What the process has loaded is left alone by the collector of garbage, as in the server.
"""

import gc
import sys
from collections.abc import Callable, Sequence
from random import Random
from time import process_time

from benchmarks.associations import LAST, MadeUp, made_up
from benchmarks.hidden import totals_hidden
from followup.disclosure import Ledger, ProtectionFailed, Release, Rule, protect
from followup.periods import HalfYear, JanAug, Month, Period, Week, Year
from tests.editions.years import row

RULE = Rule()
YEARS = 10


def measured(made: MadeUp, period: Period, *before: Release, first: bool = False) -> Release | None:
    """Protect the catalogue's tables of a period after the editions `before`; None when it was refused."""
    records = [row for number, release in enumerate(before) for row in release.records(f"E{number}")]
    tables = made.tables(period, first=first)
    start = process_time()
    try:
        release = protect(tables, RULE, Ledger.from_records(records), time_limit=900)
    except ProtectionFailed as refusal:
        print(f"  {period.label:24} after {len(before)} refused: {refusal.reason}", flush=True)
        return None
    spent = process_time() - start
    cells = sum(len(table.cells) for table in release)
    print(
        f"  {period.label:24} after {len(before):2} editions {cells:6} cells "
        f"{release.share_hidden:6.1%} hidden {totals_hidden(release)} {spent:7.2f} s",
        flush=True,
    )
    return release


def in_turn(
    made: MadeUp, periods: Sequence[Period], before_each: Callable[[Period], None] | None = None
) -> None:
    editions: list[Release] = []
    for place, period in enumerate(periods):
        if before_each and place:
            before_each(period)
        release = measured(made, period, *editions, first=place == 0)
        if release:
            editions.append(release)


def main(numbers: Sequence[int]) -> None:
    for teams in numbers or [6]:
        print(f"{teams} teams")
        with made_up(teams, YEARS if teams == 6 else 3) as made:
            gc.freeze()
            measured(made, LAST)
            if teams == 6:
                for title, periods in courses().items():
                    print(f" {title}")
                    in_turn(made, periods)
                print(" ten years, somebody late each year")
                in_turn(made, courses()["ten years"], lambda period: register_late(made, period))


def register_late(made: MadeUp, period: Period) -> None:
    """Somebody who started the year before, and has not ended, is found."""
    year = period.first.year
    chance = Random(year)
    team = chance.choice(made.teams)
    person = row(chance, team.association_id, team.id)
    person.started_month = Month(year - 1, chance.randint(1, 12))
    person.started_week = Week.of(person.started_month.first_day)
    person.ended_month = person.ended_week = None
    person.exit_reason = person.continuation = person.occupation_at_exit = None
    made.session.add(person)
    made.session.flush()


def courses() -> dict[str, Sequence[Period]]:
    year = LAST.year
    return {
        "January-August, then the year": [JanAug(year), LAST],
        "half-years, then the year": [HalfYear(year, 1), HalfYear(year, 2), LAST],
        "two years with all their parts": [
            period
            for each in (year - 1, year)
            for period in (JanAug(each), HalfYear(each, 1), HalfYear(each, 2), Year(each))
        ],
        "ten years": [Year(each) for each in range(year - YEARS + 1, year + 1)],
    }


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
