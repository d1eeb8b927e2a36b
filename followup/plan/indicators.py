"""Figures that goals are measured by and that earlier annual reports have printed."""

from typing import NamedTuple

MANUAL = "manual"
PERCENT = "procent"


class Indicator(NamedTuple):
    label: str
    unit: str = "antal"


# The names are stored.
INDICATORS = {
    "participants": Indicator("Deltagare under året"),
    "started": Indicator("Startade under året"),
    "ended": Indicator("Avslutade under året"),
    "active_at_end": Indicator("Pågående vid årets slut"),
    "waiting": Indicator("I kö vid årets slut"),
    "sus_share": Indicator("Andel till arbete eller studier", PERCENT),
    "vm_share": Indicator("Andel till arbete, studier eller ordinarie insats mot arbete", PERCENT),
    "meetings": Indicator("Möten i rådgivande team"),
    "attendances": Indicator("Deltaganden i aktiviteter"),
}
# What is arranged for many; the others count participants.
ARRANGED = frozenset({"meetings", "attendances"})
MANUAL_INDICATOR = Indicator("Annat, utfallet skrivs in")


def indicator(name: str) -> Indicator:
    return INDICATORS.get(name, MANUAL_INDICATOR)
