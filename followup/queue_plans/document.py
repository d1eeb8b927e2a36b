"""A plan as a document for the board, from the same exhibit as the page."""

from collections.abc import Sequence
from datetime import datetime

from followup.documents import document as parts
from followup.documents.document import Block, Document, Heading, Paragraph, Picture, PictureKind, Tone
from followup.queue_plans.exhibits import ALONE, Effects, PlanExhibit
from followup.queues.tables import Table
from followup.web.tables import Cell

BASIS = (
    "Beräkningen provar tusen tänkbara utvecklingar vecka för vecka, från kön som den var och med takten "
    "från året före. ”Troligen” är det område där åtta av tio utvecklingar hamnar."
)


def of_plan(exhibit: PlanExhibit, *, association: str, made: datetime) -> Document:
    return Document(
        exhibit.title,
        association,
        made,
        [Paragraph(f"{exhibit.status}.", Tone.LEAD), *blocks(exhibit, level=1)],
        marking=exhibit.marking,
    )


def of_all(
    title: str,
    lead: str,
    overview: Table,
    exhibits: Sequence[PlanExhibit],
    *,
    association: str,
    made: datetime,
) -> Document:
    """Every team's decided plan, one after another."""
    told: list[Block] = [Paragraph(lead, Tone.LEAD), table(overview)]
    for exhibit in exhibits:
        told += [Heading(exhibit.title), Paragraph(f"{exhibit.status}."), *blocks(exhibit, level=2)]
    return Document(title, association, made, told, marking="Fastställda planer")


def blocks(exhibit: PlanExhibit, *, level: int) -> list[Block]:
    facts = parts.Table(
        "Kön när planen räknades",
        [["Uppgift", "Läge"]],
        [[fact.label, fact.value] for fact in exhibit.facts],
        [parts.Align.LEFT, parts.Align.LEFT],
    )
    made: list[Block] = [Heading("Utgångsläge", level), facts, Heading("Åtgärder", level)]
    made.append(table(exhibit.measures) if exhibit.measures.rows else Paragraph("Inga åtgärder är valda."))
    made += _effects(exhibit.effects, level) if exhibit.effects else [Paragraph(exhibit.withheld)]
    if exhibit.follow_ups.rows:
        made += [Heading("Uppföljning", level), table(exhibit.follow_ups)]
    if exhibit.outcome:
        made.append(Paragraph(exhibit.outcome))
    return made


def _effects(effects: Effects, level: int) -> list[Block]:
    return [
        Heading(effects.finding, level),
        Paragraph(f"{effects.sentence} {effects.when}".strip()),
        Picture(effects.chart.svg.encode(), PictureKind.SVG, effects.description),
        table(effects.table),
        Paragraph(f"{ALONE} {BASIS}", Tone.NOTE),
    ]


def table(shown: Table) -> parts.Table:
    return parts.Table(
        shown.caption,
        [[column.label for column in shown.columns]],
        [[_text(cell) for cell in row] for row in shown.rows],
        [parts.Align.RIGHT if column.numeric else parts.Align.LEFT for column in shown.columns],
    )


def _text(cell: Cell) -> str:
    return cell.symbol[0] if cell.symbol else cell.text
