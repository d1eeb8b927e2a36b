"""What was published before binds what comes after."""

import json

import pytest

from followup.disclosure import TOTAL, Ledger, MonthRange, Population, ProtectionFailed, Rule, Status, protect
from followup.disclosure.intruder import attack
from followup.disclosure.ledger import Promise, Settled, Told, promise_record, settled_record, told_record
from followup.disclosure.quantities import Quantity, Span, ordinal
from tests.disclosure.latecomers import Edition, given_away
from tests.disclosure.random_releases import facts_of
from tests.disclosure.tables import cube, grid, population, with_margins

RULE = Rule()
YEAR = {"ended": MonthRange("2023-01", "2023-12")}
EARLY = {"ended": MonthRange("2023-01", "2023-08")}
ROWS = ("Va", "Sa", "Su", "Fa")
PEOPLE = population(team=ROWS, answer=("yes", "no"))


def hidden(table) -> set:
    return {codes for codes, cell in table.cells.items() if cell.status is Status.SUPPRESSED}


def table(name, base, counts, **more):
    inner = grid(ROWS, ("yes", "no"), counts)
    return cube(name, with_margins(inner), base=base, people=PEOPLE, **more)


def published(*tables, edition="2023:1", ledger=None):
    release = protect(tables, RULE, ledger)
    records = json.loads(json.dumps(release.records(edition)))
    return release, records


def test_d2_the_year_hides_what_its_first_months_would_give_away():
    early = table("T", EARLY, [(10, 8), (20, 10), (15, 9), (12, 12)])
    _, records = published(early)
    year = table("T", YEAR, [(17, 9), (29, 16), (23, 16), (18, 20)])
    (alone,) = protect([year], RULE)
    assert not hidden(alone)
    (finished,) = protect([year], RULE, Ledger.from_records(records))
    assert ("Va", "no") in hidden(finished)
    assert len(hidden(finished)) <= 4


def test_d9_a_revision_hides_the_outcome_of_one_late_exit_and_says_so():
    first = table("T", YEAR, [(17, 9), (29, 16), (23, 16), (18, 20)], exempt={("_T", "_T")})
    _, records = published(first)
    late = table("T", YEAR, [(18, 9), (29, 16), (23, 16), (18, 20)], exempt={("_T", "_T")})
    (revised,) = protect([late], RULE, Ledger.from_records(records))
    assert ("Va", "yes") in hidden(revised)
    assert revised.reasons_for_director()["Va", "yes"].startswith("rättad sedan en tidigare utgåva")
    assert len(hidden(revised)) >= 2


def test_a_few_are_hidden_for_being_few_also_when_an_earlier_edition_hid_them():
    year = table("T", YEAR, [(41, 14), (18, 12), (15, 3), (22, 11)])
    release, records = published(year)
    (first,) = release
    (again,) = protect([year], RULE, Ledger.from_records(records))
    assert first.reasons_for_director()["Su", "no"] == "få personer"
    assert again.reasons_for_director() == first.reasons_for_director()


def test_the_same_numbers_again_hide_nothing_more():
    release, records = published(table("T", YEAR, [(41, 14), (18, 12), (15, 3), (22, 11)]))
    again = protect(
        [table("T", YEAR, [(41, 14), (18, 12), (15, 3), (22, 11)])], RULE, Ledger.from_records(records)
    )
    assert hidden(again[0]) == hidden(release[0])


def test_a_head_count_gives_way_to_an_old_promise():
    counts = {("Va",): 30, ("Sa",): 20, ("Su",): 2, ("Fa",): 22, ("_T",): 74}
    first, records = published(cube("T8", counts, axes=("team",), base=YEAR, people=PEOPLE), edition="2023:1")
    assert ("Su",) in hidden(first[0])
    flow = cube("T1", counts, axes=("team",), base=YEAR, people=PEOPLE, exempt=set(counts))
    later = protect([flow], RULE, Ledger.from_records(records))
    assert ("Su",) in hidden(later[0])
    assert hidden(later[0]) & hidden(first[0]) - {("Su",)}, "one other must stay hidden in both"


