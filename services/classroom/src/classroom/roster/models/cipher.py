"""Document numbers at rest: sealed with AES-GCM under a key with an id, found by an HMAC (X13)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Mapping

from chassis.config import Settings
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from classroom.config import document_key

_NONCE = 12


class SealBroken(RuntimeError):
    """What is kept was not sealed by us for this enrolment, or its key is gone."""


class DocumentCipher:
    """Seals, opens and finds document numbers. Safe to share between threads."""

    def __init__(
        self, *, keys: Mapping[int, bytes], current: int, index_key: bytes, fingerprint_key: bytes
    ) -> None:
        """`keys` maps key ids (0–255) to 32 bytes each; new numbers are sealed with `current`."""
        if current not in keys:
            raise ValueError(f"no key with the id {current}")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = current
        self._index_key = index_key
        self._fingerprint_key = fingerprint_key

    @classmethod
    def from_settings(cls, settings: Settings) -> DocumentCipher:
        """Every key up to the current one is derived from the service's secret."""
        current = document_key(settings)
        keys = {
            key_id: settings.secret(f"roster/document-number/{key_id}") for key_id in range(1, current + 1)
        }
        return cls(
            keys=keys,
            current=current,
            index_key=settings.secret("roster/document-index"),
            fingerprint_key=settings.secret("roster/document-fingerprint"),
        )

    def seal(self, number: str, *, enrolment_id: uuid.UUID) -> bytes:
        """Key id, nonce, ciphertext and tag. It opens only for the same enrolment."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._ciphers[self._current].encrypt(nonce, number.encode(), enrolment_id.bytes)
        return bytes([self._current]) + nonce + sealed

    def open(self, sealed: bytes, *, enrolment_id: uuid.UUID) -> str:
        """The number. Raises SealBroken when it was sealed for another enrolment or was changed."""
        cipher = self._ciphers.get(sealed[0])
        if cipher is None:
            raise SealBroken(f"no key with the id {sealed[0]}")
        try:
            opened = cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], enrolment_id.bytes)
        except InvalidTag as error:
            raise SealBroken("a document number was changed or moved to another enrolment") from error
        return opened.decode()

    def index(self, number: str) -> bytes:
        """32 bytes that are equal for equal numbers (tidied by `tidy_number`)."""
        return hmac.digest(self._index_key, number.encode(), hashlib.sha256)

    def fingerprint(self, document_type: str, index: bytes) -> str:
        """43 characters that are equal for the same type and number, for other services (S1). Its key is this service's
        alone and not that of `index`: nothing is read from it, and nobody finds a number in the roster by it."""
        digest = hmac.digest(self._fingerprint_key, document_type.encode() + b"\0" + index, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
