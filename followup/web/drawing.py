"""From a plain Vega-Lite dict to SVG that stands in the page: no style, no script, named for the ear.

Drawings are kept in memory and nowhere else: one may show a team's own numbers, and a file has the minute in
which they changed, which is the minute in which somebody joined.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from followup.statistics.shelf import Shelf
from followup.web.vega import render

# By checksum of what is drawn; a page has a few, of some ten kilobytes each.
_SHELF: Shelf[str] = Shelf(200)
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_ROOT = re.compile(r"<svg [^>]*?(width=\"\d+\" height=\"\d+\" viewBox=\"[^\"]*\")>")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its name and description; `svg` is ready to stand in a page."""

    svg: Markup
    width: int


def draw(spec: dict[str, Any], *, name: str, description: str) -> Chart:
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False).encode()
    digest = hashlib.sha256(content).hexdigest()
    with _SHELF.alone(digest):
        picture = _SHELF.get(digest)
        if picture is None:
            picture = render(spec)
            _SHELF.put(digest, picture)
    return Chart(_named(picture, f"chart-{digest[:8]}", name, description), int(spec.get("width", 0)))


def _named(picture: str, identifier: str, name: str, description: str) -> Markup:
    found = _ROOT.match(picture)
    if found is None:
        raise ValueError("the drawing does not begin as an SVG picture")
    return named(found[1], _ARIA.sub("", picture[found.end() :]), identifier, name, description)


def named(size: str, body: str, identifier: str, name: str, description: str) -> Markup:
    """What is drawn, as one picture with a name and a description for the ear."""
    return Markup(  # noqa: S704 - the drawing is our own; what is put into it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {size} role="img" '
        f'aria-labelledby="{identifier}-name" aria-describedby="{identifier}-text">'
        f'<title id="{identifier}-name">{escape(name)}</title>'
        f'<desc id="{identifier}-text">{escape(description)}</desc>{body}'
    )