def test_a_new_head_count_minus_an_old_number_does_not_expose_a_few():
    _, records = published(cube("T8", {("Va",): 30}, axes=("team",), base=YEAR, people=PEOPLE))
    sums = {("Va",): 30, ("_T",): 32}
    whole = cube("T1", sums, axes=("team",), base=YEAR, people=PEOPLE, exempt={("_T",)})
    later = protect([whole], RULE, Ledger.from_records(records))
    assert hidden(later[0]) == {("_T",)}


def test_the_register_reads_back_what_it_wrote_and_holds_no_hidden_number():
    release, records = published(table("T", YEAR, [(41, 14), (18, 12), (15, 3), (22, 11)]))
    ledger = Ledger.from_records(records)
    assert len(ledger.hidden) == len(hidden(release[0]))
    assert all("value" not in record for record in records if record["kind"] != "told")
    with pytest.raises(ValueError, match="ledger"):
        Ledger.from_records([{"kind": "something else"}])


def test_a_pattern_does_not_flicker_between_drafts():
    first = protect([table("T", YEAR, [(41, 14), (18, 12), (15, 3), (18, 13)])], RULE)
    second = protect(
        [table("T", YEAR, [(41, 14), (19, 13), (15, 3), (18, 12)])], RULE, previous=first.pattern
    )
    assert hidden(first[0]) == hidden(second[0])


STRICT = Rule(threshold=10, version="2")
FIRST_MONTHS = [(16, 18), (20, 17), (15, 19), (22, 12)]
WHOLE_YEAR = [(23, 24), (37, 31), (33, 36), (29, 31)]


def test_a_stricter_rule_asks_no_more_of_what_was_told_under_the_older_one():
    """Seven ended in Va with a yes between the two: known since both were told, and not small then."""
    early = table("T", EARLY, FIRST_MONTHS)
    _, records = published(early, table("U", YEAR, WHOLE_YEAR))
    again = protect([table("T", EARLY, FIRST_MONTHS)], STRICT, Ledger.from_records(records))
    assert not hidden(again[0])


def test_a_stricter_rule_holds_for_what_is_new():
    early = table("T", EARLY, FIRST_MONTHS)
    _, records = published(early)
    year = table("U", YEAR, WHOLE_YEAR)
    (as_before,) = protect([year], RULE, Ledger.from_records(records))
    (stricter,) = protect([year], STRICT, Ledger.from_records(records))
    assert not hidden(as_before)
    assert ("Va", "yes") in hidden(stricter), "seven of September-December would follow"


def test_a_weaker_rule_keeps_what_the_stricter_one_promised():
    seven = table("T", YEAR, [(41, 14), (18, 12), (15, 7), (22, 11)])
    release = protect([seven], STRICT)
    records = json.loads(json.dumps(release.records("2023:1")))
    assert not hidden(protect([seven], RULE)[0])
    later = protect([seven], RULE, Ledger.from_records(records))
    assert ("Su", "no") in hidden(later[0])
    facts = facts_of(release, [seven], STRICT, "2023:1") + facts_of(later, [seven], STRICT, "2023:2")
    assert not attack(facts, populations={PEOPLE.name: PEOPLE})


def test_a_late_exit_is_hidden_also_where_an_earlier_edition_told_more_finely():
    counts = [(17, 9), (29, 16), (23, 16), (18, 20)]
    first = table("T", YEAR, counts, exempt={("_T", "_T")})
    finer = cube(
        "S", with_margins({("yes", "F"): 50, ("yes", "M"): 37, ("no", "F"): 31, ("no", "M"): 30}),
        axes=("answer", "sex"), base=YEAR, people=PEOPLE, exempt={("_T", "_T")},
    )  # fmt: skip
    _, records = published(first, finer)
    late = table("T", YEAR, [(18, 9), *counts[1:]], exempt={("_T", "_T")})
    (revised,) = protect([late], RULE, Ledger.from_records(records))
    assert {("Va", "yes"), ("_T", "yes")} <= hidden(revised)
    assert {("_T", "no"), ("_T", "_T")} & hidden(revised), "or the whole less the others would tell"


