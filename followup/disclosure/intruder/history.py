"""What several editions tell of one population, and what of it a reader of them all can still believe."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.computed import computed
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, Loose, Nearly, ShareFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, group_of, meet, open_everywhere, tells_a_kind
from followup.disclosure.intruder.rests import sums
from followup.disclosure.intruder.strain import strained


class Reading(NamedTuple):
    """What a reader finds in one edition."""

    facts: Sequence[Fact]
    shares: Sequence[ShareFact] = ()

    def about(self, population: str) -> "Reading":
        return Reading(
            [fact for fact in self.facts if fact.population == population],
            [share for share in self.shares if share.population == population],
        )


class _Told(NamedTuple):
    """A fact, the turn of its edition (0 for the oldest) and its group however it is written."""

    turn: int
    fact: Fact
    group: Group


class History:
    """The editions of one population in their turn, and which of their numbers no longer hold."""

    def __init__(self, population: Population, editions: Sequence[Reading]) -> None:
        self._population, self._last = population, len(editions) - 1
        self._shares = [edition.shares for edition in editions]
        turns = [(turn, fact) for turn, edition in enumerate(editions) for fact in edition.facts]
        alike = open_everywhere(population, [fact for _, fact in turns])
        self._facts = [
            _Told(turn, fact, group_of(population, fact.selection))
            for (turn, _), fact in zip(turns, alike, strict=True)
        ]
        self._told: dict[Group, dict[int, Fact]] = defaultdict(dict)
        for turn, fact, group in self._facts:
            if fact.value is not None:
                self._told[group][turn] = fact
        hidden = {group: turn for turn, fact, group in self._facts if fact.value is None}
        ends = {group: _last_other(told, hidden.get(group, -1)) for group, told in self._told.items()}
        self._moved = [(dict(group), turn) for group, turn in ends.items() if turn is not None]
        self._find_stale()

    def _find_stale(self) -> None:
        self._stale = {
            group for group, told in self._told.items() if self._is_touched(dict(group), max(told))
        }

    def _is_touched(self, group: Selection, turn: int) -> bool:
        """True if a number around the group has become another since that turn."""
        return any(when >= turn and meet(group, other) for other, when in self._moved)

    def is_corrected(self) -> bool:
        return bool(self._moved)

    def give_way(self) -> bool:
        """Believe no longer those older numbers that contradict the others; False if that helps nothing."""
        believed = [told for told in self._facts if told.fact.value is not None and self._is_believed(told)]
        older = sorted((told for told in believed if told.turn < self._last), key=lambda told: told.turn)
        firm = [told.fact for told in believed if told.turn == self._last]
        places = strained(self._population, firm, [(told.turn, told.fact) for told in older])
        self._moved += [(dict(older[place].group), older[place].turn) for place in places]
        self._find_stale()
        if places or not any(self._shares[: self._last]):
            return bool(places)
        self._shares = [[] for _ in range(self._last)] + self._shares[self._last :]
        return True

    def believed(self) -> tuple[list[Fact], list[ShareFact]]:
        """What is hidden, and the newest number of each group but the stale."""
        facts = [told.fact for told in self._facts if told.fact.value is None or self._is_believed(told)]
        shares = [
            share
            for turn, shares in enumerate(self._shares)
            for share in shares
            if not any(
                self._is_touched(dict(group_of(self._population, group)), turn)
                for group in (share.numerator, share.denominator)
            )
        ]
        return facts, shares

    def _is_believed(self, told: _Told) -> bool:
        return told.group not in self._stale and max(self._told[told.group]) == told.turn

    def corrections(self) -> list[Finding]:
        """Numbers of the last edition that differ by few from what any edition told of the same group.

        A hidden number that can only be one is as good as told, but for that of a group by nothing but time.
        """
        if not self._moved:
            return []
        return [
            Finding(Exposure.DIFFERENCE, f"{now.place} minus {before[group].place}")
            for group, now in self._known[self._last].items()
            if not now.exempt
            for before in self._known[: self._last]
            if group in before
            if 0 < abs((now.value or 0) - (before[group].value or 0)) < now.least
        ]

    @cached_property
    def _known(self) -> list[dict[Group, Fact]]:
        """What each edition by itself tells, shown or not."""
        return [self._known_from(turn) for turn in range(self._last + 1)]

    def _known_from(self, turn: int) -> dict[Group, Fact]:
        own = [told.fact for told in self._facts if told.turn == turn]
        others = [told for told in self._facts if told.turn != turn and not told.fact.exempt]
        asked = {told.group: told.fact for told in others if self._tells_a_kind(told)}
        return computed(self._population, own, self._shares[turn], asked.values())

    def _tells_a_kind(self, told: _Told) -> bool:
        return tells_a_kind(self._population, told.fact.selection)

    def differences(self) -> list[Finding]:
        """Numbers that the last edition is the first to tell, held against those that may be others by now.

        What both editions told was held against each other then; only the correction is new in it.
        """
        new = [told[self._last] for told in self._told.values() if min(told) == self._last]
        old = [told[max(told)] for group, told in self._told.items() if group in self._stale]
        return differences(self._population, [*new, *sums(self._population, new)], old)

    def nearly(self) -> Nearly:
        """What is believed, and the stale numbers give or take those who were moved.

        It is asked what this tells of the groups that no edition told before.
        """
        facts, shares = self.believed()
        most = max((self._moved_by(group) for group in self._told), default=0)
        loose = [
            Loose(told[max(told)], max(most, 1)) for group, told in self._told.items() if group in self._stale
        ]
        asked = [
            told.fact
            for told in self._facts
            if told.turn == self._last and self._tells_a_kind(told)
            if not any(told.group in known for known in self._known[: self._last])
        ]
        return Nearly(facts, shares, loose, asked)

    def _moved_by(self, group: Group) -> int:
        """By how many people a number is another than it was told before."""
        told = self._told[group]
        return max(abs((told[max(told)].value or 0) - (fact.value or 0)) for fact in told.values())

    def moves(self) -> Iterator[tuple[list[Fact], list[Fact], int]]:
        """An earlier edition, the last one, and how many came between them, or went, as head counts tell.

        Where they tell the same head count of nobody, it may have been one who came, or one who went.
        """
        last = [told.fact for told in self._facts if told.turn == self._last]
        for turn in range(self._last):
            moved = {
                (told[self._last].value or 0) - (told[turn].value or 0)
                for told in self._told.values()
                if turn in told and self._last in told and told[turn].exempt
            }
            few = min((fact.least for fact in last), default=0)
            people = max(moved, key=abs, default=0)
            then = [told.fact for told in self._facts if told.turn == turn]
            if 0 < abs(people) < few and not (min(moved) < 0 < max(moved)):
                yield then, last, people
            if not moved and any(when >= turn for _, when in self._moved):
                yield then, last, 1
                yield then, last, -1


def _last_other(told: Mapping[int, Fact], hidden: int) -> int | None:
    """The last turn with a number that no longer holds: another is told later, or it is hidden again."""
    newest = max(told)
    if hidden > newest:
        return newest
    return max((turn for turn in told if told[turn].value != told[newest].value), default=None)
