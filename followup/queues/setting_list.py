"""What a team has said about its places, as rows to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.periods import Month
from followup.queues.capacity_plan import places
from followup.queues.models import QueueSetting
from followup.web.formats import date_in_text, decimal, integer, shortest, span
from followup.web.tables import Column

COLUMNS = [
    Column("Från och med"),
    Column("Heltider", numeric=True),
    Column("Platser", numeric=True),
    Column("Mål, veckor", numeric=True),
    Column("Beslut"),
    Column("Uppehåll, veckor", numeric=True),
]


@dataclass(frozen=True, slots=True)
class SettingRow:
    month: Month
    label: str
    texts: list[str]


def rows(settings: Sequence[QueueSetting]) -> list[SettingRow]:
    """Newest first."""
    return [
        SettingRow(setting.valid_from, setting.valid_from.label, _texts(setting))
        for setting in sorted(settings, key=lambda setting: setting.valid_from, reverse=True)
    ]


def _texts(setting: QueueSetting) -> list[str]:
    decided = setting.target_decided
    return [
        shortest(setting.colleagues / 100),
        decimal(places(setting), 0 if places(setting) == int(places(setting)) else 1),
        integer(setting.target_weeks) if setting.target_weeks else "–",
        f"{setting.target_decision}, {date_in_text(decided)}" if decided else "–",
        span(setting.stop_from, setting.stop_to) if setting.stop_from and setting.stop_to else "–",
    ]
