"""JSON-stat as its readers expect it."""

import json

import pytest

from followup.exports.jsonstat_file import write_jsonstat
from followup.exports.publication import Publication
from followup.exports.service import prepare
from tests.statistics.conftest import Report


@pytest.fixture(scope="module")
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


@pytest.fixture(scope="module")
def datasets(publication: Publication) -> dict[str, dict[str, object]]:
    collection = json.loads(write_jsonstat(publication))
    assert (collection["version"], collection["class"]) == ("2.0", "collection")
    return {item["extension"]["table"]: item for item in collection["link"]["item"]}


def test_sizes_and_values_fit(datasets: dict[str, dict[str, object]]) -> None:
    for told in datasets.values():
        size = 1
        for name, length in zip(told["id"], told["size"], strict=True):
            assert len(told["dimension"][name]["category"]["index"]) == length
            size *= length
        assert len(told["value"]) == size


def test_nothing_stands_where_nothing_may_be_told_and_zero_is_zero(
    datasets: dict[str, dict[str, object]],
) -> None:
    symbols = set()
    for told in datasets.values():
        hidden = {int(at) for at in told["status"]}
        assert hidden == {at for at, value in enumerate(told["value"]) if value is None}
        symbols |= set(told["status"].values())
    assert symbols >= {"u", "s"}
    assert symbols <= set(told["extension"]["status"]["label"])
    assert any(0 in told["value"] for told in datasets.values())


def test_roles_and_units_are_told(datasets: dict[str, dict[str, object]]) -> None:
    told = datasets["T7"]
    assert told["role"] == {"time": ["period"], "metric": ["figure"]}
    assert told["dimension"]["figure"]["category"]["unit"]["share"] == {"label": "procent", "decimals": 0}
    assert datasets["T1-per team"]["role"]["geo"] == ["team"]
    assert datasets["T2"]["dimension"]["innehall"]["category"]["unit"]["varde"]["label"] == "antal"


def test_each_dataset_says_which_edition_it_is(datasets: dict[str, dict[str, object]]) -> None:
    for told in datasets.values():
        extension = told["extension"]
        assert extension["edition"] == "Utkast, inte publicerad"
        assert (extension["revised"], extension["supersedes"]) == (False, None)
        assert "får inte spridas" in extension["marking"]