def test_what_comes_after_a_revision_is_not_bound_by_what_the_correction_hid():
    counts = [(17, 9), (29, 16), (23, 16), (18, 20)]
    _, records = published(table("T", YEAR, counts, exempt={("_T", "_T")}))
    late = table("T", YEAR, [(18, 9), *counts[1:]], exempt={("_T", "_T")})
    _, more = published(late, edition="2023:2", ledger=Ledger.from_records(records))
    again = protect([late], RULE, Ledger.from_records([*records, *more]))
    assert ("Va", "yes") in hidden(again[0])


def test_a_rest_of_a_total_told_before_is_promised_to_later_editions():
    people = population()
    whole = cube("T1", {("_T",): 50}, axes=("outcome",), base=YEAR, people=people)
    _, records = published(whole)
    both = {("_T",): 50, ("work",): 30, ("studies",): 18}
    parts = cube("T2", both, axes=("outcome",), base=YEAR, people=people)
    release, more = published(parts, edition="2023:2", ledger=Ledger.from_records(records))
    kept = hidden(release[0])
    assert kept in ({("work",)}, {("studies",)}), "or two people would be left over"
    ((code,),) = kept
    later = cube("T3", {(code,): both[code,]}, axes=("outcome",), base=YEAR, people=people)
    third = protect([later], RULE, Ledger.from_records([*records, *more]))
    assert hidden(third[0]) == kept


FOUR = ("work", "studies", "job_seeker", "none")
HEADS = {"exempt": {("_T",)}, "axes": ("outcome",), "base": YEAR}
OUTCOMES = population(outcome=FOUR)


def outcomes(name, *counts, **more):
    told = {(code,): number for code, number in zip(FOUR, counts, strict=True)}
    return cube(name, {**told, ("_T",): sum(counts)}, people=OUTCOMES, **HEADS, **more)


def test_what_a_revision_tells_again_is_not_hidden_by_the_next_edition():
    """All but one category are empty, so an empty one is hidden beside the late exit: the same one again."""
    _, records = published(outcomes("T", 0, 0, 0, 50))
    late = outcomes("T", 0, 0, 0, 51)
    revised, more = published(late, edition="2023:2", ledger=Ledger.from_records(records))
    kept = hidden(revised[0])
    assert ("none",) in kept
    assert len(kept) == 2
    for key in (b"one", b"two", b"three"):
        again = protect([late], RULE, Ledger.from_records([*records, *more]), key=key)
        assert hidden(again[0]) == kept


def test_a_later_table_does_not_tell_what_was_hidden_beside_a_correction():
    _, records = published(outcomes("T", 0, 0, 0, 50))
    revised, more = published(
        outcomes("T", 0, 0, 0, 51), edition="2023:2", ledger=Ledger.from_records(records)
    )
    ((beside,),) = hidden(revised[0]) - {("none",)}
    other = cube("U", {(beside,): 0}, people=OUTCOMES, axes=("outcome",), base=YEAR)
    later = protect([other], RULE, Ledger.from_records([*records, *more]))
    assert hidden(later[0]) == {(beside,)}


def test_what_changed_by_a_few_is_hidden_also_where_it_followed_from_other_numbers():
    """Of 50, 20 had work: 30 had not. With one more, told apart now, the one would be known not to."""
    people = population(outcome=("work", "not"))
    first = {"people": people, "axes": ("outcome",), "base": YEAR, "exempt": {("_T",)}}
    _, records = published(cube("T", {("work",): 20, ("_T",): 50}, **first))
    late = cube("T", {("work",): 20, ("not",): 31, ("_T",): 51}, **first)
    (revised,) = protect([late], RULE, Ledger.from_records(records))
    assert ("not",) in hidden(revised)


