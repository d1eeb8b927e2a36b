"""What earlier editions tell of other times: it says nothing of what a release tells, nor that of it."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TypeVar

from followup.disclosure.collect import Entry
from followup.disclosure.ledger import Hidden, Ledger, Promise, Settled, Told
from followup.disclosure.quantities import Box, Quantity, meets, time_box

# The spans of months of each quantity in a sum.
Times = tuple[Box, ...]
Record = TypeVar("Record", Entry, Told, Promise, Settled, Hidden)


def parts(ledger: Ledger, population: str, entries: Sequence[Entry]) -> Iterator[tuple[list[Entry], Ledger]]:
    """The entries of a population by times that are linked, with what the ledger has on such times.

    Times are linked when somebody can be in both, when one sum that was promised counts people of both, and
    over other times. How many people an edition told at times that are not linked bounds nobody here. And
    what was promised of them was proved when anything was told of their times last. That holds as long as
    nobody came late or was taken away: how many did is one number for all times.
    """
    told = [one for one in ledger.told if one.quantity.population == population]
    hidden = [one for one in ledger.hidden if one.quantity.population == population]
    promises = [one for one in ledger.promises if one.form[0][1].population == population]
    settled = [one for one in ledger.settled if one.form[0][1].population == population]
    of_told, of_hidden = ([(time_box(one.quantity),) for one in records] for records in (told, hidden))
    of_promises, of_settled = (
        [tuple([time_box(quantity) for _, quantity in one.form]) for one in records]
        for records in (promises, settled)
    )
    of_entries = [(time_box(entry.quantity),) for entry in entries]
    everything = {*of_entries, *of_told, *of_hidden, *of_promises}
    waiting = list(dict.fromkeys(of_entries))
    while waiting:
        times = _linked(population, set(waiting[0]), everything)
        near = Ledger(
            _at(times, told, of_told),
            _at(times, promises, of_promises),
            _at(times, settled, of_settled),
            _at(times, hidden, of_hidden),
            ledger.rungs,
        )
        yield list(_at(times, entries, of_entries)), near
        waiting = [one for one in waiting if one not in times]


def _linked(population: str, here: set[Box], everything: set[Times]) -> set[Times]:
    """Those of `everything` that are linked with `here`, over others as well."""
    reached: set[Times] = set()
    found = everything
    while found:
        boxes = [Quantity(population, box) for box in here]
        found = {
            times
            for times in everything - reached
            if any(meets(Quantity(population, box), other) for box in times for other in boxes)
        }
        reached |= found
        here = {box for times in found for box in times}
    return reached


def _at(here: set[Times], records: Sequence[Record], times: Sequence[Times]) -> tuple[Record, ...]:
    return tuple(compress(records, [one in here for one in times]))
