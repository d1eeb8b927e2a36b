"""Reads the forms of a page as a browser would, so that a test fills in what a person fills in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Values = dict[str, list[str]]


@dataclass
class PageForm:
    """A form: where it goes and what it would send if nobody touched it."""

    attributes: dict[str, str]
    values: Values = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def method(self) -> str:
        return self.attributes.get("method", "get").lower()

    @property
    def action(self) -> str:
        return self.attributes.get("action", "")


class _FormReader(HTMLParser):
    """Controls outside a form that name it with `form=` are counted in, as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._select: tuple[PageForm, str, bool] | None = None
        self._text: list[str] | None = None
        self._option: dict[str, str] = {}
        self._stray: list[tuple[str, str, dict[str, str], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(attributes)
            self.forms.append(self._open)
            return
        form = self._owner(attributes)
        if form is None or "disabled" in attributes:
            return
        name = attributes.get("name", "")
        if tag == "input":
            self._input(form, name, attributes)
        elif tag == "select":
            self._select = (form, name, False)
            form.names.add(name)
        elif tag == "option":
            self._option = attributes
        elif tag == "textarea":
            self._text = []
            self._select = (form, name, True)
        elif tag == "button":
            self._text = []
            self._option = attributes

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "option" and self._select and "selected" in self._option:
            form, name, _ = self._select
            form.values.setdefault(name, []).append(self._option.get("value", ""))
        elif tag == "select" and self._select:
            self._select = None
        elif tag == "textarea" and self._select:
            form, name, _ = self._select
            form.names.add(name)
            form.values[name] = ["".join(self._text or []).removeprefix("\n")]
            self._select, self._text = None, None
        elif tag == "button" and self._text is not None:
            form = self._owner(self._option)
            if form is not None:
                text = " ".join("".join(self._text).split())
                form.buttons.append((text, self._option.get("name", ""), self._option.get("value", "")))
            self._text = None

    def _owner(self, attributes: dict[str, str]) -> PageForm | None:
        if "form" in attributes:
            wanted = attributes["form"]
            return next((form for form in self.forms if form.attributes.get("id") == wanted), None)
        return self._open

    @staticmethod
    def _input(form: PageForm, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text")
        if kind == "file":
            form.files.add(name)
        form.names.add(name)
        if kind in ("submit", "button", "image"):
            form.buttons.append((attributes.get("value", ""), name, attributes.get("value", "")))
        elif kind in ("radio", "checkbox"):
            if "checked" in attributes:
                form.values.setdefault(name, []).append(attributes.get("value", "on"))
        elif name and kind != "file":
            form.values.setdefault(name, []).append(attributes.get("value", ""))


def read_forms(html: str) -> list[PageForm]:
    reader = _FormReader()
    reader.feed(html)
    return reader.forms


def find_form(html: str, *, button: str | None = None, action: str | None = None) -> PageForm:
    """The POST form with that button text or action; without either, the one with most to fill in.

    A page also has small forms: to sign out, or to undo what was just done.
    """
    forms = [form for form in read_forms(html) if form.method == "post"]
    if button is not None:
        forms = [form for form in forms if any(button == text for text, _, _ in form.buttons)]
    if action is not None:
        forms = [form for form in forms if action in form.action]
    if not forms:
        raise LookupError(f"no form to send with button={button!r}, action={action!r}")
    return max(forms, key=lambda form: len(form.names))
