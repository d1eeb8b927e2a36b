"""Text that a spreadsheet program must not take for a formula."""

import re

NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet program could run it; a number cannot be run."""
    return f"'{text}" if text.startswith(DANGEROUS) and not NUMBER.fullmatch(text) else text
