"""The trial before publication: numbers that move by a few between editions point at people."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.disclosure import Population
from followup.disclosure.intruder import Exposure, Fact, Finding, Reading
from followup.editions import service
from followup.editions.models import Edition
from followup.editions.trial import Knowledge, undo
from followup.keys import KeyRing
from followup.periods import Year
from tests.editions.altered import moved
from tests.editions.years import fill
from tests.infrastructure.furnish import Furnished

KEYS = KeyRing("k1", {"k1": b"1" * 32})


@pytest.fixture
def edition(session: Session, association: Furnished, scope_of: Callable[..., Scope]) -> Edition:
    fill(session, association)
    return service.publish(session=session, scope=scope_of(Role.DIRECTOR), period=Year(2023), keys=KEYS)


def same_place(found: Finding) -> bool:
    """Whether it tells of one number in two editions."""
    one, _, other = found.place.partition(" minus ")
    return found.exposure is Exposure.DIFFERENCE and one == other


@pytest.mark.parametrize(("by", "is_found"), [(1, True), (-4, True), (5, False), (0, False)])
def test_a_number_that_moves_by_few_is_found_also_against_the_edition_of_another_period(
    session: Session, scope_of: Callable[..., Scope], edition: Edition, by: int, is_found: bool
) -> None:
    """As when the year after shows the year before with one late registration."""
    later = moved(service.published(edition), "T2", by)
    scope = scope_of(Role.DIRECTOR)
    assert any(same_place(each) for each in undo(session, scope, later)) is is_found


PEOPLE = Population("people", {"team": ("A", "B", "C"), "sex": ("F", "M")})


def fact(turn: int, value: int | None, least: int, *, exempt: bool = False, **chosen: str) -> Fact:
    selection = {name: frozenset(codes.split()) for name, codes in chosen.items()}
    place = " ".join([str(turn), *(f"{name}={codes}" for name, codes in chosen.items())])
    return Fact(place, "people", selection, value, least, exempt)


def findings(weaker: list[Fact], stricter: list[Fact]) -> set[tuple[Exposure, str]]:
    known = Knowledge([Reading(weaker), Reading(stricter)], {"people": PEOPLE})
    return {(found.exposure, found.place) for found in known.findings_after(3)}


class TestAStricterRule:
    """Four in B were told when three was the threshold; now it is five."""

    WEAKER = [fact(1, 34, 3, exempt=True), fact(1, 30, 3, team="A C"), fact(1, 4, 3, team="B")]
    STRICTER = [fact(2, 34, 5, exempt=True), fact(2, 30, 5, team="A C"), fact(2, None, 5, team="B")]

    def test_is_not_held_against_what_was_told_before(self) -> None:
        assert Knowledge([Reading(self.STRICTER)], {"people": PEOPLE}).findings(), "by itself it would be"
        assert not findings(self.WEAKER, self.STRICTER)

    def test_is_held_against_what_is_told_for_the_first_time(self) -> None:
        women = fact(2, 4, 5, team="B", sex="F")
        assert findings(self.WEAKER, [*self.STRICTER, women]) == {(Exposure.SHOWN, "2 team=B sex=F")}

    def test_excuses_nobody_who_came_late(self) -> None:
        """One more, and the women of each team as they were."""

        def edition(turn: int, heads: int, least: int) -> list[Fact]:
            women = [fact(turn, 10, least, team=team, sex="F") for team in ("A", "B C")]
            men = [fact(turn, None, least, team="A", sex="M"), fact(turn, 12, least, team="B C", sex="M")]
            return [fact(turn, heads, least, exempt=True), *women, *men]

        found = findings(edition(1, 45, 3), edition(2, 46, 5))
        assert (Exposure.MOVED, "2 team=A sex=M") in found

    def test_excuses_no_question_without_an_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("followup.disclosure.intruder.bounds.LONGEST", 0.0)
        assert (Exposure.UNSETTLED, "people") in findings(self.WEAKER, self.STRICTER)
