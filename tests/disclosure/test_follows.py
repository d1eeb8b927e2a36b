"""Groups that no table tells of, and that follow from several numbers: who was there, came and ended."""

from itertools import permutations

import pytest

from followup.disclosure import Ledger, MonthRange, Rule, Status, protect
from followup.disclosure.intruder import attack
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, population

RULE = Rule()
PEOPLE = population()
THERE = {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2023-01", None)}
CAME = {"started": MonthRange("2023-01", "2023-12")}
ENDED = {"ended": MonthRange("2023-01", "2023-12")}


def answers(name, base, yes, no, **more):
    return cube(name, {("yes",): yes, ("no",): no}, axes=("answer",), base=base, **more)


# Twenty said yes and were there, fifteen came, thirty-two ended: three are left.
TABLES = [answers("there", THERE, 20, 30), answers("came", CAME, 15, 25), answers("ended", ENDED, 32, 20)]


def hidden(release):
    return sum(cell.status is Status.SUPPRESSED for table in release for cell in table.cells.values())


def given_away(facts):
    return attack(facts, populations={PEOPLE.name: PEOPLE})


def in_turn(tables):
    records, facts = [], []
    for place, table in enumerate(tables):
        release = protect([table], RULE, Ledger.from_records(records))
        records += release.records(str(place))
        facts += facts_of(release, [table], RULE, str(place))
    return facts


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_who_is_left_is_not_given_away_by_who_was_there_came_and_ended(order):
    unprotected = [facts_of(protect([table], RULE), [table], RULE, table.id) for table in TABLES]
    assert given_away([fact for facts in unprotected for fact in facts]), "each by itself is safe"
    assert not given_away(in_turn([TABLES[place] for place in order]))


# Twenty of the year's forty-five yeses ended in its first third, twenty-two in its second.
THIRDS = [
    answers("first", {"ended": MonthRange("2023-01", "2023-04")}, 20, 15),
    answers("second", {"ended": MonthRange("2023-05", "2023-08")}, 22, 18),
    answers("year", ENDED, 45, 43),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nor_is_the_last_third_of_a_year_by_the_year_and_the_two_before(order):
    unprotected = [facts_of(protect([table], RULE), [table], RULE, table.id) for table in THIRDS]
    assert given_away([fact for facts in unprotected for fact in facts])
    assert not given_away(in_turn([THIRDS[place] for place in order]))


def test_nor_by_one_release_of_all_three():
    release = protect(TABLES, RULE)
    assert not given_away(facts_of(release, TABLES, RULE, "alla"))
    assert hidden(release) == 1, "one number is enough"


def test_many_or_nobody_left_hide_nothing():
    for ended in (30, 35):
        assert hidden(protect([*TABLES[:2], answers("ended", ENDED, ended, 20)], RULE)) == 0


def test_what_head_counts_tell_together_stays_told():
    exempt = {("yes",), ("no",)}
    bare = [
        answers("there", THERE, 20, 30, exempt=exempt),
        answers("came", CAME, 15, 25, exempt=exempt),
        answers("ended", ENDED, 32, 20, exempt=exempt),
    ]
    assert hidden(protect(bare, RULE)) == 0


def test_what_earlier_editions_gave_away_may_be_told_again():
    """As by a version that did not notice: nothing can be done about it any more."""
    records = [row for table in TABLES for row in protect([table], RULE).records(table.id)]
    assert hidden(protect([TABLES[2]], RULE, Ledger.from_records(records))) == 0


def test_what_is_protected_so_is_kept_by_the_editions_after():
    """The number that was hidden for those who are left would give them away a year later, too."""
    release = protect(TABLES, RULE)
    records = release.records("1")
    again = protect(TABLES, RULE, Ledger.from_records(records))
    facts = [*facts_of(release, TABLES, RULE, "1"), *facts_of(again, TABLES, RULE, "2")]
    assert not given_away(facts)
