"""Small groups that no single addition or subtraction finds, but that everything told together tells.

As those who are left, when those who ended are taken from those who were there and came. A step by chance
that changes nothing that is told shows which groups do not follow; the others are looked at.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np

from followup.disclosure.atoms import Whole
from followup.disclosure.cells import Population
from followup.disclosure.collect import Telling
from followup.disclosure.frame import KNOWN, Frame, Values
from followup.disclosure.primary import Need
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import EVER, Box, Quantity, code_part, meets
from followup.disclosure.reader import Reader
from followup.disclosure.search import Search
from followup.disclosure.still import NOBODY, Bools, still_groups
from followup.disclosure.system import System

# So few groups are asked for one by one.
FEW = 20
Groups = Mapping[Quantity, Whole]


def following(
    population: Population,
    system: System,
    search: Search,
    plain: Frame,
    people: Values,
    needs: Iterable[Need],
    telling: Sequence[Telling],
    since: int = EVER,
    counts: Callable[[Iterable[Box]], list[int]] | None = None,
    moved: Collection[Quantity] = (),
) -> list[Need]:
    """Small groups beside the `needs` that what a search leaves told gives away.

    But for what is told before, or head counts, give away by themselves.
    Among small groups are those of nobody beside others who are all alike in something that tells.

    plain   the frame of the search as it was before it was thinned
    people  per column of the frame
    since   groups by none but earlier months are left aside
    counts  how many people are in each of some boxes, where not everybody has a column
    moved   what was told otherwise than it is today, so that nobody knows it unless it is told anew
    Raises OutOfTime.
    """
    frame = search.frame
    asked = {entry.quantity for entry in frame.entries}
    asked |= {need.form[0][1] for need in needs if len(need.form) == 1}
    thresholds = _thresholds(frame)
    most = max((entry.least for entry in frame.entries), default=0)
    is_hidden = [number in search.hidden for number in range(len(frame.entries))]
    # What is hidden now may be known from before, unless it may be another by now.
    is_known = frame.kinds[frame.first : frame.last] == KNOWN
    still = [
        known and not _may_be_another(entry.quantity, hidden, moved)
        for entry, hidden, known in zip(frame.entries, is_hidden, is_known.tolist(), strict=True)
    ]
    told = [
        known or (bool(entry.places) and not hidden)
        for entry, hidden, known in zip(frame.entries, is_hidden, still, strict=True)
    ]
    heads = [plain.is_open(entry) for entry in plain.entries]
    now, before, bare, public = (
        Reader(one, known, people, search.deadline)
        for one, known in (
            (frame, told),
            (plain, (k and bool(e.edition) for e, k in zip(plain.entries, still, strict=True))),
            (plain, heads),
            # Where nobody is, all others are alike: what head counts tell of all is told of those. But that
            # everybody is alike in what tells something may follow from that nobody is in two other places.
            (plain, [o or (k and not e.value) for o, k, e in zip(heads, told, plain.entries, strict=True)]),
        )
    )
    used = now.used
    step = now.step(used)
    found: Groups = {
        quantity: np.unique(frame.stands[columns])
        for quantity, columns in still_groups(
            population, system, frame, people, step, used, telling, most, since
        )
        if quantity not in asked
    }
    number = {quantity: round(people[columns].sum()) for quantity, columns in found.items()}
    if counts is not None:
        number = dict(zip(found, counts(quantity.box for quantity in found), strict=True))
        # Nobody of those who move says nothing of a group of others.
        found = {one: columns for one, columns in found.items() if not number[one] or people[columns].any()}
    least = {quantity: thresholds(quantity) for quantity in found}
    found = {one: columns for one, columns in found.items() if number[one] < least[one]}
    # Where a row tells that it is nobody, its parts are nobody either; not those of two such rows together.
    empty, can_be = _empty(plain, told), ~bare.empty
    found = {
        one: places
        for one, places in found.items()
        if number[one] or not _is_in_one(empty, places[can_be[places]])
    }
    if len(found) > FEW:
        everywhere = np.ones(frame.columns, dtype=bool)
        steps = [reader.step(everywhere) for reader in (before, bare, public)]
        found = {
            one: places
            for one, places in found.items()
            if all(abs(step[places].sum()) > NOBODY for step in steps[: 3 if number[one] else 2])
        }
    more: list[Need] = []
    for alike in _alike(found, number, used):
        for quantity in alike:
            columns = found[quantity]
            open_ = public if number[quantity] else bare
            wanted = open_.limit(columns, frame.room(quantity, least[quantity]))
            if now.has_seen(columns, wanted):
                continue
            room = open_.room(columns, wanted)
            if room and (left := now.room(columns, room)) < room:
                room = before.room(columns, room)
                if left < room:
                    why = Reason.DERIVABLE if number[quantity] else Reason.EVERYBODY
                    more.append(Need(((1, quantity),), number[quantity], int(room), why))
                    break
    return more


def _alike(found: Groups, number: Mapping[Quantity, int], used: Bools) -> Iterable[list[Quantity]]:
    """Those that differ in nobody only, as far as told, the largest first; groups of nobody by themselves.

    When one is protected, the others are as a rule. Those that are not are found when this is asked anew.
    """
    alike: dict[object, list[Quantity]] = {}
    for quantity, places in found.items():
        own = (number[quantity], places[used[places]].tobytes()) if number[quantity] else quantity
        alike.setdefault(own, []).append(quantity)
    return (sorted(those, key=lambda one: -len(found[one])) for those in alike.values())


def _may_be_another(quantity: Quantity, is_hidden: bool, moved: Collection[Quantity]) -> bool:
    """Whether a number that was told may be another by now: it moved, or is hidden beside one that did."""
    return quantity in moved or (is_hidden and any(meets(quantity, other) for other in moved))


def _empty(frame: Frame, told: Iterable[bool]) -> tuple[Whole, Whole]:
    """Row and column of everything in rows of which a told number says that they are nobody."""
    rows = np.zeros(len(frame.kinds), dtype=bool)
    rows[frame.first : frame.last] = [
        known and not entry.value for entry, known in zip(frame.entries, told, strict=True)
    ]
    is_empty = rows[frame.owner]
    return frame.owner[is_empty], frame.index[is_empty]


def _is_in_one(rows: tuple[Whole, Whole], places: Whole) -> bool:
    """Whether one of the rows has all these columns."""
    owner, index = rows
    return not len(places) or bool(
        np.bincount(owner[np.isin(index, places)], minlength=1).max() == len(places)
    )


def _thresholds(frame: Frame) -> Callable[[Quantity], int]:
    """The strictest threshold of what is told by the same codes; of others, the least in this release."""
    own: dict[object, int] = {}
    for entry in frame.entries:
        codes = tuple(code_part(entry.quantity).items())
        own[codes] = max(own.get(codes, 0), entry.least)
    least = min((entry.least for entry in frame.entries if entry.places), default=0)
    return lambda quantity: max(own.get(tuple(code_part(quantity).items()), 0), least)
