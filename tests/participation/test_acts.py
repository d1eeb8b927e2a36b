"""Queue, start, exit: what each act leaves behind, and what it does not."""

from collections.abc import Callable

import pytest
from sqlalchemy import inspect, select, text

from followup.access.roles import Role
from followup.access.scope import OutOfScope, Scope
from followup.audit.models import AuditEvent
from followup.errors import StaleRow
from followup.participation import queries
from followup.participation.models import Participation
from followup.participation.refusals import NoStepToTakeBack, NothingChanged, UndoTooLate, WrongStep
from followup.participation.state import Status
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts, day

BOTH = pytest.mark.both_databases


@BOTH
def test_the_whole_way_from_queue_to_exit(acts: Acts) -> None:
    row = acts.join("2024-03-04")
    assert acts.state(row).status is Status.QUEUED
    row = acts.start(row, "2024-04-02", income_before=("FST", "SJP"), occupation_before="SOK", education="2")
    assert acts.state(row).status is Status.ACTIVE
    row = acts.end(row, "2024-06-12", occupation_at_exit="ARB", extent_at_exit="3", income_at_exit=("LON",))
    state = acts.state(row)
    assert state.status is Status.ENDED
    assert (state.accepted, state.started, state.ended) == (
        day("2024-03-04"),
        day("2024-04-02"),
        day("2024-06-12"),
    )
    assert state.income_before == ("FST", "SJP")
    assert state.income_at_exit == ("LON",)


def test_the_day_is_not_kept_anywhere(acts: Acts) -> None:
    row = acts.start(acts.join("2024-03-04"), "2024-03-06")
    stored = acts.session.execute(
        text("SELECT * FROM participation WHERE key = :key"), {"key": row.key}
    ).one()
    assert {stored.accepted_week, stored.started_week} == {"2024-W10"}
    assert not any("2024-03-0" in str(value) for value in stored)
    columns = {column.name for column in inspect(Participation).columns}
    assert not {"created_at", "updated_at", "account_id", "comment", "number", "id"} & columns


def test_same_day_in_queue_started_and_ended_is_fine(acts: Acts) -> None:
    row = acts.end(acts.start(acts.join("2024-06-12"), "2024-06-12"), "2024-06-12")
    assert acts.state(row).status is Status.ENDED


def test_leaving_the_queue_is_neither_start_nor_exit(acts: Acts) -> None:
    row = acts.leave(acts.join("2024-03-04"), "2024-05-06", "HAN")
    state = acts.state(row)
    assert (state.status, state.started, state.ended) == (Status.LEFT, None, None)


@pytest.mark.parametrize(
    ("made", "step"),
    [
        ("active", "start"),
        ("active", "leave"),
        ("queued", "end"),
        ("ended", "start"),
        ("ended", "end"),
        ("left", "start"),
        ("left", "leave"),
        ("left", "end"),
        ("void", "start"),
        ("void", "end"),
        ("void", "void"),
    ],
)
def test_steps_that_make_no_sense_are_refused_with_the_reason(acts: Acts, made: str, step: str) -> None:
    row = acts.join("2024-03-04")
    if made in ("active", "ended"):
        row = acts.start(row, "2024-04-01")
    row = {
        "ended": lambda: acts.end(row, "2024-05-02"),
        "left": lambda: acts.leave(row, "2024-05-02"),
        "void": lambda: acts.void(row),
    }.get(made, lambda: row)()
    with pytest.raises(WrongStep) as refusal:
        {
            "start": lambda: acts.start(row, "2024-06-03"),
            "leave": lambda: acts.leave(row, "2024-06-03"),
            "end": lambda: acts.end(row, "2024-06-03"),
            "void": lambda: acts.void(row),
        }[step]()
    assert refusal.value.message.startswith("Raden ")
    assert acts.state(row).status == made


def test_a_page_opened_before_the_last_change_is_refused(acts: Acts) -> None:
    old = acts.join("2024-03-04")
    acts.start(old, "2024-04-01")
    with pytest.raises(StaleRow):
        acts.void(old)


def test_changing_only_income_also_makes_older_pages_stale(acts: Acts) -> None:
    old = acts.start(acts.join("2024-03-04"), "2024-04-01", income_before=("FST",))
    acts.correct(old, income_before=("SJP",))
    with pytest.raises(StaleRow):
        acts.correct(old, income_before=("AKA",))


