"""Static files under addresses that change with their content, so that they may be cached for a year."""

import hashlib
from pathlib import Path

from flask import Flask, current_app, url_for

HASH_LENGTH = 12
Versions = dict[str, str]


def asset(name: str) -> str:
    versions: Versions = current_app.extensions["asset_versions"]
    return url_for("static", filename=name, v=versions[name])


def init_app(app: Flask) -> None:
    folder = Path(str(app.static_folder))
    app.extensions["asset_versions"] = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
        for path in folder.rglob("*")
        if path.is_file()
    }
    app.add_template_global(asset)
