"""The intruder knows the calendar: who came, and was there, says how long parts of a whole had been there."""

from followup.disclosure.cells import MonthRange, Population
from followup.disclosure.intruder import Exposure, Fact, RankFact, Reading, attack, attack_in_turn
from followup.disclosure.length import Length, Rank

PEOPLE = Population(
    "people",
    {
        "team": ("A", "B", "C"),
        "sex": ("F", "M"),
        "stay": ("0", "6", "12", "none"),
        "started": "time",
        "ended": "time",
    },
    order=(("started", "ended"),),
    lengths=(Length("stay", "started", "ended", {"0": (0, 5), "6": (6, 11), "12": (12, None)}),),
)
BOTH = {PEOPLE.name: PEOPLE}
YEAR, SPRING, AUTUMN = ("2023-01", "2023-12"), ("2023-01", "2023-08"), ("2023-09", "2023-12")


def told(place, value, *, started=None, ended=None, exempt=True, **codes):
    months = {"started": started, "ended": ended}
    spans = {name: MonthRange(*ends) for name, ends in months.items() if ends}
    sets = {name: frozenset(code.split()) for name, code in codes.items()}
    return Fact(place, PEOPLE.name, {**sets, **spans}, value, exempt=exempt)


def there(place, value, month="2023-01", before="2022-12", **codes):
    return told(place, value, started=(None, before), ended=(month, None), **codes)


def bands(short, middle, long, ended=YEAR, place="år"):
    return [
        told(f"{place} {code}", people, stay=code, ended=ended, exempt=False)
        for code, people in (("0", short), ("6", middle), ("12", long))
    ]


def sizes(ended=YEAR, place="år", **teams):
    return [told(f"{place} {team}", people, ended=ended, team=team) for team, people in teams.items()]


def found(*facts, ranks=(), **more):
    findings = attack(facts, ranks=ranks, populations=BOTH, **more)
    return {(one.exposure, one.place, one.low, one.high) for one in findings}


def of(row, lengths, low, high):
    words = f"{row}, {lengths}, utifrån hur många som började, var med och avslutade"
    return (Exposure.UNTOLD, words, low, high)


LENGTHS = bands(14, 0, 20)
ENDED = sizes(A=22, B=12)


def test_a_new_team_had_all_short_stays_but_two():
    new = there("var i B", 0, team="B")
    assert found(*LENGTHS, *ENDED, new) == {of("år A", "0–11 månader", 2, 2)}
    assert found(*LENGTHS, *ENDED) == set(), "nobody says when they came"
    assert found(*LENGTHS, *ENDED, there("var i B", 12, team="B")) == set(), "all of B may have been there"
    assert found(*bands(17, 0, 17), *ENDED, new) == set(), "five others are enough"
    hidden = [*bands(None, None, 20), told("alla", 34, ended=YEAR)]
    assert found(*hidden, *ENDED, new) == {of("år A", "0–11 månader", 2, 2)}, "hidden ones add up to fourteen"


def test_where_nobody_was_there_before_it_is_no_secret_that_few_left_soon():
    few, long = told("avslutade", 3, ended=YEAR), told("långa", 0, stay="12", ended=YEAR, exempt=False)
    short = told("korta", None, stay="0 6", ended=YEAR, exempt=False)
    short = short._replace(wholes=(few.selection,))
    assert found(few, long, short, there("var med", 0)) == set()
    told_by = {exposure for exposure, *_ in found(few, long, short, there("var med", 9))}
    assert {Exposure.DIFFERENCE, Exposure.NARROW} & told_by, "that none of the nine left is told by the table"
    middle = told("halvår", 0, stay="6", ended=YEAR, exempt=False)
    assert found(few, long, middle, there("var med", 0)), "half a year they could have stayed"


def test_a_team_that_nobody_comes_to_had_all_long_ones_but_two():
    nobody = told("kom till B", 0, started=("2022-01", "2023-12"), team="B")
    lengths = bands(20, 0, 14)
    assert found(*lengths, *ENDED, nobody) == {of("år A", "6 månader eller mer", 2, 2)}
    assert found(*lengths, *ENDED, nobody._replace(value=9)) == set()


def test_what_is_told_of_the_team_itself_is_no_finding():
    """Three ended in it, who had come this year: that is what head counts are for."""
    facts = [*bands(14, 0, 20), *sizes(A=31, B=3, C=0), there("var i B", 0, team="B")]
    assert found(*facts) == set()


