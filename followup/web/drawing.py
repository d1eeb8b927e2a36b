"""From a plain Vega-Lite dict to SVG that stands in the page: no style, no script, named for the ear.

A drawing is kept in the instance folder under a keyed hash, sealed, and with no more than a day as its time:
it may show a team's own numbers, and the minute in which it changed is the minute in which somebody joined.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from followup import clock
from followup.sealing import SealBroken, Sealer
from followup.settings import Settings
from followup.web.vega import render

FOLDER = "charts"
KEPT_DRAWINGS = 500
DAY = 24 * 60 * 60
# Drawn again when the look changes.
LOOK = 1
_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_ROOT = re.compile(r"<svg [^>]*?(width=\"\d+\" height=\"\d+\" viewBox=\"[^\"]*\")>")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its name and description; `svg` is ready to stand in a page."""

    svg: Markup
    width: int


def draw(spec: dict[str, Any], *, name: str, description: str) -> Chart:
    settings: Settings = current_app.extensions["settings"]
    content = json.dumps([LOOK, spec], sort_keys=True, ensure_ascii=False).encode()
    digest = hmac.new(settings.keys.derive("charts"), content, hashlib.sha256).hexdigest()
    path = settings.instance / FOLDER / f"{digest}.svg"
    sealer = Sealer(settings.keys)
    try:
        picture = str(sealer.open(FOLDER, path.read_text(encoding="utf-8")))
    except (OSError, SealBroken):
        picture = render(spec)
        _keep(path, sealer.seal(FOLDER, picture))
    return Chart(_named(picture, f"chart-{digest[:8]}", name, description), int(spec.get("width", 0)))


def _keep(path: Path, sealed: str) -> None:
    """A full disk must not stop the page: a drawing that is not kept is drawn again next time."""
    scratch = path.with_name(f"{path.stem}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        scratch.write_text(sealed, encoding="utf-8")
        midnight = int(clock.now().timestamp()) // DAY * DAY
        os.utime(scratch, (midnight, midnight))
        os.replace(scratch, path)
        _prune(path.parent)
    except OSError:
        scratch.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    drawings = sorted(folder.glob("*.svg"), key=lambda path: path.stat().st_mtime)
    for path in drawings[:-KEPT_DRAWINGS]:
        path.unlink(missing_ok=True)


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
