"""Counters of violence screening: sums that can be true, and nothing that ties them to a person."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.audit.models import AuditEvent
from followup.db import Database
from followup.months.service import MonthIsComplete, declare_complete
from followup.periods import Month, Year
from followup.screening import queries, service
from followup.screening.commands import Adjustment, Conversation, Place, SetCounts
from followup.screening.measures import fingerprint, problems
from tests.infrastructure.furnish import Furnished

MAY = Month(2024, 5)
TOPICS = {"V1": "psykiskt våld", "V2": "fysiskt våld"}
BOTH = pytest.mark.both_databases
GOOD = {"asked": 5, "declined": 1, "answered": 4, "yes_any": 3, "yes_V1": 2, "no_V1": 2, "ongoing": 1}


@pytest.fixture
def scope(scope_of: Callable[..., Scope]) -> Scope:
    return scope_of(Role.TEAM_MANAGER)


@pytest.fixture
def place(association: Furnished) -> Place:
    return Place(team_id=association.north, month=MAY, round="START", sex="F")


@pytest.mark.parametrize(
    ("change", "measure", "told"),
    [
        ({"declined": 2}, "asked", "tillsammans bli lika många"),
        ({"yes_any": 5}, "yes_any", "kan inte vara fler än svarade"),
        ({"yes_V1": 4, "no_V1": 0}, "yes_V1", "fler än ja på minst en fråga"),
        ({"no_V1": 3}, "no_V1", "Ja och nej på psykiskt våld"),
        ({"ongoing": 4}, "ongoing", "Pågående våld"),
        ({"referred": 3, "declined_support": 2}, "referred", "avböjde stöd"),
        ({"ongoing": -1}, "ongoing", "Pågående våld: antalet kan inte bli mindre än noll"),
    ],
)
def test_counts_that_cannot_be_true_are_told_apart(change: dict[str, int], measure: str, told: str) -> None:
    assert problems(GOOD, TOPICS) == []
    found = problems(GOOD | change, TOPICS)
    assert [(problem.measure, told in problem.text) for problem in found] == [(measure, True)]


@BOTH
def test_conversation_is_added_to_the_counters(session: Session, scope: Scope, place: Place) -> None:
    some = Conversation(
        place=place,
        has_answered=True,
        yes_any=True,
        yes_topics=frozenset({"V1"}),
        no_topics=frozenset({"V2"}),
        referred=True,
    )
    declined = Conversation(place=place, has_answered=False)
    for command in (some, some, declined):
        service.add_conversation(session=session, scope=scope, command=command)
    assert queries.place_counts(session, scope, place) == {
        "asked": 3,
        "declined": 1,
        "answered": 2,
        "yes_any": 2,
        "yes_V1": 2,
        "no_V2": 2,
        "ongoing": 0,
        "referred": 2,
        "declined_support": 0,
    }


@BOTH
def test_two_conversations_at_once_are_both_counted(database: Database, scope: Scope, place: Place) -> None:
    barrier = Barrier(4)

    def count_five() -> None:
        barrier.wait()
        for _ in range(5):
            with database.session(write=True) as session:
                command = Conversation(place=place, has_answered=False)
                service.add_conversation(session=session, scope=scope, command=command)

    threads = [Thread(target=count_five) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session() as session:
        assert queries.place_counts(session, scope, place)["asked"] == 20


@BOTH
def test_typed_sums_replace_what_the_page_showed(session: Session, scope: Scope, place: Place) -> None:
    seen = fingerprint({})
    service.set_counts(session=session, scope=scope, command=SetCounts(place=place, counts=GOOD, seen=seen))
    assert queries.place_counts(session, scope, place) == GOOD
    with pytest.raises(service.CountersChanged):
        service.set_counts(
            session=session, scope=scope, command=SetCounts(place=place, counts=GOOD, seen=seen)
        )
    fewer = GOOD | {"asked": 4, "declined": 0}
    command = SetCounts(place=place, counts=fewer, seen=fingerprint(GOOD))
    service.set_counts(session=session, scope=scope, command=command)
    assert queries.place_counts(session, scope, place) == fewer


@BOTH
def test_adjustment_is_signed_and_must_leave_something_true(
    session: Session, scope: Scope, place: Place
) -> None:
    service.set_counts(
        session=session, scope=scope, command=SetCounts(place=place, counts=GOOD, seen=fingerprint({}))
    )
    less = {"asked": -1, "declined": -1, "answered": 0, "referred": 1}
    service.adjust(session=session, scope=scope, command=Adjustment(place=place, changes=less))
    after = GOOD | {"asked": 4, "declined": 0, "referred": 1}
    assert queries.place_counts(session, scope, place) == after
    for wrong in ({"asked": -1}, {"asked": -9, "answered": -9}):
        with pytest.raises(service.CountsDisagree):
            service.adjust(session=session, scope=scope, command=Adjustment(place=place, changes=wrong))
    with pytest.raises(service.NothingToChange):
        service.adjust(session=session, scope=scope, command=Adjustment(place=place, changes={"asked": 0}))
    assert queries.place_counts(session, scope, place) == after


def test_complete_month_refuses_new_counts(session: Session, scope: Scope, place: Place) -> None:
    declare_complete(session=session, scope=scope, team_id=place.team_id, month=MAY)
    with pytest.raises(MonthIsComplete):
        service.add_conversation(
            session=session, scope=scope, command=Conversation(place=place, has_answered=False)
        )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"month": Month(2024, 7)}, service.MonthInFuture),
        ({"month": Month(2021, 12)}, service.TeamNotWorking),
        ({"round": "NEVER"}, service.UnknownCounter),
        ({"sex": "?"}, service.UnknownCounter),
    ],
)
def test_counters_that_do_not_exist_are_refused(
    session: Session, scope: Scope, place: Place, wrong: dict[str, object], error: type[Exception]
) -> None:
    there = Place(**{**place.__dict__, **wrong})
    with pytest.raises(error):
        service.add_conversation(
            session=session, scope=scope, command=Conversation(place=there, has_answered=False)
        )


def test_another_teams_counters_are_out_of_sight(
    session: Session, scope: Scope, association: Furnished
) -> None:
    there = Place(team_id=association.south, month=MAY, round="START", sex="F")
    with pytest.raises(OutOfScope):
        queries.place_counts(session, scope, there)
    with pytest.raises(OutOfScope):
        service.add_conversation(
            session=session, scope=scope, command=Conversation(place=there, has_answered=False)
        )


def test_the_log_tells_once_a_day_that_a_month_was_reported(
    session: Session, scope: Scope, place: Place
) -> None:
    for _ in range(3):
        service.add_conversation(
            session=session, scope=scope, command=Conversation(place=place, has_answered=False)
        )
    events = session.scalars(select(AuditEvent).where(AuditEvent.event == "SCREENING_REPORTED")).all()
    assert [(event.at, event.details) for event in events] == [("2024-06-12", {"month": "2024-05"})]


def test_sums_of_a_period_keep_rounds_apart(session: Session, scope: Scope, place: Place) -> None:
    for month, round_code in ((MAY, "START"), (MAY + 1, "START"), (MAY, "EXIT")):
        there = Place(team_id=place.team_id, month=month, round=round_code, sex="F")
        command = Conversation(place=there, has_answered=False)
        service.add_conversation(session=session, scope=scope, command=command)
    sums = queries.sums(session, scope, Year(2024), team_id=place.team_id)
    assert {address.round: count for address, count in sums.items() if address.measure == "asked"} == {
        "START": 2,
        "EXIT": 1,
    }
    assert queries.sums(session, scope, Year(2023)) == {}


answers = st.builds(
    lambda yes, no, **rest: {"yes_topics": frozenset(yes), "no_topics": frozenset(no - yes), **rest},
    yes=st.sets(st.sampled_from(["V1", "V2", "V3"])),
    no=st.sets(st.sampled_from(["V1", "V2", "V3"])),
    ongoing=st.booleans(),
    referred=st.booleans(),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conversations=st.lists(st.none() | answers, max_size=12))
def test_counted_conversations_always_agree(
    database: Database, scope: Scope, place: Place, conversations: list[dict[str, object] | None]
) -> None:
    session = database.open(write=True)
    for said in conversations:
        command = (
            Conversation(place=place, has_answered=False)
            if said is None
            else Conversation(
                place=place,
                has_answered=True,
                **{**said, "yes_any": bool(said["yes_topics"] or said["ongoing"])},  # type: ignore[arg-type]
            )
        )
        service.add_conversation(session=session, scope=scope, command=command)
    counts = queries.place_counts(session, scope, place)
    session.close()
    assert counts.get("asked", 0) == len(conversations)
    assert problems(counts, {}) == []
