"""Head counts of people who are counted in another population as well, beside those that are hidden there.

Whoever starts from a queue is a participant. How many did is no more than how many started, and says it where
that is hidden to keep a promise.
"""

from collections.abc import Iterator, Mapping

from followup.disclosure.cells import Population
from followup.disclosure.collect import Collection
from followup.disclosure.finish import Hidden
from followup.disclosure.kin import Kin
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import EVER, NEVER, Quantity, Span, code_part, contains, meets, time_part


def also_counted(collection: Collection, hidden: Hidden) -> Hidden:
    """What else to hide, so that no hidden head count is bounded by its kin.

    That is every group of kin that shares somebody with a hidden one, but for those inside it of whom it is
    told to how many the event happened: their kin say nothing more. With those to whom the event happened
    also those to whom another one did instead: how many were in a queue and came to it tells both together.
    A hidden part by what only the other population has, as the women, is bounded by nothing that is told of
    all.
    """
    found: Hidden = {}
    for population in collection.populations.values():
        for kin in population.kin:
            heads = list(_hidden_heads(collection, population, kin, hidden))
            told = set(_told(collection, kin, hidden)) if heads else set()
            for entry in collection.of(population.name) if heads else ():
                if any(
                    meets(head, group) and not (group in told and contains(head, group))
                    for group in _happened(collection, population, kin, entry.quantity)
                    for head in heads
                ):
                    found[entry.quantity] = Reason.DERIVABLE
    return found


def _hidden_heads(
    collection: Collection, population: Population, kin: Kin, hidden: Hidden
) -> Iterator[Quantity]:
    """The hidden head counts of those to whom the event happened in some months.

    Of others nothing is said that is not said by how many there are of these, where that is told.
    """
    for one in hidden:
        entry = collection.entries.get(one)
        is_head_count = one.population == kin.population and entry is not None and entry.exempt
        if is_head_count and code_part(one).keys() <= population.variables.keys():
            span = time_part(one).get(kin.event)
            if span is not None and span.first > EVER:
                yield _group(kin, code_part(one), span)


def _told(collection: Collection, kin: Kin, hidden: Hidden) -> Iterator[Quantity]:
    """The groups of whom it is told to how many of them the event happened in some months."""
    for entry in collection.of(kin.population):
        times = time_part(entry.quantity)
        span = times.pop(kin.event, None)
        if entry.quantity in hidden or span is None:
            continue
        if all(other.first <= span.first and other.after == NEVER for other in times.values()):
            yield _group(kin, code_part(entry.quantity), span)


def _happened(
    collection: Collection, population: Population, kin: Kin, quantity: Quantity
) -> Iterator[Quantity]:
    """Whom it counts, as the other population knows them, where it tells that the event happened to them.

    Or another one that rules it out.
    """
    theirs = collection.populations[kin.population].variables
    codes = {name: part for name, part in code_part(quantity).items() if name in theirs}
    events = {kin.event, *(event for pair in population.exclusive if kin.event in pair for event in pair)}
    for event, span in time_part(quantity).items():
        if event in events and span.first > EVER and span.after < NEVER:
            yield _group(kin, codes, span)


def _group(kin: Kin, codes: Mapping[str, frozenset[str]], span: Span) -> Quantity:
    """Those of some codes to whom the event happened in some months, whenever else did."""
    return Quantity(kin.population, tuple(sorted([*codes.items(), (kin.event, span)])))
