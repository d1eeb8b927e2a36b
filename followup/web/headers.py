"""Security headers on every answer: everything is closed, then opened for our own files alone."""

import secrets

from flask import Flask, Response, current_app, g, request

from followup.settings import Settings

YEAR = 31_536_000
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# Open data is there to be read by other sites' pages, too.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def csp_nonce() -> str:
    """One per request, for a script that must stand in the page itself, as a passkey ceremony's does."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy() -> str:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    return (
        f"default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )


def open_to_all(response: Response, seconds: int) -> Response:
    """Anybody's computer and page may fetch the answer, and keep it so long; for open data alone."""
    g.open_seconds = seconds
    # A file that is sent is in memory here, so that its content can be looked at.
    response.direct_passthrough = False
    response.add_etag()
    response.make_conditional(request)
    return response


def cache_control() -> str:
    # An answer to somebody with a cookie may set one, and must not be given to the next.
    if "open_seconds" in g and not request.cookies:
        return f"public, max-age={g.open_seconds}"
    if request.endpoint == "static":
        return f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    # Signed out too: a page made before signing in must not come back from the cache after it.
    return "no-store"


def _add(response: Response) -> Response:
    settings: Settings = current_app.extensions["settings"]
    response.headers.update(FIXED)
    if "open_seconds" in g:
        response.headers.update(OPEN)
    response.headers["Content-Security-Policy"] = content_security_policy()
    response.headers["Cache-Control"] = cache_control()
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def init_app(app: Flask) -> None:
    app.after_request(_add)
    app.add_template_global(csp_nonce)
