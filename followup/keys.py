"""The installation's secrets: one file outside the database, readable by its owner only."""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from followup.errors import why_unopened

KEY_FILE = "keys.json"
KEY_BYTES = 32


def fingerprint(public_key: bytes) -> str:
    """SHA-256 of a public key in groups of four, for people to compare."""
    text = sha256(public_key).hexdigest()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


class KeyRingError(Exception):
    """The key file is missing, damaged or open to others."""


@dataclass(frozen=True)
class KeyRing:
    """Named 32-byte keys; everything else is derived from the active one."""

    active: str
    keys: dict[str, bytes] = field(repr=False)

    def derive(self, purpose: str, *, key_id: str | None = None) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256, RFC 5869); purposes never share a key."""
        root = self.keys[key_id or self.active]
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(root)

    def derive_text(self, purpose: str) -> str:
        return base64.urlsafe_b64encode(self.derive(purpose)).decode()

    def signing_key(self, key_id: str | None = None) -> Ed25519PrivateKey:
        """What packages of editions are signed with. Every key of the ring has one, so that what an earlier
        key has signed can be signed again in the same way."""
        return Ed25519PrivateKey.from_private_bytes(self.derive("editions", key_id=key_id))

    def fingerprints(self) -> dict[str, str]:
        """Of the public keys, by key id."""
        return {
            key_id: fingerprint(self.signing_key(key_id).public_key().public_bytes_raw())
            for key_id in self.keys
        }

    def rotated(self) -> "KeyRing":
        """The same ring with a new key in use; the old ones still open what they sealed."""
        name = f"k{max(int(key_id[1:]) for key_id in self.keys) + 1}"
        return KeyRing(name, {**self.keys, name: secrets.token_bytes(KEY_BYTES)})

    @classmethod
    def generate(cls) -> "KeyRing":
        return cls("k1", {"k1": secrets.token_bytes(KEY_BYTES)})

    @classmethod
    def read(cls, instance: Path) -> "KeyRing":
        path = instance / KEY_FILE
        if not path.exists():
            raise KeyRingError(
                f"Nyckelfilen {KEY_FILE} saknas i {instance}. Skapa en ny installation med "
                "”followup init”, eller lägg tillbaka filen från säkerhetskopian."
            )
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise KeyRingError(
                f"Andra användare kan läsa nyckelfilen {path}. Kör ”chmod 600 {path}” och försök igen."
            )
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            keys = {name: base64.b64decode(text, validate=True) for name, text in content["keys"].items()}
            active = content["active"]
            if any(len(key) != KEY_BYTES for key in keys.values()) or active not in keys:
                raise ValueError
        except OSError as error:
            raise KeyRingError(f"Nyckelfilen {path} går inte att läsa: {why_unopened(error)}.") from error
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyRingError(
                f"Nyckelfilen {path} är skadad. Lägg tillbaka den från säkerhetskopian."
            ) from None
        return cls(active, keys)

    def replace(self, instance: Path) -> None:
        """Put this ring in the place of the one that is there, whole or not at all."""
        with TemporaryDirectory(dir=instance) as scratch:
            self.write(Path(scratch))
            os.replace(Path(scratch) / KEY_FILE, instance / KEY_FILE)

    def write(self, instance: Path) -> None:
        """Create the file; an existing one is never overwritten."""
        content = {
            "active": self.active,
            "keys": {name: base64.b64encode(key).decode() for name, key in self.keys.items()},
        }
        descriptor = os.open(instance / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