def test_an_old_number_is_known_also_when_a_correction_hides_the_new_one():
    """Of 57, or 58 since, 55 would leave three or so."""
    _, records = published(outcomes("T", 57, 30, 20, 10))
    late = outcomes("T", 58, 30, 20, 10)
    finer = cube("U", {("work", "yes"): 55}, axes=("outcome", "answer"), people=OUTCOMES, base=YEAR)
    release = protect([late, finer], RULE, Ledger.from_records(records))
    assert ("work",) in hidden(release[0])
    assert ("work", "yes") in hidden(release[1])


def test_what_is_hidden_beside_a_correction_is_not_known_from_an_older_number():
    """20 had work, so 21 or so: hiding those in B beside the one would leave all of them known to have it."""
    people = population(team=("A", "B", "D"), outcome=("work", "not"))
    whole = {"people": people, "axes": ("team", "outcome"), "base": YEAR, "exempt": {("_T", "_T")}}
    _, records = published(cube("T", {("_T", "work"): 20, ("_T", "_T"): 50}, **whole))
    inner = grid(("A", "B", "D"), ("work", "not"), [(0, 15), (10, 0), (11, 15)])
    late = cube("T", {**inner, ("_T", "work"): 21, ("_T", "_T"): 51}, **whole)
    release = protect([late], RULE, Ledger.from_records(records))
    assert ("_T", "work") in hidden(release[0])
    facts = facts_of(release, [late], RULE, "2023:2")
    known = [
        fact._replace(value=21) if fact.value is None and "team" not in fact.selection else fact
        for fact in facts
    ]
    assert not attack(known, populations={people.name: people})


def test_a_promise_is_kept_against_an_old_number_that_a_correction_hides():
    """8 had work and 7, or 8 since, something else: a whole of 19 would leave about three who study."""
    people = population()
    told = {("work",): 8, ("studies",): 3, ("other",): 7}
    _, records = published(cube("T", told, axes=("outcome",), base=YEAR, people=people))
    late = {**told, ("other",): 8, ("_T",): 19}
    table = cube("T", late, axes=("outcome",), base=YEAR, people=people, exempt={("_T",)})
    (revised,) = protect([table], RULE, Ledger.from_records(records))
    assert ("_T",) in hidden(revised)


def by_age(name, base, counts):
    rows = {
        ("16-24",): frozenset({"16-19", "20-24"}),
        ("25-29",): frozenset({"25-29"}),
        ("30-67",): frozenset({"30-39", "40-49", "50-59", "60-67"}),
        ("16-29",): frozenset({"16-19", "20-24", "25-29"}),
    }
    told = dict(zip([*rows, (TOTAL,)], counts, strict=True))
    return cube(
        name,
        {codes: number for codes, number in told.items() if number is not None},
        base=base,
        axes=("age",),
        sets={("age", codes[0]): group for codes, group in rows.items()},
        exempt={(TOTAL,)},
    )


def late_to_the_last(tables):
    """Each published after those before it, when one person more has come before the last; with that."""
    records, editions = [], []
    for number, one in enumerate(tables):
        edition = f"utgåva {number + 1}"
        release, more = published(one, edition=edition, ledger=Ledger.from_records(records))
        records += more
        editions.append(Edition(facts_of(release, [one], RULE, edition), late=one is tables[-1]))
    return editions, release[0]


def test_who_came_late_is_not_found_by_elimination():
    """All but one age are told as they were, and one more in all: then that one is young."""
    started = {"started": MonthRange("2023-01", "2023-12")}
    editions, last = late_to_the_last(
        [by_age("T", started, [7, 6, 13, 13, 26]), by_age("T", started, [8, 6, 13, None, 27])]
    )
    assert not given_away(population(), editions)
    assert {("16-24",)} < hidden(last)


