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
    Column("Minsta grupp, våldsscreening", numeric=True),
    Column("Bakom andel", numeric=True),
    Column("Bakom andel, våldsscreening", numeric=True),
    Column("Bakom median", numeric=True),
    Column("Tillägg", numeric=True),
    Column("Beslut"),
]
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
    now = rule_on(today, versions)
    return [[Cell(text) for text in _texts(rule, now, today)] for rule in reversed(versions)]


def decision(rule: Rule) -> str:
    """Number and day of the decision."""
    if not rule.decision:
        return BUILT_IN
    return f"{rule.decision}, {date_in_text(rule.decided)}" if rule.decided else rule.decision


def people(number: int) -> str:
    return plural(number, "person", "personer")


def _insider(rule: Rule) -> str:
    return f"{people(rule.insider)}, inräknat i minsta grupp" if rule.insider else "Inget tillägg"


def _texts(rule: Rule, now: Rule, today: date) -> list[str]:
    state = "gäller nu" if rule == now else "kommer att gälla" if rule.valid_from > today else "har gällt"
    return [
        f"{rule.version} ({state})",
        date_in_table(rule.valid_from),
        *(
            integer(number)
            for number in (
                rule.threshold,
                rule.screening_threshold,
                rule.share_base,
                rule.screening_share_base,
                rule.median_base,
                rule.insider,
            )
        ),
        decision(rule),
    ]
