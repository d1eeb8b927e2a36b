"""The trial before publication: an intruder with everything published tries to undo the new edition."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.disclosure import Population, Rule
from followup.disclosure.intruder import (
    Exposure,
    Fact,
    Finding,
    Group,
    RankFact,
    Reading,
    ShareFact,
    Unsettled,
    attack_in_turn,
    computed,
    group_of,
    read_ranks,
    read_table,
)
from followup.editions import queries
from followup.editions.stored import fingerprint, publication_record, published
from followup.exports.publication import Publication
from followup.organisation import queries as organisation
from followup.periods import Month, Period, parse_period
from followup.protection import queries as protection
from followup.statistics.meaning import PublicCube, public_cubes
from followup.statistics.together import spelt_out
from followup.statistics.variables import LISTS, Item, Lists

# What a weaker rule may have given away. Numbers told again are what somebody who moved is found by.
EXCUSED = {
    Exposure.SHOWN,
    Exposure.NARROW,
    Exposure.UNTOLD,
    Exposure.EVERYBODY,
    Exposure.DIFFERENCE,
}


class _Public(NamedTuple):
    """What everybody knows beside the numbers: teams, code lists and every version of the rule."""

    teams: list[tuple[str, str]]
    lists: Lists
    rules: Sequence[Rule]

    def cubes(self, publication: Publication) -> Mapping[str, PublicCube]:
        """The meaning of a publication's tables, under the rule that it was protected by."""
        together = spelt_out(code for code, _ in self.teams)
        rule = self._rule(publication)
        return public_cubes(publication.period, self.teams, self.lists, rule=rule, together=together)

    def least(self, publication: Publication) -> int:
        return self._rule(publication).least(screening=False)

    def _rule(self, publication: Publication) -> Rule:
        version = publication.tables[0].rule_version
        return next(rule for rule in self.rules if rule.version == version)


class Knowledge(NamedTuple):
    """What some publications tell, the oldest first."""

    editions: list[Reading]
    populations: Mapping[str, Population]

    def findings(self) -> list[Finding]:
        return attack_in_turn(self.editions, populations=self.populations)

    def findings_after(self, weakest: int) -> list[Finding]:
        """The same when earlier editions were told under a rule with so low a threshold.

        What they gave away by it is held to it. What is told for the first time is held to the new rule.
        """
        new, before = self.editions[-1], self._told_before()
        silent = [f if before.get(self._group(f)) == f.value else f._replace(value=None) for f in new.facts]
        given = {
            (found.exposure, found.place)
            for found in self._with_last(silent, ()).findings()
            if found.exposure in EXCUSED
        }
        held = {old.place for old, fact in zip(silent, new.facts, strict=True) if old.value == fact.value}
        held &= {place for _, place in given}
        eased = [fact._replace(least=weakest) if fact.place in held else fact for fact in new.facts]
        return [
            found
            for found in self._with_last(eased, new.shares).findings()
            if (found.exposure, found.place) not in given or found.place in held
        ]

    def _told_before(self) -> dict[tuple[str, Group], int | None]:
        """What earlier editions told of the groups of the last one, or what follows: a sum of theirs."""
        told: dict[tuple[str, Group], int | None] = {}
        for edition in self.editions[:-1]:
            for name, population in self.populations.items():
                own = edition.about(name)
                asked = (f for f in self.editions[-1].facts if f.population == name and f.value is not None)
                # Without an answer it is not excused.
                with suppress(Unsettled):
                    known = computed(population, own.facts, own.shares, asked)
                    told |= {(name, group): fact.value for group, fact in known.items()}
        return told

    def _group(self, fact: Fact) -> tuple[str, Group]:
        return fact.population, group_of(self.populations[fact.population], fact.selection)

    def _with_last(self, facts: list[Fact], shares: Sequence[ShareFact]) -> "Knowledge":
        """The same, with another content of the last one."""
        return self._replace(editions=[*self.editions[:-1], Reading(facts, shares, self.editions[-1].ranks)])


def undo(session: Session, scope: Scope, publication: Publication) -> list[Finding]:
    """What an outsider can undo with this publication and every earlier one that touches its months.

    Somebody may have an edition that has been replaced since, so those are read as well. What a weaker rule
    gave away before is held to that rule.
    """
    earlier = _touching(session, scope, publication)
    teams, rules = _teams([publication, *earlier]), protection.versions(session, scope)
    public = _Public(teams, _lists(session, scope), rules)
    known = _told_by([*earlier, publication], public)
    findings = known.findings()
    weakest = min(map(public.least, earlier), default=public.least(publication))
    if not findings or weakest >= public.least(publication):
        return findings
    return known.findings_after(weakest)


def grounds(session: Session, scope: Scope, publication: Publication) -> str:
    """A digest of all that the trial goes by: while it stays the same, so does the answer.

    The moment the publication was made is no part of it.
    """
    told = fingerprint(publication_record(publication) | {"made": ""})
    beside = [(edition.number, edition.sha256) for edition in queries.editions(session, scope)]
    known = (told, beside, _lists(session, scope), protection.versions(session, scope))
    return sha256(repr(known).encode()).hexdigest()


def _lists(session: Session, scope: Scope) -> Lists:
    return {
        name: [Item(code.code, code.label_sv, code.report_code) for code in codes]
        for name, codes in organisation.code_lists(session, scope, LISTS).items()
    }


def _told_by(publications: Sequence[Publication], public: _Public) -> Knowledge:
    editions: list[Reading] = []
    populations: dict[str, Population] = {}
    for release in publications:
        facts: list[Fact] = []
        shares: list[ShareFact] = []
        ranks: list[RankFact] = []
        cubes = public.cubes(release)
        for table in release.tables:
            if table.id not in cubes:
                continue  # Money and meetings: plain figures, and what is derived from cells that are here.
            meaning = cubes[table.id].meaning
            told, percentages = read_table(table, meaning, release=release.edition)
            facts, shares = facts + told, shares + percentages
            ranks += read_ranks(table, meaning, release=release.edition)
        editions.append(Reading(facts, shares, ranks))
        populations |= {cube.meaning.population.name: cube.meaning.population for cube in cubes.values()}
    return Knowledge(editions, populations)


def _touching(session: Session, scope: Scope, publication: Publication) -> list[Publication]:
    """Editions whose months, or those of the year before, meet the publication's, the oldest first."""
    first, last = publication.period.previous.first, publication.period.last
    return [
        published(edition)
        for edition in reversed(queries.editions(session, scope))
        if _touches(parse_period(edition.period), first, last)
    ]


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
