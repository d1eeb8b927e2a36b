"""A client that behaves as a browser does: cookies, the page's own forms, and CSRF on."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.infrastructure.forms import PageForm, find_form


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "svg")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "svg")
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def visible_text(html: str) -> str:
    """What is read on a page, with every run of blanks as one space."""
    reader = _TextReader()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())


class Client(FlaskClient):
    def text(self, path: str, **kwargs: Any) -> str:
        """What is read on the page, which must open."""
        response = self.get(path, **kwargs)
        assert response.status_code == 200, f"{path}: {response.status}"
        return visible_text(response.text)

    def submit(
        self,
        path: str,
        *,
        button: str | None = None,
        action: str | None = None,
        follow: bool = True,
        page: TestResponse | None = None,
        **fields: Any,
    ) -> TestResponse:
        """Open `path`, fill in its form and send it.

        A field's value is a text, a list for several choices, None to clear it, or (stream, file name).
        `page` is a page that was opened before, when the test wants to send an old one.
        """
        page = page or self.get(path, follow_redirects=True)
        assert page.status_code in (200, 422), f"{path}: {page.status}"
        form = find_form(page.text, button=button, action=action)
        data = self._fill(form, button, fields)
        target = urljoin(page.request.path, form.action) if form.action else page.request.full_path
        kwargs = {"content_type": "multipart/form-data"} if form.files else {}
        return self.post(target, data=data, follow_redirects=follow, **kwargs)

    @staticmethod
    def _fill(form: PageForm, button: str | None, fields: dict[str, Any]) -> dict[str, Any]:
        pressed = {name: value for text, name, value in form.buttons if text == button and name}
        known = form.names | form.values.keys() | {name for _, name, _ in form.buttons}
        unknown = fields.keys() - known
        assert not unknown, f"the form has no field {sorted(unknown)}; it has {sorted(known)}"
        data: dict[str, Any] = {**form.values, **pressed}
        for name, value in fields.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        return data
