"""Why a number is what it is: who is counted, and who is left out for what reason.

Every count here is a cell of the same protected release, read where it stands: what is hidden there is hidden
here, and there is no other way to it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup.disclosure import ProtectedCell, Status
from followup.periods import Period
from followup.statistics.declarations import Cell
from followup.statistics.findings import cell_at
from followup.statistics.service import Shown

NOT_TOLD = ProtectedCell(None, Status.NOT_APPLICABLE)


class Part(NamedTuple):
    """A line of the answer: a cell of a table, in the cube that `cell` names."""

    label: str
    table: str
    cell: Cell


class Why(NamedTuple):
    """A line as it is shown."""

    label: str
    found: ProtectedCell


def _flow(code: str) -> Cell:
    return Cell("", {"flow": code})


def _queue(code: str) -> Cell:
    return Cell("", {"queue": code})


VOIDED = Part("Ingår inte: makulerade rader", "T15", Cell("makulerade", {}))
STILL_ACTIVE = Part("Ingår inte: pågick när perioden slutade", "T1", _flow("active_at_end"))
PARTS: Mapping[str, tuple[Part, ...]] = {
    "participants": (
        Part("Ingår: deltagare under perioden", "T1", _flow("participants")),
        Part("därav inskrivna när perioden började", "T1", _flow("active_at_start")),
        Part("därav startade under perioden", "T1", _flow("started")),
        Part("Ingår inte: väntade i kö när perioden slutade", "T10", _queue("queue_at_end")),
        Part("Ingår inte: lämnade kön utan start", "T10", _queue("left")),
        VOIDED,
    ),
    "started": (
        Part("Ingår: startade under perioden", "T1", _flow("started")),
        Part("Ingår inte: startade före perioden", "T1", _flow("active_at_start")),
        Part("Ingår inte: väntade i kö när perioden slutade", "T10", _queue("queue_at_end")),
        VOIDED,
    ),
    "ended": (
        Part("Ingår: avslutade under perioden", "T1", _flow("ended")),
        Part("därav avlidna", "T8", Cell("", {"exit_reason": "AVL"})),
        STILL_ACTIVE,
        VOIDED,
    ),
    "ended_alive": (
        Part("Ingår: avslutade under perioden, utom avlidna", "T7", Cell("vid avslut", {})),
        Part("Ingår inte: avlidna", "T8", Cell("", {"exit_reason": "AVL"})),
        STILL_ACTIVE,
        VOIDED,
    ),
    "queue": (
        Part("Ingår: i kö när perioden började", "T10", _queue("queue_at_start")),
        Part("Ingår: ställdes i kö under perioden", "T10", _queue("joined")),
        VOIDED,
    ),
}


def why(counted: str, tables: Sequence[Shown], period: Period) -> list[Why]:
    """The lines for a way of counting, from the reader's own tables; nothing where there are none."""
    known = {shown.table.id: shown for shown in tables}
    return [
        Why(part.label, cell_at(known[part.table].cubes[part.cell.cube], part.cell, period))
        for part in PARTS.get(counted, ())
        if part.table in known and part.cell.cube in known[part.table].cubes
    ]
