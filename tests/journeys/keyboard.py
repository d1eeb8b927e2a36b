"""A person who uses no mouse."""

from playwright.sync_api import Locator, Page

IS_FOCUSED = "element => element === document.activeElement"


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, target: Locator) -> None:
        """Tab until the thing has focus; what cannot be reached that way fails."""
        target.wait_for()
        for _ in range(120):
            if target.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def follow(self, name: str, role: str = "link") -> None:
        self.go_to(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        self.enter()

    def enter(self) -> None:
        """The Enter key where it opens another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.follow(name, role="button")

    def choose(self, group: str, label: str) -> None:
        """A radio button: into the group with Tab, along it with the arrows."""
        radios = self.page.get_by_role("radiogroup", name=group).get_by_role("radio")
        wanted = radios.and_(self.page.get_by_label(label, exact=True))
        self.go_to(radios.first)
        self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {label!r}")

    def tick(self, label: str) -> None:
        self.go_to(self.page.get_by_role("checkbox", name=label))
        self.page.keyboard.press("Space")

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self.go_to(field)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def select(self, label: str, option: str) -> None:
        """A drop-down: the first letters of the choice, as it is typed."""
        field = self.page.get_by_label(label, exact=True)
        self.go_to(field)
        self.page.keyboard.type(option)
        chosen = field.evaluate("select => select.selectedOptions[0].text")
        assert chosen.startswith(option), chosen
