"""The package of a release: whole, signed, and honest about what somebody has changed in it."""

import re
import subprocess
import zipfile
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from followup.audit.models import AuditEvent
from followup.cli import cli
from followup.db import Database
from followup.documents.still_zip import still_zip
from followup.exports import signatures
from followup.exports.formats import FORMATS
from followup.exports.package_file import write_package
from followup.exports.publication import PUBLISHED, Publication
from followup.exports.service import prepare
from followup.exports.signatures import SUMS, NotAPackage, verify
from followup.keys import KeyRing
from followup.organisation.models import Association
from tests.exports import reading
from tests.infrastructure.databases import MIGRATED, SQLITE, Stock
from tests.statistics.conftest import Report

KEYS = KeyRing("k1", {"k1": b"1" * 32})
OTHERS = KeyRing("k1", {"k1": b"2" * 32})


@pytest.fixture(scope="module")
def publication(report: Report) -> Publication:
    return prepare(statistics=report.statistics("2023"), scope=report.director)


@pytest.fixture(scope="module")
def package(publication: Publication) -> bytes:
    return write_package(publication, KEYS)


@pytest.fixture(scope="module")
def files(package: bytes) -> dict[str, bytes]:
    return reading.px_archive(package)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["verify", *map(str, words)])


def where(package: bytes, name: str) -> int:
    """The place of the first byte of a file in the archive."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        at = archive.getinfo(name).header_offset
        head = package[at : at + 30]
        return at + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def rebuilt(files: dict[str, bytes]) -> bytes:
    """Put together anew by somebody who has changed something, with checksums of the zip that fit."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_package_holds_every_format_as_it_is_given_out_alone(
    files: dict[str, bytes], publication: Publication
) -> None:
    contents = set(files.values())
    for name, chosen in FORMATS.items():
        if name != "px":
            assert chosen.write(publication) in contents
    px = reading.px_archive(FORMATS["px"].write(publication))
    assert {f"px/{name}": content for name, content in px.items()}.items() <= files.items()
    assert {"README.txt", "schema.json", "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"} <= files.keys()


def test_package_is_the_same_to_the_last_byte(publication: Publication, package: bytes) -> None:
    assert write_package(publication, KEYS) == package
    assert write_package(publication, OTHERS) != package


def test_other_programs_agree_with_checksums_and_signature(files: dict[str, bytes], tmp_path: Path) -> None:
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(files[name]).hexdigest() == digest
    for name in ("SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"):
        (tmp_path / name).write_bytes(files[name])
    words = "pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig"
    assert words in files["README.txt"].decode()
    result = subprocess.run(["openssl", *words.split()], cwd=tmp_path, capture_output=True, text=True)
    assert "Verified Successfully" in result.stdout + result.stderr


