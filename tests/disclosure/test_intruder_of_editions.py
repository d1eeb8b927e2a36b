"""Editions that were corrected: a reader believes the newest numbers, and old ones that no correction met."""

import pytest

from followup.disclosure import Population
from followup.disclosure.cells import Selection
from followup.disclosure.intruder import Exposure, Fact, Reading, ShareFact, attack_in_turn

PEOPLE = Population(
    "people", {"team": ("A", "B", "C"), "answer": ("yes", "no", "unknown"), "sex": ("F", "M")}
)
OTHERS = PEOPLE._replace(name="others")
BOTH = {"people": PEOPLE, "others": OTHERS}


def fact(
    edition: int,
    value: int | None,
    *,
    exempt: bool = False,
    of: str = "people",
    whole: Selection | None = None,
    **chosen: str,
) -> Fact:
    selection = {name: frozenset(codes.split()) for name, codes in chosen.items()}
    place = " ".join([str(edition), *(f"{name}={codes}" for name, codes in chosen.items())])
    return Fact(place, of, selection, value, exempt=exempt, wholes=(whole,) if whole else ())


def share(percent: float, numerator: Selection, denominator: Selection) -> ShareFact:
    return ShareFact("share", "people", numerator, denominator, percent)


def group(**chosen: str) -> Selection:
    return {name: frozenset(codes.split()) for name, codes in chosen.items()}


def found(*editions: list[Fact] | Reading) -> set[tuple[Exposure, str]]:
    readings = [told if isinstance(told, Reading) else Reading(told) for told in editions]
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
    assert (Exposure.DIFFERENCE, "3 team=A minus 1 team=A") in found(*editions)


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


def test_a_number_that_only_follows_is_as_good_as_told() -> None:
    """A is hidden, but the others leave eight, and it was seven."""
    first = [fact(1, 26, exempt=True), fact(1, 7, team="A"), fact(1, 6, team="B"), fact(1, 13, team="C")]
    second = [fact(2, 27, exempt=True), fact(2, None, team="A"), fact(2, 6, team="B"), fact(2, 13, team="C")]
    assert (Exposure.DIFFERENCE, "1 team=A (uträknat) minus 1 team=A") in found(first, second)


def test_and_so_is_one_that_followed_before() -> None:
    """50 less 20 women were 30 men; now 31 are told."""
    first = [fact(1, 50, exempt=True), fact(1, 20, sex="F")]
    second = [fact(2, 51, exempt=True), fact(2, 31, sex="M")]
    assert (Exposure.DIFFERENCE, "2 sex=M minus 2 sex=M (uträknat)") in found(first, second)


def test_an_old_number_hidden_again_is_believed_give_or_take_a_few() -> None:
    """50 less 27 less 20 or so."""
    first = [fact(1, 50, exempt=True), fact(1, 20, answer="yes")]
    second = [
        fact(2, 50, exempt=True),
        fact(2, None, answer="yes"),
        fact(2, 27, answer="no"),
        fact(2, None, answer="unknown"),
    ]
    assert found(first, second) == {(Exposure.NARROW, "2 answer=unknown")}


def test_several_new_parts_together_are_held_against_an_old_whole() -> None:
    first = [fact(1, 57, team="A"), fact(1, 80, exempt=True)]
    parts = [fact(2, 30, team="A", answer="yes"), fact(2, 25, team="A", answer="no")]
    second = [fact(2, None, team="A"), fact(2, 81, exempt=True), *parts]
    place = "1 team=A minus 2 team=A answer=yes och 2 team=A answer=no"
    assert (Exposure.DIFFERENCE, place) in found(first, second)


def test_a_number_corrected_by_many_is_held_against_the_old_ones_anew() -> None:
    """12 answered yes; 25 answered at all, and were fifteen after ten had been counted twice."""
    first = [fact(1, 12, answer="yes")]
    second = [fact(2, 25, answer="yes no")]
    third = [fact(3, 15, answer="yes no")]
    assert not found(first, second)
    assert found(first, second, third) == {(Exposure.DIFFERENCE, "3 answer=yes no minus 1 answer=yes")}


