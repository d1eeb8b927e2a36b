"""What disclosure control refuses, each with a Swedish sentence that says what to do. Never a number."""


class RawCountShown(TypeError):
    """Somebody tried to show, copy, store or send raw counts."""

    def __init__(self) -> None:
        super().__init__("Råa antal får inte visas. Använd disclosure.protect() först.")


class TableMalformed(ValueError):
    """The table contradicts its own axes or population; a programming error, told without any count."""


class RuleTooWeak(ValueError):
    """A rule below the floor, in Swedish; an association may make the rule stricter, never weaker.

    `field` names the number that is too low.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotOwnTeam(PermissionError):
    """The table holds something else than the reader's own team."""

    def __init__(self) -> None:
        super().__init__("Tabellen gäller inte bara ditt eget team.")


class ProtectionFailed(Exception):
    """Nothing may be published. `reason` is Swedish, free of counts, and says what to do next."""

    def __init__(self, reason: str, *, tables: tuple[str, ...] = (), editions: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.tables = tables
        self.editions = editions
