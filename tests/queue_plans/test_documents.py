"""A plan as Word and PDF: what the board reads says the same as the page."""

from io import BytesIO

import docx
import pdfua
from pypdf import PdfReader
from sqlalchemy import select

from followup.audit.models import AuditEvent
from tests.infrastructure.tables import tables_of
from tests.queue_plans.acts import add, decide, follow
from tests.queue_plans.test_plans import EFFECTS, MEASURES


def take(client, address, kind, button="Ladda ner planen"):
    answer = client.submit(address, button=button, format=kind)
    assert answer.status_code == 200
    return answer


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """Rows of the document's tables, by the words of their first heading cell."""
    paper = docx.Document(BytesIO(content))
    read = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return {" ".join(rows[0]): rows for rows in read}


def words(content: bytes) -> str:
    return " ".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def pdf_words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def test_the_word_file_has_the_tables_of_the_page(manager, address, draft, database):
    add(manager, address)
    page = follow(manager, address)
    answer = take(manager, f"{address}/1", "docx")
    assert "filename=handlingsplan-ko-team-norra-version-1.docx" in answer.headers["Content-Disposition"]
    read = tables(answer.data)
    for caption in (MEASURES, EFFECTS):
        # What can be changed in a draft is no part of what leaves the page.
        rows = [row[:-1] if caption == MEASURES else row for row in tables_of(page.text)[caption]]
        assert [[" ".join(cell.split()) for cell in row] for row in read[" ".join(rows[0])]] == rows
    text = words(answer.data)
    assert "Handlings- och tidplan för kön, Team Norra" in text
    assert "Utkast, version 1." in text
    with database.session() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert last.event == "QUEUE_PLAN_TAKEN_OUT"
    assert last.details["format"] == "docx"
    assert len(last.details["sha256"]) == 64


def test_the_pdf_is_accessible_and_says_that_a_draft_stays_in_the_house(manager, address, draft, tmp_path):
    add(manager, address)
    follow(manager, address)
    content = take(manager, f"{address}/1", "pdf").data
    path = tmp_path / "plan.pdf"
    path.write_bytes(content)
    assert not pdfua.validate(path).findings
    text = pdf_words(content)
    assert "får inte spridas" in text
    assert "Anställ en handläggare" in text
    decide(manager, address)
    content = take(manager, f"{address}/1", "pdf").data
    text = pdf_words(content)
    assert "får inte spridas" not in text
    assert "fastställd 31 oktober 2024" in text


def test_signs_that_nobody_sees_do_not_keep_a_plan_from_being_written(manager, address, draft):
    """They come along from other programs, and Word's format cannot hold them."""
    add(manager, address, what="An\x1bställ\x0b en\nhandläggare\x01")
    for kind, read in (("docx", lambda content: str(tables(content))), ("pdf", pdf_words)):
        assert "Anställ en handläggare" in read(take(manager, f"{address}/1", kind).data)
