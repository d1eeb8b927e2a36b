"""Published editions for everybody, without signing in, where the förbund has decided so."""

import json

from flask import Blueprint, Response, current_app, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from followup.access.gate import public
from followup.db import Database
from followup.editions import desk
from followup.exports.formats import CHOICES
from followup.exports.records import plain_name
from followup.keys import KeyRing
from followup.opendata import service
from followup.opendata.catalogue import catalogue
from followup.opendata.listing import open_editions
from followup.opendata.service import opened
from followup.settings import Settings
from followup.web import navigation
from followup.web.addresses import whole_address
from followup.web.attachments import attach
from followup.web.frame import Frame
from followup.web.headers import open_to_all
from followup.web.pages import page

blueprint = Blueprint("opendata", __name__, url_prefix="/oppna-data")
# Seconds that others may keep an answer: what is published anew shows within the hour, a file never changes.
LISTS, FILES = 3600, 86_400


@blueprint.get("")
@public
def index() -> BaseResponse:
    found = service.open_associations(_database())
    if len(found) == 1:
        return redirect(url_for("opendata.editions", association_id=found[0][0]))
    return open_to_all(page("opendata/index.html", frame=_frame(""), associations=found), LISTS)


@blueprint.get("/<int:association_id>")
@public
def editions(association_id: int) -> Response:
    with opened(_database(), association_id) as door:
        lines = desk.lines(door.session, door.scope)
        shown = page(
            "opendata/editions.html",
            frame=_frame(door.association),
            lines=lines,
            association_id=association_id,
        )
    return open_to_all(shown, LISTS)


@blueprint.get("/<int:association_id>/katalog.jsonld")
@public
def catalogue_file(association_id: int) -> Response:
    with opened(_database(), association_id) as door:
        told = catalogue(
            association=door.association,
            url=whole_address("opendata.editions", association_id=association_id),
            contact=_settings().accessibility_contact,
            editions=open_editions(door, whole_address),
        )
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return open_to_all(Response(text, mimetype="application/ld+json"), LISTS)


@blueprint.get("/<int:association_id>/<int:edition_id>")
@public
def edition(association_id: int, edition_id: int) -> Response:
    with opened(_database(), association_id) as door:
        found = service.edition_page(door, edition_id, _keys())
        shown = page(
            "opendata/edition.html",
            frame=_frame(door.association),
            shown=found,
            association_id=association_id,
            edition_id=edition_id,
            formats=CHOICES,
            tables=[(plain_name(table.id), table.title) for table in found.publication.tables],
        )
    return open_to_all(shown, LISTS)


@blueprint.get("/<int:association_id>/<int:edition_id>/fil/<format_name>")
@public
def file(association_id: int, edition_id: int, format_name: str) -> Response:
    with opened(_database(), association_id) as door:
        found = service.edition_file(door, edition_id, format_name, _keys())
    return open_to_all(attach(found), FILES)


@blueprint.get("/<int:association_id>/<int:edition_id>/jsonstat/<table_name>")
@public
def table(association_id: int, edition_id: int, table_name: str) -> Response:
    with opened(_database(), association_id) as door:
        found = service.edition_table(door, edition_id, table_name)
    return open_to_all(Response(found, mimetype="application/json"), FILES)


def _frame(association: str) -> Frame:
    """The same for everybody, so that nothing of a visitor stands in a page that others keep."""
    return Frame(association=association, footer=navigation.footer())


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _keys() -> KeyRing:
    return _settings().keys


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database
