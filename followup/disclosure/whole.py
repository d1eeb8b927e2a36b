"""From half people to whole ones: a whole table near a linear programme's answer.

A step from a whole table that is taken two, three or four times over may be whole. If not, a small mixed-
integer programme looks among the columns that can move without touching a told row that the step left alone.
"""

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.frame import FREE, Frame, Values
from followup.disclosure.solver import TOLERANCE, Answer, Model

TIMES = (2, 3, 4, 6)


def stretched(frame: Frame, people: Values, answer: Answer) -> Answer | None:
    """`people`, which are whole, plus a multiple of the step to `answer`; None when no small one is whole."""
    step = answer.people - people
    for times in TIMES:
        there = people + times * step
        if np.all(np.abs(there - np.rint(there)) < TOLERANCE) and np.all(there > -TOLERANCE):
            return _answer(frame, np.rint(there))
    return None


def nearby(
    frame: Frame,
    people: Values,
    answer: Answer,
    told: NDArray[np.bool_],
    aim: tuple[int, float, float],
    seconds: float,
) -> Answer | None:
    """A whole table near the step that hides no more; `told` says which rows keep their number.

    First only what the step moved may move, then also what moves without touching another told row.
    aim  the row to bring between two values
    """
    moved = np.abs(answer.people - people) > TOLERANCE
    touched = np.zeros(len(frame.kinds), dtype=bool)
    touched[frame.owner[moved[frame.index]]] = True
    apart = told & ~touched
    stuck = np.zeros(frame.columns, dtype=bool)
    stuck[frame.index[apart[frame.owner]]] = True
    found = _among(moved, frame, people, told, aim, seconds)
    return found or _among(~stuck, frame, people, told, aim, seconds)


def _among(
    free: NDArray[np.bool_],
    frame: Frame,
    people: Values,
    told: NDArray[np.bool_],
    aim: tuple[int, float, float],
    seconds: float,
) -> Answer | None:
    """A whole table that differs from `people` in the columns of `free` alone."""
    part = frame.part(free, people)
    place = np.searchsorted(part.rows, frame.rows)
    model = Model(part, seconds, people[free])
    for row in np.flatnonzero(~told & (frame.kinds != FREE)):
        at = place[row]
        if at < len(part.rows) and part.rows[at] == frame.rows[row]:
            model.hide(int(at))
    model.freeze(True)
    model.demand_whole()
    model.take_any()
    goal, least, most = aim
    still = part.offset[place[goal]] - frame.offset[goal]
    found = model.ask(int(place[goal]), least - still, most - still)
    if found is None:
        return None
    there = people.copy()
    there[free] = np.rint(found.people)
    return _answer(frame, there)


def _answer(frame: Frame, people: Values) -> Answer:
    return Answer(frame.sums(people), people, True)
