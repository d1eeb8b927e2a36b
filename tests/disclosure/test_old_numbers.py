"""Numbers from before a correction: a reader still knows them, give or take the few who moved."""

from collections import Counter
from itertools import product
from typing import NamedTuple

import pytest

from followup.disclosure import TOTAL, MonthRange, Population, Rule, Status
from followup.disclosure.intruder import Reading, attack_in_turn
from tests.disclosure.latecomers import Edition, exposed, published
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, population

RULE = Rule()
NAMES = ("team", "sex", "age")
PEOPLE = Population("p", {"team": ("A", "B", "C"), "sex": ("F", "M"), "age": ("young", "middle", "old")})


class Somebody(NamedTuple):
    codes: dict[str, str]
    months: dict[str, str | None] = {}
    number: int = 1


def counted(name, people, *, known=False, heads=(), **codes):
    """A table of so many people by team, sex and age over some codes of some of these."""

    def number(told):
        chosen = dict(zip(codes, told, strict=True))
        return sum(
            people[one]
            for one in people
            if all(chosen.get(axis, TOTAL) in (code, TOTAL) for axis, code in zip(NAMES, one, strict=True))
        )

    counts = {told: number(told) for told in product(*codes.values())}
    courses = [Somebody(dict(zip(NAMES, one, strict=True))) for one in people.elements()] if known else []
    return cube(name, counts, axes=tuple(codes), people=PEOPLE, exempt=set(heads), courses=courses)


def in_turn(*releases):
    """Each published after those before it, where it is not refused; `(tables, late, gone)` of each."""
    records, editions, last = [], [], None
    for number, (tables, late, gone) in enumerate(releases):
        last = published(tables, RULE, records)
        if last is not None:
            records += last.records(str(number))
            editions.append(Edition(facts_of(last, tables, RULE, str(number)), late, gone))
    return editions, last


def hidden(table):
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def trial(editions, people):
    """What the trial before publication finds in the last edition."""
    readings = [Reading(edition.facts) for edition in editions]
    return attack_in_turn(readings, populations={people.name: people})


def test_a_head_count_that_is_hidden_for_a_promise_is_still_known_as_it_was_told():
    """Eleven in B were told, ten are there: who knows the women of B knows the one man there, or nearly."""
    then = Counter(
        {
            ("C", "F", "young"): 1,
            ("B", "F", "old"): 3,
            ("B", "F", "young"): 7,
            ("C", "F", "old"): 2,
            ("C", "F", "middle"): 2,
            ("B", "M", "young"): 1,
        }
    )
    now = then - Counter({("B", "F", "young"): 1})
    heads = [("A", TOTAL), ("B", TOTAL), ("C", TOTAL)]
    by_sex = {"team": ("A", "B", "C"), "sex": ("F", TOTAL)}
    ages = counted("U", now, age=("young", "middle", "old", TOTAL))
    editions, _ = in_turn(
        ([counted("T", then, known=True, heads=heads, **by_sex)], 0, 0),
        ([counted("T", now, heads=heads, **by_sex), ages], 0, 1),
    )
    assert len(editions) == 2
    assert not exposed(PEOPLE, editions, 0)


def test_what_room_old_numbers_leave_is_kept():
    """Five were told, four are left, all women: were no man told of, the women would be four or five."""
    then = Counter({("A", "F", "young"): 4, ("B", "M", "old"): 1})
    now = then - Counter({("B", "M", "old"): 1})
    _, last = in_turn(
        ([counted("T", then, sex=(TOTAL,))], 0, 0),
        ([counted("U", now, sex=("F", "M", TOTAL))], 0, 1),
    )
    assert hidden(last[0]) == {("F",), ("M",), (TOTAL,)}


