"""Protecting one population of a release: from its quantities and the ledger to a pattern of hidden cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from followup.disclosure.collect import Collection, Entry, names_of
from followup.disclosure.errors import ProtectionFailed
from followup.disclosure.frame import ELASTIC, KNOWN, Frame, Values, frame_of
from followup.disclosure.ground import PromiseBroken
from followup.disclosure.intervals import Interval
from followup.disclosure.ledger import Ledger, Promise
from followup.disclosure.primary import Need, needs_of, quantities_in
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Quantity, meets
from followup.disclosure.search import Search
from followup.disclosure.solver import Answer, Model
from followup.disclosure.system import System
from followup.disclosure.thin import Thinning

# So many corners of what is possible are looked at for whole people before branching.
CORNERS = 3


@dataclass(frozen=True, repr=False)
class Pattern:
    """What is hidden in one population and why, between which numbers, and what is promised from now on."""

    hidden: dict[Quantity, Reason]
    intervals: dict[Quantity, Interval]
    promises: tuple[Promise, ...]


def find_pattern(collection: Collection, population: str, ledger: Ledger, deadline: float) -> Pattern:
    """The cheapest pattern found that meets every need of the release and every promise of the ledger.

    Raises ProtectionFailed, OutOfTime.
    """
    entries = _with_ledger(collection, population, ledger)
    needs = [*_promised(ledger, population), *_corrected(entries, ledger), *needs_of(collection, entries)]
    wanted = {entry.quantity for entry in entries} | quantities_in(needs)
    system = System(collection.populations[population], wanted)
    frame = frame_of(system, entries, needs)
    thinning = Thinning(system, frame)
    start = frame.gathered(system.people(collection.courses[population]))
    truth = _some_table(thinning.all_known(frame), start, deadline)
    if truth is None and any(not entry.places for entry in entries):
        _reconcile(collection, frame_of(system, entries, ()), deadline)
        frame = frame_of(system, entries, needs)
        truth = _some_table(thinning.all_known(frame), start, deadline)
    if truth is None:
        raise _contradiction(collection, entries)
    frame = thinning.thinned(frame)
    search = Search(frame, deadline)
    try:
        search.run(system, truth)
    except PromiseBroken:
        # What was promised goes before what the rule lets be told: now head counts may be hidden, too.
        frame = thinning.thinned(frame_of(system, entries, needs, hideable=True))
        search = Search(frame, deadline)
        try:
            search.run(system, truth)
        except PromiseBroken as broken:
            raise _refusal(collection, entries, broken) from None
    return _pattern(frame, search, needs)


def _some_table(frame: Frame, start: Values, deadline: float) -> Answer | None:
    """A table of whole people that fits every count, near `start` if that holds anybody; None if none."""
    if start.any():
        return _nearest(frame, start, deadline)
    model = Model(frame, deadline - monotonic())
    model.freeze(True)
    answer = model.solve()
    if answer is not None and not answer.whole:
        answer = model.wander(CORNERS) or _whole_table(model, answer)
    return answer and _rounded(answer)


def _nearest(frame: Frame, start: Values, deadline: float) -> Answer | None:
    """A table that moves few people from `start`, which fits all but what was corrected or is not known."""
    model = Model(frame, deadline - monotonic(), start)
    model.freeze(True)
    answer = model.solve()
    if answer is not None and not answer.whole:
        model.demand_whole()
        model.take_any()
        answer = model.solve()
    return answer and _rounded(answer)


def _whole_table(model: Model, answer: Answer) -> Answer | None:
    """A table of whole people: near the answer, else anywhere."""
    model.demand_whole()
    model.stay_near(answer)
    near = model.solve()
    if near is None:
        model.stay_near(None)
        near = model.solve()
    return near


def _rounded(answer: Answer) -> Answer:
    return answer._replace(people=np.rint(answer.people)) if answer.whole else answer


def _with_ledger(collection: Collection, population: str, ledger: Ledger) -> list[Entry]:
    """The entries of the release, and after them the numbers that only the ledger tells.

    A number told before and unchanged is known, unless something around it was corrected: then the
    correction may lie anywhere among what is hidden now.
    """
    entries = collection.of(population)
    told = ledger.latest(population)
    again = [entry for entry in entries if entry.quantity in told]
    corrected = [e.quantity for e in again if e.value != told[e.quantity].value]
    for entry in again:
        if not any(meets(entry.quantity, quantity) for quantity in corrected):
            entry.edition, entry.told_under = told[entry.quantity].edition, told[entry.quantity].least
    known = {entry.quantity for entry in again}
    only_told = [one for quantity, one in told.items() if quantity not in known]
    return entries + [
        Entry(one.quantity, one.value, one.least, one.exempt, one.edition, told_under=one.least)
        for one in only_told
    ]


def _promised(ledger: Ledger, population: str) -> Iterator[Need]:
    for promise in ledger.promises_of(population):
        yield Need(promise.form, None, promise.least, Reason.EARLIER, promise.edition)


def _corrected(entries: Iterable[Entry], ledger: Ledger) -> Iterator[Need]:
    """Numbers told before that have changed by a few: the change itself is those few people."""
    told = {one.quantity: one for one in ledger.told}
    for entry in entries:
        before = told.get(entry.quantity)
        if before is not None and not entry.exempt and 0 < abs(entry.value - before.value) < entry.least:
            yield Need(((1, entry.quantity),), entry.value, entry.least, Reason.EARLIER)


def _reconcile(collection: Collection, frame: Frame, deadline: float) -> None:
    """Bring the ledger's numbers to today's register by the least correction that explains the new ones.

    An intruder who sees that two editions differ assumes as little change as possible; so do we.
    """
    old = [number for number, entry in enumerate(frame.entries) if not entry.places]
    kinds = np.full(len(frame.kinds), KNOWN)
    kinds[[frame.first + number for number in old]] = ELASTIC
    model = Model(frame.with_kinds(kinds, 1.0), deadline - monotonic())
    answer = model.solve()
    if answer is not None and not answer.whole:
        model.demand_whole()
        answer = model.solve()
    if answer is None:
        raise _contradiction(collection, frame.entries)
    for number in old:
        frame.entries[number].value = round(answer.values[frame.first + number])


def _contradiction(collection: Collection, entries: Iterable[Entry]) -> ProtectionFailed:
    tables = names_of(collection, entries)
    return ProtectionFailed(
        f"Antalen i tabellerna {', '.join(tables)} går inte ihop med varandra. "
        "Kontrollera uttaget och gör om utkastet.",
        tables=tables,
    )


def _refusal(collection: Collection, entries: Iterable[Entry], broken: PromiseBroken) -> ProtectionFailed:
    editions = tuple(sorted(broken.editions))
    blamed = [entry for entry in entries if entry.exempt and entry.places]
    tables = names_of(collection, blamed) or names_of(collection, entries)
    return ProtectionFailed(
        f"Tabell {', '.join(tables)} kan inte publiceras: tillsammans med tidigare utgåva "
        f"{', '.join(editions)} skulle uppgifter om få personer gå att räkna ut. "
        "Ta bort tabellen ur utgåvan, välj en grövre indelning eller vänta till nästa period.",
        tables=tables,
        editions=editions,
    )


def _pattern(frame: Frame, search: Search, needs: list[Need]) -> Pattern:
    quantity = {row: frame.entries[row - frame.first].quantity for row in search.hidden}
    kept = {
        need.form: search.weakened.get(demand.row, demand.least)
        for need, demand in zip(needs, frame.demands, strict=True)
        if not demand.edition
    }
    for row, one in quantity.items():
        entry = frame.entries[row - frame.first]
        # What is surely no small number needs no promise: knowing it more closely points at nobody.
        if entry.value < 2 * entry.least:
            least = frame.room(one, entry.least)
            kept.setdefault(((1, one),), search.weakened.get(row, least))
    promises = tuple(Promise(form, least, "") for form, least in kept.items())
    intervals = {quantity[row]: search.intervals[row] for row in search.hidden}
    return Pattern({quantity[row]: why for row, why in search.hidden.items()}, intervals, promises)
