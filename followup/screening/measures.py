"""What is counted, and what must hold between the counts of one round and sex in one month."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

ASKED = "asked"
DECLINED = "declined"
ANSWERED = "answered"
YES_ANY = "yes_any"
ONGOING = "ongoing"
REFERRED = "referred"
DECLINED_SUPPORT = "declined_support"

# Swedish labels in the order of screen and form; the topics' own follow after YES_ANY.
BEFORE_TOPICS = {
    ASKED: "Tillfrågade",
    DECLINED: "Avstod från att svara",
    ANSWERED: "Svarade",
    YES_ANY: "Ja på minst en fråga",
}
AFTER_TOPICS = {
    ONGOING: "Pågående våld",
    REFERRED: "Hänvisade till stöd",
    DECLINED_SUPPORT: "Avböjde stöd",
}


def yes(topic: str) -> str:
    return f"yes_{topic}"


def no(topic: str) -> str:
    return f"no_{topic}"


def opposite(measure: str) -> str | None:
    """The measure of the no to the same topic, for a yes."""
    kind, _, topic = measure.partition("_")
    return no(topic) if kind == "yes" and measure != YES_ANY else None


def labels(topics: Mapping[str, str]) -> dict[str, str]:
    """Every measure by code, with topic labels given by code."""
    per_topic: dict[str, str] = {}
    for code, label in topics.items():
        per_topic |= {yes(code): f"Ja: {label}", no(code): f"Nej: {label}"}
    return BEFORE_TOPICS | per_topic | AFTER_TOPICS


def topics_in(measures: Iterable[str]) -> set[str]:
    return {
        measure.partition("_")[2]
        for measure in measures
        if measure.startswith(("yes_", "no_")) and measure != YES_ANY
    }


def fingerprint(counts: Mapping[str, int]) -> str:
    """Tells whether the counts are still the ones that a page showed."""
    return hashlib.sha256(json.dumps(sorted(counts.items())).encode()).hexdigest()[:32]


class Problem(NamedTuple):
    """What cannot be true, in words, and the measure where a page says so."""

    measure: str
    text: str


def problems(counts: Mapping[str, int], topics: Mapping[str, str]) -> list[Problem]:
    """What cannot be true of these counts; nothing when they agree.

    A yes to a topic is a yes to at least one question, so no topic can have more yes than `yes_any`; the
    other way round need not hold, since a förbund may leave questions uncounted. Ongoing violence is known
    only from a yes, while support can be offered to anybody who answered.
    """
    count = counts.get
    asked, declined, answered = count(ASKED, 0), count(DECLINED, 0), count(ANSWERED, 0)
    yes_any = count(YES_ANY, 0)
    names = {code: topics.get(code, code) for code in sorted(topics_in(counts))}
    found = [
        Problem(measure, f"{label}: antalet kan inte bli mindre än noll.")
        for measure, label in labels(names).items()
        if count(measure, 0) < 0
    ]
    if found:
        # Held against less than nothing, the others are too many whatever they are.
        return found
    if declined + answered != asked:
        text = "Avstod och svarade ska tillsammans bli lika många som tillfrågade."
        found.append(Problem(ASKED, text))
    if yes_any > answered:
        found.append(Problem(YES_ANY, "Ja på minst en fråga kan inte vara fler än svarade."))
    for code, label in names.items():
        if count(yes(code), 0) > yes_any:
            text = f"Ja: {label} kan inte vara fler än ja på minst en fråga."
            found.append(Problem(yes(code), text))
        if count(yes(code), 0) + count(no(code), 0) > answered:
            text = f"Ja och nej på {label} kan inte tillsammans vara fler än svarade."
            found.append(Problem(no(code), text))
    if count(ONGOING, 0) > yes_any:
        found.append(Problem(ONGOING, "Pågående våld kan inte vara fler än ja på minst en fråga."))
    if count(REFERRED, 0) + count(DECLINED_SUPPORT, 0) > answered:
        text = "Hänvisade och avböjde stöd kan inte tillsammans vara fler än svarade."
        found.append(Problem(REFERRED, text))
    return found
