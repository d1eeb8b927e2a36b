"""The trial before publication: an intruder with everything published tries to undo the new edition."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import Population, Rule
from followup.disclosure.cells import Part
from followup.disclosure.intruder import Exposure, Fact, Finding, ShareFact, attack, read_table
from followup.editions import queries
from followup.editions.models import Edition
from followup.editions.stored import published
from followup.exports.publication import Publication
from followup.organisation import queries as organisation
from followup.periods import Month, Period, parse_period
from followup.protection import queries as protection
from followup.statistics.meaning import PublicCube, public_cubes
from followup.statistics.variables import LISTS, Item, Lists


class _Public(NamedTuple):
    """What everybody knows beside the numbers: teams, code lists and every version of the rule."""

    teams: list[tuple[str, str]]
    lists: Lists
    rules: Sequence[Rule]

    def cubes(self, publication: Publication) -> Mapping[str, PublicCube]:
        """The meaning of a publication's tables, under the rule that it was protected by."""
        return public_cubes(publication.period, self.teams, self.lists, rule=self._rule(publication))

    def least(self, publication: Publication) -> int:
        return self._rule(publication).least(screening=False)

    def _rule(self, publication: Publication) -> Rule:
        version = publication.tables[0].rule_version
        return next(rule for rule in self.rules if rule.version == version)


class _Knowledge(NamedTuple):
    """What some publications tell."""

    facts: list[Fact]
    shares: list[ShareFact]
    populations: Mapping[str, Population]

    def findings(self) -> list[Finding]:
        return attack(self.facts, self.shares, populations=self.populations)


def undo(session: Session, scope: Scope, publication: Publication, before: Edition | None) -> list[Finding]:
    """What an outsider can undo with this publication and every earlier one that touches its months.

    When numbers have been corrected since, no table of people fits both old and new: then the new one is
    tried by itself, and every difference with any edition is looked at.
    """
    lists = {
        name: [Item(code.code, code.label_sv, code.report_code) for code in codes]
        for name, codes in organisation.code_lists(session, scope, LISTS).items()
    }
    every = _touching(session, scope, publication)
    replaced = {edition.revises for edition in every} | ({before.id} if before else set())
    earlier = [told for edition, told in every.items() if edition.id not in replaced]
    teams = _teams([publication, *every.values()])
    public = _Public(teams, lists, protection.versions(session, scope))
    findings = _together(publication, earlier, public)
    if any(found.exposure is Exposure.CONTRADICTION for found in findings):
        findings = [f for f in findings if f.exposure is Exposure.DIFFERENCE]
        findings += _told_by([publication], public).findings()
    return findings + _moved(publication, list(every.values()), public)


def _together(publication: Publication, earlier: list[Publication], public: _Public) -> list[Finding]:
    """The findings in all of them; what a weaker rule gave away before is held to that rule."""
    new, old = _told_by([publication], public), _told_by(earlier, public)
    shares, populations = new.shares + old.shares, {**old.populations, **new.populations}
    findings = _Knowledge(new.facts + old.facts, shares, populations).findings()
    weakest = min(map(public.least, earlier), default=public.least(publication))
    if not findings or weakest >= public.least(publication):
        return findings
    known = {_group(fact): fact.value for fact in old.facts}
    silent = [f if known.get(_group(f)) == f.value else f._replace(value=None) for f in new.facts]
    given = {found.place for found in _Knowledge(silent + old.facts, old.shares, populations).findings()}
    eased = [fact._replace(least=weakest) if fact.place in given else fact for fact in new.facts]
    again = _Knowledge(eased + old.facts, shares, populations).findings()
    return [found for found in again if found.exposure is not Exposure.DIFFERENCE or found.place not in given]


def _group(fact: Fact) -> tuple[str, frozenset[tuple[str, Part]]]:
    return fact.population, frozenset(fact.selection.items())


def _told_by(publications: Sequence[Publication], public: _Public) -> _Knowledge:
    facts: list[Fact] = []
    shares: list[ShareFact] = []
    populations: dict[str, Population] = {}
    for release in publications:
        cubes = public.cubes(release)
        for table in release.tables:
            if table.id not in cubes:
                continue  # Money and meetings: plain figures, and what is derived from cells that are here.
            told, percentages = read_table(table, cubes[table.id].meaning, release=release.edition)
            facts, shares = facts + told, shares + percentages
        populations |= {cube.meaning.population.name: cube.meaning.population for cube in cubes.values()}
    return _Knowledge(facts, shares, populations)


def _moved(later: Publication, earlier: list[Publication], public: _Public) -> list[Finding]:
    """Numbers that differ from what any edition has told by so few that the difference points at people.

    A number of the year before is in that year's edition, too, and somebody may have an edition that has been
    replaced since.
    """
    new, old = _told_by([later], public).facts, _told_by(earlier, public).facts
    head_counts = {_group(fact) for fact in (*new, *old) if fact.exempt}
    told: dict[object, list[Fact]] = defaultdict(list)
    for fact in old:
        told[_group(fact)].append(fact)
    return [
        Finding(Exposure.DIFFERENCE, f"{fact.place} minus {known.place}")
        for fact in new
        for known in told[_group(fact)]
        if _group(fact) not in head_counts and _differ_by_few(fact, known)
    ]


def _differ_by_few(one: Fact, other: Fact) -> bool:
    if one.value is None or other.value is None:
        return False
    return 0 < abs(one.value - other.value) < one.least


def _touching(session: Session, scope: Scope, publication: Publication) -> dict[Edition, Publication]:
    """Editions whose months, or those of the year before, meet the publication's; replaced ones as well."""
    first, last = publication.period.previous.first, publication.period.last
    return {
        edition: published(edition)
        for edition in queries.editions(session, scope)
        if _touches(parse_period(edition.period), first, last)
    }


def _touches(period: Period, first: Month, last: Month) -> bool:
    return period.previous.first <= last + 1 and first <= period.last + 1


def _teams(publications: list[Publication]) -> list[tuple[str, str]]:
    named = {
        (code, label)
        for publication in publications
        for table in publication.tables
        for axis in table.axes
        if axis.name == "team"
        for code, label in zip(axis.codes, axis.labels, strict=True)
    }
    return sorted(named)
