"""Numbers of earlier editions as they are today, where something was corrected since."""

from time import monotonic

import numpy as np

from followup.disclosure.collect import Collection
from followup.disclosure.frame import ELASTIC, FREE, KNOWN, Frame, Values
from followup.disclosure.ledger import History
from followup.disclosure.refusals import contradiction
from followup.disclosure.solver import Model
from followup.disclosure.whole import nearest


def reconcile(
    collection: Collection, history: History, frame: Frame, people: Values, deadline: float
) -> None:
    """Bring the ledger's numbers to today's register. Raises ProtectionFailed, OutOfTime.

    With `people` (per column of the system) that is what they are in the nearest table that today's numbers
    fit. Otherwise it is the least correction that explains the new numbers, as an intruder assumes; the older
    of two gives way.
    """
    old = [number for number, entry in enumerate(frame.entries) if not entry.places]
    kinds = np.full(len(frame.kinds), KNOWN)
    kinds[[frame.first + number for number in old]] = FREE if people.any() else ELASTIC
    loose = frame.with_kinds(kinds, 1.0)
    for number in old:
        loose.prices[frame.first + number] += history[frame.entries[number].quantity][-1].turn
    if people.any():
        answer = nearest(loose, frame.gathered(people), deadline - monotonic())
    else:
        model = Model(loose, deadline - monotonic())
        answer = model.solve()
        if answer is not None and not answer.whole:
            model.demand_whole()
            answer = model.solve()
    if answer is None:
        raise contradiction(collection, frame.entries)
    for number in old:
        frame.entries[number].value = round(answer.values[frame.first + number])