def test_who_came_late_is_not_found_where_two_editions_together_told_it():
    """Those there at New Year and those who started since were all there during the year."""
    before, year = MonthRange(None, "2022-12"), MonthRange("2023-01", "2023-12")
    there = {"started": MonthRange(None, "2023-12"), "ended": MonthRange("2023-01", None)}
    editions, last = late_to_the_last(
        [
            by_age("T", {"started": before, "ended": MonthRange("2023-01", None)}, [8, 5, 20, 13, 33]),
            by_age("U", {"started": year}, [7, 6, 10, 13, 23]),
            by_age("V", there, [15, 11, 31, 26, 57]),
        ]
    )
    assert not given_away(population(), editions)
    assert hidden(last)


@pytest.mark.parametrize(("women", "late", "gone"), [(20, 1, 0), (18, 0, 1)])
def test_nor_where_an_edition_between_has_hidden_how_many_there_were(women, late, gone):
    """Were seven men told again, the one who came or left would be a woman."""
    people = Population("participation", {"sex": ("F", "M"), "team": ("A", "B", "C"), "ended": "time"})
    early = {"ended": MonthRange("2023-01", "2023-06")}

    def by_sex(women, men):
        return cube("T", {("F",): women, ("M",): men, (TOTAL,): women + men}, axes=("sex",), people=people)

    beside = cube(
        "U",
        {("A+B",): 3, ("A",): 3, ("B",): 0, ("C",): 7, (TOTAL,): 10},
        base=early,
        axes=("team",),
        sets={("team", "A+B"): frozenset({"A", "B"})},
        people=people,
        exempt={(TOTAL,)},
    )
    records, editions = [], []
    moved = [(0, 0), (late, gone), (0, 0)]
    for number, told in enumerate([[by_sex(19, 7)], [by_sex(women, 7), beside], [by_sex(women, 7)]]):
        release, more = published(*told, edition=str(number), ledger=Ledger.from_records(records))
        records += more
        editions.append(Edition(facts_of(release, told, RULE, str(number)), *moved[number]))
        assert not given_away(people, editions)
    assert ("M",) in hidden(release[0])


