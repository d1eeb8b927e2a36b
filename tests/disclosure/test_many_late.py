"""Many are registered late at once, as a team's older list: what editions tell of them and of the others."""

from collections.abc import Mapping, Sequence

import pytest

from followup.disclosure import TOTAL, CountTable, Ledger, MonthRange, Release, Rule, Status, protect
from followup.disclosure.cells import _read
from followup.disclosure.intruder import Exposure, Finding, Reading, attack_in_turn
from followup.disclosure.intruder.facts import fact_of
from tests.disclosure.latecomers import Edition, exposed
from tests.disclosure.random_releases import facts_of, meaning
from tests.disclosure.tables import cube, population

RULE = Rule()
YEAR = {"started": MonthRange("2023-01", "2023-12")}
PARTIES = ("AF", "FK", "KOM")
PEOPLE = population(team=("3", "5", "7", "9"), party=PARTIES)
BEFORE = {"3": (30, 22, 15), "5": (12, 24, 16), "7": (19, 13, 11)}

Counts = Mapping[str, Sequence[int]]


def tables(counts: Counts) -> list[CountTable]:
    """Who referred them, in all and per team; head counts are open."""
    told = {
        (team, party): sum(counts[team]) if party == TOTAL else counts[team][PARTIES.index(party)]
        for team in counts
        for party in (*PARTIES, TOTAL)
    }
    every = {(party,): sum(told[team, party] for team in counts) for party in (*PARTIES, TOTAL)}
    more = {"people": PEOPLE, "base": YEAR, "sensitive": {"party": set(PARTIES)}}
    heads = {(team, TOTAL) for team in counts}
    return [
        cube("T3", every, axes=("party",), exempt={(TOTAL,)}, **more),
        cube("T3 per team", told, axes=("team", "party"), exempt=heads, **more),
    ]


def hidden_in_turn(*editions: Counts) -> list[tuple[set, set]]:
    """Of each edition what is hidden in all, and per team."""
    records: list = []
    found = []
    for number, counts in enumerate(editions):
        release: Release = protect(tables(counts), RULE, Ledger.from_records(records), key=b"key")
        records += release.records(str(number))
        of_all, per_team = (
            {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}
            for table in release
        )
        found.append((of_all, per_team))
    return found


@pytest.mark.parametrize(
    "late",
    [{"9": (6, 0, 0)}, {"9": (6, 1, 0)}, {"3": (36, 22, 15)}, {"5": (12, 44, 16)}],
    ids=["a new team", "all but one", "an old team", "twenty"],
)
def test_that_many_who_came_late_are_all_alike_is_not_told(late: Counts) -> None:
    """The number that they are in is told before and after, and so are the head counts."""
    after = BEFORE | late
    (of_all, _), (of_all_after, _), (of_all_again, _) = hidden_in_turn(BEFORE, after, after)
    assert not of_all
    assert len(of_all_after) > 1
    assert of_all_after <= of_all_again, "the next edition tells the same people, beside the same first one"


def test_many_who_came_late_and_are_of_several_kinds_are_told() -> None:
    _, (of_all, per_team) = hidden_in_turn(BEFORE, BEFORE | {"9": (10, 9, 8)})
    assert not of_all | per_team


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ({"3": (1, 1, 8), "5": (11, 8, 4), "7": (22, 8, 11)}, (5, 2, 0)),
        ({"3": (11, 22, 8), "5": (1, 11, 0), "7": (22, 22, 11)}, (9, 0, 2)),
    ],
)
def test_what_was_hidden_of_an_old_team_stays_so_when_the_total_has_moved(
    before: Counts, late: Sequence[int]
) -> None:
    """The old total less what is told today of teams whose head counts stand would be that team's number."""
    (_, per_team), (_, after) = hidden_in_turn(before, before | {"9": late})
    assert per_team
    assert per_team <= after


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ({"3": (2, 3, 15), "5": (1, 4, 6), "7": (30, 15, 6)}, (0, 6, 0)),
        ({"3": (15, 15, 15), "5": (15, 2, 8), "7": (30, 11, 0)}, (0, 0, 9)),
        ({"3": (1, 1, 4), "5": (8, 2, 2), "7": (0, 0, 2)}, (0, 9, 0)),
        ({"3": (8, 30, 2), "5": (8, 3, 1), "7": (22, 0, 1)}, (0, 0, 6)),
    ],
)
def test_nor_what_all_of_a_new_team_are_by_what_did_not_change(before: Counts, late: Sequence[int]) -> None:
    """What nobody of the new team is did not change; what is told of the team itself says the rest."""
    records: list = []
    editions = []
    for name, counts, came in (("1", before, 0), ("2", before | {"9": late}, sum(late))):
        told = tables(counts)
        release = protect(told, RULE, Ledger.from_records(records), key=b"k")
        records += release.records(name)
        editions.append(Edition(facts_of(release, told, RULE, name), came))
    common = PARTIES[late.index(max(late))]
    for more in (0, 3):
        assert f"2 T3 per team (9, {common})" not in exposed(PEOPLE, editions, more)


def test_the_intruder_reads_what_all_of_a_new_team_are() -> None:
    """Of one party nobody more was told, of another nobody in the team: all nine are from the third."""
    before = {"3": (30, 1, 0), "5": (4, 3, 3), "7": (2, 1, 30)}
    small = [(team, party) for team in before for party in PARTIES]
    first = edition("1", before, *small)
    hidden = [*small, ("AF",), ("FK",), ("9", "FK"), ("9", "KOM")]
    found = attack_in_turn(
        [first, edition("2", before | {"9": (0, 9, 0)}, *hidden)], populations={PEOPLE.name: PEOPLE}
    )
    assert found == [Finding(Exposure.EVERYBODY, "2 ('9', 'FK')", 0, 0)]
    apart = edition("2", before | {"9": (0, 9, 0)}, *hidden, ("9", "AF"))
    assert not attack_in_turn([first, apart], populations={PEOPLE.name: PEOPLE})


def edition(name: str, counts: Counts, *hidden: tuple[str, ...]) -> Reading:
    return Reading(
        [
            fact_of(meaning(table, RULE), codes, None if codes in hidden else value, f"{name} {codes}")
            for table in tables(counts)
            for codes, (_, value) in _read(table).cells.items()
        ]
    )


def test_the_intruder_reads_what_stands_of_old_teams_beside_their_old_total() -> None:
    """34 were from AF: 22 in one team then and now, 11 in one whose head count stands. That leaves one."""
    before = {"3": (11, 22, 8), "5": (1, 11, 0), "7": (22, 22, 11)}

    few = [("5", "AF"), ("5", "FK")]
    first = edition("1", before, *few, ("3", "AF"), ("3", "FK"))
    late = [(team, party) for team in "59" for party in PARTIES[:2]]
    second = edition("2", before | {"9": (9, 0, 2)}, *late, *((party,) for party in PARTIES), ("9", "KOM"))
    found = attack_in_turn([first, second], populations={PEOPLE.name: PEOPLE})
    assert Finding(Exposure.NARROW, "2 ('5', 'AF')", 1, 1) in found
