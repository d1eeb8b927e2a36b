"""From half people to whole ones: a whole table near a linear programme's answer.

A step from a whole table that is taken two, three or four times over may be whole. If not, a small mixed-
integer programme looks among the columns that can move without touching a told row that the step left alone.
"""

from time import monotonic

import numpy as np
from numpy.typing import NDArray

from followup.disclosure.answers import TOLERANCE, Answer
from followup.disclosure.frame import FREE, Frame, Values
from followup.disclosure.solver import Model

TIMES = (2, 3, 4, 6)
# So many corners of what is possible are looked at for whole people before branching.
CORNERS = 3


def some_table(frame: Frame, start: Values, deadline: float) -> Answer | None:
    """A table of whole people that fits every count, near `start` if that holds anybody; None if none."""
    if start.any():
        return nearest(frame, start, deadline - monotonic())
    model = Model(frame, deadline - monotonic())
    model.freeze(True)
    answer = model.solve()
    if answer is not None and not answer.whole:
        answer = model.wander(CORNERS) or _whole_table(model, answer)
    return answer and rounded(answer)


def _whole_table(model: Model, answer: Answer) -> Answer | None:
    """A table of whole people: near the answer, else anywhere."""
    model.demand_whole()
    model.stay_near(answer)
    near = model.solve()
    if near is None:
        model.stay_near(None)
        near = model.solve()
    return near


def nearest(frame: Frame, start: Values, seconds: float) -> Answer | None:
    """A table that moves few people from `start`, which fits all but what was corrected or is not known."""
    model = Model(frame, seconds, start)
    model.freeze(True)
    answer = model.solve()
    if answer is not None and not answer.whole:
        model.demand_whole()
        model.take_any()
        answer = model.solve()
    return answer and rounded(answer)


def rounded(answer: Answer) -> Answer:
    """The answer without what is left of tolerances, if it is whole."""
    return answer._replace(people=np.rint(answer.people)) if answer.whole else answer


def stretched(frame: Frame, people: Values, answer: Answer) -> Answer | None:
    """`people`, which are whole, plus a multiple of the step to `answer`; None when no small one is whole."""
    step = answer.people - people
    for times in TIMES:
        there = people + times * step
        if np.all(np.abs(there - np.rint(there)) < TOLERANCE) and np.all(there > -TOLERANCE):
            return _answer(frame, np.rint(there))
    return None


def with_no_more_hidden(
    frame: Frame,
    people: Values,
    answer: Answer,
    told: NDArray[np.bool_],
    aim: tuple[int, float, float],
    seconds: float,
) -> Answer | None:
    """A whole table, near the step if there is one, that hides no more; `told` rows keep their number.

    First only what the step moved may move, then also what moves without touching another told row, and then
    everybody: looking for any such table is far quicker than for the cheapest.
    aim  the row to bring between two values
    """
    moved = np.abs(answer.people - people) > TOLERANCE
    touched = np.zeros(len(frame.kinds), dtype=bool)
    touched[frame.owner[moved[frame.index]]] = True
    apart = told & ~touched
    stuck = np.zeros(frame.columns, dtype=bool)
    stuck[frame.index[apart[frame.owner]]] = True
    frees = moved, ~stuck, np.ones(frame.columns, dtype=bool)
    tables = (_among(free, frame, people, told, aim, seconds) for free in frees)
    return next((table for table in tables if table is not None), None)


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
