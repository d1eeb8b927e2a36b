"""What makes a package trustworthy: a checksum of each file and a signature over them all."""

import binascii
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from followup.documents.still_zip import still_zip
from followup.errors import Refusal
from followup.keys import fingerprint

README, SCHEMA = "README.txt", "schema.json"
SUMS, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"
MOST_FILES, MOST_BYTES = 500, 64 * 1024 * 1024
# Anybody may have a package checked, so what costs much to read is refused first: no list of ours is so long.
MOST_LISTED = MOST_FILES * 512
# How an archive ends, with how long its list is, and what stands before that if the list is too long to say.
END, BEFORE_END, LONGEST_END = b"PK\x05\x06", b"PK\x06\x07", 22 + 0xFFFF
# More faults than these say nothing more, and names come from whoever made the archive.
MOST_FAULTS, LONGEST_NAME = 20, 100


class NotAPackage(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Filen är inget paket från followup, eller så är den så skadad att den inte går att öppna. Ange "
            "paketet (.zip) som det laddades ner. En enskild fil prövas på sidan Kontrollera en fil."
        )


class Verdict(NamedTuple):
    """`faults` say in Swedish what is wrong; without any, the package is as it was when it was signed.

    `marking` is what the package says of itself: whether it may be spread, or is a draft.
    """

    faults: list[str]
    fingerprint: str
    files: int
    marking: str


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """As `sha256sum` writes and reads it."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()


def verify(package: bytes) -> Verdict:
    """Raises NotAPackage."""
    files, damaged = _opened(package)
    if not {SUMS, SIGNATURE, PUBLIC_KEY} <= files.keys() | set(damaged):
        raise NotAPackage
    faults = [f"{_legible(name)} är skadad." for name in damaged]
    sums, signature, key = (files.get(name, b"") for name in (SUMS, SIGNATURE, PUBLIC_KEY))
    if len(sums) > MOST_LISTED or len(key) > MOST_LISTED:
        raise NotAPackage
    public = _public_key(key)
    # What is damaged is already named; without the sums there is nothing to hold the others against.
    if SUMS in files:
        faults += _against_sums(files, sums, damaged)
        if public is None or not _is_signed(public, signature, sums):
            faults.append(f"Underskriften stämmer inte: {SUMS}, {SIGNATURE} eller {PUBLIC_KEY} har ändrats.")
    if not faults and still_zip(files, compress=False) != package:
        faults.append("Filerna är oförändrade, men arkivet runt dem har ändrats.")
    mark = fingerprint(public.public_bytes_raw()) if public else ""
    return Verdict(_first(faults), mark, len(files), _marking(files.get(README, b"")))


def _first(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_FAULTS
    return faults if more <= 0 else [*faults[:MOST_FAULTS], f"Fler fel: {more}."]


def _legible(name: str) -> str:
    """Without signs that could move the cursor or hide what stands beside them."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:LONGEST_NAME])


def _marking(readme: bytes) -> str:
    """The second line of the README, where `package_file` writes it."""
    lines = readme.decode("utf-8", errors="replace").split("\n", 2)
    return _legible(lines[1]) if len(lines) > 1 else ""


def same_fingerprint(one: str, other: str) -> bool:
    """Blanks and capitals are a matter of how it was copied."""
    return "".join(one.split()).lower() == "".join(other.split()).lower()


def _opened(package: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Contents by name, and the names of those that cannot be read."""
    if len(package) > MOST_BYTES or _lists_too_much(package):
        raise NotAPackage
    files: dict[str, bytes] = {}
    damaged = []
    try:
        with ZipFile(BytesIO(package)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise NotAPackage
            for entry in entries:
                try:
                    if entry.compress_type != ZIP_STORED:
                        raise BadZipFile
                    files[entry.filename] = archive.read(entry)
                except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
                    damaged.append(entry.filename)
    except (BadZipFile, NotImplementedError, OSError, ValueError, binascii.Error):
        raise NotAPackage from None
    return files, damaged


def _lists_too_much(package: bytes) -> bool:
    """Whether the archive's own list, as its end has it, is longer than that of any package."""
    end = len(package) - 22
    if package[end : end + 4] != END or not package.endswith(b"\0\0"):
        end = package.rfind(END, -LONGEST_END)
    length = int.from_bytes(package[end + 12 : end + 16], "little")
    return end >= 0 and (length > MOST_LISTED or package[max(end - 20, 0) : end].startswith(BEFORE_END))


def _against_sums(files: Mapping[str, bytes], sums: bytes, damaged: list[str]) -> list[str]:
    known = dict(_parsed(sums))
    own = {SUMS, SIGNATURE}
    changed = [
        name
        for name, content in files.items()
        if name in known and sha256(content).hexdigest() != known[name]
    ]
    missing = [name for name in known if name not in files and name not in damaged]
    added = [name for name in files if name not in known and name not in own]
    return [
        *(f"{_legible(name)} har ändrats." for name in changed),
        *(f"{_legible(name)} saknas." for name in missing),
        *(f"{_legible(name)} hör inte till paketet." for name in added),
    ]


def _parsed(sums: bytes) -> list[tuple[str, str]]:
    lines = sums.decode("utf-8", errors="replace").splitlines()
    return [(name, digest) for digest, _, name in (line.partition("  ") for line in lines)]


def _public_key(pem: bytes) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _is_signed(public: Ed25519PublicKey, signature: bytes, sums: bytes) -> bool:
    try:
        public.verify(signature, sums)
    except InvalidSignature:
        return False
    return True
