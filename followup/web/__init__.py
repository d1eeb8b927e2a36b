"""What every page shares: layout, fields, Swedish forms, headers, error pages, charts and static files."""

from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect


def init_app(app: Flask) -> None:
    from followup.web import addresses, assets, errors, formats, frame, headers, once, uploads, views

    Babel(app)
    CSRFProtect(app)
    for part in (addresses, assets, formats, frame, headers, errors, once, uploads):
        part.init_app(app)
    app.register_blueprint(views.blueprint)
