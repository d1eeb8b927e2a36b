"""Editions that tell something else than they did."""

from dataclasses import replace

from followup.disclosure import ProtectedTable, Status
from followup.disclosure.stored import table_of, table_record
from followup.exports.publication import Publication


def moved(publication: Publication, table_id: str, by: int) -> Publication:
    """The same with one number of the table that is large enough to be shown told otherwise."""
    return replace(
        publication,
        chapters=[
            replace(
                chapter,
                tables=[_moved(table, by) if table.id == table_id else table for table in chapter.tables],
            )
            for chapter in publication.chapters
        ],
    )


def _moved(table: ProtectedTable, by: int) -> ProtectedTable:
    record = table_record(table)
    cell = max(
        (cell for cell in record["cells"] if cell[2] == Status.VALUE and "_T" not in cell[0]),
        key=lambda cell: cell[1],
    )
    cell[1] += by
    return table_of(record)
