"""What changed by a few people since it was told: the change itself is those few.

A reader of both editions learns who came late from what is told anew. What changed is therefore hidden, with
enough beside it that what is told today does not give it away. Earlier numbers that are others today say how
things were, not how they are, so here they count for nothing; everywhere else they are known as ever.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from followup.disclosure.collect import Entry
from followup.disclosure.frame import Frame, frame_of
from followup.disclosure.ledger import Told
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity
from followup.disclosure.search import Search
from followup.disclosure.solver import Answer
from followup.disclosure.system import System


def corrected(entries: Iterable[Entry], told: Mapping[Quantity, Told]) -> Iterator[Need]:
    """Numbers told before that have changed by fewer people than may be pointed at."""
    for entry in entries:
        before = told.get(entry.quantity)
        if before is not None and not entry.exempt and 0 < abs(entry.value - before.value) < entry.least:
            yield Need(((1, entry.quantity),), entry.value, entry.least, Reason.EARLIER)


def search_around(
    system: System,
    frame: Frame,
    needs: Sequence[Need],
    told: Mapping[Quantity, Told],
    truth: Answer,
    deadline: float,
) -> Search:
    """What to hide of today's numbers for what was corrected; rows as in a frame of its own.

    `frame` is the whole one, of which `truth` is a table. Raises PromiseBroken, OutOfTime.
    """
    entries = [entry for entry in frame.entries if not _is_stale(entry, told)]
    today = frame_of(system, entries, needs, hideable=frame.hideable)
    people = np.zeros(system.columns)
    people[frame.sample] = truth.people
    search = Search(today, deadline)
    search.run(system, truth._replace(people=today.gathered(people)))
    return search


def _is_stale(entry: Entry, told: Mapping[Quantity, Told]) -> bool:
    """True for a number that only an earlier edition tells, and that is another today."""
    return not entry.places and not entry.exempt and entry.value != told[entry.quantity].value
