"""A page with one of everything, and pages that fail in every way, added to the application under test."""

import errno

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import OperationalError

from followup.access.gate import public, requires
from followup.access.roles import Permission
from followup.access.scope import OutOfScope
from followup.errors import Refusal
from followup.web import charts, fields, flashes, tables
from followup.web.forms import FilterForm, Form
from followup.web.pages import page
from followup.web.paging import Pager

blueprint = Blueprint("gallery", __name__, url_prefix="/prov", template_folder="templates")

SEX = [("F", "Kvinna"), ("M", "Man")]
TYPED = "hemlig text"


class GalleryForm(Form):
    joined = fields.SwedishDateField("Datum för start", missing="Fyll i datum för start.", help_text="Dagen.")
    sex = fields.CodeRadioField("Kön", missing="Välj kön.", items=SEX)
    referrer = fields.CodeSelectField(
        "Remittent", missing="Välj remittent.", items=[("AF", "Arbetsförmedlingen")]
    )
    income = fields.CodeCheckboxField("Försörjning", items=[("S", "Sjukpenning"), ("A", "A-kassa")])
    queue = fields.WholeNumberField(
        "Antal i kö den 31 mars 2026", missing="Fyll i antal i kö den 31 mars 2026.", high=500
    )
    reason = fields.GuardedTextArea("Skäl")
    registry_number = fields.GuardedStringField("Diarienummer", longest=20)


class GalleryFilter(FilterForm):
    sex = fields.CodeSelectField("Kön", items=SEX, empty="Alla")
    text = fields.GuardedStringField("Text")


COLUMNS = [
    tables.Column("Team"),
    tables.Column("I kö", numeric=True, sort_url="?ordning=ko", sorted="descending"),
    tables.Column("Till arbete", numeric=True, unit="andel"),
]
ROWS = [
    [tables.Cell("Norra", url="/prov", describe="öppna"), tables.Cell("12"), tables.SUPPRESSED],
    [tables.Cell("Södra"), tables.MISSING, tables.NOT_APPLICABLE],
]


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def everything() -> Response:
    form, filters = GalleryForm(), GalleryFilter()
    if form.validate_on_submit():
        form.refuse(Refusal("Månaden är klarmarkerad. Öppna den först.", field="joined"))
        form.refuse(Refusal("Någon annan hann före."))
    elif request.method == "GET":
        flashes.tell("Deltagaren är ställd i kö.", undo=flashes.Undo("/prov", fields={"row": "1"}))
    picture = charts.lines(
        name="Kön i Norra",
        description="Kölängd per månad.",
        labels=["jan", "feb", "mar"],
        series=[charts.Series("I kö", [3, None, 5])],
        y_title="Antal",
    )
    return page(
        "gallery.html",
        form=form,
        filters=filters,
        columns=COLUMNS,
        rows=ROWS,
        legend=tables.legend(ROWS),
        pager=Pager.of_request(120, filters.values()),
        picture=picture,
    )


@blueprint.route("/fel/<int:status>")
@public
def fail_with(status: int) -> Response:
    abort(status)


@blueprint.post("/nekad")
@public
def refuse() -> Response:
    raise Refusal("Starten kan inte ligga före kön. Ändra datumet.")


@blueprint.route("/nagon-annans")
@public
def reach_out() -> Response:
    raise OutOfScope


@blueprint.route("/krasch")
@public
def crash() -> Response:
    raise ValueError(TYPED)


@blueprint.route("/trasig-databas")
@public
def lose_database() -> Response:
    raise OperationalError(f"INSERT {TYPED}", {}, Exception(TYPED))


@blueprint.route("/full-disk")
@public
def fill_disk() -> Response:
    raise OSError(errno.ENOSPC, "No space left on device")
