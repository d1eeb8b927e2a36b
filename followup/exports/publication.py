"""What goes into a file: protected tables, and everything a reader must know to read them right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from followup.disclosure import ProtectedTable
from followup.exports.records import checksum
from followup.periods import Period

DRAFT = "Utkast – internt arbetsmaterial, får inte spridas"
PUBLISHED = "Publicerbar"
NOT_PUBLISHED = "Utkast, inte publicerad"


@dataclass(frozen=True)
class Chapter:
    """A table of the catalogue: its cubes, who is counted, and one sentence made of its shown numbers.

    `more` holds further sentences of the same kind, for running text.
    `drawn` is the id of the cube that a chart shows, empty when there is none; `drawn_codes` fixes the axes
    that do not stand at their total in it.
    """

    id: str
    title: str
    sentence: str
    inclusion: Sequence[str]
    tables: Sequence[ProtectedTable]
    drawn: str
    drawn_codes: Mapping[str, str] = field(default_factory=dict)
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Publication:
    """A release on its way to files.

    role      who made it, by role; never a name
    rule      the disclosure rule in force, in a sentence
    missing   what is missing from the year before, in sentences
    edition   number of the published edition, or that there is none
    signing_key          id of the key that its package is signed with; empty until it is published
    supersedes, reason   number of the edition that this one revises, and why in words; otherwise empty
    """

    association: str
    period: Period
    made: datetime
    role: str
    marking: str
    rule: str
    missing: Sequence[str]
    chapters: Sequence[Chapter]
    edition: str = NOT_PUBLISHED
    supersedes: str = ""
    reason: str = ""
    signing_key: str = ""

    @property
    def marking_in_name(self) -> str:
        """The marking as file names and the log write it."""
        return "publicerbar" if self.marking == PUBLISHED else "utkast-internt"

    @property
    def tables(self) -> list[ProtectedTable]:
        return [table for chapter in self.chapters for table in chapter.tables]

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of what the tables tell: the same in every format."""
        return checksum(self.tables)
