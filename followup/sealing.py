"""Sealed text: what the browser may carry for us but neither read nor change.

AES-256-GCM with a version byte, the key's id and the purpose as associated data, so that a value
sealed for one purpose opens for no other.
"""

import base64
import json
import os
import time
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from followup.keys import KeyRing

VERSION = b"\x01"
NONCE_BYTES = 12


class SealBroken(Exception):
    """The text was not sealed here, was sealed for something else, or is too old."""


class Sealer:
    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def seal(self, purpose: str, value: Any) -> str:
        """Seal a JSON value together with the moment it was sealed."""
        key_id = self._keys.active
        nonce = os.urandom(NONCE_BYTES)
        plain = json.dumps([int(time.time()), value], ensure_ascii=False).encode()
        box = AESGCM(self._keys.derive(f"seal:{purpose}")).encrypt(
            nonce, plain, self._associated(key_id, purpose)
        )
        return key_id + "." + base64.urlsafe_b64encode(VERSION + nonce + box).decode()

    def open(self, purpose: str, text: str, *, seconds: int | None = None) -> Any:
        key_id, _, body = text.partition(".")
        try:
            raw = base64.urlsafe_b64decode(body.encode())
            key = self._keys.derive(f"seal:{purpose}", key_id=key_id)
            # A text that is read alike but written otherwise was not sealed here.
            if raw[:1] != VERSION or base64.urlsafe_b64encode(raw).decode() != body:
                raise ValueError
            nonce, box = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
            sealed_at, value = json.loads(AESGCM(key).decrypt(nonce, box, self._associated(key_id, purpose)))
        except (InvalidTag, ValueError, KeyError):
            raise SealBroken from None
        if seconds is not None and not 0 <= time.time() - sealed_at <= seconds:
            raise SealBroken
        return value

    @staticmethod
    def _associated(key_id: str, purpose: str) -> bytes:
        return VERSION + f"{key_id}:{purpose}".encode()
