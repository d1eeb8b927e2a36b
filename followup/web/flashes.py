"""What just happened, told on the next page, with a way back where there is one."""

from dataclasses import asdict, dataclass, field
from typing import Any, cast

from flask import flash, get_flashed_messages


@dataclass(frozen=True, slots=True)
class Undo:
    """A button beside the message. `fields` travel in the session cookie: seal what must not be read."""

    url: str
    label: str = "Ångra"
    fields: dict[str, str] = field(default_factory=dict)
    describe: str = ""


def tell(text: str, *, kind: str = "success", undo: Undo | None = None) -> None:
    """Kind is success, info, warning or error."""
    message: Any = {"text": text, "undo": asdict(undo) if undo else None}
    flash(message, kind)


def pending() -> list[dict[str, Any]]:
    """The messages not yet shown; reading them empties the list. Libraries flash plain text."""
    waiting = cast(list[tuple[str, Any]], get_flashed_messages(with_categories=True))
    return [
        {"kind": kind, **message}
        if isinstance(message, dict)
        else {"kind": "info", "text": message, "undo": None}
        for kind, message in waiting
    ]