def test_a_new_number_is_held_against_an_old_one_as_it_was_told():
    """Eight or nine did not know in the spring: nine in the year would tell that hardly anybody did since."""
    year, early = ({"ended": MonthRange("2023-01", f"2023-{last}")} for last in ("12", "08"))

    def table(name, base, *counts):
        told = {("yes",): counts[0], ("no",): counts[1], ("unknown",): counts[2], (TOTAL,): sum(counts)}
        return cube(name, told, axes=("answer",), base=base, exempt={(TOTAL,)})

    editions, last = in_turn(
        ([table("T", early, 12, 14, 8)], 0, 0),
        ([table("T", early, 12, 14, 9)], 1, 0),
        ([table("U", year, 17, 19, 9)], 0, 0),
    )
    assert ("unknown",) in hidden(last[0])
    assert not trial(editions, population())


def test_who_guesses_that_few_moved_finds_nobody():
    """One came to Su who had ended by New Year, and one to Sa who began then: one in all would be in Va."""
    people = population(team=("Va", "Sa", "Su"))
    during = [
        {"started": MonthRange(None, f"{year}-12"), "ended": MonthRange(f"{year}-01", None)}
        for year in (2022, 2023)
    ]

    def table(name, base, *counts):
        told = {(team,): count for team, count in zip(("Va", "Sa", "Su"), counts, strict=True)}
        whole = (TOTAL,)
        told[whole] = sum(counts)
        return cube(name, told, axes=("team",), base=base, people=people, exempt={whole})

    editions, _ = in_turn(
        ([table("T", during[0], 9, 24, 16), table("U", during[1], 10, 22, 24)], 0, 0),
        ([table("T", during[0], 9, 24, 17), table("U", during[1], 10, 23, 24)], 2, 0),
    )
    assert len(editions) == 2
    assert not trial(editions, people)


def test_no_head_count_is_hidden_beside_a_correction_for_what_older_numbers_leave():
    """By August six of Su had answered no, of seven in the year: that one at most said yes is known."""
    year, early = ({"ended": MonthRange("2022-01", f"2022-{last}")} for last in ("12", "08"))

    def table(name, base, teams, totals=None):
        rows = {team: (yes, no, yes + no) for team, (yes, no) in teams.items()}
        if totals:
            rows[totals] = tuple(map(sum, zip(*rows.values(), strict=True)))
        told = {(t, a): n for t, row in rows.items() for a, n in zip(("yes", "no", TOTAL), row, strict=True)}
        return cube(name, told, base=base, exempt={codes for codes in told if codes[1] == TOTAL})

    others = {"Sa": (8, 14), "Fa": (11, 13)}
    before = [table("T", year, {"Va": (9, 12), **others}), table("U", early, {"Su": (0, 6)})]
    now = [table("T", year, {"Va": (10, 11), **others, "Su": (0, 7)}, TOTAL)]
    editions, last = in_turn((before, 0, 0), (now, 1, 1))
    assert {("Va", "yes"), ("Va", "no"), ("Su", "no")} <= hidden(last[0])
    assert not {codes for codes in hidden(last[0]) if codes[1] == TOTAL}
    assert not trial(editions, population())


@pytest.mark.parametrize("is_corrected", [False, True])
def test_a_new_head_count_that_tells_of_few_is_hidden_also_when_somebody_else_was_corrected(is_corrected):
    """Two teams were told. In all there are three more, in two teams that are hidden."""
    winter, spring = {"ended": MonthRange(None, "2023-03")}, {"started": MonthRange("2023-04", "2023-06")}

    def answers(yes, no):
        return cube("U", {("Ha", "yes"): yes, ("Ha", "no"): no}, base=spring)

    told = {("Va",): 20, ("Sa",): 10}
    now = {**told, ("Su",): 2, ("Fa",): 1, (TOTAL,): 33}
    editions, last = in_turn(
        ([cube("T", told, axes=("team",), base=winter), answers(9, 7)], 0, 0),
        (
            [
                cube("T", now, axes=("team",), base=winter, exempt={(TOTAL,)}),
                answers(9 + is_corrected, 7 - is_corrected),
            ],
            int(is_corrected),
            int(is_corrected),
        ),
    )
    assert hidden(last[0]) == {("Su",), ("Fa",), (TOTAL,)}
    assert not trial(editions, population())