def test_the_women_of_a_team_may_all_be_new():
    """Twelve were in it when the year began, and those were men."""
    facts = [
        *LENGTHS,
        *sizes(A=12, B=22),
        there("var i A", 12, team="A"),
        there("kvinnor var i A", 0, team="A", sex="F", exempt=False),
        told("kvinnor slutade i A", 12, team="A", sex="F", ended=YEAR, exempt=False),
        told("kvinnor började i A", 12, team="A", sex="F", started=YEAR, exempt=False),
    ]
    assert found(*facts) == {of("år B", "0–11 månader", 2, 2)}
    assert found(*facts[:-3]) == set()


def test_several_that_nothing_is_told_of_are_few_together():
    facts = [*bands(16, 0, 30), *sizes(A=20, B=12, C=14), there("var i B", 0, team="B")]
    assert found(*facts) == {of("år A + år C", "0–11 månader", 4, 4)}


def test_an_interim_report_leaves_the_new_team_most_of_the_autumn():
    """Of the 13 short stays that the year has more than January–August the new team had 12."""
    spring = [
        *bands(10, 0, 12, SPRING, "vår"),
        *sizes(SPRING, "vår", A=22, B=0),
        there("vår i B", 0, team="B"),
    ]
    autumn = [there("höst i B", 0, "2023-09", "2023-08", team="B")]
    year = [*bands(23, 0, 20), *sizes(A=31, B=12)]
    place = "vår A, 2023-09–2023-12"
    assert found(*spring, *autumn, *year) == {of(place, "0–11 månader", 1, 1)}
    editions = [Reading([*spring, *autumn]), Reading(year)]
    assert len(attack_in_turn(editions, populations=BOTH)) == 1
    again = Reading([one._replace(place=f"igen {one.place}") for one in year])
    assert attack_in_turn([*editions, again], populations=BOTH) == [], "it was told before"


def test_head_counts_that_complete_an_earlier_report_are_let_alone():
    """That nobody had come to B was not known when the lengths were told, and head counts are not hidden."""
    first = Reading([*bands(20, 0, 14), *ENDED])
    then = Reading([told("kom till B", 0, started=("2022-01", "2023-12"), team="B")])
    assert attack_in_turn([first, then], populations=BOTH) == []


def test_medians_of_the_year_speak_of_what_an_interim_report_leaves():
    """The autumn had twelve short stays, and all but nine of the twenty in B were short."""

    def ranking(_at, people):
        return [Rank("stay", frozenset({"0"}), people - 9)]

    spring = [*bands(10, 0, 12, SPRING, "vår"), *sizes(SPRING, "vår", A=22, B=0)]
    year = [*bands(22, 0, 26), *sizes(A=28, B=20)]
    base = {"team": frozenset({"B"}), "ended": MonthRange(*YEAR)}
    rank = RankFact("median B", PEOPLE.name, base, 20, "stay", ranking)
    facts = [*spring, *year, there("vår i A", 30, team="A")]
    assert found(*facts) == set()
    assert found(*year, there("vår i A", 30, team="A"), ranks=[rank]) == set()
    assert found(*facts, ranks=[rank]) == {of("vår A, 2023-09–2023-12", "0–11 månader", 0, 1)}


def test_that_nearly_all_between_two_periods_left_soon_is_no_news_where_nobody_was_there_before():
    """Five came in the first quarter and none ended in it, two ended in the next: at most four stayed on."""

    def ended(place, months, people, soon):
        short = told(f"{place} kort", soon, stay="0", ended=months, exempt=False)
        return [told(place, people, ended=months), short._replace(wholes=({"ended": MonthRange(*months)},))]

    quarter, half = ("2023-01", "2023-03"), ("2023-01", "2023-06")
    came = [told("kom", 5, started=quarter), told("sedan", 5, started=("2023-04", "2023-12"))]
    parts = [*ended("kvartal", quarter, 0, 0), *ended("halvår", half, 2, None)]
    assert found(there("före", 0), *came, *parts, *ended("år", YEAR, 6, None)) == set()
    kinds = {one[0] for one in found(there("före", 9), *came, *parts, *ended("år", YEAR, 6, 6))}
    assert Exposure.EVERYBODY in kinds, "of those who were there before they would have been long"
