"""The application with the gallery added, before it answers its first request."""

import pytest
from flask import Flask

from tests.web import gallery


@pytest.fixture
def app(app: Flask) -> Flask:
    app.register_blueprint(gallery.blueprint)
    return app
