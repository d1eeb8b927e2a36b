"""How wide the columns of a table are, in signs: as what stands in them needs, and no word is torn apart."""

from followup.documents.document import Align, Table

# No column is wider than the one or narrower than the other, and each has room at its sides.
WIDEST, NARROWEST, SIDES = 30, 5, 3


def column_widths(table: Table, room: float) -> list[float]:
    """Numbers get what their longest word needs; texts share what is left, and break between their words.

    Where the longest words are too long together, all columns give way alike.
    """
    needed = [_needed(table, column) for column in range(len(table.align))]
    texts = [column for column, side in enumerate(table.align) if side is Align.LEFT]
    left = room - sum(need for column, need in enumerate(needed) if column not in texts)
    wanted = sum(needed[column] for column in texts)
    if wanted <= left:
        return needed
    words = {column: min(_longest_word(table, column), WIDEST) + SIDES for column in texts}
    least = sum(words.values())
    if left < least:
        narrow = [words.get(column, need) for column, need in enumerate(needed)]
        return [need * room / sum(narrow) for need in narrow]
    for column, word in words.items():
        needed[column] = word + (needed[column] - word) * (left - least) / max(wanted - least, 1)
    return needed


def is_too_wide(table: Table, room: float) -> bool:
    """Whether not every text has room in one line of at most so many signs."""
    return sum(_needed(table, column) for column in range(len(table.align))) > room


def _needed(table: Table, column: int) -> float:
    """Signs in the widest line that is not broken."""
    body = [row[column] for row in table.rows]
    lines = max((len(text) for text in body), default=0) if table.align[column] is Align.LEFT else 0
    return min(max(_longest_word(table, column), lines, NARROWEST), WIDEST) + SIDES


def _longest_word(table: Table, column: int) -> int:
    texts = (row[column] for row in (*table.header, *table.rows))
    return max((len(word) for text in texts for word in text.split(" ")), default=0)
