"""The one family of errors that a person is meant to read.

A service refuses with a `Refusal`; a page turns it into an error summary with status 422, a command
into a message and exit status 1. The text is Swedish, names what is wrong and says what to do.
"""

import errno

UNOPENED = {
    errno.ENOENT: "den finns inte",
    errno.EACCES: "kontot som kör kommandot får inte använda den",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "en del av sökvägen är ingen mapp",
    errno.ENOSPC: "disken är full",
    errno.EROFS: "den går inte att skriva i",
}


def why_unopened(error: OSError) -> str:
    """What the system said of a file or folder, in Swedish."""
    return UNOPENED.get(error.errno or 0, "den går inte att använda")


class Refusal(Exception):
    """Something that cannot be done, and why, in words for the screen."""

    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class StaleRow(Refusal):
    """The row was changed after this page was opened, perhaps by the same person in another window."""

    def __init__(self) -> None:
        super().__init__(
            "Raden har ändrats sedan du öppnade sidan, av någon annan eller i ett annat fönster. Ingenting "
            "har sparats. Läs raden igen och gör om ändringen om den fortfarande behövs."
        )