def test_everybody_of_what_an_old_whole_was() -> None:
    """All twenty of A, or all but one, answered yes."""
    team = {"team": frozenset({"A"})}
    first = [fact(1, 20, team="A"), fact(1, 60, exempt=True)]
    second = [
        fact(2, None, team="A"),
        fact(2, 61, exempt=True),
        fact(2, 20, team="A", answer="yes", whole=team),
    ]
    assert found(first, second) == {(Exposure.EVERYBODY, "2 team=A answer=yes")}


def test_numbers_that_contradict_each_other_shake_only_what_is_around_them() -> None:
    """25 women and 26 men are not 50, so somebody came; A still had twelve or so, of whom nine are told."""
    first = [fact(1, 50), fact(1, 12, team="A")]
    second = [
        fact(2, 25, sex="F"),
        fact(2, 26, sex="M"),
        fact(2, 9, team="A", answer="yes no"),
        fact(2, None, team="A", answer="unknown"),
    ]
    assert (Exposure.DIFFERENCE, "1 team=A minus 2 team=A answer=yes no") in found(first, second)
    assert (Exposure.NARROW, "2 team=A answer=unknown") in found(first, second)


def test_one_who_came_late_is_found_where_no_number_tells_that_nobody_came() -> None:
    """One more came; B and C are as they were, so it was in A, though nothing of A is told."""
    first = [fact(1, 40, exempt=True), *(fact(1, 15, team=team) for team in "BC"), fact(1, None, team="A")]
    second = [fact(2, 41, exempt=True), *(fact(2, 15, team=team) for team in "BC"), fact(2, None, team="A")]
    assert (Exposure.MOVED, "2 team=A") in found(first, second)
    hidden = [fact(2, 41, exempt=True), fact(2, 15, team="B"), *(fact(2, None, team=team) for team in "AC")]
    assert not found(first, hidden)


def test_one_who_is_gone_is_found_in_the_same_way() -> None:
    first = [fact(1, 41, exempt=True), *(fact(1, 15, team=team) for team in "BC"), fact(1, None, team="A")]
    second = [fact(2, 40, exempt=True), *(fact(2, 15, team=team) for team in "BC"), fact(2, None, team="A")]
    assert (Exposure.MOVED, "2 team=A") in found(first, second)


def test_head_counts_may_tell_where_somebody_came() -> None:
    first = [fact(1, 15, exempt=True, team=team) for team in "ABC"]
    second = [fact(2, 16, exempt=True, team="A"), *(fact(2, 15, exempt=True, team=team) for team in "BC")]
    by_sex = [fact(2, None, team="A", sex=sex) for sex in "FM"]
    assert not found(first, [*second, *by_sex])


def test_where_no_head_count_tells_how_many_came_it_may_have_been_one() -> None:
    """A reader who knows of one person sees that nobody came to A or B."""
    first = [*(fact(1, 15, team=team) for team in "AB"), fact(1, 9, team="C"), fact(1, 20, answer="yes")]
    second = [
        *(fact(2, 15, team=team) for team in "AB"),
        fact(2, None, team="C"),
        fact(2, None, answer="yes"),
    ]
    assert (Exposure.MOVED, "2 team=C") in found(first, second)


ONE_TO_A = (
    [fact(1, 70, exempt=True), fact(1, 10, team="A", sex="F"), fact(1, None, team="A", sex="M")],
    [fact(2, 71, exempt=True), fact(2, 10, team="A", sex="F"), fact(2, None, team="A", sex="M")],
)


