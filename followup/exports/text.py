"""Text that a spreadsheet program must not take for a formula."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet program could run it."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
