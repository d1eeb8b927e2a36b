"""Violence screening: that all, or all but a few, of those who said yes to anything said it to one topic.

The reader here knows no population and no solver: whatever is printed is added and taken away by hand.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.editions import service
from followup.editions.models import Edition
from followup.keys import KeyRing
from followup.periods import HalfYear, Month, Period, Year
from followup.screening.models import ScreeningCount
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"1" * 32})
YEAR, SPRING = Year(2023), HalfYear(2023, 1)
ASKED = {"asked": 75, "declined": 15, "answered": 60}

Publish = Callable[[Period], Edition]
Answer = Callable[..., None]


@pytest.fixture
def answer(session: Session, association: Furnished) -> Answer:
    """Women and men who were asked in a month of 2023, as many of each."""
    fill(session, association, people=0)

    def add(month: int, **more: int) -> None:
        session.add_all(
            ScreeningCount(
                association_id=association.id,
                team_id=association.north,
                month=Month(2023, month),
                round="START",
                sex=sex,
                measure=measure,
                count=number,
            )
            for sex, (measure, number) in product("FM", (ASKED | more).items())
        )
        session.flush()

    return add


@pytest.fixture
def publish(session: Session, scope_of: Callable[..., Scope]) -> Publish:
    def published(period: Period) -> Edition:
        return service.publish(session=session, scope=scope_of(Role.DIRECTOR), period=period, keys=KEYS)

    return published


def printed(edition: Edition, period: Period) -> Iterator[Mapping[str, float | None]]:
    """What is printed of each answer: in all, of women, of men."""
    tables = {table.id: table for table in service.published(edition).tables}
    for name, code, place in (("T11", "count", 3), ("T11-kön", "F", 2), ("T11-kön", "MX", 2)):
        table = tables[name]
        names = [axis.name for axis in table.axes]
        at = {one: names.index(one) for one in ("round", "answer", "period")}
        yield {
            codes[at["answer"]]: cell.value
            for codes, cell in table.cells.items()
            if codes[at["round"]] == "START" and codes[at["period"]] == period.code and codes[place] == code
        }


def rest(told: Mapping[str, float | None], part: str) -> float | None:
    """Those who said yes to anything but not to that, when both are printed."""
    whole, some = told["yes_any"], told[part]
    return None if whole is None or some is None else whole - some


@pytest.mark.parametrize("part", ["yes_V1", "ongoing"])
@pytest.mark.parametrize("number", [30, 29])
def test_that_all_or_all_but_a_few_of_those_who_said_yes_said_it_to_one_thing_is_not_told(
    answer: Answer, publish: Publish, part: str, number: int
) -> None:
    answer(4, yes_any=30, **{part: number})
    for told in printed(publish(YEAR), YEAR):
        few = rest(told, part)
        assert few is None or few >= 10


def test_topics_of_some_are_told_and_so_is_that_nobody_said_yes(answer: Answer, publish: Publish) -> None:
    answer(4, yes_any=30, yes_V1=20, yes_V2=15, yes_V3=0)
    for told in printed(publish(YEAR), YEAR):
        assert [told[code] for code in ("yes_V2", "yes_V3", "yes_V5")] != [None] * 3
        assert rest(told, "yes_V1") in (10, 20)


@pytest.mark.parametrize("number", [25, 22])
def test_nor_do_half_a_year_and_the_year_tell_it_of_the_other_half(
    answer: Answer, publish: Publish, number: int
) -> None:
    """In spring half of them said it, in autumn all or all but three."""
    answer(4, yes_any=30, yes_V1=15)
    answer(10, yes_any=25, yes_V1=number)
    before, whole = printed(publish(SPRING), SPRING), printed(publish(YEAR), YEAR)
    for spring, year in zip(before, whole, strict=True):
        both = rest(year, "yes_V1"), rest(spring, "yes_V1")
        assert None in both or both[0] - both[1] >= 10
