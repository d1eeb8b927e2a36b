"""Publishing: protected against everything before, tried by an intruder, and then never changed again."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.disclosure import Population
from followup.disclosure.intruder import Exposure, Fact, Finding, ShareFact, attack, read_table
from followup.editions import queries
from followup.editions.models import Edition, LedgerRecord
from followup.editions.stored import fingerprint, publication_of_record, publication_record
from followup.errors import Refusal
from followup.exports.publication import PUBLISHED, Publication
from followup.exports.service import prepare
from followup.organisation import queries as organisation
from followup.organisation.models import Association
from followup.periods import Month, Period
from followup.statistics.meaning import public_cubes
from followup.statistics.service import RULE, Statistics, association_statistics
from followup.statistics.variables import LISTS, Item, Lists


class NothingNew(Refusal):
    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"Ingenting har ändrats sedan utgåva {edition.number}. Den gäller fortfarande, så det finns "
            "inget att publicera."
        )


class ReasonMissing(Refusal):
    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"Perioden är redan publicerad som utgåva {edition.number}. Välj varför den ska revideras.",
            field="reason",
        )


class Exposed(Refusal):
    """The intruder undid something: nothing is published."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "Kontrollen före publicering hittade uppgifter som kan räknas ut, till exempel "
            f"{findings[0].place}. Inget har publicerats. Vänta till nästa period eller kontakta "
            "systemadministratören."
        )


def publish(
    *, session: Session, scope: Scope, period: Period, key: bytes, reason: str | None = None
) -> Edition:
    """Freeze the statistics of a complete period as an edition.

    reason   code of the list revision_reason, when the period has an edition already
    Raises PeriodNotComplete, NotProtected, ReasonMissing, NothingNew and Exposed; then nothing is published.
    """
    # One at a time: whoever publishes next must be protected against this one, too.
    session.execute(select(Association.id).where(Association.id == scope.association_id).with_for_update())
    statistics = association_statistics(session=session, scope=scope, period=period, key=key)
    draft = prepare(statistics=statistics, scope=scope)
    before = queries.latest_for(session, scope, period.code)
    if before is not None and _same_tables(draft, before):
        raise NothingNew(before)
    if before is not None and reason not in {
        c.code for c in organisation.codes(session, scope, "revision_reason")
    }:
        raise ReasonMissing(before)
    number = _next_number(session, scope)
    publication = replace(draft, marking=PUBLISHED, edition=number)
    if findings := _attack(session, scope, publication, before):
        raise Exposed(findings)
    return _freeze(session, scope, publication, statistics, before, reason if before else None)


def _freeze(
    session: Session,
    scope: Scope,
    publication: Publication,
    statistics: Statistics,
    before: Edition | None,
    reason: str | None,
) -> Edition:
    record = publication_record(publication)
    edition = Edition(
        association_id=scope.association_id,
        number=publication.edition,
        period=publication.period.code,
        published_on=clock.today(),
        rule_version=RULE.version,
        revises=before.id if before else None,
        revision_reason=reason,
        content=record,
        sha256=fingerprint(record),
    )
    session.add(edition)
    session.flush()
    release = statistics.release
    for told in release.records(edition.number) if release else ():
        session.add(LedgerRecord(association_id=scope.association_id, edition_id=edition.id, record=told))
    audit.record(
        session,
        scope,
        Event.PUBLISHED,
        edition=edition.number,
        period=edition.period,
        sha256=edition.sha256,
    )
    return edition


def published(edition: Edition) -> Publication:
    """What was published, as it was. Raises Refusal when the database has been changed behind our back."""
    if fingerprint(edition.content) != edition.sha256:
        raise Refusal(
            f"Utgåva {edition.number} stämmer inte med sin kontrollsumma och visas därför inte. "
            "Kontakta systemadministratören, som kan lägga tillbaka den från säkerhetskopian."
        )
    return publication_of_record(edition.content)


def changes(earlier: Publication, later: Publication) -> list[str]:
    """Titles of the tables in which a revision tells something else than the edition it replaces."""
    known = {table.id: table for table in earlier.tables}
    return [
        table.title
        for table in later.tables
        if table.id not in known or dict(known[table.id].cells) != dict(table.cells)
    ]


def _same_tables(draft: Publication, edition: Edition) -> bool:
    return not changes(published(edition), draft) and len(draft.tables) == len(published(edition).tables)


def _next_number(session: Session, scope: Scope) -> str:
    year = str(clock.today().year)
    numbers = [
        int(e.number.split(":")[1]) for e in queries.editions(session, scope) if e.number.startswith(year)
    ]
    return f"{year}:{max(numbers, default=0) + 1}"


def _attack(
    session: Session, scope: Scope, publication: Publication, before: Edition | None
) -> list[Finding]:
    """What an outsider can undo with this publication and every earlier one that touches its months.

    When numbers have been corrected since, no table of people fits both old and new: then the new one is
    tried by itself, and every difference with what it replaces is looked at.
    """
    lists = {
        name: [Item(code.code, code.label_sv, code.report_code) for code in codes]
        for name, codes in organisation.code_lists(session, scope, LISTS).items()
    }
    together = [publication, *_neighbours(session, scope, publication, before)]
    teams = _teams(together)
    findings = _attack_together(together, teams, lists)
    if any(found.exposure is Exposure.CONTRADICTION for found in findings):
        findings = [f for f in findings if f.exposure is Exposure.DIFFERENCE]
        findings += _attack_together([publication], teams, lists)
    if before is not None:
        findings += _corrections(published(before), publication, teams, lists)
    return findings


def _attack_together(
    publications: list[Publication], teams: list[tuple[str, str]], lists: Lists
) -> list[Finding]:
    facts: list[Fact] = []
    shares: list[ShareFact] = []
    populations: dict[str, Population] = {}
    for release in publications:
        cubes = public_cubes(release.period, teams, lists, least=RULE.threshold)
        for table in release.tables:
            if table.id not in cubes:
                continue  # Money and meetings: plain figures, and what is derived from cells that are here.
            told, percentages = read_table(table, cubes[table.id].meaning, release=release.edition)
            facts, shares = facts + told, shares + percentages
        populations |= {cube.meaning.population.name: cube.meaning.population for cube in cubes.values()}
    return attack(facts, shares, populations=populations)


def _corrections(
    earlier: Publication, later: Publication, teams: list[tuple[str, str]], lists: Lists
) -> list[Finding]:
    """Numbers that a revision moves by so few people that the difference points at them."""
    cubes = public_cubes(later.period, teams, lists, least=RULE.threshold)
    known = {table.id: table for table in earlier.tables}
    found = []
    for table in later.tables:
        if table.id not in cubes:
            continue
        meaning, old = cubes[table.id].meaning, known[table.id].cells if table.id in known else {}
        for codes in meaning.cells.keys() - meaning.exempt:
            one, other = table.cells[codes].value, old[codes].value if codes in old else None
            if one is not None and other is not None and 0 < abs(one - other) < meaning.least:
                found.append(Finding(Exposure.DIFFERENCE, f"{table.id} {table.title}"))
    return found


def _neighbours(
    session: Session, scope: Scope, publication: Publication, before: Edition | None
) -> list[Publication]:
    """Editions in force whose months, or those of the year before, meet the publication's."""
    editions = queries.editions(session, scope)
    replaced = {edition.revises for edition in editions} | ({before.id} if before else set())
    known = [published(edition) for edition in editions if edition.id not in replaced]
    first, last = publication.period.previous.first, publication.period.last
    return [old for old in known if _touches(old.period, first, last)]


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
