"""The list of open data that Sweden's data portal harvests: DCAT-AP-SE 3, written as JSON-LD.

A dataset for each period, described by its edition in force; a distribution for each format.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from followup.exports.formats import FORMATS, PACKAGE
from followup.periods import Period

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What the EU's list of file types calls ours; it has no word for PX.
FILE_TYPES = {
    "xlsx": "XLSX", "docx": "DOCX", "pdf": "PDF", "csv": "CSV", "csv-excel": "CSV", "jsonstat": "JSON",
    "px": "ZIP", PACKAGE: "ZIP",
}  # fmt: skip
ZIP_TYPE = "application/zip"
KEYWORDS = ("samordningsförbund", "Finsam", "rehabilitering", "arbetsmarknad", "statistik")


class OpenEdition(NamedTuple):
    """An edition in force, as the catalogue tells it. `files` gives addresses and checksums by format."""

    number: str
    period: Period
    published_on: date
    supersedes: str
    url: str
    files: dict[str, tuple[str, str | None]]


def catalogue(*, association: str, url: str, contact: str, editions: Sequence[OpenEdition]) -> dict[str, Any]:
    """The whole catalogue; `url` is the förbund's page of open data, `contact` an address for questions."""
    publisher = {"@id": f"{url}#utgivare", "@type": "foaf:Agent", "foaf:name": _swedish(association)}
    modified = max((edition.published_on for edition in editions), default=None)
    return {
        "@context": CONTEXT,
        "@id": f"{url}#katalog",
        "@type": "dcat:Catalog",
        "dcterms:title": _swedish(f"Öppna data från {association}"),
        "dcterms:description": _swedish(
            "Publicerad statistik om samordnade rehabiliteringsinsatser. Uppgifter som skulle kunna röja "
            "enskilda personer är dolda."
        ),
        "dcterms:publisher": publisher,
        "dcterms:license": {"@id": CC0},
        "dcterms:language": {"@id": f"{EU}/language/SWE"},
        "foaf:homepage": {"@id": url},
        **({"dcterms:modified": _day(modified)} if modified else {}),
        "dcat:dataset": [_dataset(edition, association, url, contact) for edition in editions],
    }


def _dataset(edition: OpenEdition, association: str, url: str, contact: str) -> dict[str, Any]:
    reach = edition.period
    told = {
        "@id": f"{url}#{edition.period.code}",
        "@type": "dcat:Dataset",
        "dcterms:title": _swedish(f"Statistik {reach.label}, {association}"),
        "dcterms:description": _swedish(
            f"Deltagare, utfall, köer och resurser i förbundets samordningsteam, {reach.label}, utgåva "
            f"{edition.number}. Oidentifierade och skyddade mot röjande."
        ),
        "dcterms:publisher": {"@id": f"{url}#utgivare"},
        "dcterms:identifier": edition.url,
        "dcterms:issued": _day(edition.published_on),
        "dcterms:language": {"@id": f"{EU}/language/SWE"},
        "dcterms:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": _day(reach.first.first_day),
            "dcat:endDate": _day(reach.last.last_day),
        },
        "dcat:theme": {"@id": f"{EU}/data-theme/SOCI"},
        "dcat:keyword": [_swedish(word) for word in KEYWORDS],
        "dcat:landingPage": {"@id": edition.url},
        "dcat:version": edition.number,
        "dcat:distribution": [
            _distribution(edition, name, address, digest) for name, (address, digest) in edition.files.items()
        ],
    }
    if contact:
        told["dcat:contactPoint"] = _contact(contact, association)
    if edition.supersedes:
        told["adms:versionNotes"] = _swedish(f"Reviderad: ersätter utgåva {edition.supersedes}.")
    return told


def _distribution(edition: OpenEdition, name: str, address: str, digest: str | None) -> dict[str, Any]:
    media_type = (FORMATS[name].media_type if name in FORMATS else ZIP_TYPE).partition(";")[0]
    label = FORMATS[name].label if name in FORMATS else "Paket med allt, underskrivet"
    told = {
        "@id": f"{address}#fil",
        "@type": "dcat:Distribution",
        "dcterms:title": _swedish(label),
        "dcat:accessURL": {"@id": edition.url},
        "dcat:downloadURL": {"@id": address},
        "dcterms:format": {"@id": f"{EU}/file-type/{FILE_TYPES[name]}"},
        "dcat:mediaType": {"@id": f"{IANA}/{media_type}"},
        "dcterms:license": {"@id": CC0},
        "dcterms:issued": _day(edition.published_on),
    }
    if digest:
        told["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": digest, "@type": "xsd:hexBinary"},
        }
    return told


def _contact(contact: str, association: str) -> dict[str, Any]:
    return {
        "@type": "vcard:Organization",
        "vcard:fn": association,
        "vcard:hasEmail": {"@id": f"mailto:{contact}"},
    }


def _swedish(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "sv"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
