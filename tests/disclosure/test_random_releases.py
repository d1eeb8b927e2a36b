"""Whatever is published, in whatever order: the independent intruder finds nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import Rule, search, thin, whole
from followup.disclosure.intruder import attack
from tests.disclosure.latecomers import exposed, given_away, published, published_in_turn
from tests.disclosure.random_releases import PEOPLE, courses, facts_of, people, tables

RULE = Rule()
# So many people at most are registered late between two releases.
LATE = 2


@pytest.fixture(params=["as it is", "thinned and in windows"])
def way(request):
    """Small releases are protected whole; here also the way that releases with a long register take."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as it is":
            patch.setattr(thin, "WORTH", 0)
            patch.setattr(search, "NARROW", 1.1)
            patch.setattr(search, "REACH", 6)
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
        release = published(sources, RULE, records)
        if release is None:
            continue
        records += release.records(edition)
        facts += facts_of(release, sources, RULE, edition)
        assert not attack(facts, populations={"p": PEOPLE}, whole=False)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_hidden_is_given_away_when_somebody_comes_late_between_releases(data):
    """Or is taken away. Nor who that was."""
    for release, editions in published_in_turn(data, RULE, LATE):
        if release is not None:
            assert not exposed(PEOPLE, editions, LATE)
            assert not given_away(PEOPLE, editions)
