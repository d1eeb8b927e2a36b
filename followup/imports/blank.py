"""An empty list with the right headings, to fill in and read in."""

from collections.abc import Iterable
from typing import NamedTuple

from followup.imports.columns import Column
from followup.imports.kinds import ACTIVITIES, HISTORY, PARTICIPATIONS, PLAN, SCREENING, SURVEYS

NAMES = {
    PARTICIPATIONS: "deltagarlista",
    SCREENING: "valdsscreening",
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


def blank(kind: str, columns: Iterable[Column]) -> Blank:
    headings = [column.label for column in columns if column.name not in PASSED_OVER]
    # Excel takes the mark in front for a sign that the letters are UTF-8.
    content = ";".join(headings) + "\r\n"
    return Blank(f"mall-{NAMES[kind]}.csv", "text/csv", content.encode("utf-8-sig"))
