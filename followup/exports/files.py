"""Writing a file whole or not at all."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from followup.errors import Refusal

REASONS = {
    errno.ENOSPC: "Disken är full. Frigör utrymme",
    errno.EDQUOT: "Du får inte använda mer utrymme på disken. Frigör utrymme",
    errno.EFBIG: "Filen får inte bli så stor. Frigör utrymme",
    errno.ENOENT: "Mappen finns inte. Skapa den eller välj en annan",
    errno.ENOTDIR: "Mappen finns inte. Skapa den eller välj en annan",
    errno.EACCES: "Du får inte skriva där. Välj en annan mapp",
    errno.EPERM: "Du får inte skriva där. Välj en annan mapp",
    errno.EROFS: "Det går inte att skriva på den disken. Välj en annan mapp",
}


class FileNotWritten(Refusal):
    def __init__(self, path: Path, error: OSError) -> None:
        reason = REASONS.get(error.errno or 0, "Kontrollera mappen och disken")
        super().__init__(
            f"Filen {path} gick inte att skriva. {reason}, och försök igen. Ingen halv fil har lämnats kvar."
        )


Write = Callable[[bytes], None]


@contextmanager
def whole_file(path: Path) -> Iterator[Write]:
    """Gives a function that writes the content; it stands at `path` when the block has ended without error.

    Raises FileNotWritten. A file that stood at `path` is either untouched or replaced whole.
    """
    if path.exists() and not path.is_file():
        # A pipe or a device has no whole or half, and must not be replaced by a file.
        yield lambda content: _write(path, "wb", content, path)
        return
    draft = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    try:
        yield lambda content: _write(draft, "xb", content, path)
        _put_in_place(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _write(target: Path, mode: str, content: bytes, path: Path) -> None:
    try:
        with target.open(mode) as file:
            file.write(content)
            file.flush()
            if mode == "xb":
                os.fsync(file.fileno())
    except OSError as error:
        raise FileNotWritten(path, error) from error


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        draft.replace(path)
    except OSError as error:
        raise FileNotWritten(path, error) from error
