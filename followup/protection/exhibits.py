"""The rule and its versions as they are read on screen."""

from collections.abc import Sequence
from datetime import date

from followup.disclosure import Rule, rule_on
from followup.web.formats import date_in_table, date_in_text, integer, plural
from followup.web.tables import Cell, Column

COLUMNS = [
    Column("Version"),
    Column("Gäller från", whole=True),
    Column("Minsta grupp", numeric=True),
    Column("Bakom andel", numeric=True),
    Column("Bakom median", numeric=True),
    Column("Varav tillägg", numeric=True),
    Column("Beslut"),
]
LABELS = {
    "threshold": "minsta grupp som visas",
    "screening_threshold": "minsta grupp i våldsscreeningen",
    "share_base": "minsta antal bakom en andel",
    "screening_share_base": "minsta antal bakom en andel i våldsscreeningen",
    "median_base": "minsta antal bakom en median eller ett medelvärde",
    "insider": "tillägg",
}
BUILT_IN = "Grundregel som följer med followup"


def in_words(rule: Rule) -> list[dict[str, str]]:
    """The rule in force, one line for each thing it says."""
    rows = [
        ("Version", f"{rule.version}, gäller från {date_in_text(rule.valid_from)}"),
        ("Minsta grupp som visas", people(rule.least(screening=False))),
        ("Minsta grupp i våldsscreeningen", f"{people(rule.least(screening=True))}, både ja och nej"),
        ("Minsta antal bakom en andel", people(rule.share_base)),
        ("Minsta antal bakom en andel i våldsscreeningen", people(rule.screening_share_base)),
        ("Minsta antal bakom en median eller ett medelvärde", people(rule.median_base)),
        ("Tillägg för den som känner sitt eget team", _insider(rule)),
        ("Beslut", decision(rule)),
    ]
    return [{"label": label, "value": value} for label, value in rows]


def rows(versions: Sequence[Rule], today: date) -> list[list[Cell]]:
    """Every version, the latest first, with what it is today."""
    states = _states(versions, today)
    return [
        [Cell(text) for text in _texts(rule, state)]
        for rule, state in reversed(list(zip(versions, states, strict=True)))
    ]


def _states(versions: Sequence[Rule], today: date) -> list[str]:
    """What each version is today.

    One that a later one came before never held; of two from one day the first may have held that morning.
    """
    now = rule_on(today, versions)
    return [
        "gäller nu"
        if rule == now
        else "ersatt innan den började gälla"
        if any(
            later.valid_from < rule.valid_from or later.valid_from == rule.valid_from > today
            for later in versions[place:]
        )
        else "kommer att gälla"
        if rule.valid_from > today
        else "har gällt"
        for place, rule in enumerate(versions, start=1)
    ]


def softened(before: Rule, after: Rule) -> list[str]:
    """In words, what the later of two rules lets be told that the earlier one did not."""
    return [
        f"{label}: {people(getattr(before, name))} förut, {people(getattr(after, name))} nu"
        for name, label in LABELS.items()
        if getattr(after, name) < getattr(before, name)
    ]


def decision(rule: Rule) -> str:
    """Number and day of the decision."""
    if not rule.decision:
        return BUILT_IN
    return f"{rule.decision}, {date_in_text(rule.decided)}" if rule.decided else rule.decision


def people(number: int) -> str:
    return plural(number, "person", "personer")


def _insider(rule: Rule) -> str:
    if not rule.insider:
        return "Inget: av två dolda team kan det ena räkna ut det andra"
    return f"{people(rule.insider)}, inräknat i minsta grupp"


def _texts(rule: Rule, state: str) -> list[str]:
    return [
        f"{rule.version} ({state})",
        date_in_table(rule.valid_from),
        f"{integer(rule.least(screening=False))} ({integer(rule.least(screening=True))})",
        f"{integer(rule.share_base)} ({integer(rule.screening_share_base)})",
        integer(rule.median_base),
        integer(rule.insider),
        decision(rule),
    ]
