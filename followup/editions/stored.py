"""A publication as a record, and back: what is read out is what was published, to the last sign."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from followup.disclosure.stored import table_of, table_record
from followup.editions.models import Edition
from followup.errors import Refusal
from followup.exports.publication import Chapter, Publication
from followup.periods import parse_period

PLAIN = ("association", "role", "marking", "edition", "rule")
# What editions of before did not have.
LATER = ("supersedes", "reason", "signing_key")


def publication_record(publication: Publication) -> dict[str, Any]:
    return {
        **{name: getattr(publication, name) for name in (*PLAIN, *LATER)},
        "period": publication.period.code,
        "made": publication.made.isoformat(),
        "missing": list(publication.missing),
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "sentence": chapter.sentence,
                "inclusion": list(chapter.inclusion),
                "drawn": chapter.drawn,
                "drawn_codes": dict(chapter.drawn_codes),
                "more": list(chapter.more),
                "tables": [table_record(table) for table in chapter.tables],
            }
            for chapter in publication.chapters
        ],
    }


def publication_of_record(record: Mapping[str, Any]) -> Publication:
    return Publication(
        **{name: record[name] for name in PLAIN},
        **{name: record.get(name, "") for name in LATER},
        period=parse_period(record["period"]),
        made=datetime.fromisoformat(record["made"]),
        missing=record["missing"],
        chapters=[
            Chapter(**(chapter | {"tables": [table_of(table) for table in chapter["tables"]]}))
            for chapter in record["chapters"]
        ],
    )


def fingerprint(record: Mapping[str, Any]) -> str:
    """SHA-256 of a record, whatever the order its keys were stored in."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def published(edition: Edition) -> Publication:
    """What was published, as it was. Raises Refusal when the database has been changed behind our back."""
    if fingerprint(edition.content) != edition.sha256:
        raise Refusal(
            f"Utgåva {edition.number} stämmer inte med sin kontrollsumma och visas därför inte. "
            "Kontakta systemadministratören, som kan lägga tillbaka den från säkerhetskopian."
        )
    return publication_of_record(edition.content)
