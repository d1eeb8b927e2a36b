"""Parts of a whole that are new: what they took is short, and says how few of the others took as long.

A team that nobody was in when the year began had nobody in it for longer than that. Head counts tell it
and are not hidden for it, so the lengths of everybody are.
"""

from collections.abc import Mapping

from followup.disclosure.collect import Collection, Entry
from followup.disclosure.finish import Hidden
from followup.disclosure.length import Length
from followup.disclosure.protected import Reason
from followup.disclosure.quantities import (
    EVER,
    NEVER,
    Quantity,
    Span,
    code_part,
    settled,
    time_box,
    time_part,
)
from followup.disclosure.ranks import families


def told_by_newcomers(collection: Collection, hidden: Hidden) -> Hidden:
    """The lengths of everybody in a time, where new parts leave too little room for those of the others."""
    found: Hidden = {}
    for name, population in collection.populations.items():
        entries = [one for one in collection.of(name) if one.quantity not in hidden]
        told = {one.quantity: one.value for one in entries}
        for length in population.lengths:
            for whole, bands in _by_whole(entries, length.variable).items():
                span = time_part(whole).get(length.later, Span(EVER, NEVER))
                if span.first > EVER and span.after < NEVER:
                    fit = _that_fit(length, span)
                    short = sum(one.value for codes, one in bands.items() if codes & fit)
                    longer = sum(one.value for one in bands.values()) - short
                    least = max(one.least for one in bands.values())
                    alike = [one for one in entries if time_box(one.quantity) == time_box(whole)]
                    for parts in families(alike, whole):
                        new = sum(_new(collection, length, part.quantity, span, told) for part in parts)
                        if new and longer and short - new < least:
                            found |= {one.quantity: Reason.DERIVABLE for one in bands.values()}
    return found


def _by_whole(entries: list[Entry], variable: str) -> Mapping[Quantity, dict[frozenset[str], Entry]]:
    """The lengths told of each group, by their codes."""
    found: dict[Quantity, dict[frozenset[str], Entry]] = {}
    for entry in entries:
        codes = code_part(entry.quantity).get(variable)
        if codes is not None and entry.places:
            box = tuple(part for part in entry.quantity.box if part[0] != variable)
            found.setdefault(entry.quantity._replace(box=box), {})[codes] = entry
    return found


def _that_fit(length: Length, span: Span) -> frozenset[str]:
    """The codes of lengths that can lie within the months."""
    most = span.after - 1 - span.first
    return frozenset(code for code, (least, _) in length.months.items() if least <= most)


def _new(
    collection: Collection, length: Length, part: Quantity, span: Span, told: Mapping[Quantity, int]
) -> int:
    """So many of a part at least came after the time began: more than were there by then."""
    population = collection.populations[part.population]
    by_then = {length.earlier: Span(EVER, span.first), length.later: Span(span.first, NEVER)}
    there = settled(population, {**code_part(part), **by_then})
    if there is None or there not in told or part not in told:
        return 0
    return max(0, told[part] - told[there])
