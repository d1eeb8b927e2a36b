"""What was known before the last edition, or would be if it told nothing but head counts."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from followup.disclosure.cells import Population, Selection
from followup.disclosure.intruder.bounds import Impossible, Solver, Term, Unsettled, fitted, in_whole_people
from followup.disclosure.intruder.facts import Fact, groups_in
from followup.disclosure.intruder.history import Reading
from followup.disclosure.intruder.worlds import Worlds


class SoFar:
    """Two readers: one of what was told before, one of head counts and of who was told before to be nobody.

    What a new head count tells beside an old number of somebody is news.
    """

    def __init__(
        self, population: Population, facts: Sequence[Fact], before: Reading, worlds: Worlds | None = None
    ) -> None:
        self._facts, self._before = facts, before
        groups = groups_in([*facts, *before.facts], before.shares)
        self._make_worlds = lambda: worlds or Worlds(population, groups)

    @cached_property
    def _worlds(self) -> Worlds:
        return self._make_worlds()

    @cached_property
    def _earlier(self) -> Solver:
        return fitted(self._worlds, self._before.facts, self._before.shares)

    @cached_property
    def _public(self) -> Solver:
        nobody = [fact for fact in self._before.facts if fact.value == 0]
        return fitted(self._worlds, [*(fact for fact in self._facts if fact.exempt), *nobody])

    def tells(self, outer: Selection, inner: Selection, number: int) -> bool:
        """Whether so many, and no other number, can be in the one group and not in the other."""
        terms = [(1.0, self._worlds.columns(outer)), (-1.0, self._worlds.columns(inner))]
        return (number, number) in self.bounds(terms)

    def bounds(self, terms: Sequence[Term]) -> Iterator[tuple[float, float]]:
        """To each reader in whole people; none to one who finds no answer: then nothing is excused."""
        for reader in ("_earlier", "_public"):
            try:
                solver: Solver = getattr(self, reader)
                yield in_whole_people(solver.bounds(terms))
            except (Impossible, Unsettled):
                continue
