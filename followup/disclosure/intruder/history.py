"""What several editions tell of one population, and what of it a reader of them all can still believe."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.computed import computed
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.facts import Fact, Floor, RankFact, ShareFact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import Group, group_of, meet, open_everywhere, tells_a_kind
from followup.disclosure.intruder.nearly import Nearly
from followup.disclosure.intruder.rests import sums
from followup.disclosure.intruder.strain import strained


class Reading(NamedTuple):
    """What a reader finds in one edition."""

    facts: Sequence[Fact]
    shares: Sequence[ShareFact] = ()
    ranks: Sequence[RankFact] = ()
    floors: Sequence[Floor] = ()

    def about(self, population: str) -> "Reading":
        return Reading(
            [fact for fact in self.facts if fact.population == population],
            [share for share in self.shares if share.population == population],
            [rank for rank in self.ranks if rank.population == population],
            [floor for floor in self.floors if floor.population == population],
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
        self._ranks = [edition.ranks for edition in editions]
        self._floors = [edition.floors for edition in editions]
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
        self._wrong: set[tuple[Group, int]] = set()
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
        numbers = [(told.turn, told.fact) for told in older]
        places = strained(self._population, firm, self._shares[self._last], numbers)
        wrong = {(older[place].group, older[place].turn) for place in places}
        self._wrong |= wrong
        self._moved += [(dict(group), turn) for group, turn in wrong]
        self._find_stale()
        if wrong or not any(self._shares[: self._last]):
            return bool(wrong)
        self._shares = [[] for _ in range(self._last)] + self._shares[self._last :]
        return True

    def believed(self) -> Reading:
        """What is hidden, and the newest number of each group but the stale."""
        facts = [told.fact for told in self._facts if told.fact.value is None or self._is_believed(told)]
        shares = [share for turn, share in self._percentages() if not self._is_outdated(share, turn)]
        return Reading(facts, shares, self._figures(self._last), self._floors[-1])

    def before(self) -> Reading:
        """What is believed and was told before the last edition as it is."""
        facts = [
            told.fact
            for told in self._facts
            if told.fact.value is not None and self._is_believed(told) and self._was_told_so(told)
        ]
        earlier = ((turn, share) for turn, share in self._percentages() if turn < self._last)
        shares = [share for turn, share in earlier if not self._is_outdated(share, turn)]
        floors = self._floors[self._last - 1] if self._last else ()
        return Reading(facts, shares, self._figures(self._last - 1), floors)

    def _figures(self, last: int) -> list[RankFact]:
        """Those of the editions up to the last one whose base nothing has touched since."""
        return [
            rank
            for turn, ranks in enumerate(self._ranks[: last + 1])
            for rank in ranks
            if not self._is_touched(dict(group_of(self._population, rank.base)), turn)
        ]

    def _was_told_so(self, told: _Told) -> bool:
        earlier = (fact.value for turn, fact in self._told[told.group].items() if turn < self._last)
        return told.fact.value is not None and told.fact.value in earlier

    def _is_believed(self, told: _Told) -> bool:
        is_newest = max(self._told[told.group]) == told.turn
        return is_newest and told.group not in self._stale and (told.group, told.turn) not in self._wrong

    def _percentages(self) -> Iterator[tuple[int, ShareFact]]:
        return ((turn, share) for turn, shares in enumerate(self._shares) for share in shares)

    def _is_outdated(self, share: ShareFact, turn: int) -> bool:
        groups = (group_of(self._population, group) for group in (share.numerator, share.denominator))
        return any(self._is_touched(dict(group), turn) for group in groups)

    def is_replaced(self, place: str) -> bool:
        """True of a cell of another edition than the last."""
        return place not in self._places

    @cached_property
    def _places(self) -> set[str]:
        return {told.fact.place for told in self._facts if told.turn == self._last}

    def corrections(self) -> list[Finding]:
        """Numbers of the last edition that differ by few from what any edition told of the same group.

        A hidden number that can only be one is as good as told, but for that of a group by nothing but time.
        """
        if not self._moved:
            return []
        return [*self._all_alike()] + [
            Finding(Exposure.DIFFERENCE, f"{now.place} minus {before[group].place}")
            for group, now in self._known[self._last].items()
            if not now.exempt
            for before in self._known[: self._last]
            if group in before
            if 0 < abs((now.value or 0) - (before[group].value or 0)) < now.least
        ]

    def _all_alike(self) -> Iterator[Finding]:
        """That all, or all but a few, of many who came or left since have something in common that tells."""
        last = self._known[self._last]
        for group, now in last.items():
            for whole in now.wholes:
                around = last.get(group_of(self._population, whole))
                for before in self._known[: self._last] if around else ():
                    then = before.get(group), before.get(group_of(self._population, whole))
                    if around and then[0] and then[1]:
                        change, of_all = _change(now, then[0]), _change(around, then[1])
                        rest = of_all - change if change > 0 else change - of_all
                        if abs(change) >= now.least and 0 <= rest < now.least:
                            place = f"{now.place} minus {then[0].place}"
                            yield Finding(Exposure.EVERYBODY, place, rest, rest)

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

        What both editions told was held against each other then; only the correction is new in it, unless
        it was of so many that the number is another altogether.
        """
        old = [told[max(told)] for group, told in self._told.items() if group in self._stale]
        if not old:
            return []
        new = [told[self._last] for told in self._told.values() if self._last in told and self._is_new(told)]
        today = (told for told in self._facts if told.turn == self._last)
        still = [dict(told.group) for told in today if self._was_told_so(told)]
        return differences(self._population, [*new, *sums(self._population, new)], old, still)

    def _is_new(self, told: Mapping[int, Fact]) -> bool:
        now = told[self._last]
        earlier = (fact.value or 0 for turn, fact in told.items() if turn < self._last)
        return all(abs((now.value or 0) - value) >= now.least for value in earlier)

    def nearly(self) -> Nearly:
        """What is believed, and the older numbers that were touched.

        It is asked what they tell of the groups that no edition told before, and beside today's rows.
        """
        facts, shares, *_ = self.believed()
        stale = [told[max(told)] for group, told in self._told.items() if group in self._stale]
        outdated = [share for turn, share in self._percentages() if self._is_outdated(share, turn)]
        today = [told for told in self._facts if told.turn == self._last and self._tells_a_kind(told)]
        asked = [told.fact for told in today if not self._was_known(told.group)]
        known = [told.fact for told in today if told.fact.value is None and self._was_known(told.group)]
        rows = [told.fact for told in today]
        before = self.before()
        first = min((max(told) for group, told in self._told.items() if group in self._stale), default=0)
        steady = [fact for fact in before.facts if self._was_so(fact, first)]
        return Nearly(facts, shares, stale, outdated, before.facts, before.shares, asked, rows, steady, known)

    def _was_so(self, fact: Fact, turn: int) -> bool:
        """True of a number that was told as it is by that turn."""
        told = self._told[group_of(self._population, fact.selection)]
        return any(when <= turn and one.value == fact.value for when, one in told.items())

    def _was_known(self, group: Group) -> bool:
        return any(group in known for known in self._known[: self._last])

    def moves(self) -> Iterator[tuple[list[Fact], list[Fact]]]:
        """An earlier edition and the last one, where something was corrected in between."""
        last = [told.fact for told in self._facts if told.turn == self._last]
        for turn in range(self._last):
            if any(when >= turn for _, when in self._moved):
                yield [told.fact for told in self._facts if told.turn == turn], last


def _change(now: Fact, then: Fact) -> int:
    return (now.value or 0) - (then.value or 0)


def _last_other(told: Mapping[int, Fact], hidden: int) -> int | None:
    """The last turn with a number that no longer holds: another is told later, or it is hidden again."""
    newest = max(told)
    if hidden > newest:
        return newest
    return max((turn for turn in told if told[turn].value != told[newest].value), default=None)
