"""The intruder finds small groups that no table has, when everything shown together tells of them."""

from followup.disclosure.cells import MonthRange
from followup.disclosure.intruder import Exposure, Fact, Reading, attack, attack_in_turn
from tests.disclosure.tables import population

PEOPLE = population()
BOTH = {PEOPLE.name: PEOPLE}
YES = frozenset({"yes"})


def told(place, value, *, exempt=False, **months):
    spans = {name: MonthRange(*ends) for name, ends in months.items()}
    return Fact(place, PEOPLE.name, {**spans, "answer": YES}, value, exempt=exempt)


THERE = told("var med", 20, started=(None, "2022-12"), ended=("2023-01", None))
CAME = told("började", 15, started=("2023-01", "2023-12"))
ENDED = told("slutade", 32, ended=("2023-01", "2023-12"))
WHEN = "(till och med 2023-12, från och med 2024-01)"
LEFT = f"en grupp som ingen rad visar {WHEN}"


def found(*facts, **more):
    return {(one.exposure, one.place, one.low) for one in attack(facts, populations=BOTH, **more)}


def test_who_was_there_and_came_and_has_not_ended_is_left():
    assert found(THERE, CAME, ENDED) == {(Exposure.UNTOLD, LEFT, 3)}
    assert found(THERE, CAME) == set()
    assert found(THERE, CAME, ENDED._replace(value=30)) == set(), "they are many"
    assert found(THERE, CAME, ENDED._replace(value=35)) == set(), "they are nobody"
    assert found(THERE, CAME, ENDED._replace(value=None)) == set(), "what is hidden tells nothing"


def test_it_says_where_to_look():
    all_of_them = told("deltog", 90, started=(None, "2023-12"), ended=("2023-01", None))
    everybody = all_of_them._replace(
        selection={name: part for name, part in all_of_them.selection.items() if name != "answer"}
    )
    assert found(THERE, CAME, ENDED, everybody) == {
        (
            Exposure.UNTOLD,
            f"en grupp inom deltog, som ingen rad visar {WHEN}",
            3,
        )
    }


def test_head_counts_may_tell_of_few():
    bare = [fact._replace(exempt=True) for fact in (THERE, CAME, ENDED)]
    assert found(*bare) == set()
    assert found(*bare[:2], ENDED) == {(Exposure.UNTOLD, LEFT, 3)}


def test_what_was_given_away_before_is_no_news():
    assert found(THERE, CAME, ENDED, before=Reading([THERE, CAME, ENDED])) == set()
    assert found(THERE, CAME, ENDED, before=Reading([THERE, CAME])) == {(Exposure.UNTOLD, LEFT, 3)}


def test_of_editions_only_the_last_can_be_stopped():
    first, second, third = (Reading([fact]) for fact in (THERE, CAME, ENDED))
    assert [one.low for one in attack_in_turn([first, second, third], populations=BOTH)] == [3]
    again = Reading([ENDED._replace(place="slutade, en gång till")])
    assert attack_in_turn([first, second, third, again], populations=BOTH) == []


def test_periods_that_were_given_away_before_are_no_news_either():
    spring, summer, year = (
        told(place, value, ended=(f"2023-{first:02}", f"2023-{last:02}"))
        for place, first, last, value in (("vår", 1, 4, 20), ("sommar", 5, 8, 22), ("år", 1, 12, 45))
    )
    earlier = [Reading([fact]) for fact in (spring, summer, year)]
    assert [one.low for one in attack_in_turn(earlier, populations=BOTH)] == [3]
    again = Reading([year._replace(place="år, en gång till")])
    assert attack_in_turn([*earlier, again], populations=BOTH) == []


def test_that_all_there_may_be_are_alike_is_told_of_few_or_nobody_too():
    """Nobody of A has b or c. How many have a is hidden: who is in A at all has it, if anybody is."""
    people = population(team=("A", "B"), answer=("a", "b", "c"))
    team = {"team": frozenset({"A"})}

    def answered(code, value):
        selection = {**team, "answer": frozenset({code})}
        return Fact(f"A {code}", people.name, selection, value, wholes=(team,))

    facts = [answered("a", None), answered("b", 0), answered("c", 0), Fact("A", people.name, team, None)]
    findings = attack(facts, populations={people.name: people})
    assert {(one.exposure, one.low, one.high) for one in findings} == {(Exposure.EVERYBODY, 0, 0)}
    # Where it is told that nobody is there, nothing is told of anybody.
    nobody = [fact._replace(value=0) for fact in facts]
    assert not attack(nobody, populations={people.name: people})
