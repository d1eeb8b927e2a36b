"""Editions one after the other, some of them corrected: what a reader of all of them can undo.

Somebody registered late makes a later edition differ from an earlier one. Both were true when they came, and
no table of people fits them together. A reader then believes the newest number of every group, and of the
older numbers those that no correction can have touched. What a correction moved is itself a few people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.attack import attack
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, ShareFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, group_of, meet, open_everywhere


class Reading(NamedTuple):
    """What a reader finds in one edition."""

    facts: Sequence[Fact]
    shares: Sequence[ShareFact] = ()


def attack_in_turn(editions: Sequence[Reading], *, populations: Mapping[str, Population]) -> list[Finding]:
    """Every exposure in the last of the editions, which run from the oldest, or in all of them together.

    Where editions contradict each other about a population in spite of what was corrected, the oldest are
    left out one by one, for that population only.
    """
    found: list[Finding] = []
    for name in sorted({fact.population for edition in editions for fact in edition.facts}):
        history = _History(populations[name], [_about(name, edition) for edition in editions])
        found += history.corrections() + history.differences()
        for first in range(len(editions)):
            joint = attack(*history.believed(first), populations=populations)
            if not any(finding.exposure is Exposure.CONTRADICTION for finding in joint):
                break
        found += joint
    return list(dict.fromkeys(found))


def _about(name: str, edition: Reading) -> Reading:
    return Reading(
        [fact for fact in edition.facts if fact.population == name],
        [share for share in edition.shares if share.population == name],
    )


class _History:
    """What the editions tell of one population, by the turn of the edition: 0 for the oldest."""

    def __init__(self, population: Population, editions: Sequence[Reading]) -> None:
        self._population, self._last = population, len(editions) - 1
        self._shares = [edition.shares for edition in editions]
        turns = [(turn, fact) for turn, edition in enumerate(editions) for fact in edition.facts]
        alike = open_everywhere(population, [fact for _, fact in turns])
        self._facts = [
            (turn, fact, self._group(fact.selection)) for (turn, _), fact in zip(turns, alike, strict=True)
        ]
        self._told: dict[Group, dict[int, Fact]] = defaultdict(dict)
        for turn, fact, group in self._facts:
            if fact.value is not None:
                self._told[group][turn] = fact
        hidden = {group: turn for turn, fact, group in self._facts if fact.value is None}
        ends = {group: _last_other(told, hidden.get(group, -1)) for group, told in self._told.items()}
        self._moved = [(dict(group), turn) for group, turn in ends.items() if turn is not None]
        self._stale = {
            group for group, told in self._told.items() if self._is_touched(dict(group), max(told))
        }

    def corrections(self) -> list[Finding]:
        """Numbers of the last edition that differ by few from what any edition told of the same group."""
        return [
            Finding(Exposure.DIFFERENCE, f"{told[self._last].place} minus {known.place}")
            for told in self._told.values()
            if self._last in told and not told[self._last].exempt
            for known in told.values()
            if 0 < abs((told[self._last].value or 0) - (known.value or 0)) < told[self._last].least
        ]

    def differences(self) -> list[Finding]:
        """Numbers that the last edition is the first to tell, held against those that may be others by now.

        What both editions told was held against each other then; only the correction is new in it.
        """
        new = [told[self._last] for told in self._told.values() if min(told) == self._last]
        old = [told[max(told)] for group, told in self._told.items() if group in self._stale]
        return differences(self._population, new, old)

    def believed(self, first: int) -> tuple[list[Fact], list[ShareFact]]:
        """From the edition `first` on: what is hidden, and the newest number of each group but the stale."""
        facts = [
            fact
            for turn, fact, group in self._facts
            if turn >= first
            and (fact.value is None or (group not in self._stale and max(self._told[group]) == turn))
        ]
        shares = [
            share
            for turn in range(first, self._last + 1)
            for share in self._shares[turn]
            if not any(
                self._is_touched(dict(self._group(group)), turn)
                for group in (share.numerator, share.denominator)
            )
        ]
        return facts, shares

    def _is_touched(self, group: Selection, turn: int) -> bool:
        """True if a number around the group has become another since that turn."""
        return any(when >= turn and meet(group, other) for other, when in self._moved)

    def _group(self, selection: Selection) -> Group:
        return group_of(self._population, selection)


def _last_other(told: Mapping[int, Fact], hidden: int) -> int | None:
    """The last turn with a number that no longer holds: another is told later, or it is hidden again."""
    newest = max(told)
    if hidden > newest:
        return newest
    return max((turn for turn in told if told[turn].value != told[newest].value), default=None)
