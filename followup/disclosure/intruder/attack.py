"""The attack: everything published, taken together, and what it gives away.

Written apart from the protector: it shares the names of groups and periods with it, but no equation, no
solver set-up and no notion of which cells were hidden first.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import partial

from followup.disclosure.cells import Population
from followup.disclosure.intruder.alike import alike
from followup.disclosure.intruder.asking import Asking
from followup.disclosure.intruder.bounds import Impossible, Solver, Unsettled, fitted
from followup.disclosure.intruder.differences import differences
from followup.disclosure.intruder.durations import durations
from followup.disclosure.intruder.facts import Fact, Floor, RankFact, ShareFact, groups_in
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.flows import Told
from followup.disclosure.intruder.groups import open_everywhere
from followup.disclosure.intruder.history import Reading
from followup.disclosure.intruder.ranked import ranked
from followup.disclosure.intruder.so_far import SoFar
from followup.disclosure.intruder.spans import left_over
from followup.disclosure.intruder.untold import untold
from followup.disclosure.intruder.worlds import Worlds

NOTHING = Reading(())


def attack(
    facts: Sequence[Fact],
    shares: Sequence[ShareFact] = (),
    ranks: Sequence[RankFact] = (),
    *,
    populations: Mapping[str, Population],
    whole: bool = False,
    before: Reading = NOTHING,
    floors: Sequence[Floor] = (),
) -> list[Finding]:
    """Every exposure in the facts of any number of tables and releases; empty when nothing is found.

    facts, shares, ranks   cells, percentages and medians as published; hidden cells have value None
    populations     name -> variables and possible courses of events
    whole           use that people come in whole numbers (slower)
    before          what of it earlier releases told by themselves: what that gives away together is no news
    floors          so many are in a group at least, which is of use where a head count is hidden
    """
    found: list[Finding] = []
    for name in sorted({fact.population for fact in facts}):
        own = open_everywhere(populations[name], [fact for fact in facts if fact.population == name])
        earlier = before.about(name)
        so_far = SoFar(populations[name], own, earlier)
        by_hand = [
            *_shown(own),
            *differences(populations[name], own, is_known=so_far.tells),
            *left_over(populations[name], own, earlier.facts),
        ]
        found += by_hand
        try:
            percentages = [share for share in shares if share.population == name]
            least = [floor for floor in floors if floor.population == name]
            attempt = _Attempt(populations[name], own, percentages, least, whole=whole)
            found += [*attempt.hidden(earlier), *attempt.alike(earlier)] or (
                [] if by_hand else attempt.untold(earlier)
            )
            figures = [rank for rank in ranks if rank.population == name]
            known = ranked(populations[name], earlier.facts, earlier.ranks)
            news = [one for one in ranked(populations[name], own, figures) if one not in known]
            found += news or durations(
                populations[name], Told(own, figures), Told(earlier.facts, earlier.ranks)
            )
        except Impossible:
            found.append(Finding(Exposure.CONTRADICTION, name))
        except Unsettled:
            found.append(Finding(Exposure.UNSETTLED, name))
    return list(dict.fromkeys(found))


def _shown(facts: Iterable[Fact]) -> list[Finding]:
    """What can be read straight off."""
    return [
        Finding(Exposure.SHOWN, fact.place, fact.value, fact.value)
        for fact in facts
        if fact.value is not None and 0 < fact.value < fact.least and not fact.exempt
    ]


class _Attempt:
    """What follows from all that is shown, by linear programs. Raises Impossible, Unsettled."""

    def __init__(
        self,
        population: Population,
        facts: Sequence[Fact],
        shares: Sequence[ShareFact],
        floors: Sequence[Floor],
        *,
        whole: bool,
    ) -> None:
        self._population, self._facts, self._whole = population, facts, whole
        # Where all head counts are told they tell no less.
        is_of_use = any(fact.exempt and fact.value is None for fact in facts)
        self._floors = floors if is_of_use else ()
        groups = [*groups_in(facts, shares), *(floor.selection for floor in self._floors)]
        self._worlds = Worlds(population, groups)
        self._solver = self._fitted(facts, shares, self._floors)
        self._solver.bounds([])

    def _fitted(self, facts: Sequence[Fact], shares: Sequence[ShareFact], floors: Sequence[Floor]) -> Solver:
        solver = fitted(self._worlds, facts, shares, whole=self._whole)
        for floor in floors:
            columns = self._worlds.columns(floor.selection)
            solver.require(dict.fromkeys(columns, 1.0), floor.people, float("inf"))
        return solver

    def hidden(self, before: Reading) -> list[Finding]:
        """Of what is hidden, and of those beside all rows; not what was known as closely so far.

        To one of the readers of `SoFar`; what may be no small number, to who is both of them.
        """
        heads = [fact for fact in self._facts if fact.exempt]

        def findings(solver: Solver, places: Set[str] | None = None) -> list[Finding]:
            solver.bounds([])
            bare = partial(fitted, self._worlds, heads, whole=self._whole)
            asking = Asking(self._population, self._worlds, solver, heads, bare)
            return asking.findings(self._facts, self._facts, places)

        found = findings(self._solver)
        if not found or not before.facts:
            return found
        floors = [floor for floor in self._floors if floor in before.floors]
        nobody = [fact for fact in before.facts if fact.value == 0]
        places = {one.place for one in found}
        known, public, told = (
            findings(self._fitted(facts, shares, least), places)
            for facts, shares, least in (
                (before.facts, before.shares, floors),
                ([*heads, *nobody], (), ()),
                ([*heads, *before.facts], before.shares, floors),
            )
        )
        many = max(fact.least for fact in self._facts)
        told = [one for one in told if one.high is not None and one.high >= many]
        return [each for each in found if each not in (*known, *public, *told)]

    def alike(self, before: Reading) -> list[Finding]:
        """Of those between two periods."""
        return alike(
            self._population,
            self._worlds,
            self._solver,
            self._facts,
            before.facts,
            SoFar(self._population, self._facts, before, self._worlds),
        )

    def untold(self, before: Reading) -> list[Finding]:
        """Of groups that no table has, which follow from what is found otherwise, too, if anything is."""
        return untold(self._population, self._facts, self._worlds, self._solver, before)
