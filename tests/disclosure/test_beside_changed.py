"""Which of two hidden numbers changed is not told by which two were hidden."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest

from followup.disclosure import (
    TOTAL,
    Axis,
    CountTable,
    Ledger,
    MonthRange,
    Release,
    Rule,
    Status,
    protect,
    select,
)
from tests.disclosure.tables import cube, population

RULE = Rule()
YEAR = {"started": MonthRange("2023-01", "2023-12")}
# By category, as the first edition tells them; nobody had the last.
FIRST = {"a": 8, "b": 30, "c": 12, "d": 22, "e": 16, "f": 0}
PEOPLE = population(school=tuple(FIRST))
SEXES, AGES = ("F", "M"), ("young", "middle", "old")


def schools(numbers: Mapping[str, int], **more) -> CountTable:
    counts = {(TOTAL,): sum(numbers.values())} | {(code,): number for code, number in numbers.items()}
    return cube("T", counts, axes=("school",), people=PEOPLE, base=YEAR, exempt={(TOTAL,)}, **more)


def with_one_more(code: str) -> CountTable:
    return schools(FIRST | {code: FIRST[code] + 1})


def hidden(release: Release, number: int = 0) -> frozenset:
    cells = release[number].cells
    return frozenset(codes for codes, cell in cells.items() if cell.status is Status.SUPPRESSED)


def in_turn(*editions: Sequence[CountTable], keys: Sequence[bytes]) -> list[Release]:
    records: list = []
    releases = []
    for number, (tables, key) in enumerate(zip(editions, keys, strict=True)):
        releases.append(protect(tables, RULE, Ledger.from_records(records), key=key))
        records += releases[-1].records(str(number))
    return releases


def test_who_knows_how_the_pattern_is_made_does_not_know_which_of_two_came_late() -> None:
    """A reader who knows all but the key, and how common each category is, guesses as well as by a coin."""
    seen: dict[frozenset, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for number in range(50):
        key = bytes([number]) * 32
        for code, people in FIRST.items():
            pattern = hidden(in_turn([schools(FIRST)], [with_one_more(code)], keys=[key, key])[-1])
            assert (code,) in pattern
            assert len(pattern) == 2
            seen[pattern][code] += people + 0.5
    everything = sum(sum(truths.values()) for truths in seen.values())
    assert sum(max(truths.values()) for truths in seen.values()) < 0.63 * everything


def test_the_same_one_stays_hidden_beside_it_in_the_next_edition_also_with_another_key() -> None:
    for key in (b"one", b"two", b"three"):
        late = with_one_more("b")
        _, revised, again = in_turn([schools(FIRST)], [late], [late], keys=[b"one", b"one", key])
        assert hidden(again) == hidden(revised)


def test_beside_one_who_came_to_a_hidden_category_another_is_hidden() -> None:
    """The total tells that somebody came, and the told ones that it was not to them."""
    numbers = FIRST | {"a": 3, "e": 4}
    newly = set()
    for number in range(12):
        key = bytes([number]) * 32
        more = schools(numbers | {"a": 4})
        before, after = in_turn([schools(numbers)], [more], keys=[key, key])
        assert {("a",), ("e",)} <= hidden(before)
        newly.add(hidden(after) - hidden(before))
    # As when somebody came to one that was told, beside which one of the hidden two happened to be drawn.
    assert len(newly) > 1
    assert all(len(pattern) <= 1 for pattern in newly)


def test_in_two_variables_the_one_that_is_drawn_is_hidden_in_every_row_of_the_other() -> None:
    inner = {(sex, age): 20 for sex in SEXES for age in AGES}
    late = inner | {("F", "middle"): 21}
    people = population(age=AGES)

    def table(numbers: Mapping[tuple[str, str], int]) -> CountTable:
        margins = {
            (sex, age): sum(n for (s, a), n in numbers.items() if sex in (s, TOTAL) and age in (a, TOTAL))
            for sex in (*SEXES, TOTAL)
            for age in (*AGES, TOTAL)
        }
        more = {"people": people, "base": YEAR, "exempt": {(TOTAL, TOTAL)}}
        return cube("T", margins, axes=("sex", "age"), **more)

    _, revised = in_turn([table(inner)], [table(late)], keys=[b"key", b"key"])
    ages = {age for _, age in hidden(revised)} - {TOTAL}
    assert len(ages) == 2
    assert {(sex, age) for sex in SEXES for age in ages} <= hidden(revised)


ANSWERED = {"response": frozenset({"answered"})}
SAID_YES = {**ANSWERED, "any": frozenset({"yes"})}
CHOSEN = {
    "asked": {},
    "answered": ANSWERED,
    "yes": SAID_YES,
    "threat": {**SAID_YES, "threat": frozenset({"yes"})},
}
WHOLES = {"answered": ("asked",), "yes": ("answered",), "threat": ("answered", "yes")}
ASKED = population(response=("answered", "declined"), any=("yes", "no"), threat=("yes", "no"))


def screening(*numbers: int) -> CountTable:
    told = dict(zip(CHOSEN, numbers, strict=True))
    return CountTable(
        id="T11",
        title="Våldsscreening",
        population=ASKED,
        axes=[Axis("answer", "Svar", tuple(CHOSEN), tuple(CHOSEN))],
        stub=["answer"],
        heading=[],
        cells={(code,): (select(YEAR, CHOSEN[code]), number) for code, number in told.items()},
        parents={"answer": WHOLES},
        sensitive={"answer": {"yes", "threat"}},
        screening=True,
    )


@pytest.mark.parametrize(
    "late",
    [(101, 81, 51, 31), (101, 81, 51, 30), (101, 81, 50, 30), (112, 92, 62, 36)],
    ids=["threat", "yes", "no", "twelve who all said yes"],
)
def test_of_a_late_answer_nothing_is_told(late: tuple[int, ...]) -> None:
    """Whether it was a yes is told neither by numbers nor by which of them are hidden."""
    first, revised = in_turn([screening(100, 80, 50, 30)], [screening(*late)], keys=[b"key", b"key"])
    assert not hidden(first)
    assert hidden(revised) == {(code,) for code in CHOSEN}


def test_what_is_told_together_for_the_first_time_is_drawn_as_well() -> None:
    """Two categories in one row tell, by the rows that they had before, in which of these somebody came."""
    rows = ("ab", "cd", "ef")
    sets = {("school", row): frozenset(row) for row in rows}

    def together(numbers: Mapping[str, int]) -> CountTable:
        counts = {(TOTAL,): sum(numbers.values())} | {(row,): sum(map(numbers.get, row)) for row in rows}
        more = {"people": PEOPLE, "base": YEAR, "exempt": {(TOTAL,)}, "sets": sets}
        return cube("T", counts, axes=("school",), **more)

    numbers = FIRST | {"f": 14}
    drawn: dict[str, set[frozenset]] = defaultdict(set)
    for code, row in zip("ace", rows, strict=True):
        for number in range(12):
            key = bytes([number]) * 32
            first = schools(numbers)
            _, revised = in_turn([first], [together(numbers | {code: numbers[code] + 1})], keys=[key, key])
            assert (row,) in hidden(revised)
            drawn[row].add(hidden(revised))
    assert [len(patterns) for patterns in drawn.values()] == [2, 2, 2]


def test_a_number_from_before_a_correction_is_not_taken_from_one_after_it() -> None:
    """Two are told as one, then many are found of one of them: that leaves less than nobody of the other."""
    teams, parties = ("3", "7", "8", "9"), ("AF", "FK", "KOM")
    people = population(team=teams, party=parties)

    def tables(counts: Mapping[str, Sequence[int]], rows: Sequence[str]) -> Sequence[CountTable]:
        def number(row: str, party: str) -> int:
            own = [dict(zip(parties, counts[team], strict=True)) for team in row.split("+")]
            return sum(each.get(party, sum(each.values())) for each in own)

        more = {"people": people, "base": YEAR}
        every = {(party,): number("+".join(teams), party) for party in (*parties, TOTAL)}
        each = {(row, party): number(row, party) for row in rows for party in (*parties, TOTAL)}
        sets = {("team", row): frozenset(row.split("+")) for row in rows}
        exempt = {(row, TOTAL) for row in rows}
        return [
            cube("T", every, axes=("party",), exempt={(TOTAL,)}, **more),
            cube("T per team", each, axes=("team", "party"), sets=sets, exempt=exempt, **more),
        ]

    first = {"3": [30, 22, 15], "7": [12, 14, 16], "8": [9, 13, 11], "9": [10, 18, 12]}
    found = first | {"7": [45, 14, 16]}
    late = found | {"8": [9, 14, 11]}
    told = [(first, ("3", "7+8", "9")), (found, ("3", "7", "8+9")), (late, teams)]
    *_, last = in_turn(*(tables(*each) for each in told), keys=[b"key"] * 3)
    assert ("8", "FK") in hidden(last, 1)


def test_beside_somebody_who_was_there_in_two_years_the_same_one_is_hidden_in_both() -> None:
    """What is newly hidden in both years would else be what changed."""
    years = {"1": YEAR, "2": {"started": MonthRange("2022-01", "2022-12")}}

    def both(late: str = "") -> list[CountTable]:
        made = []
        for year, base in years.items():
            numbers = {code: n + 6 * int(year) + (code == late) for code, n in FIRST.items()}
            counts = {(TOTAL,): sum(numbers.values())} | {(code,): n for code, n in numbers.items()}
            more = {"people": PEOPLE, "base": base, "exempt": {(TOTAL,)}}
            made.append(cube(year, counts, axes=("school",), **more))
        return made

    partners = set()
    for number in range(8):
        for code in "bde":
            _, revised = in_turn(both(), both(code), keys=[bytes([number]) * 32] * 2)
            one, other = hidden(revised, 0), hidden(revised, 1)
            assert one == other
            partners |= one
    assert len(partners) > 4
