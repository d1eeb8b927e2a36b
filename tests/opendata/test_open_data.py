"""Open data: published editions for everybody where the förbund has decided so, and never anything else."""

import datetime as dt
import json
import warnings

import pytest
from flask import Flask
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD
from sqlalchemy import update

from followup.access.roles import Role
from followup.db import Database
from followup.organisation.models import Association
from tests.conftest import SignIn
from tests.exports import reading
from tests.infrastructure.client import Client
from tests.infrastructure.furnish import Furnished

SPDX = Namespace("http://spdx.org/rdf/terms#")
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")


# Open data is off, as it is from the start.
pytestmark = pytest.mark.published


def open_up(database: Database, association: Furnished) -> str:
    with database.session(write=True) as session:
        session.execute(update(Association).where(Association.id == association.id).values(open_data=True))
    return f"/oppna-data/{association.id}"


def places(root: str) -> list[str]:
    return [root, f"{root}/katalog.jsonld", f"{root}/1", f"{root}/1/fil/csv", f"{root}/1/jsonstat/T2"]


def test_nothing_is_open_until_the_forbund_says_so(client: Client, association: Furnished) -> None:
    for path in places(f"/oppna-data/{association.id}"):
        response = client.get(path)
        assert response.status_code == 404, path
        assert response.headers["Cache-Control"] == "no-store"
    assert "Här finns inga öppna data" in client.get("/oppna-data").text


@pytest.mark.both_databases
def test_everything_published_is_open_and_nothing_else(
    app: Flask, client: Client, sign_in: SignIn, database: Database, association: Furnished
) -> None:
    root = open_up(database, association)
    for path in places(root):
        response = app.test_client().get(path)
        assert response.status_code == 200, path
        assert "Set-Cookie" not in response.headers, path
        assert response.headers["Cache-Control"].startswith("public, max-age="), path
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        again = app.test_client().get(path, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/oppna-data").headers["Location"] == root
    for path in (f"{root}/99", f"{root}/1/fil/rader", f"{root}/1/jsonstat/T99", "/oppna-data/999"):
        assert client.get(path).status_code == 404
    for path in ("/utgavor", "/utgavor/1", "/statistik", "/utgavor/forhandsgranska?period=2023"):
        assert client.get(path).status_code == 302
    check_same_numbers(client, sign_in(Role.READER), root)
    check_visitors(sign_in(Role.TEAM_STAFF), root, association)


def check_same_numbers(client: Client, reader: Client, root: str) -> None:
    for page in (client.get(f"{root}/1").text, reader.get("/utgavor/1").text):
        assert page.count('href="#innehall"') == page.count('<section aria-labelledby="T') > 10
    own = reader.submit("/utgavor/1", button="Ladda ner filen", format="csv")
    assert client.get(f"{root}/1/fil/csv").data == own.data
    rows = reading.data(reading.machine_csv(own.data))
    told = json.loads(client.get(f"{root}/1/jsonstat/T2").data)
    numbers = [row["varde"] for row in rows if row["tabell"] == "T2"]
    assert [None if not number else float(number) for number in numbers] == told["value"]
    assert told["extension"]["edition"] == "2024:1"
    assert (told["extension"]["revised"], told["extension"]["supersedes"]) == (False, None)
    assert told["extension"]["marking"] == "Publicerbar"


def check_visitors(staff: Client, root: str, association: Furnished) -> None:
    """Somebody who is signed in sees the same page, and nobody else may be given that answer."""
    page = staff.get(root)
    assert page.status_code == 200
    assert "Logga ut" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_neighbour_that_has_not_opened_stays_closed(
    client: Client, database: Database, association: Furnished
) -> None:
    open_up(database, association)
    with database.session() as session:
        others = [each.id for each in session.query(Association) if each.id != association.id]
    assert others
    for other in others:
        for path in places(f"/oppna-data/{other}"):
            assert client.get(path).status_code == 404


def test_the_catalogue_is_what_data_portals_harvest(
    client: Client, database: Database, association: Furnished
) -> None:
    root = open_up(database, association)
    with warnings.catch_warnings():
        # Of its own parts among each other.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph().parse(data=client.get(f"{root}/katalog.jsonld").data, format="json-ld")
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset):
        assert graph.value(catalogue, needed), needed
    publisher = graph.value(catalogue, DCTERMS.publisher)
    assert (publisher, RDF.type, FOAF.Agent) in graph
    assert graph.value(publisher, FOAF.name).language == "sv"
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    title = graph.value(dataset, DCTERMS.title)
    assert (title.language, "Statistik 2023" in title) == ("sv", True)
    assert graph.value(dataset, DCTERMS.issued) == Literal(dt.date(2024, 6, 12), datatype=XSD.date)
    assert graph.value(dataset, DCTERMS.publisher) == publisher
    distributions = list(graph.objects(dataset, DCAT.distribution))
    assert len(distributions) == 8
    for each in distributions:
        assert graph.value(each, DCTERMS.license) == CC0
        assert graph.value(each, DCTERMS.format)
        access, download = graph.value(each, DCAT.accessURL), graph.value(each, DCAT.downloadURL)
        path = "/" + str(download).split("/", 3)[3]
        assert client.get("/" + str(access).split("/", 3)[3]).status_code == 200
        digest = graph.value(graph.value(each, SPDX.checksum), SPDX.checksumValue)
        assert reading.digest(client.get(path).data) == str(digest).lower()
