"""Settings of this service beside those that every service has."""

from __future__ import annotations

import base64
import binascii

from chassis.config import SettingMissing, Settings
from nacl.public import PublicKey

MOST_KEYS = 255


def document_key(settings: Settings) -> int:
    """`KAIKE_DOCUMENT_KEY`, the id of the key that new document numbers are sealed with; 1 when unset.

    Keys are derived from the service's secret. Raising the number begins a new key, and what was sealed
    before still opens.
    """
    said = settings.environ.get("KAIKE_DOCUMENT_KEY") or "1"
    if not said.isdecimal() or not 1 <= int(said) <= MOST_KEYS:
        raise SettingMissing(f"KAIKE_DOCUMENT_KEY must be a number from 1 to {MOST_KEYS}, not {said!r}")
    return int(said)


def verifier_key(settings: Settings) -> PublicKey | None:
    """`KAIKE_REAL_NAME_VERIFIER_KEY`: the X25519 public key, in base64, of the authority that verifies real names.

    With it name and document go to that authority, sealed so that nobody else can open them; None when unset (S1).
    """
    said = settings.environ.get("KAIKE_REAL_NAME_VERIFIER_KEY")
    if not said:
        return None
    try:
        return PublicKey(base64.b64decode(said, validate=True))
    except (binascii.Error, ValueError, TypeError) as error:
        raise SettingMissing("KAIKE_REAL_NAME_VERIFIER_KEY must be 32 bytes in base64") from error