def test_an_untouched_package_is_called_so(package: bytes, files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(package)
    mark = KEYS.fingerprints()["k1"]
    result = run(tmp_path / "p.zip", "--fingerprint", mark.upper().replace(" ", ""))
    assert result.exit_code == 0, result.output
    assert f"{len(files)} filer är oförändrade" in result.output
    assert mark in result.output


def test_one_changed_byte_in_any_file_names_that_file(
    package: bytes, files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in files.items():
        start = where(package, name)
        for at in {start, start + len(content) // 2, start + len(content) - 1}:
            verdict = verify(flipped(package, at))
            assert verdict.faults
            assert name in verdict.faults[0]
    (tmp_path / "p.zip").write_bytes(flipped(package, where(package, "schema.json")))
    result = run(tmp_path / "p.zip")
    assert result.exit_code == 1
    assert "schema.json är skadad." in result.output


def test_one_changed_byte_between_the_files_is_noticed(package: bytes) -> None:
    """Names, times and the list at the end, where zip programs do not look: every third byte of it."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        end = archive.start_dir
    for at in [*range(30), *range(end, len(package), 3)]:
        try:
            assert verify(flipped(package, at)).faults, at
        except NotAPackage:
            continue


@pytest.mark.parametrize("name", ["schema.json", "px/T1.px", "public-key.pem", "SHA256SUMS.sig"])
def test_a_file_that_was_swapped_in_a_new_archive_is_named(files: dict[str, bytes], name: str) -> None:
    verdict = verify(rebuilt({**files, name: flipped(files[name], len(files[name]) // 2)}))
    assert any(name in fault for fault in verdict.faults)


def test_files_that_were_added_or_left_out_are_named(files: dict[str, bytes]) -> None:
    assert "rader.csv hör inte till paketet." in verify(rebuilt({**files, "rader.csv": b"x"})).faults
    less = {name: content for name, content in files.items() if name != "px/T1.px"}
    assert "px/T1.px saknas." in verify(rebuilt(less)).faults


def test_a_forger_s_own_signature_shows_by_its_fingerprint(publication: Publication, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(write_package(publication, OTHERS))
    assert run(tmp_path / "p.zip").exit_code == 0
    result = run(tmp_path / "p.zip", "--fingerprint", KEYS.fingerprints()["k1"])
    assert result.exit_code == 1
    assert "kommer från någon annan" in result.output


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", rebuilt({"a.csv": b"1"})])
def test_another_file_is_no_package(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    result = run(tmp_path / "p.zip")
    assert result.exit_code == 1
    assert "inget paket" in str(result.output + result.stderr)


def test_a_key_of_a_kind_that_nobody_knows_is_a_fault_and_no_crash(files: dict[str, bytes]) -> None:
    """The page that tries packages is open to everybody."""
    body = b64decode(b"".join(files["public-key.pem"].splitlines()[1:-1]))
    unknown = b64encode(body.replace(b"\x2b\x65\x70", b"\x2b\x65\x01"))
    pem = b"-----BEGIN PUBLIC KEY-----\n%b\n-----END PUBLIC KEY-----\n" % unknown
    verdict = verify(rebuilt({**files, "public-key.pem": pem}))
    assert "public-key.pem har ändrats." in verdict.faults
    assert verdict.fingerprint == ""


def test_names_in_an_archive_cannot_move_the_cursor(files: dict[str, bytes], tmp_path: Path) -> None:
    """A forger could otherwise wipe the fault away on the reader's own screen."""
    name = "\x1b[2J\x1b[Hp.zip: 22 filer är oförändrade\n\u202eslut"
    (tmp_path / "p.zip").write_bytes(rebuilt({**files, name: b"x"}))
    result = run(tmp_path / "p.zip")
    assert result.exit_code == 1
    assert not {"\x1b", "\u202e"} & set(result.output)
    assert "p.zip: 22 filer" not in [line[:15] for line in result.output.splitlines()]


def test_a_forger_s_list_of_faults_is_cut_short(files: dict[str, bytes]) -> None:
    sums = b"".join(b"0  %d\n" % number for number in range(5000))
    faults = verify(rebuilt({**files, "SHA256SUMS": sums})).faults
    assert len(faults) < 50
    assert re.fullmatch(r"Fler fel: \d+\.", faults[-1])


def test_a_package_tells_whether_it_is_a_draft(
    publication: Publication, package: bytes, tmp_path: Path
) -> None:
    (tmp_path / "draft.zip").write_bytes(package)
    (tmp_path / "edition.zip").write_bytes(write_package(replace(publication, marking=PUBLISHED), KEYS))
    assert "Märkning: Utkast – internt arbetsmaterial, får inte spridas" in run(tmp_path / "draft.zip").output
    assert "Märkning: Publicerbar" in run(tmp_path / "edition.zip").output


def test_a_bomb_is_not_unpacked() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"):
            archive.writestr(name, b"\0" * 30_000_000)
    with pytest.raises(NotAPackage):
        verify(target.getvalue())


@pytest.mark.parametrize("comment", [b"", b"c" * 0xFFFF])
def test_an_archive_of_too_many_files_is_refused_before_its_list_is_read(
    monkeypatch: pytest.MonkeyPatch, comment: bytes
) -> None:
    """Anybody may send one, and reading a list of hundreds of thousands takes seconds."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = comment
        for number in range(6000):
            archive.writestr(f"{number:050}", b"")
    monkeypatch.setattr(signatures, "ZipFile", None)
    with pytest.raises(NotAPackage):
        verify(target.getvalue())


def test_sums_of_more_files_than_a_package_has_are_not_compared(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = b"".join(b"%x  %d\n" % (number, number) for number in range(50_000))
    monkeypatch.setattr(signatures, "_against_sums", None)
    with pytest.raises(NotAPackage):
        verify(still_zip({**files, SUMS: long}, compress=False))


def test_what_an_earlier_key_signed_keeps_its_signature_when_the_key_is_changed(
    publication: Publication, package: bytes
) -> None:
    ring = KEYS.rotated()
    assert ring.active == "k2"
    assert ring.keys["k1"] == KEYS.keys["k1"]
    old = replace(publication, signing_key="k1")
    assert verify(write_package(old, ring)).fingerprint == KEYS.fingerprints()["k1"]
    assert verify(write_package(publication, ring)).fingerprint == ring.fingerprints()["k2"]


def test_keys_are_shown_and_changed_on_the_command_line(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "instance").mkdir()
    KEYS.write(tmp_path / "instance")
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    words = ["--instance", str(tmp_path / "instance"), "keys"]
    shown = CliRunner().invoke(cli, [*words, "show"])
    assert f"k1 (används): {KEYS.fingerprints()['k1']}" in shown.output
    refused = CliRunner().invoke(cli, [*words, "rotate"])
    assert refused.exit_code == 1
    assert KeyRing.read(tmp_path / "instance").active == "k1"


def test_changing_the_key_is_logged_and_keeps_the_old_one(
    stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = stock.settings(tmp_path / "instance", stock.take(SQLITE, tmp_path, MIGRATED))
    database = Database(settings.database_url)
    with database.session(write=True) as session:
        session.add(Association(name="Förbundet"))
    monkeypatch.setenv("FOLLOWUP_DATABASE_URL", settings.database_url)
    before = KeyRing.read(settings.instance)
    result = CliRunner().invoke(cli, ["--instance", str(settings.instance), "keys", "rotate"])
    assert result.exit_code == 0, result.output
    after = KeyRing.read(settings.instance)
    assert after.active not in before.keys
    assert before.keys.items() <= after.keys.items()
    assert after.fingerprints()[after.active] in result.output
    with database.session() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.event == "KEY_ROTATED")).all()
        assert [event.details for event in events] == [{"key": after.active}]
    database.engine.dispose()


def test_readme_tells_nothing_of_hidden_figures(files: dict[str, bytes]) -> None:
    text = files["README.txt"].decode()
    assert "får inte spridas" in text
    assert not re.search(r"\d+ dolda", text)
