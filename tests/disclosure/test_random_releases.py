"""Whatever is published, in whatever order: the independent intruder finds nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import Ledger, ProtectionFailed, Rule, protect, search, thin, whole
from followup.disclosure.intruder import attack
from tests.disclosure.latecomers import Edition, exposed, given_away
from tests.disclosure.random_releases import (
    PEOPLE,
    courses,
    facts_of,
    known_as,
    people,
    people_of,
    recounted,
    tables,
    with_head_count,
)

RULE = Rule()
# So many people at most are registered late between two releases.
LATE = 2


def published(sources, ledger):
    """The release, or None when it was refused because of an earlier edition; no other refusal is right."""
    try:
        return protect(sources, RULE, ledger)
    except ProtectionFailed as refusal:
        if not refusal.editions:
            raise
        return None


@pytest.fixture(params=["as it is", "thinned and in windows"])
def way(request):
    """Small releases are protected whole; here also the way that releases with a long register take."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as it is":
            patch.setattr(thin, "WORTH", 0)
            patch.setattr(search, "NARROW", 1.1)
            patch.setattr(search, "REACHES", ((0, 0), (12, 12)))
            patch.setattr(whole, "CORNERS", 0)
        yield request.param


@pytest.mark.usefixtures("way")
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_linked_tables_published_in_turn_give_nothing_away(data):
    rows = data.draw(people())
    known = data.draw(courses(rows))
    records: list = []
    facts: list = []
    for number in range(data.draw(st.integers(1, 4))):
        edition = f"utgåva {number + 1}"
        sources = [data.draw(tables(rows, f"T{i}", known)) for i in range(data.draw(st.integers(2, 6)))]
        release = published(sources, Ledger.from_records(json.loads(json.dumps(records))))
        if release is None:
            continue
        records += release.records(edition)
        facts += facts_of(release, sources, RULE, edition)
        assert not attack(facts, populations={"p": PEOPLE}, whole=False)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_hidden_is_given_away_when_somebody_comes_late_between_releases(data):
    """Or is taken away. Nor who that was."""
    rows = data.draw(people())
    records: list = []
    editions: list[Edition] = []
    drawn: list = []
    came = gone = 0
    for number in range(data.draw(st.integers(2, 4))):
        edition = f"utgåva {number + 1}"
        late = data.draw(people_of(data.draw(st.integers(0, LATE)))) if number else []
        less = data.draw(st.integers(0, LATE)) if number else 0
        rows, came, gone = rows[less:] + late, came + len(late), gone + less
        known = [known_as(row) for row in rows] if data.draw(st.booleans()) else []
        again = [recounted(table, rows, known) for table in drawn if data.draw(st.booleans())]
        new = [
            data.draw(tables(rows, f"T{number}{i}", known, total=True))
            for i in range(data.draw(st.integers(1, 3)))
        ]
        new = [with_head_count(table) if data.draw(st.booleans()) else table for table in new]
        release = published([*again, *new], Ledger.from_records(json.loads(json.dumps(records))))
        if release is None:
            continue
        drawn += new
        records += release.records(edition)
        editions.append(Edition(facts_of(release, [*again, *new], RULE, edition), came, gone))
        came = gone = 0
        assert not exposed(PEOPLE, editions, LATE)
        assert not given_away(PEOPLE, editions)
