"""Groups that no table tells of, and that follow from several numbers: who was there, came and ended."""

from itertools import permutations

import pytest

from followup.disclosure import TOTAL, Ledger, MonthRange, Rule, Status, protect
from followup.disclosure.intruder import attack
from followup.disclosure.quantities import ordinal
from tests.disclosure import long_register
from tests.disclosure.random_releases import PEOPLE as RANDOM
from tests.disclosure.random_releases import facts_of, known_as
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


def test_all_but_one_team_are_a_group_too():
    """Five teams together, of whom the table tells only all and the sixth."""

    def teams(name, base, one, others):
        return cube(name, {("Va",): one, (TOTAL,): one + others}, axes=("team",), base=base)

    told = dict.fromkeys(PEOPLE.variables["team"], 10)
    apart = cube(
        "apart",
        {(code,): number for code, number in told.items()},
        axes=("team",),
        base={"accepted": MonthRange("2021-01", "2021-12")},
    )
    tables = [teams("there", THERE, 30, 20), teams("came", CAME, 25, 15), teams("ended", ENDED, 28, 32)]
    release = protect([*tables, apart], RULE)
    assert not given_away(facts_of(release, [*tables, apart], RULE, "alla"))
    assert hidden(release) == 1


def test_a_rule_that_was_raised_holds_for_what_old_numbers_help_to_tell():
    """Forty and thirty of seventy-seven are told; seven are few by the new rule, though not by the old."""
    spring, summer, year = (
        answers(name, {"ended": MonthRange(*months)}, *numbers)
        for name, months, *numbers in (
            ("spring", ("2023-01", "2023-04"), 40, 50),
            ("summer", ("2023-05", "2023-08"), 30, 50),
            ("year", ("2023-01", "2023-12"), 77, 150),
        )
    )
    raised = Rule(threshold=10)
    records = protect([spring], RULE).records("1")
    records += protect([summer], raised, Ledger.from_records(records)).records("2")
    assert hidden(protect([year], raised, Ledger.from_records(records))) == 1


def test_where_all_are_women_a_head_count_tells_no_more():
    """That nobody is a man is told; so whoever is counted is a woman."""
    year = cube(
        "year",
        {("F",): 9, ("M",): 0, (TOTAL,): 9},
        axes=("sex",),
        base={"started": MonthRange("2022-01", "2022-12")},
        exempt={(TOTAL,)},
    )
    spring = cube(
        "spring",
        {(TOTAL,): 4},
        axes=("sex",),
        base={"started": MonthRange("2022-01", "2022-08")},
        exempt={(TOTAL,)},
    )
    release = protect([year, spring], RULE)
    assert hidden(release) == 0
    assert not given_away(facts_of(release, [year, spring], RULE, "alla"))


def test_what_follows_is_found_when_most_people_are_held_still():
    """A register of ten years, of whom the edition tells nothing anew; the women of the autumn are three."""
    rows = [person(sex, "2012-05", "2014-03") for sex in "FM" for _ in range(20)]
    for sex, numbers in (("F", (20, 22, 3)), ("M", (20, 20, 20))):
        for number, month in zip(numbers, ("2023-02", "2023-06", "2023-10"), strict=True):
            rows += [person(sex, "2022-05", month)] * number
    known = [known_as(row) for row in rows]

    def by_sex(name, **months):
        group = {event: MonthRange(*ends) for event, ends in months.items()}
        return long_register.table(name, rows, group, ("sex",), known)

    before = by_sex("2014", started=(None, "2013-12"), ended=("2014-01", None))
    tables = [
        by_sex("spring", ended=("2023-01", "2023-04")),
        by_sex("summer", ended=("2023-05", "2023-08")),
        by_sex("year", ended=("2023-01", "2023-12")),
    ]
    first = protect([before], RULE)
    release = protect(tables, RULE, Ledger.from_records(first.records("2014")))
    facts = facts_of(first, [before], RULE, "2014") + facts_of(release, tables, RULE, "2023")
    assert not attack(facts, populations={RANDOM.name: RANDOM})
    assert hidden(release) > 0


def person(sex, started, ended):
    codes = {"team": "A", "sex": sex, "age": "16-24", "outcome": "work"}
    return {**codes, "started": ordinal(started), "ended": ordinal(ended)}


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


SINCE = {"started": MonthRange("2015-01", "2023-12"), "ended": MonthRange("2024-01", None)}
STOCK = {"started": MonthRange(None, "2023-12"), "ended": MonthRange("2024-01", None)}
# Of nineteen yeses who are there, sixteen came since 2015: three have been there all the time.
STAYED = [answers("stock", STOCK, 19, 40), answers("since", SINCE, 16, 31)]


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_who_has_been_there_all_the_time_is_not_given_away_either(order):
    unprotected = [facts_of(protect([table], RULE), [table], RULE, table.id) for table in STAYED]
    assert given_away([fact for facts in unprotected for fact in facts])
    assert not given_away(in_turn([STAYED[place] for place in order]))


def test_nor_where_no_table_has_a_row_of_them():
    """All and one team are told, and the others, of whom no row tells, are three who stayed."""

    def told(name, base, one, others):
        return cube(name, {("Va",): one, (TOTAL,): one + others}, axes=("team",), base=base)

    tables = [told("stock", STOCK, 30, 40), told("since", SINCE, 24, 37)]
    unprotected = [facts_of(protect([table], RULE), [table], RULE, table.id) for table in tables]
    assert given_away([fact for facts in unprotected for fact in facts])
    assert not given_away(in_turn(tables))
    assert not given_away(facts_of(protect(tables, RULE), tables, RULE, "both"))
