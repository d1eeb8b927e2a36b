"""followup: de-identified follow-up of what samordningsteam do."""

from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from followup.places import TEMPLATES
from followup.settings import Settings

# Every feature brings its pages in `views.py`.
FEATURES: tuple[str, ...] = (
    "start",
    "participation",
    "months",
    "queues",
    "scenarios",
    "queue_plans",
    "screening",
    "imports",
    "statistics",
    "editions",
    "opendata",
    "activities",
    "plan",
    "protection",
    "reporting_groups",
    "organisation",
    "audit",
)


def create_app(settings: Settings) -> Flask:
    """The application, put together in the order in which a request meets its parts."""
    # Imported here so that the command line shows help without loading the web.
    from followup import access, web
    from followup.access import gate
    from followup.db import session
    from followup.lifecycle import daily

    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder="web/static")
    app.config.from_mapping(_flask_config(settings))
    app.extensions["settings"] = settings
    # A redirect from //a to /a would carry whatever host a request claims.
    app.url_map.merge_slashes = False
    # Only who called: the scheme and the host are those of base_url, whatever a request claims.
    app.wsgi_app = ProxyFix(app.wsgi_app, settings.trusted_proxies, 0)  # type: ignore[method-assign]
    session.init_app(app, settings.database_url)
    daily.init_app(app)
    access.init_app(app)  # who may come in at all is decided before a form's token is looked at
    web.init_app(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"followup.{feature}.views").blueprint)
    gate.check_labels(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-followup" if settings.is_https else "followup",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 10 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 200_000,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Stockholm",
    }
