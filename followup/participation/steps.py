"""The steps a page offers for a row: what each asks, does and says afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from followup.participation import correction, service
from followup.participation.commands import Undo
from followup.participation.correct_form import CorrectForm
from followup.participation.correction import can_take_back
from followup.participation.forms import (
    EndForm,
    JoinForm,
    LeaveForm,
    NewRowForm,
    RowForm,
    StartDirectlyForm,
    StartForm,
    VoidForm,
)
from followup.participation.queries import Tab
from followup.participation.state import State, Status

LIVING = frozenset(Status) - {Status.VOID}


@dataclass(frozen=True, kw_only=True)
class NewRow:
    """A way into the register."""

    heading: str
    button: str
    done: str
    form: type[NewRowForm]
    act: Callable[..., Undo]


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that is done with a row that exists."""

    heading: str
    button: str
    done: str
    form: type[RowForm]
    act: Callable[..., Undo]
    statuses: frozenset[Status]
    # Whether the answers are shown once more before they are saved.
    is_checked: bool = False


NEW_ROWS = {
    "stall-i-ko": NewRow(
        heading="Ställ i kö",
        button="Ställ i kö",
        done="Ställd i kö",
        form=JoinForm,
        act=service.join_queue,
    ),
    "starta-direkt": NewRow(
        heading="Starta direkt utan kö",
        button="Starta",
        done="Startad",
        form=StartDirectlyForm,
        act=service.start_directly,
    ),
}
STEPS = {
    "starta": Step(
        heading="Starta",
        button="Starta",
        done="Startad",
        form=StartForm,
        act=service.start,
        statuses=frozenset({Status.QUEUED}),
    ),
    "lamna-kon": Step(
        heading="Lämna kön utan start",
        button="Spara",
        done="Lämnade kön",
        form=LeaveForm,
        act=service.leave_queue,
        statuses=frozenset({Status.QUEUED}),
    ),
    "avsluta": Step(
        heading="Avsluta",
        button="Fortsätt",
        done="Avslutad",
        form=EndForm,
        act=service.end,
        statuses=frozenset({Status.ACTIVE}),
        is_checked=True,
    ),
    "ratta": Step(
        heading="Rätta",
        button="Spara rättelsen",
        done="Rättad",
        form=CorrectForm,
        act=correction.correct,
        statuses=LIVING,
    ),
    "makulera": Step(
        heading="Makulera",
        button="Makulera raden",
        done="Makulerad",
        form=VoidForm,
        act=correction.void,
        statuses=LIVING,
    ),
}
TAKEN_BACK = {
    Status.ENDED: "Ta bort avslutet",
    Status.LEFT: "Ställ tillbaka i kön",
    Status.ACTIVE: "Ta bort starten",
}
# What is said when it is done.
WAS_TAKEN_BACK = {
    Status.ENDED: "Avslutet borttaget",
    Status.LEFT: "Tillbaka i kön",
    Status.ACTIVE: "Starten borttagen",
}
TAB_OF_STATUS = {
    Status.QUEUED: Tab.QUEUE,
    Status.ACTIVE: Tab.ACTIVE,
    Status.ENDED: Tab.ENDED,
    Status.LEFT: Tab.ENDED,
    Status.VOID: Tab.VOID,
}


def offered(state: State) -> list[dict[str, Any]]:
    """The steps that make sense for a row, the usual one first."""
    return [
        {"name": name, "label": step.heading} for name, step in STEPS.items() if state.status in step.statuses
    ]


def way_back(state: State) -> str:
    """What the button says that takes back the latest step, or nothing when there is none."""
    return TAKEN_BACK[state.status] if can_take_back(state) else ""