@pytest.mark.parametrize(
    ("during", "ended"),
    [
        ([(1, 1), (0, 2), (1, 2)], [(0, 1), (0, 1), (1, 1)]),
        ([(3, 2), (0, 1), (2, 1)], [(1, 0), (0, 0), (0, 0)]),
    ],
)
def test_a_head_count_told_before_stays_known_when_a_difference_is_the_same_group(during, ended):
    """Those there during 2022 less those who ended then were there at New Year, and that is a head count."""
    ages, year = ("16-29", "30-39", "40-67"), MonthRange("2022-01", "2022-12")
    people = population(age=ages)
    in_2022 = {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2022-01", None)}
    at_new_year = {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2023-01", None)}

    def head_count(name, base, number):
        return cube(name, {(TOTAL,): number}, base=base, axes=("age",), people=people, exempt={(TOTAL,)})

    def by_age_and_sex(name, base, counts, **more):
        inner = with_margins(grid(ages, ("F", "M"), counts))
        return cube(name, inner, base=base, axes=("age", "sex"), people=people, **more)

    there, gone = (sum(map(sum, counts)) for counts in (during, ended))
    first = [head_count("T", at_new_year, there - gone), head_count("U", {"ended": year}, gone)]
    then = [
        by_age_and_sex("V", in_2022, during),
        by_age_and_sex("W", {"ended": year}, ended, exempt={(TOTAL, TOTAL)}),
    ]
    old, records = published(*first, edition="2022:1")
    new, _ = published(*then, edition="2022:2", ledger=Ledger.from_records(records))
    facts = facts_of(old, first, RULE, "2022:1") + facts_of(new, then, RULE, "2022:2")
    assert not attack(facts, populations={"participation": people})


def test_a_correction_beside_it_does_not_open_a_small_difference():
    """Eight men and six of them still there leave two or three, whoever of them came late."""
    in_2022 = {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2022-01", None)}
    at_new_year = {"started": MonthRange(None, "2022-12"), "ended": MonthRange("2023-01", None)}

    def by_sex(name, base, women, men, **more):
        counts = {("F",): women, ("M",): men, (TOTAL,): women + men}
        return cube(name, counts, base=base, axes=("sex",), **more)

    def by_then(number):
        return cube("U", {(TOTAL,): number}, base=EARLY, axes=("sex",), exempt={(TOTAL,)})

    _, records = published(by_sex("T", in_2022, 8, 8), by_then(9))
    there = by_sex("V", at_new_year, 6, 6, exempt={(TOTAL,)})
    _, finished = protect([by_then(10), there], RULE, Ledger.from_records(records))
    assert hidden(finished) >= {("F",), ("M",)}


def test_a_refusal_says_which_table_which_edition_and_what_to_do():
    counts = [(41, 14), (18, 12), (15, 3), (22, 11)]
    _, records = published(table("T7-per team", YEAR, counts))
    people = grid(ROWS, ("yes", "no"), counts)
    # A register that somebody has written what was hidden into: no release can keep its promises any more.
    given_away = [
        {
            "kind": "told",
            "edition": "2023:2",
            "quantity": record["quantity"],
            "value": people[record["quantity"]["box"]["team"][0], record["quantity"]["box"]["answer"][0]],
            "least": 5,
            "exempt": False,
        }
        for record in records
        if record["kind"] == "hidden"
    ]
    with pytest.raises(ProtectionFailed) as refused:
        protect([table("T7-per team", YEAR, counts)], RULE, Ledger.from_records(records + given_away))
    assert refused.value.editions == ("2023:1",)
    assert str(refused.value).startswith(
        "Tabell T7 kan inte publiceras: tillsammans med tidigare utgåva 2023:1"
    )
    assert "publicera först en revidering av den utgåvan" in str(refused.value)


@pytest.mark.parametrize(
    ("told_since", "told_next", "seal", "is_open"),
    [
        ((), "2014-01", "as it was", False),
        ((("2013-01", 7),), "2014-01", "as it was", False),
        ((("2012-07", 7),), "2014-01", "as it was", True),
        ((("2012-01", 9),), "2014-01", "as it was", False),
        ((("2012-01", 8),), "2014-01", "as it was", True),
        ((), "2012-07", "as it was", True),
        ((), "2014-01", "corrected", True),
    ],
    ids=["nothing", "of later", "of then", "as it was told", "another number", "of then next", "corrected"],
)
def test_a_settled_promise_is_open_again_when_more_is_told_of_its_people(
    told_since, told_next, seal, is_open
):
    def started(month: str) -> Quantity:
        return Quantity("p", (("started", Span(ordinal(month), ordinal(month) + 6)),))

    def told(month: str, value: int, edition: str) -> dict:
        return told_record(Told(started(month), value, 5, False, edition), "1")

    form = ((1, started("2012-01")),)
    ledger = Ledger.from_records(
        json.loads(
            json.dumps(
                [
                    told("2012-01", 9, "1"),
                    promise_record(Promise(form, 5, "1"), "1"),
                    told("2013-07", 11, "2"),
                    settled_record(Settled(form, 5, ordinal("2013-01"), "as it was", "2"), "1"),
                    *(told(month, value, "3") for month, value in told_since),
                ]
            )
        )
    )
    seals = {ordinal("2013-01"): seal}
    assert ledger.open_promises("p", ordinal(told_next), seals) == (
        [Promise(form, 5, "1")] if is_open else []
    )
