"""What else must be hidden so that no need can be met from what is told.

For each demand, the cheapest other table in which the protected number reaches its bound is looked for; the
told numbers that differ in it are hidden, and the table is kept as a *witness*: as long as everything that
differs in it stays hidden, it proves that the intruder cannot bound the number any closer. A hidden number is
itself a demand, so that no hidden cell can be told apart from the others.
"""

from followup.disclosure.answers import INFINITE, TOLERANCE, Answer
from followup.disclosure.frame import Demand
from followup.disclosure.ground import Ground, Orphan
from followup.disclosure.protected import Reason

# With fewer open demands than this it is quicker to ask for each.
SWEEP = 4


def hide_until_safe(ground: Ground) -> None:
    """Hide entries until every demand has its witnesses. Raises OutOfTime, PromiseBroken."""
    # What its own number says tells a reader more than that an earlier edition hid it.
    for demand in sorted(ground.demands, key=lambda demand: demand.reason is Reason.EARLIER):
        if ground.is_hideable(demand.row):
            ground.hide(demand.row, demand.reason)
    waiting = sorted(ground.all_demands(), key=lambda demand: (-ground.prices[demand.row], demand.row))
    done: set[int] = set()
    while waiting:
        _sweep(ground, waiting)
        for demand in waiting:
            meet(ground, demand)
            done.add(demand.row)
        closed = done | ground.settled
        waiting = [ground.demand_on(row) for row in ground.hidden if row not in closed]


def _sweep(ground: Ground, demands: list[Demand]) -> None:
    """Look for tables that are witnesses for many demands at once: first all high, then all low.

    There is none where nothing is hidden but the demands themselves, and hardly any low where none is high.
    """
    if ground.hidden.keys() == {demand.row for demand in demands}:
        return
    for upward in (True, False):
        rows, aims = [], []
        for demand in demands:
            (low, high), least = ground.bounds(demand.row), ground.reach(demand)
            if min(high, high - low) < least - TOLERANCE:
                rows.append(demand.row)
                aims.append(max(least, low + least) if upward else max(high, least) - least)
        if len(rows) < SWEEP:
            return
        ends = [INFINITE if upward else -INFINITE] * len(rows)
        before = [ground.bounds(row) for row in rows]
        ground.sweep(rows, *((aims, ends) if upward else (ends, aims)))
        if before == [ground.bounds(row) for row in rows]:
            return


def meet(ground: Ground, demand: Demand) -> None:
    """Find and keep the witnesses of one demand; hide what differs in them."""
    least = ground.reach(demand)
    while ground.bounds(demand.row)[1] < least - TOLERANCE:
        answer = ground.ask(demand.row, least, INFINITE)
        if answer is not None:
            ground.keep(answer)
            break
        least -= 1
        if not ground.weaken(demand, least):
            return
    _widen(ground, demand, least)


def _widen(ground: Ground, demand: Demand, least: int) -> None:
    low, high = ground.bounds(demand.row)
    if high - low >= least - TOLERANCE or least < 1:
        return
    upward = ground.ask(demand.row, low + least, INFINITE)
    is_free = upward is not None and ground.cost(upward) < TOLERANCE
    is_possible = high >= least - TOLERANCE and not is_free
    downward = ground.ask(demand.row, -INFINITE, high - least) if is_possible else None
    found = [answer for answer in (upward, downward) if answer is not None]
    if found:
        ground.keep(min(found, key=ground.cost))
    elif ground.thorough and _widen_both_ways(ground, demand.row, least):
        return
    elif ground.weaken(demand, least - 1):
        _widen(ground, demand, least - 1)


def _widen_both_ways(ground: Ground, row: int, least: int) -> bool:
    """Neither end alone can move far enough: move the upper as far as it goes, and then the lower."""
    low, _ = ground.bounds(row)
    answer = ground.approach(row, low + least)
    if answer is not None:
        ground.keep(answer)
    _, high = ground.bounds(row)
    answer = ground.ask(row, -INFINITE, high - least) if high >= least - TOLERANCE else None
    if answer is not None:
        ground.keep(answer)
    return answer is not None


def clean_up(ground: Ground, kept: set[int], tries: int = 15) -> None:
    """Show again, most valuable first, what no demand needs hidden, but for `kept`.

    `tries` bounds the tables looked for.
    """
    forced = kept | {demand.row for demand in ground.demands}
    candidates = [
        row for row, reason in ground.hidden.items() if row not in forced and reason is Reason.DERIVABLE
    ]
    for row in sorted(candidates, key=lambda row: -ground.prices[row]):
        spent = _try_to_show(ground, row, tries)
        tries -= spent
        if tries <= 0:
            return


def _try_to_show(ground: Ground, row: int, tries: int) -> int:
    """Show `row` if every other demand still has, or gets, its witnesses. Returns the tables looked for."""
    orphans = ground.demands_without(row)
    if len(orphans) > tries:
        return 0
    ground.show(row)
    ground.model.freeze(True)
    spent = 0
    new: list[Answer] = []
    for orphan in orphans:
        for least, most in _aims(orphan, new):
            spent += 1
            answer = ground.ask(orphan.row, least, most)
            if answer is None:
                ground.model.freeze(False)
                ground.hide(row, Reason.DERIVABLE)
                return spent
            new.append(answer)
    ground.model.freeze(False)
    ground.replace_witnesses(row, new)
    return spent


def _aims(orphan: Orphan, new: list[Answer]) -> list[tuple[float, float]]:
    """The ends of its old interval that `new` tables do not make up for; what is missed most comes first."""
    found = [answer.values[orphan.row] + orphan.offset for answer in new]
    low, high = min([orphan.kept_low, *found]), max([orphan.kept_high, *found])
    least = orphan.least - TOLERANCE
    up, down = (orphan.high, INFINITE), (-INFINITE, orphan.low)
    if high >= least and high - low >= least:
        return []
    if orphan.high - low >= least:
        return [up]
    return [down] if high >= least and high - orphan.low >= least else [up, down]
