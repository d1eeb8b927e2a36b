"""A förbund that has just begun: hardly anybody was there before, and few have ended."""

import pytest

from followup.disclosure import TOTAL, CountTable, Ledger, MonthRange, Release, Rule, Status, protect
from followup.disclosure.cells import Selection
from followup.disclosure.intruder import Exposure, Fact, Reading, attack, attack_in_turn
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, population, with_margins

RULE = Rule()
PEOPLE = population()
BOTH = {PEOPLE.name: PEOPLE}
ONE, TWO = ("2023-01", "2023-03"), ("2023-04", "2023-06")
HALF = ONE[0], TWO[1]


def there(first: str, last: str) -> Selection:
    return {"started": MonthRange(None, last), "ended": MonthRange(first, None)}


def head_count(name: str, base: Selection, number: int) -> CountTable:
    return cube(name, {(TOTAL,): number}, axes=("team",), base=base, exempt=[(TOTAL,)])


def answers(name: str, base: Selection, yes: int, no: int) -> CountTable:
    counts = {("yes",): yes, ("no",): no, ("unknown",): 0, (TOTAL,): yes + no}
    return cube(name, counts, axes=("answer",), base=base, exempt=[(TOTAL,)])


def statuses(release: Release) -> dict[str, Status]:
    return {f"{table.id} {codes[0]}": cell.status for table in release for codes, cell in table.cells.items()}


WINTER = [answers("kvartal 1", there(*ONE), 0, 7)]
# Nobody said yes in the first quarter, and four came in the next: at most four have said yes since.
SPRING = [
    answers("kvartal 2", there(*TWO), 2, 9),
    head_count("kom", {"started": MonthRange(*TWO)}, 4),
    head_count("avslutade", {"ended": MonthRange(*ONE)}, 0),
]


def test_head_counts_are_told_where_they_leave_few_beside_an_earlier_edition() -> None:
    """Nobody promised more, and the rule lets be told how many came."""
    before = protect(WINTER, RULE)
    release = protect(SPRING, RULE, Ledger.from_records(before.records("2023:1")))
    assert statuses(release) == {
        "kvartal 2 yes": Status.SUPPRESSED,
        "kvartal 2 no": Status.SUPPRESSED,
        "kvartal 2 unknown": Status.ZERO,
        f"kvartal 2 {TOTAL}": Status.VALUE,
        f"kom {TOTAL}": Status.VALUE,
        f"avslutade {TOTAL}": Status.ZERO,
    }
    editions = [
        Reading(facts_of(told, tables, RULE, place))
        for told, tables, place in ((before, WINTER, "1"), (release, SPRING, "2"))
    ]
    assert not attack_in_turn(editions, populations=BOTH)


def test_no_edition_promises_more_than_it_keeps_of_what_one_before_could_promise_less_of() -> None:
    """The next would have to keep it, and could not."""
    records = protect(WINTER, RULE).records("1")
    promised = []
    for edition in ("2", "3"):
        release = protect(SPRING, RULE, Ledger.from_records(records))
        records += release.records(edition)
        ledger = Ledger.from_records(records)
        promised.append([max(one.least for one in ledger.promises if one.edition == edition)])
    assert promised == [[4], [4]]


@pytest.mark.parametrize("women", [(0, 0, 4), (0, 1, 2)])
def test_nor_is_it_told_of_what_age_men_are_where_it_is_hidden_that_there_are_none(
    women: tuple[int, ...],
) -> None:
    """That none is of two ages says what every man is, if there is one, who may be hidden."""
    ages = "16-19", "20-24", "25-29"
    people = population(age=ages)
    counts = {"F": women, "M": (0, 0, 0)}
    inner = {(sex, age): counts[sex][place] for sex in counts for place, age in enumerate(ages)}
    table = cube(
        "ålder",
        with_margins(inner),
        axes=("sex", "age"),
        base=there(*ONE),
        exempt=[(TOTAL, TOTAL)],
        sensitive={"age": ages},
        people=people,
    )
    release = protect([table], RULE)
    assert release[0].cells["M", TOTAL].status is Status.SUPPRESSED
    assert not attack(facts_of(release, [table], RULE, "1"), populations={people.name: people})


def told(edition: int, base: Selection, value: int | None, **chosen: str) -> Fact:
    kind = {name: frozenset(codes.split()) for name, codes in chosen.items()}
    place = " ".join([str(edition), *chosen.values()])
    return Fact(place, PEOPLE.name, {**kind, **base}, value, exempt=not kind)


def unknown(edition: int, base: Selection, number: int) -> list[Fact]:
    """All that nobody has answered."""
    others = told(edition, base, 0, answer="yes no")
    return [told(edition, base, number), told(edition, base, number, answer="unknown"), others]


def test_what_two_numbers_leave_is_no_news_where_an_earlier_edition_told_it() -> None:
    """Nobody has answered. That the two who came in the spring have not is told by the spring."""
    came = told(2, {"started": MonthRange(*TWO)}, 2)
    winter, spring = unknown(1, there(*ONE), 7), [*unknown(2, there(*TWO), 9), came]
    half = unknown(3, there(*HALF), 9)
    editions = [Reading(one) for one in (winter, spring, half)]
    assert not attack_in_turn(editions, populations=BOTH)
    found = attack_in_turn([editions[0], editions[2]], populations=BOTH)
    assert Exposure.DIFFERENCE in {one.exposure for one in found}


@pytest.mark.parametrize(("is_all_told_before", "is_found"), [(False, True), (True, False)])
def test_what_a_new_head_count_leaves_beside_old_numbers_of_somebody_is_news(
    *, is_all_told_before: bool, is_found: bool
) -> None:
    """Two teams were told, and now how many there are in all: three at most are left for the hidden ones."""
    winter = there(*ONE)
    first = [told(1, winter, 20, team="Va"), told(1, winter, 10, team="Sa")]
    first += [told(1, winter, 33)] if is_all_told_before else []
    last = [told(2, winter, 33), told(2, winter, None, team="Su"), told(2, winter, None, team="Fa")]
    found = attack_in_turn([Reading(first), Reading(last)], populations=BOTH)
    assert (Exposure.NARROW in {one.exposure for one in found}) is is_found


@pytest.mark.parametrize(("number", "is_found"), [(6, False), (4, True)])
def test_but_not_of_what_may_be_no_small_number(number: int, *, is_found: bool) -> None:
    """Of 22 women 20 at most are in the other teams, so two are in Su at least, or more."""
    winter = there(*ONE)
    first = [told(1, winter, 22, sex="F"), told(1, winter, 20, team="Va Sa Fa Ha Vm")]
    last = [
        told(2, winter, number, team="Su")._replace(exempt=True),
        told(2, winter, None, team="Su", sex="F"),
    ]
    found = attack_in_turn([Reading(first), Reading(last)], populations=BOTH)
    assert (Exposure.NARROW in {one.exposure for one in found}) is is_found
