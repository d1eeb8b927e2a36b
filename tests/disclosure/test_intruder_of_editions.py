"""Editions that were corrected: a reader believes the newest numbers, and old ones that no correction met."""

from followup.disclosure import Population
from followup.disclosure.intruder import Exposure, Fact, Reading, attack_in_turn

PEOPLE = Population("people", {"team": ("A", "B", "C"), "answer": ("yes", "no", "unknown")})
OTHERS = PEOPLE._replace(name="others")
BOTH = {"people": PEOPLE, "others": OTHERS}


def fact(edition: int, value: int | None, *, exempt: bool = False, of: str = "people", **chosen: str) -> Fact:
    selection = {name: frozenset(codes.split()) for name, codes in chosen.items()}
    place = " ".join([str(edition), *(f"{name}={codes}" for name, codes in chosen.items())])
    return Fact(place, of, selection, value, exempt=exempt)


def found(*editions: list[Fact]) -> set[tuple[Exposure, str]]:
    readings = [Reading(facts) for facts in editions]
    return {(one.exposure, one.place) for one in attack_in_turn(readings, populations=BOTH)}


def test_an_old_number_is_no_fact_of_today_once_one_around_it_was_corrected() -> None:
    """All 120 answered yes; with one more told in the open, that one need not have answered otherwise."""
    first = [fact(1, 120, exempt=True), fact(1, 120, answer="yes"), fact(1, 0, answer="no")]
    second = [fact(2, 121, exempt=True), fact(2, None, answer="yes"), fact(2, None, answer="no")]
    assert not found(first, second)


def test_an_old_number_that_no_correction_met_is_believed() -> None:
    """One more in B does not change that A had 30, so that 27 of them leave three."""
    first = [fact(1, 30, team="A"), fact(1, 20, exempt=True, team="B")]
    second = [fact(2, 27, team="A", answer="yes"), fact(2, 21, exempt=True, team="B")]
    assert found(first, second) == {(Exposure.DIFFERENCE, "1 team=A minus 2 team=A answer=yes")}


def test_the_newest_of_two_numbers_is_attacked() -> None:
    """58 less 55 is three, though it was 57 less 50 before."""
    first = [fact(1, 57, exempt=True, team="A"), fact(1, 50, team="A", answer="yes")]
    second = [fact(2, 58, exempt=True, team="A"), fact(2, 55, team="A", answer="yes")]
    assert (Exposure.DIFFERENCE, "2 team=A minus 2 team=A answer=yes") in found(first, second)


def test_a_new_part_is_held_against_an_old_whole_that_was_corrected_since() -> None:
    """57 or so, hidden since, less 55."""
    first = [fact(1, 57, team="A"), fact(1, 80, exempt=True)]
    second = [fact(2, None, team="A"), fact(2, 81, exempt=True), fact(2, 55, team="A", answer="yes")]
    assert found(first, second) == {(Exposure.DIFFERENCE, "1 team=A minus 2 team=A answer=yes")}


def test_a_number_that_moved_by_few_is_found_against_any_edition() -> None:
    editions = [fact(1, 30, team="A")], [fact(2, 40, team="A")], [fact(3, 31, team="A")]
    assert found(*editions) == {(Exposure.DIFFERENCE, "3 team=A minus 1 team=A")}


def test_a_contradiction_leaves_the_editions_together_for_every_other_population() -> None:
    """The teams' sum contradicts the old total; of the others both editions together hide two people only."""
    first = [
        fact(1, 50),
        fact(1, 30, of="others", team="A"),
        fact(1, 18, of="others", team="A", answer="yes"),
    ]
    second = [
        *(fact(2, 30, team=team) for team in "ABC"),
        fact(2, 10, of="others", team="A", answer="no"),
        fact(2, None, of="others", team="A", answer="unknown"),
    ]
    assert found(first, second) == {(Exposure.NARROW, "2 team=A answer=unknown")}


def test_of_editions_that_contradict_each_other_the_latest_that_agree_are_attacked() -> None:
    oldest = [fact(1, 50)]
    middle = [fact(2, 30, team="A"), fact(2, 18, team="A", answer="yes")]
    latest = [
        *(fact(3, 30, team=team) for team in "BC"),
        fact(3, 10, team="A", answer="no"),
        fact(3, None, team="A", answer="unknown"),
    ]
    assert found(oldest, middle, latest) == {(Exposure.NARROW, "3 team=A answer=unknown")}
    assert Exposure.CONTRADICTION not in {exposure for exposure, _ in found(oldest, latest)}
