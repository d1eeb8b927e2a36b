"""Error pages: what happened, whether anything was saved, and what to do now."""

import logging
import re
import secrets
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from followup.access.roles import Permission
from followup.errors import Refusal
from followup.periods import PeriodError
from followup.web import resume
from followup.web.frame import Frame

log = logging.getLogger("followup.errors")

OUT_OF_ROOM = 28  # errno ENOSPC

# Heading and way out for what needs no more than words.
TEXTS = {
    400: ("Sidan kunde inte läsa det som skickades", "Gå tillbaka, läs in sidan på nytt och försök igen."),
    404: (
        "Sidan finns inte",
        "Adressen är felskriven eller hör till ett team som du inte arbetar i. Börja om från startsidan.",
    ),
    405: ("Sidan kan inte öppnas så", "Börja om från startsidan och använd knapparna på sidan."),
    413: ("Det du skickade är för stort", "En fil får vara högst 10 MB. Dela upp filen och försök igen."),
    429: ("Det har kommit för många försök", "Vänta en stund och försök igen."),
}
BROKEN = ("Något gick fel hos oss", "Ingenting är sparat. Försök igen.")
NO_DATABASE = ("Det går inte just nu", "Ingenting är sparat. Försök igen om en stund.")
IF_IT_STAYS = " Om felet är kvar: kontakta systemadministratören och uppge numret nedan."


def error_page(
    status: int, heading: str, text: str, template: str = "errors/error.html", **more: object
) -> Response:
    response = make_response(render_template(template, heading=heading, text=text, **more))
    response.status_code = status
    return response


def _known(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    heading, text = TEXTS.get(status, TEXTS[400] if status < 500 else BROKEN)
    return error_page(status, heading, text)


def _forbidden(_error: HTTPException) -> Response:
    missing: Permission | None = g.get("missing_permission")
    reason = f"Du behöver rätt att {missing.sentence}. " if missing else ""
    return error_page(
        403, "Du har inte behörighet till sidan", f"{reason}Be systemadministratören om du behöver den."
    )


def _refused(error: Refusal) -> Response:
    """Asked for by a button rather than a form that could show it again: the way out is where it stood."""
    return error_page(422, "Det gick inte att göra", error.message, back=_where_it_stood())


def _where_it_stood() -> str:
    """The page of this site that the browser came from, if it says so."""
    try:
        stood = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    # What begins with two slashes, or one of another kind, a browser takes for the address of another site.
    is_here = stood.netloc == request.host and re.match(r"/(?![/\\])", stood.path)
    return urlunsplit(("", "", *stood[2:4], "")) if is_here else ""


def _no_such_period(_error: PeriodError) -> Response:
    """Forms and files say what is wrong with a date; what is left stood in an address."""
    return error_page(404, *TEXTS[404])


def _expired(_error: CSRFError) -> Response:
    """The page was open while the session changed. What was typed can be sent again with one button."""
    fields = [] if request.files else resume.typed()
    way_out = "Det du skrev finns kvar. Skicka det igen." if fields else "Öppna sidan igen och fyll i den."
    return error_page(
        400,
        "Sidan hade varit öppen för länge",
        f"Ingenting är sparat. {way_out}",
        template="errors/expired.html",
        fields=fields,
        action=request.path,
        # What is only ever sent, such as signing out, cannot be opened.
        page_url=request.path if request.url_rule and "GET" in (request.url_rule.methods or ()) else "/",
    )


def _is_database_trouble(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) or (isinstance(error, OSError) and error.errno == OUT_OF_ROOM)


def _broken(error: HTTPException) -> Response:
    cause = getattr(error, "original_exception", None)
    reference = secrets.token_hex(4).upper()
    # Only the kind and the place: a message may carry what somebody typed.
    log.error("error %s: %s at %s %s", reference, type(cause).__name__, request.endpoint, _place(cause))
    status, (heading, text) = (503, NO_DATABASE) if _is_database_trouble(cause) else (500, BROKEN)
    # Straight from the template: what surrounds other pages asks the database, which may be what failed.
    template = current_app.jinja_env.get_template("errors/error.html")
    words = {"heading": heading, "text": text + IF_IT_STAYS, "reference": reference}
    return Response(template.render(frame=Frame(), **words), status=status, mimetype="text/html")


def _place(error: BaseException | None) -> str:
    trace = error.__traceback__ if error else None
    places = []
    while trace:
        code = trace.tb_frame.f_code
        if "/followup/" in code.co_filename:
            places.append(f"{code.co_filename.rpartition('/followup/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places)


def init_app(app: Flask) -> None:
    # Flask would write the whole message of the exception to the log, and with it what somebody typed.
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(403, _forbidden)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(PeriodError, _no_such_period)
    app.register_error_handler(500, _broken)
