"""The least a page can cost: Flask with one route and no product."""

from flask import Flask

application = Flask(__name__)


@application.get("/")
def hello() -> str:
    return "hello"
