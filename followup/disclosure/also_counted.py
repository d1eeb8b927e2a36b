"""Head counts of people who are counted in another population as well, beside those that are hidden there.

Whoever starts from a queue is a participant. How many did is no more than how many started, and says it where
that is hidden to keep a promise.
"""

from collections.abc import Iterator

from followup.disclosure.cells import Population
from followup.disclosure.collect import Collection
from followup.disclosure.finish import Hidden
from followup.disclosure.kin import Kin
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import EVER, NEVER, Quantity, Span, code_part, time_part


def also_counted(collection: Collection, hidden: Hidden) -> Hidden:
    """What else to hide, in every group alike, so that no hidden head count is bounded by its kin.

    With those to whom the event happened also those to whom another one did instead: how many were in a queue
    and came to it tells both together. A hidden part by what only the other population has, as the women, is
    bounded by nothing that is told of all.
    """
    found: Hidden = {}
    for population in collection.populations.values():
        for kin in population.kin:
            when = list(_when_hidden(collection, population, kin, hidden))
            for entry in collection.of(population.name) if when else ():
                happened = _happened(population, kin, entry.quantity)
                if any(_meet(span, other) for span in happened for other in when):
                    found[entry.quantity] = Reason.DERIVABLE
    return found


def _when_hidden(collection: Collection, population: Population, kin: Kin, hidden: Hidden) -> Iterator[Span]:
    """The months of hidden head counts of those to whom the event happened in them.

    Of others nothing is said that is not said by how many there are of these, where that is told.
    """
    for one in hidden:
        entry = collection.entries.get(one)
        is_head_count = one.population == kin.population and entry is not None and entry.exempt
        if is_head_count and code_part(one).keys() <= population.variables.keys():
            span = time_part(one).get(kin.event)
            if span is not None and span.first > EVER:
                yield span


def _happened(population: Population, kin: Kin, quantity: Quantity) -> Iterator[Span]:
    """The months in which it is told that the event happened, or another one that rules it out."""
    events = {kin.event, *(event for pair in population.exclusive if kin.event in pair for event in pair)}
    for event, span in time_part(quantity).items():
        if event in events and span.first > EVER and span.after < NEVER:
            yield span


def _meet(one: Span, other: Span) -> bool:
    return one.first < other.after and other.first < one.after