def test_every_act_leaves_one_event_that_tells_nothing_of_the_row(acts: Acts) -> None:
    row = acts.join("2024-03-04")
    row = acts.start(row, "2024-04-01")
    row = acts.correct(row, sex="M")
    row = acts.end(row, "2024-06-03")
    acts.undo()
    events = acts.session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [event.event for event in events[-5:]] == [
        "PARTICIPATION_RECORDED",
        "PARTICIPATION_RECORDED",
        "PARTICIPATION_CORRECTED",
        "PARTICIPATION_RECORDED",
        "PARTICIPATION_CORRECTED",
    ]
    assert {(event.team_id, event.at) for event in events[-5:]} == {(acts.team_id, "2024-06-12T08Z")}
    assert not any(event.details for event in events[-5:])
    assert not any(row.key in str(vars(event)) for event in events)


class TestUndo:
    def test_undoing_a_join_voids_the_row(self, acts: Acts) -> None:
        row = acts.join("2024-03-04")
        acts.undo()
        assert acts.state(row).void_reason == "ANG"

    def test_undoing_a_start_gives_back_what_the_row_said(self, acts: Acts) -> None:
        row = acts.join("2024-03-04", education="U")
        before = acts.state(row)
        acts.start(
            row,
            "2024-04-01",
            age_group="40-49",
            education="3",
            income_before=("FST",),
            occupation_before="ING",
        )
        acts.undo()
        assert acts.state(row) == before

    @pytest.mark.parametrize("act", ["end", "correct", "void", "take_back"])
    def test_undoing_any_other_act_does_too(self, acts: Acts, act: str) -> None:
        row = acts.start(acts.join("2024-03-04"), "2024-04-01", income_before=("FST",))
        before = acts.state(row)
        {
            "end": lambda: acts.end(row, "2024-06-03", income_at_exit=("LON",), continuation="ARB"),
            "correct": lambda: acts.correct(row, sex="X", income_before=(), started=day("2024-05-06")),
            "void": lambda: acts.void(row),
            "take_back": lambda: acts.take_back(row),
        }[act]()
        assert acts.state(row) != before
        acts.undo()
        assert acts.state(row) == before

    def test_undo_is_refused_when_the_row_has_changed_since(self, acts: Acts) -> None:
        row = acts.join("2024-03-04")
        joined = acts.latest
        acts.start(row, "2024-04-01")
        with pytest.raises(UndoTooLate):
            acts.undo(joined)

    def test_the_same_undo_works_once(self, acts: Acts) -> None:
        acts.join("2024-03-04")
        acts.undo()
        with pytest.raises(UndoTooLate):
            acts.undo()


class TestCorrection:
    def test_a_step_can_be_taken_back(self, acts: Acts) -> None:
        row = acts.end(
            acts.start(acts.join("2024-03-04"), "2024-04-01"), "2024-06-03", income_at_exit=("LON",)
        )
        row = acts.take_back(row)
        assert (acts.state(row).status, acts.state(row).income_at_exit) == (Status.ACTIVE, ())
        row = acts.take_back(row)
        assert acts.state(row).status is Status.QUEUED
        with pytest.raises(NoStepToTakeBack):
            acts.take_back(row)

    def test_what_began_without_a_queue_has_no_step_to_take_back(self, acts: Acts) -> None:
        with pytest.raises(NoStepToTakeBack):
            acts.take_back(acts.start_directly("2024-04-01"))

    def test_nothing_changed_is_said_so(self, acts: Acts) -> None:
        with pytest.raises(NothingChanged):
            acts.correct(acts.join("2024-03-04"), sex="F")

    def test_a_void_row_stands_still(self, acts: Acts) -> None:
        row = acts.void(acts.join("2024-03-04"))
        with pytest.raises(WrongStep):
            acts.correct(row, sex="M")


@BOTH
def test_another_teams_rows_are_not_there(
    acts: Acts, scope_of: Callable[..., Scope], association: Furnished
) -> None:
    row = acts.join("2024-03-04")
    other = Acts(acts.session, scope_of(Role.TEAM_STAFF, "south"), association.south)
    with pytest.raises(OutOfScope):
        other.void(row)
    with pytest.raises(OutOfScope):
        other.void(type(row)(team_id=association.south, key=row.key, stamp=row.stamp))
    with pytest.raises(OutOfScope):
        queries.own_row(acts.session, other.scope, association.south, row.key)
    with pytest.raises(OutOfScope):
        queries.count_by_tab(acts.session, other.scope, association.north)
    with pytest.raises(OutOfScope):
        Acts(acts.session, other.scope, association.north).join("2024-03-04")
