"""Yes/no variables of which everybody has one: what follows of one of them from those who have it not.

As sources of income, among them that none was stated. A variable for each is independent of the others in the
linear system; that somebody has at least one, and that some go with no other, is held against a pattern here.
"""

from collections.abc import Iterator, Mapping

from followup.disclosure.collect import Collection, Entry
from followup.disclosure.cover import Cover
from followup.disclosure.finish import Hidden
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import Box


def uncovered(collection: Collection, hidden: Hidden) -> Hidden:
    """What else to hide, so that nothing hidden of such variables is bounded too closely by the others.

    Those that go with no other are hidden first: they bound all.
    """
    found: Hidden = {}
    for cover, whole, parts in _groups(collection):
        if whole.quantity in hidden:
            # Everybody has one, so they are a floor under it, and together a ceiling.
            parted = (part.quantity for part in parts.values() if part.quantity not in hidden)
            found |= dict.fromkeys(parted, Reason.DERIVABLE)
            continue
        waiting = cover.loneliest(cover.names)
        shut = {name for name, part in parts.items() if part.quantity in hidden}
        while waiting and any(_is_too_close(cover, whole, parts, shut, name) for name in shut):
            name = waiting.pop(0)
            if name not in shut:
                shut.add(name)
                found[parts[name].quantity] = Reason.DERIVABLE
    return found


def _groups(collection: Collection) -> Iterator[tuple[Cover, Entry, Mapping[str, Entry]]]:
    """Each group that is told by all of a cover's variables, and those of it who have each."""
    by_box = {(each.quantity.population, each.quantity.box): each for each in collection.entries.values()}
    for name, population in collection.populations.items():
        for cover in population.covers:
            groups: dict[Box, dict[str, Entry]] = {}
            for (owner, box), entry in by_box.items():
                own = [part for part in box if part[0] in cover.names]
                if owner == name and len(own) == 1 and own[0][1] == frozenset({cover.yes}):
                    rest = tuple(part for part in box if part[0] not in cover.names)
                    groups.setdefault(rest, {})[own[0][0]] = entry
            for rest, parts in groups.items():
                if (name, rest) in by_box and parts.keys() == set(cover.names):
                    yield cover, by_box[name, rest], parts


def _is_too_close(cover: Cover, whole: Entry, parts: Mapping[str, Entry], shut: set[str], name: str) -> bool:
    """Whether the shown ones bound a hidden one to fewer than its threshold, or to all but so few."""
    most = {each: _most(cover, whole, parts, shut, each) for each in cover.names}
    others = sum(most[each] if each in shut else parts[each].value for each in cover.names if each != name)
    fewest, least = max(0, whole.value - others), parts[name].least
    room = min(whole.value, least)
    is_all_but_few = fewest > 0 and whole.value - fewest < least
    return min(most[name], most[name] - fewest) < room or is_all_but_few


def _most(cover: Cover, whole: Entry, parts: Mapping[str, Entry], shut: set[str], name: str) -> int:
    """So many can have it, as those who go without it are told."""
    known = cover.without(name) - shut
    largest = 0
    for first in cover.loneliest(known):
        apart = [first]
        for other in sorted(known - {first}, key=lambda each: (-parts[each].value, each)):
            if cover.without(other).issuperset(apart):
                apart.append(other)
        largest = max(largest, sum(parts[each].value for each in apart))
    return whole.value - largest
