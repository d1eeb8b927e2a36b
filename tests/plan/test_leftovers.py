"""Groups beside each other never leave a few out."""

from decimal import Decimal

import pytest

from followup.plan.leftovers import PEOPLE, Answers, fewest_left, tells_of_few
from followup.plan.scales import parse_scale

A, B, C, D = "A kvinnor", "A män", "B kvinnor", "B män"


def group(*parts: str) -> frozenset[str]:
    return frozenset(parts)


@pytest.mark.parametrize(
    ("known", "least"),
    [
        ({}, None),
        ({group(A, B): 40}, 40),
        ({group(A, B): 40, group(A): 36}, 4),
        ({group(A, B): 40, group(A): 40}, 40),
        ({group(A, B, C): 60, group(A): 25, group(B): 30}, 5),
        # Only by two steps: team A's men, and from all men those of team B.
        ({group(A, B): 40, group(A): 25, group(B, D): 18}, 3),
        # Staff are no part of the participants.
        ({group(A, B): 40, group("staff"): 36}, 36),
    ],
)
def test_the_smallest_group_that_can_be_worked_out(known, least):
    assert fewest_left({each: Answers.unknown(number) for each, number in known.items()}) == least


@pytest.mark.parametrize(
    ("respondents", "percent", "answers"),
    [
        (40, "50", Answers(40, 20, 20, 40)),
        (400, "50", Answers(400, 198, 202, 400)),
        (400, "50.0", Answers(400, 198, 202, 400)),
        (400, "50.1", Answers(400, 200, 201, 400)),
        (30, "0", Answers(30, 0, 0, 30)),
        (30, "100", Answers(30, 30, 30, 30)),
    ],
)
def test_a_rounded_share_tells_between_which_numbers_the_answers_are(respondents, percent, answers):
    assert Answers.of_share(respondents, Decimal(percent)) == answers._replace(unit=PEOPLE)


@pytest.mark.parametrize(
    ("of_all", "of_women", "is_told"),
    [
        # 20 of 40 and 18 of 30: 2 of the 10 men said yes.
        ("50", "60", True),
        # 20 of 40 and 12 of 30: 8 of the 10 men did, and 2 did not.
        ("50", "40", True),
        # 5 of the 10 men.
        ("50", "50", False),
    ],
)
def test_answers_of_a_few_are_found_by_subtraction(of_all, of_women, is_told):
    known = {
        group(A, B): Answers.of_share(40, Decimal(of_all)),
        group(A): Answers.of_share(30, Decimal(of_women)),
    }
    assert tells_of_few(known, 5) is is_told


def test_a_mean_of_a_part_says_nothing_beside_a_share_or_another_scale_of_the_whole():
    whole, part = group(A, B), group(A)
    half = Decimal("0.05")
    scales = [parse_scale(text) for text in ("1–5", "1–6")]
    means = [Answers.of_mean(30, Decimal("3.6"), scale, half=half) for scale in scales if scale]
    for beside in (Answers.of_share(60, Decimal(60)), means[1]._replace(respondents=60)):
        known = {whole: beside, part: means[0]}
        assert fewest_left(known) == 30
        assert not tells_of_few(known, 5)


@pytest.mark.parametrize("teams", [2, 9, 40])
@pytest.mark.parametrize(
    ("women", "yes", "fewest", "is_told"), [(3, 1, 3, True), (12, 2, 12, True), (12, 6, 12, False)]
)
def test_those_elsewhere_are_seen_however_many_teams_are_told(teams, women, yes, fewest, is_told):
    """All and women of every team and of the whole are told; elsewhere are 24, of whom 12 said yes."""
    parts, everywhere = ("women", "men", "others"), range(teams + 1)

    def counted(number: int, said_yes: int) -> Answers:
        return Answers(number, said_yes, said_yes, number, PEOPLE)

    known = {
        frozenset(f"{team} {part}" for team in everywhere for part in parts): counted(
            60 * teams + 24, 30 * teams + 12
        ),
        frozenset(f"{team} women" for team in everywhere): counted(30 * teams + women, 15 * teams + yes),
    }
    for team in range(1, teams + 1):
        known[frozenset(f"{team} {part}" for part in parts)] = counted(60, 30)
        known[frozenset([f"{team} women"])] = counted(30, 15)
    assert fewest_left(known) == fewest
    assert tells_of_few(known, 5) is is_told


def test_a_mean_of_a_part_and_of_the_whole_tell_that_the_others_are_all_alike():
    scale = parse_scale("1–5")
    assert scale
    whole, part = (
        Answers.of_mean(n, Decimal(mean), scale, half=Decimal("0.005")) for n, mean in ((24, 4), (12, 3))
    )
    assert tells_of_few({group(A, B): whole, group(A): part}, 5)
