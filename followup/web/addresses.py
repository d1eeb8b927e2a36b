"""Numbers in addresses, and addresses that are given to others.

A number is whole, plain and no longer than any that the database gives out. A longer one is nobody's, so that
there is no page, and it never reaches a database that cannot hold it.
"""

import re
from typing import Any

from flask import Flask, current_app, url_for
from werkzeug.routing import IntegerConverter

from followup.settings import Settings

PATTERN = "[0-9]{1,9}"


class Number(IntegerConverter):
    regex = PATTERN


def plain_number(text: str) -> int:
    """Raises ValueError for what is the number of nothing."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError
    return int(text)


def whole_address(endpoint: str, **values: Any) -> str:
    """With the scheme and host that the installation is known by; what a request says of them is a claim."""
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url + url_for(endpoint, **values)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Number
