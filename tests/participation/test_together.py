"""Several people at once, each in a transaction: on SQLite they take turns, on PostgreSQL they race."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from followup.access.roles import Role
from followup.access.scope import Scope
from followup.audit.models import AuditEvent
from followup.audit.service import find_break
from followup.db import Database
from followup.db.session import act_for
from followup.errors import Refusal, StaleRow
from followup.months import service as months
from followup.months.service import MonthIsComplete
from followup.participation.commands import RowRef
from followup.participation.models import Participation
from followup.periods import Month
from tests.infrastructure.furnish import Furnished
from tests.participation.acts import Acts

pytestmark = pytest.mark.both_databases
ROUNDS = 4


class Office:
    """Colleagues of the northern team; each act is a transaction that ends with a commit."""

    def __init__(self, database: Database, scope: Scope, association: Furnished) -> None:
        self.database, self.scope, self.association = database, scope, association
        self.refusals: list[Refusal] = []

    def act(self, work: Callable[[Acts], RowRef | None]) -> RowRef | None:
        session = self.database.open(write=True)
        try:
            act_for(session, self.association.id)
            done = work(Acts(session, self.scope, self.association.north))
            session.commit()
            return done
        except Refusal as refusal:
            self.refusals.append(refusal)
            return None
        finally:
            session.close()

    def at_once(self, *works: Callable[[Acts], RowRef | None]) -> None:
        gate = Barrier(len(works))

        def run(work: Callable[[Acts], RowRef | None]) -> None:
            gate.wait(10)
            self.act(work)

        threads = [Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
            assert not thread.is_alive()


@pytest.fixture
def office(database: Database, scope_of: Callable[..., Scope], association: Furnished) -> Office:
    return Office(database, scope_of(Role.TEAM_MANAGER), association)


def test_two_close_the_same_row_and_one_is_told(office: Office) -> None:
    for _ in range(ROUNDS):
        office.refusals.clear()
        row = office.act(lambda acts: acts.start_directly("2024-03-04"))
        assert row is not None
        office.at_once(
            lambda acts: acts.end(row, "2024-05-06", "PLAN"),  # noqa: B023
            lambda acts: acts.end(row, "2024-05-13", "MED"),  # noqa: B023
        )
        assert [type(refusal) for refusal in office.refusals] == [StaleRow]


def test_a_month_is_not_declared_under_an_act_in_it(office: Office) -> None:
    """Either the start was there when the month became complete, or it is refused."""

    def declare(acts: Acts) -> None:
        months.declare_complete(
            session=acts.session, scope=acts.scope, team_id=acts.team_id, month=Month(2024, 5)
        )

    def reopen(acts: Acts) -> None:
        months.reopen(
            session=acts.session, scope=acts.scope, team_id=acts.team_id, month=Month(2024, 5), reason="SEN"
        )

    for _ in range(ROUNDS):
        office.refusals.clear()
        office.at_once(lambda acts: acts.start_directly("2024-05-06"), declare)
        assert [type(refusal) for refusal in office.refusals] in ([], [MonthIsComplete])
        office.act(reopen)


def test_all_who_work_at_once_are_heard_and_the_log_holds(office: Office, database: Database) -> None:
    office.at_once(*[lambda acts: acts.join("2024-05-06")] * 6)
    assert not office.refusals
    with database.open(write=False) as session:
        act_for(session, office.association.id)
        assert session.scalar(select(func.count()).select_from(Participation)) == 6
        assert session.scalar(select(func.count()).select_from(AuditEvent)) >= 6
        assert find_break(session, office.association.id) is None
