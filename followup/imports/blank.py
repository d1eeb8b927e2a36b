"""An empty list with the right headings, to fill in and read in."""

from typing import NamedTuple

from followup.imports.columns import known_columns
from followup.imports.kinds import ACTIVITIES, HISTORY, PLAN, SURVEYS

NAMES = {
    ACTIVITIES: "aktiviteter",
    PLAN: "mal-och-pengar",
    SURVEYS: "enkater",
    HISTORY: "tidigare-ar",
}
# Understood in a file, but nothing to fill in.
PASSED_OVER = {"association"}


class Blank(NamedTuple):
    name: str
    media_type: str
    content: bytes


def blank(kind: str) -> Blank:
    """Raises KeyError for what is no list about the förbund."""
    headings = [column.label for column in known_columns(kind) if column.name not in PASSED_OVER]
    # Excel takes the mark in front for a sign that the letters are UTF-8.
    content = ";".join(headings) + "\r\n"
    return Blank(f"mall-{NAMES[kind]}.csv", "text/csv", content.encode("utf-8-sig"))
