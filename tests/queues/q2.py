"""A made-up queue of one team in 2024, whose figures were worked out by hand and in R."""

from datetime import date, timedelta

FIRST, LAST = date(2024, 1, 1), date(2024, 10, 31)
# (accepted, started), month and day: the first fifteen start, nine still wait, nobody leaves.
PAIRS = [
    ("01-08", "02-01"), ("01-15", "02-01"), ("01-22", "02-19"), ("02-05", "03-04"), ("02-12", "03-18"),
    ("02-26", "04-02"), ("03-04", "04-15"), ("03-18", "05-06"), ("03-25", "05-20"), ("04-08", "06-03"),
    ("04-15", "06-17"), ("04-29", "07-01"), ("05-06", "08-19"), ("05-20", "09-02"), ("05-27", "09-16"),
    ("06-10", None), ("06-24", None), ("08-12", None), ("08-26", None), ("09-02", None),
    ("09-16", None), ("09-30", None), ("10-14", None), ("10-28", None),
]  # fmt: skip
DAYS = (LAST - FIRST + timedelta(days=1)).days
WEEKS = DAYS / 7

# (accepted, started, left)
ROWS: list[tuple[date, date | None, date | None]] = [
    (date.fromisoformat(f"2024-{accepted}"), date.fromisoformat(f"2024-{started}") if started else None, None)
    for accepted, started in PAIRS
]
