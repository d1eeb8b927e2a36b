"""Numbers in addresses: whole, plain and no longer than any number that the database gives out.

A longer one is nobody's, so that there is no page, and it never reaches a database that cannot hold it.
"""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter

PATTERN = "[0-9]{1,9}"


class Number(IntegerConverter):
    regex = PATTERN


def plain_number(text: str) -> int:
    """Raises ValueError for what is the number of nothing."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError
    return int(text)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Number
