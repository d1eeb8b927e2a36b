"""A team that takes its own from what is published finds no few of the others, where the rule says so."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import TOTAL, Axis, CountTable, Rule, Status, protect, select
from followup.disclosure.cells import MonthRange
from followup.disclosure.cover import Cover
from followup.disclosure.intruder import attack
from tests.disclosure.latecomers import published
from tests.disclosure.random_releases import (
    CODES,
    PEOPLE,
    Known,
    count,
    facts_of,
    known_as,
    people,
    tables,
    with_head_count,
)
from tests.disclosure.tables import cube, grid, population, with_margins

RULE = Rule(insider=1)
KNOWN = population()._replace(insider="team")
TEAMS = ("Va", "Sa", "Su", "Fa")
ANSWERS = ("yes", "no")


def hidden(table):
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def seen_by(team, facts, own):
    """Facts about everybody, as facts about those who are not in a team whose people are all known."""
    others = PEOPLE._replace(
        variables=PEOPLE.variables | {"team": tuple(code for code in CODES["team"] if code != team)}
    )

    def without(selection):
        return selection | ({"team": selection["team"] - {team}} if "team" in selection else {})

    seen = [
        fact._replace(
            selection=without(fact.selection),
            value=None if fact.value is None else fact.value - count(own, fact.selection),
            wholes=tuple(map(without, fact.wholes)),
            least=Rule().threshold,
        )
        for fact in facts
        if without(fact.selection).get("team") != frozenset()
    ]
    return seen, {others.name: others}


def is_of_somebody(finding, rows):
    """Not so where it only says what nobody has among nobody: who finds that has found nobody."""
    if finding.group is None or finding.high:
        return True
    codes = [name for name, part in finding.group if not isinstance(part, MonthRange)]
    return any(count(rows, {name: part for name, part in finding.group if name != other}) for other in codes)


class Drawn:
    """People and the tables of some releases over them; tables are not printed."""

    def __init__(self, rows, editions):
        self.rows, self.editions = rows, editions

    def __repr__(self):
        return f"{len(self.rows)} people, {len(self.editions)} releases"


@st.composite
def releases(draw):
    """One to three releases; some tables have a total that is told in the open."""
    rows = draw(people())
    known = [known_as(row) for row in rows]
    numbers = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    editions = []
    for number in numbers:
        drawn = [draw(tables(rows, f"T{place}", known, total=True)) for place in range(number)]
        editions.append([with_head_count(each, known) if draw(st.booleans()) else each for each in drawn])
    return Drawn(rows, editions)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(releases())
def test_no_team_finds_few_of_the_others_in_what_is_published_in_turn(drawn):
    rows = drawn.rows
    records: list = []
    facts: list = []
    for number, sources in enumerate(drawn.editions, start=1):
        release = published(sources, RULE, records)
        if release is None:
            continue
        records += release.records(f"utgåva {number}")
        facts += facts_of(release, sources, RULE, f"utgåva {number}")
        for team in CODES["team"]:
            seen, others = seen_by(team, facts, [row for row in rows if row["team"] == team])
            rest = [row for row in rows if row["team"] != team]
            assert not [one for one in attack(seen, populations=others) if is_of_somebody(one, rest)]


def two_hidden():
    """Few no in one team; one team more is hidden beside it, which then knows the number."""
    return with_margins(grid(TEAMS, ANSWERS, [(30, 20), (28, 3), (27, 18), (25, 15)]))


def hidden_teams(table, rule, answer):
    told = protect([table], rule)[0]
    assert ("_T", answer) not in hidden(told)
    return {team for team, code in hidden(told) if code == answer}


def test_the_team_hidden_beside_another_does_not_know_the_others_number():
    table = cube("T7", two_hidden(), people=KNOWN)
    assert len(hidden_teams(table, Rule(), "no")) == 2
    assert len(hidden_teams(table, RULE, "no")) > 2


def test_where_nobody_knows_all_of_their_own_nothing_more_is_hidden():
    table = cube("T7", two_hidden())
    assert len(hidden_teams(table, RULE, "no")) == 2


def told_together(rule):
    """Two teams in one row: one of them has nearly all who said no."""
    numbers = {"Va": (30, 20), "Sa": (28, 12), "Su": (27, 2), "Fa": (25, 15)}
    rows = {"Va": ("Va",), "both": ("Sa", "Su"), "Fa": ("Fa",)}
    inner = {
        (row, answer): sum(numbers[team][place] for team in teams)
        for row, teams in rows.items()
        for place, answer in enumerate(ANSWERS)
    }
    known = [
        Known({"team": team, "answer": answer}, {}, counts[place])
        for team, counts in numbers.items()
        for place, answer in enumerate(ANSWERS)
    ]
    sets = {("team", "both"): frozenset({"Sa", "Su"})}
    table = cube("T7", with_margins(inner), people=KNOWN, sets=sets, courses=known)
    return hidden(protect([table], rule)[0])


def test_one_of_two_teams_that_are_told_together_does_not_know_few_of_the_other():
    assert not told_together(Rule())
    assert ("both", "no") in told_together(RULE)


SOURCES = ("allowance", "wage", "studies")


def incomes_hidden(rule):
    """The teams of which each income is hidden. Nobody who studies has another income.

    Few have an allowance in one team; where nobody has a wage, studies tell how many have an allowance.
    """
    apart = frozenset(frozenset({"studies", other}) for other in SOURCES[:2])
    people = population(**dict.fromkeys(SOURCES, ("yes", "no")))._replace(
        insider="team", covers=(Cover(SOURCES, "yes", apart),)
    )
    numbers = {"Va": (2, 20, 30), "Sa": (9, 20, 21), "Su": (18, 0, 30), "Fa": (40, 24, 23)}
    known = [
        Known({"team": team, **{other: "yes" if other == source else "no" for other in SOURCES}}, {}, count)
        for team, counts in numbers.items()
        for source, count in zip(SOURCES, counts, strict=True)
    ]
    teams = {TOTAL: {}, **{code: {"team": frozenset({code})} for code in numbers}}
    sources = {TOTAL: {}, **{source: {source: frozenset({"yes"})} for source in SOURCES}}
    cells = {(team, source): select(teams[team], sources[source]) for team in teams for source in sources}
    table = CountTable(
        id="T6",
        title="T6",
        population=people,
        axes=[
            Axis(name, name, tuple(codes), tuple(codes)) for name, codes in (("team", teams), ("of", sources))
        ],
        stub=["team"],
        heading=["of"],
        cells={
            codes: (chosen, sum(one.number for one in known if matches(one, chosen)))
            for codes, chosen in cells.items()
        },
        courses=known,
    )
    told = protect([table], rule)[0]
    return {source: {team for team, of in hidden(told) if of == source} for source in SOURCES}


def matches(one, chosen):
    return all(one.codes[name] in codes for name, codes in chosen.items())


def test_what_is_hidden_for_what_no_equation_says_is_hidden_from_a_team_too():
    assert not incomes_hidden(Rule())["studies"]
    assert len(incomes_hidden(RULE)["studies"]) > 2
