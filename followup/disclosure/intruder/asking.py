"""Questions to a linear program: how many people can there be in a group, and is that too closely known?"""

from collections.abc import Callable, Sequence, Set
from functools import cached_property

from followup.disclosure.cells import Population
from followup.disclosure.intruder.bounds import SLACK, People, Solver, Term, in_whole_people
from followup.disclosure.intruder.facts import Fact
from followup.disclosure.intruder.findings import Exposure, Finding
from followup.disclosure.intruder.groups import contains, spelt_out
from followup.disclosure.intruder.rests import rests


class Asking:
    """Asks one solver, which knows all that is told, of these people.

    heads   what is told of them in the open by the rule; `bare` makes a solver that knows nothing else
    """

    def __init__(
        self,
        population: Population,
        people: People,
        solver: Solver,
        heads: Sequence[Fact],
        bare: Callable[[], Solver],
    ) -> None:
        self._population, self._people, self._solver = population, people, solver
        told = sorted((fact.value, place) for place, fact in enumerate(heads) if fact.value is not None)
        self._heads = [(number, spelt_out(population, heads[place].selection)) for number, place in told]
        self._make_bare = bare

    @cached_property
    def _bare(self) -> Solver:
        return self._make_bare()

    def findings(
        self, asked: Sequence[Fact], rows: Sequence[Fact], places: Set[str] | None = None
    ) -> list[Finding]:
        """What is too closely known of the groups asked for, or of those of them at some `places`.

        And of the people beside all the rows, when they surely are somebody, and few.
        """
        found: list[Finding] = []
        for fact in asked:
            if places is not None and fact.place not in places:
                continue
            if fact.value is None:
                found += self._narrow(fact)
            elif fact.value:
                found += self._everybody(fact)
        for rest in rests(self._population, rows):
            if places is None or rest.place in places:
                found += [each for each in self._narrow(rest) if _is_news(each, rest.least)]
        return found

    def alike(self, asked: Sequence[Fact]) -> list[Finding]:
        """Of the groups that surely are somebody: that few of a group around are not in them."""
        found: list[Finding] = []
        for fact in asked:
            people = [(1.0, self._people.columns(fact.selection))]
            if self._solver.met(people)[0] > SLACK and self._solver.least(people) > SLACK:
                found += self._everybody(fact)
        return found

    def _narrow(self, fact: Fact) -> list[Finding]:
        columns = self._people.columns(fact.selection)
        floor, told = 0, self._head_count(fact)
        if told >= fact.least and self._is_surely_open(fact, columns):
            return []
        low, high = in_whole_people(self._solver.bounds([(1.0, columns)]))
        if high < min(told, fact.least) or (low > floor and self._is_of_a_length(fact)):
            # Head counts may say as much together, without telling the group around it by itself.
            floor, told = in_whole_people(self._bare.bounds([(1.0, columns)]))
        if told < fact.least:
            # Parts of a small head count that the rule lets be told: nothing more may be known of them.
            exposed = low > floor or high < told
        else:
            exposed = low < fact.least and min(high, high - low) < fact.least and (low > floor or high < told)
        if exposed and not fact.exempt:
            return [Finding(Exposure.NARROW, fact.place, low, None if high == float("inf") else int(high))]
        return self._everybody(fact) if low > 0 else []

    def _everybody(self, fact: Fact) -> list[Finding]:
        """Whether the others of a group it is part of are surely few.

        Of a length head counts alone may say so: nobody stayed for a year where nobody was there a year ago.
        """
        found = []
        for others in self._others(fact):
            if self._solver.met(others)[1] < fact.least:
                least, most = in_whole_people(self._solver.bounds(others))
                if most < fact.least and not self._is_told_by_heads(fact, others, most):
                    found.append(Finding(Exposure.EVERYBODY, fact.place, least, int(most)))
        return found

    def _is_told_by_heads(self, fact: Fact, others: Sequence[Term], most: float) -> bool:
        return self._is_of_a_length(fact) and in_whole_people(self._bare.bounds(others))[1] <= most

    def _is_of_a_length(self, fact: Fact) -> bool:
        return any(length.variable in fact.selection for length in self._population.lengths)

    def _others(self, fact: Fact) -> list[list[Term]]:
        """Of each group it is part of, those who are not in it."""
        columns = self._people.columns(fact.selection)
        return [[(1.0, self._people.columns(whole)), (-1.0, columns)] for whole in fact.wholes]

    def _is_surely_open(self, fact: Fact, columns: Sequence[int]) -> bool:
        """Worlds met on the way to other numbers show already that this one has room enough."""
        low, high = in_whole_people(self._solver.met([(1.0, columns)]))
        if not fact.exempt and min(high, high - low) < fact.least:
            return False
        return low == 0 or all(self._solver.met(others)[1] >= fact.least for others in self._others(fact))

    def _head_count(self, part: Fact) -> float:
        """The smallest head count, told in the open by the rule, of a group around `part`."""
        within = spelt_out(self._population, part.selection)
        return next((number for number, group in self._heads if contains(group, within)), float("inf"))


def _is_news(finding: Finding, least: int) -> bool:
    """False of people beside the rows who may be nobody, or many: no cell promises to hide how many."""
    if finding.exposure is not Exposure.NARROW:
        return True
    return bool(finding.low) and finding.high is not None and finding.high < least
