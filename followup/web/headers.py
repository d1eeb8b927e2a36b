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


def cache_control() -> str:
    if request.endpoint == "static":
        return f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    # Signed out too: a page made before signing in must not come back from the cache after it.
    return "no-store"


def _add(response: Response) -> Response:
    settings: Settings = current_app.extensions["settings"]
    response.headers.update(FIXED)
    response.headers["Content-Security-Policy"] = content_security_policy()
    response.headers["Cache-Control"] = cache_control()
    if settings.is_https:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def init_app(app: Flask) -> None:
    app.after_request(_add)
    app.add_template_global(csp_nonce)