@pytest.mark.parametrize(
    ("before", "after"),
    [((30, 40), (31, 40)), ((30, 40), (31, 44)), ((30, 40), (31, 39)), ((30, 40), (31, 90))],
    ids=["one", "four to the others", "one went from the others", "fifty to the others"],
)
def test_one_who_came_is_found_whatever_became_of_the_others(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    """Head counts tell that one came to A. The women are as they were, so it was a man."""

    def edition(turn: int, heads: tuple[int, int]) -> list[Fact]:
        teams = [
            fact(turn, number, exempt=True, team=team)
            for number, team in zip(heads, ("A", "B C"), strict=True)
        ]
        return [*teams, fact(turn, 10, team="A", sex="F"), fact(turn, None, team="A", sex="M")]

    assert (Exposure.MOVED, "2 team=A sex=M") in found(edition(1, before), edition(2, after))


def test_an_unchanged_head_count_does_not_hide_one_who_came_elsewhere() -> None:
    first = [fact(1, 15, exempt=True, team="A"), fact(1, 15, team="B"), fact(1, 9, team="C")]
    second = [fact(2, 15, exempt=True, team="A"), fact(2, 15, team="B"), fact(2, None, team="C")]
    assert found(first, second) == {(Exposure.MOVED, "2 team=C")}


@pytest.mark.parametrize("came", [1, 4, 50])
def test_many_who_came_elsewhere_shake_no_number_of_a_team_whose_head_count_stands(came: int) -> None:
    """30 less 18 less 10 are two."""

    def edition(turn: int, more: int) -> list[Fact]:
        others = fact(turn, 30 + more, exempt=True, team="B C")
        return [fact(turn, 60 + more, exempt=True), fact(turn, 30, exempt=True, team="A"), others]

    first = [*edition(1, 0), fact(1, 18, team="A", answer="yes")]
    second = [
        *edition(2, came),
        fact(2, None, team="A", answer="yes"),
        fact(2, 10, team="A", answer="no"),
        fact(2, None, team="A", answer="unknown"),
    ]
    assert (Exposure.NARROW, "2 team=A answer=unknown") in found(first, second)
    # Nor is a row needed, not even when many in the other teams answer otherwise than before.
    others = fact(1, 20, team="B C", answer="yes"), fact(2, 20 + came, team="B C", answer="no unknown")
    place = "de som inte är med i någon rad bredvid 2 team=A answer=yes"
    assert (Exposure.NARROW, place) in found([*first, others[0]], [*second[:-1], others[1]])


@pytest.mark.parametrize("others", [0, 1, 4])
def test_that_many_who_came_since_are_all_alike_is_found(others: int) -> None:
    """Both editions tell how many there were, and how many of them answered yes."""

    def edition(turn: int, yes: int, no: int) -> list[Fact]:
        everybody = fact(turn, yes + no, exempt=True, team="A")
        of_them = fact(turn, yes, team="A", answer="yes", whole=group(team="A"))
        return [everybody, of_them, fact(turn, no, team="A", answer="no unknown")]

    told = (Exposure.EVERYBODY, "2 team=A answer=yes minus 1 team=A answer=yes")
    assert told in found(edition(1, 30, 20), edition(2, 42, 20 + others))
    assert told in found(edition(1, 42, 20 + others), edition(2, 30, 20))
    assert found(edition(1, 30, 20), edition(2, 42, 30)) == set()


def test_old_numbers_hold_together_give_or_take_one_not_one_each() -> None:
    """Of 89 all but 28 or 29 were in A and B, and 25 of the others are told: that leaves three or four."""
    first = [
        fact(1, 88, exempt=True),
        fact(1, 20, team="A"),
        *(fact(1, 20, team="B", sex=sex) for sex in "FM"),
    ]
    second = [
        fact(2, 89, exempt=True),
        fact(2, None, team="A"),
        *(fact(2, None, team="B", sex=sex) for sex in "FM"),
        fact(2, 25, team="C", sex="F"),
        fact(2, None, team="C", sex="M"),
    ]
    assert (Exposure.NARROW, "2 team=C sex=M") in found(first, second)


def test_an_old_percentage_holds_give_or_take_one() -> None:
    """Eight per cent of A were one; now A is told to be twelve, and one more is there in all."""
    part, base = group(team="A", answer="yes"), group(team="A")
    hidden = fact(1, None, team="A"), fact(1, None, team="A", answer="yes")
    first = Reading([fact(1, 80, exempt=True), *hidden], [share(8.0, part, base)])
    second = [fact(2, 81, exempt=True), fact(2, 12, team="A"), fact(2, None, team="A", answer="yes")]
    assert (Exposure.NARROW, "2 team=A answer=yes") in found(first, second)
    assert not found(first._replace(shares=[]), second)


def test_a_percentage_that_only_one_number_fits_tells_it() -> None:
    """52 per cent of 61 are 32, and there were thirty."""
    told = [fact(2, 61, exempt=True), fact(2, None, team="A"), fact(2, None, team="B C")]
    second = Reading(told, [share(52.0, group(team="A"), {})])
    first = [fact(1, 60, exempt=True), fact(1, 30, team="A")]
    assert (Exposure.DIFFERENCE, "1 team=A (uträknat) minus 1 team=A") in found(first, second)


def test_an_old_number_gives_way_to_a_new_percentage() -> None:
    """Nine are 38 per cent of 24, so A is no longer twenty; nothing contradicts itself."""
    part, base = group(team="A", answer="yes"), group(team="A")
    second = Reading(
        [fact(2, 60, exempt=True), fact(2, 9, team="A", answer="yes")], [share(38.0, part, base)]
    )
    first = [fact(1, 60, exempt=True), fact(1, 20, team="A")]
    assert Exposure.CONTRADICTION not in {exposure for exposure, _ in found(first, second)}


def test_an_old_number_of_people_who_cannot_be_is_let_go() -> None:
    """As in a file that somebody has edited."""
    nobody = Fact("1 nobody", "people", {"team": frozenset()}, 3)
    assert not found([nobody, fact(1, 30, team="A")], [fact(2, 30, team="A")])


def test_an_edition_that_contradicts_itself_is_told_of() -> None:
    parts = [fact(2, 12, team="A"), fact(2, 15, team="A", answer="yes")]
    assert (Exposure.CONTRADICTION, "people") in found([fact(1, 13, team="A")], parts)
    assert not found(
        [part._replace(place=part.place.replace("2", "1")) for part in parts[:1]], [fact(2, 30, team="B")]
    )


def test_what_was_hidden_may_be_told_to_be_nobody() -> None:
    first = [
        fact(1, 60, exempt=True),
        fact(1, 30, team="A"),
        *(fact(1, None, team="A", answer=answer) for answer in ("yes", "no unknown")),
    ]
    second = [
        fact(2, 66, exempt=True),
        fact(2, 36, team="A"),
        fact(2, 0, team="A", answer="yes"),
        fact(2, 36, team="A", answer="no unknown"),
    ]
    assert not found(first, second)


def test_but_not_that_everybody_of_an_old_group_had_the_same_answer() -> None:
    """A was hidden when its twenty yes were told, and is told to be twenty now."""
    yes = fact(1, 20, team="A", answer="yes", whole=group(team="A"))
    first = [fact(1, 60, exempt=True), fact(1, None, team="A"), yes]
    assert not found(first)
    second = [fact(2, 60, exempt=True), fact(2, 20, team="A")]
    assert found(first, second) == {(Exposure.EVERYBODY, "1 team=A answer=yes")}


def test_what_was_found_stays_found_when_a_later_question_has_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("followup.disclosure.intruder.bounds.LONGEST", 0.0)
    first, second = ONE_TO_A
    exposures = found([*first, fact(1, 12, team="B")], [*second, fact(2, 13, team="B"), fact(2, 3, team="C")])
    assert {(Exposure.SHOWN, "2 team=C"), (Exposure.UNSETTLED, "people")} <= exposures


def test_nobody_moves_where_a_group_is_told_to_be_as_many() -> None:
    """Six came late, all of them in team A: what is new of the others is as it was, and leaves four."""
    first = [fact(1, 20, sex="F"), fact(1, 30, sex="M"), fact(1, 15, team="A"), fact(1, 35, team="B C")]
    second = [fact(2, 21, team="A"), fact(2, 35, team="B C"), fact(2, 16, sex="F", team="B C")]
    assert (Exposure.DIFFERENCE, "1 sex=F minus 2 sex=F team=B C") in found(first, second)
    may_have_moved = [fact(2, 21, team="A"), fact(2, 40, team="B C"), fact(2, 16, sex="F", team="B C")]
    assert found(first, may_have_moved) == set()


def test_what_was_as_closely_known_before_is_no_news() -> None:
    """Nobody in A gave no answer, nor in the other teams: nobody, or the one who came since."""
    first = [fact(1, 30, exempt=True, team="A"), fact(1, 0, team="A", answer="unknown")]
    second = [fact(2, 20, exempt=True, team="B C"), fact(2, 0, team="B C", answer="unknown")]
    third = [fact(3, 51, exempt=True), fact(3, None, answer="unknown"), fact(3, None, answer="yes no")]
    assert not found(first, second, third)
    # But that few of those in A did is news.
    new = [fact(3, 28, team="A", answer="yes"), fact(3, None, team="A", answer="no")]
    assert (Exposure.NARROW, "3 team=A answer=no") in found(first, second, [*third, *new])
