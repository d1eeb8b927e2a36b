"""Taking a plan out as a file. Every file leaves its checksum in the log."""

from hashlib import sha256

from sqlalchemy.orm import Session

from followup.access.scope import Scope
from followup.audit import service as audit
from followup.audit.events import Event
from followup.documents.document import Document
from followup.queue_plans.files import FORMATS, File


def take_out(
    *,
    session: Session,
    scope: Scope,
    made: Document,
    format_name: str,
    name: str,
    version: str,
    team_id: int | None = None,
) -> File:
    """`version` tells the log which one, or that it is all of them. Raises SignNotWritable."""
    chosen = FORMATS[format_name]
    content = chosen.write(made)
    audit.record(
        session,
        scope,
        Event.QUEUE_PLAN_TAKEN_OUT,
        team_id=team_id,
        version=version,
        format=format_name,
        marking=made.marking,
        sha256=sha256(content).hexdigest(),
    )
    return File(f"{name}.{format_name}", chosen.media_type, content)
