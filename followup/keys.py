"""The installation's secrets: one file outside the database, readable by its owner only."""

import base64
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_FILE = "keys.json"
KEY_BYTES = 32


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
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyRingError(
                f"Nyckelfilen {path} är skadad. Lägg tillbaka den från säkerhetskopian."
            ) from None
        return cls(active, keys)

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
