"""Taking the statistics out in a file. Every file leaves its checksum in the log."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.orm import Session

from followup import clock
from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.disclosure import ProtectedTable, Rule
from followup.exports.formats import FORMATS, PACKAGE, download_name
from followup.exports.package_file import every_format, write_package
from followup.exports.publication import DRAFT, Chapter, Publication
from followup.keys import KeyRing
from followup.periods import Period
from followup.statistics.findings import words
from followup.statistics.report import more_sentences
from followup.statistics.service import PeriodNotComplete, Shown, Statistics
from followup.web.formats import enumeration

BY_COMMAND = "kommandoraden"


class File(NamedTuple):
    name: str
    media_type: str
    content: bytes


def prepare(*, statistics: Statistics, scope: Scope) -> Publication:
    """All tables of a complete period, ready to be written. Raises PeriodNotComplete."""
    if not statistics.is_complete:
        raise PeriodNotComplete(statistics.period, statistics.missing)
    return publication_of(statistics, role=role_of(scope), made=clock.now())


def written(publication: Publication, format_name: str, keys: KeyRing) -> File:
    """A publication in one of CHOICES: a format, or the package of them all."""
    if format_name == PACKAGE:
        content, media_type = write_package(publication, keys), "application/zip"
    else:
        content, media_type = FORMATS[format_name].write(publication), FORMATS[format_name].media_type
    return File(download_name(publication, format_name), media_type, content)


def checksums(publication: Publication, keys: KeyRing) -> dict[str, str]:
    """Of the publication's file in each of CHOICES."""
    files = every_format(publication)
    files[PACKAGE] = write_package(publication, keys, files)
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def take_out(
    *, session: Session, scope: Scope, publication: Publication, format_name: str, keys: KeyRing
) -> File:
    """Write a publication, and log that it was taken out."""
    file = written(publication, format_name, keys)
    audit.record(
        session,
        scope,
        Event.EXPORTED,
        period=publication.period.code,
        format=format_name,
        marking=publication.marking_in_name,
        sha256=sha256(file.content).hexdigest(),
    )
    return file


def publication_of(statistics: Statistics, *, role: str, made: datetime) -> Publication:
    """The protected tables with all that a file tells about them."""
    return Publication(
        association=statistics.association,
        period=statistics.period,
        made=made,
        role=role,
        marking=DRAFT,
        rule=rule_sentence(statistics.rule) if statistics.rule else "",
        missing=_missing_before(statistics),
        chapters=[_chapter(shown, statistics.period) for shown in statistics.tables],
    )


def role_of(scope: Scope) -> str:
    """The role that may take out statistics; never who it is."""
    return enumeration(sorted(role.label for role in scope.association_roles)) or BY_COMMAND


def rule_sentence(rule: Rule) -> str:
    """The rule in force, so that a reader can check it."""
    decided = f", {rule.decided:%Y-%m-%d}" if rule.decided else ""
    return (
        f"Regel {rule.version}, gäller från {rule.valid_from:%Y-%m-%d}: grupper om färre än "
        f"{rule.least(screening=False)} personer döljs, och andelar visas när basen är minst "
        f"{rule.share_base} personer. "
        f"{f'Beslut {rule.decision}{decided}.' if rule.decision else 'Det är grundregeln i followup.'}"
    )


def _missing_before(statistics: Statistics) -> list[str]:
    """Neither teams nor months: what a team opens for a correction runs from the month of the correction."""
    label = statistics.period.previous.label
    return [f"{label} saknas. Alla månader är inte klarmarkerade."] if statistics.missing_before else []


def _chapter(shown: Shown, period: Period) -> Chapter:
    drawing = shown.table.drawing
    has_bars = drawing is not None and not drawing.lines and drawing.cube in shown.cubes
    return Chapter(
        id=shown.table.id,
        title=shown.table.title,
        sentence=words(shown, period).sentence,
        inclusion=shown.table.inclusion,
        tables=[cube for cube in shown.cubes.values() if isinstance(cube, ProtectedTable)],
        drawn=shown.cubes[drawing.cube].id if drawing and has_bars else "",
        drawn_codes=drawing.codes if drawing else {},
        more=more_sentences(shown, period),
    )
