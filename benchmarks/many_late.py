"""What two editions tell when many are registered late in one team in between.

Run: .venv/bin/python -m benchmarks.many_late [pairs]

Makes up pairs of editions (300 without any given) of three teams by who referred them, where up to a dozen
of each party come late to one of the teams or to a new one. An onlooker that believes every number ever
told, each of its own time, knows how many came: exactly, or give or take three. Prints pairs, those that
were refused or stopped by the trial, and cells hidden in the second edition. Then in how many pairs the
onlooker learns that somebody is one of few, or that all or almost all in a team are alike; and how many of
those are of a team whose head count was less than the threshold before.
"""

import sys
from collections import Counter
from random import Random

from followup.disclosure import Ledger, ProtectionFailed, Rule, Status, protect
from followup.disclosure.intruder import Reading, attack_in_turn
from tests.disclosure.latecomers import Edition, exposed
from tests.disclosure.random_releases import facts_of
from tests.disclosure.test_many_late import PARTIES, PEOPLE, Counts, tables

RULE = Rule()
LEAST = RULE.least(screening=False)
KNOWN = {"exactly": 0, "give or take three": 3}
FEW_OR_MANY = (0, 1, 2, 3, 4, 6, 8, 11, 15, 22, 30)
LATE = (0, 0, 1, 2, 5, 6, 9, 12)


def pair(number: int) -> tuple[Counts, Counts, str]:
    """The counts before and after, and the team that people came late to."""
    chance = Random(number)
    before = {team: [chance.choice(FEW_OR_MANY) for _ in PARTIES] for team in ("3", "5", "7")}
    team = chance.choice(("3", "5", "9"))
    came = [there + chance.choice(LATE) for there in before.get(team, [0] * len(PARTIES))]
    return before, before | {team: came}, team


def run(number: int, count: Counter[str]) -> None:
    before, after, team = pair(number)
    count["pairs"] += 1
    editions: list[Edition] = []
    records: list[dict[str, object]] = []
    for name, counts in (("1", before), ("2", after)):
        told = tables(counts)
        try:
            release = protect(told, RULE, Ledger.from_records(records))
        except ProtectionFailed:
            count["refused"] += 1
            return
        records += release.records(name)
        came = sum(after[team]) - sum(before.get(team, ())) if name == "2" else 0
        editions.append(Edition(facts_of(release, told, RULE, name), came))
    count["hidden"] += sum(c.status is Status.SUPPRESSED for table in release for c in table.cells.values())
    readings = [Reading(edition.facts) for edition in editions]
    if attack_in_turn(readings, populations={PEOPLE.name: PEOPLE}):
        count["stopped"] += 1
        return
    telling = {
        f"{name} T3 per team ({each}, {party})"
        for name, counts in (("1", before), ("2", after))
        for each, row in counts.items()
        for party, people in zip(PARTIES, row, strict=True)
        if 0 < people < LEAST or (people and sum(row) - people < LEAST)
    }
    for known, more in KNOWN.items():
        if telling & set(exposed(PEOPLE, editions, more)):
            count[f"found, known {known}"] += 1
            was_small = 0 < sum(before.get(team, ())) < LEAST
            count[f"found, known {known}, in a small team"] += was_small


def main(pairs: int) -> None:
    found = [f"found, known {known}{small}" for known in KNOWN for small in ("", ", in a small team")]
    count = Counter(dict.fromkeys(["pairs", "refused", "stopped", "hidden", *found], 0))
    for number in range(pairs):
        run(number, count)
    for what, how_many in count.items():
        print(f"{what:50} {how_many:6}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2] or ["300"]))
