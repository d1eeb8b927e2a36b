"""Whatever is published, in whatever order: the independent intruder finds nothing."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup.disclosure import Ledger, ProtectionFailed, Rule, protect
from followup.disclosure.intruder import attack
from tests.disclosure.random_releases import PEOPLE, facts_of, people, tables

RULE = Rule()


def published(sources, ledger):
    """The release, or None when it was refused because of an earlier edition; no other refusal is right."""
    try:
        return protect(sources, RULE, ledger)
    except ProtectionFailed as refusal:
        if not refusal.editions:
            raise
        return None


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_linked_tables_published_in_turn_give_nothing_away(data):
    rows = data.draw(people())
    records: list = []
    facts: list = []
    for number in range(data.draw(st.integers(1, 4))):
        edition = f"utgåva {number + 1}"
        sources = [data.draw(tables(rows, f"T{i}")) for i in range(data.draw(st.integers(2, 6)))]
        release = published(sources, Ledger.from_records(json.loads(json.dumps(records))))
        if release is None:
            continue
        records += release.records(edition)
        facts += facts_of(release, sources, RULE, edition)
        assert not attack(facts, populations={"p": PEOPLE}, whole=False)
