"""What the enrolment ticket says of a learner's document, so that real names are verified per document (S1)."""

from __future__ import annotations

import base64
import json

from nacl.public import PublicKey, SealedBox

from classroom.joining.rules.tickets import Identity
from classroom.roster.models import DocumentCipher, Enrolment


def identify(enrolment: Enrolment, *, cipher: DocumentCipher, verifier_key: PublicKey | None) -> Identity:
    """The document's fingerprint; with the key of an outside verifier also name, type and number, sealed for it."""
    return Identity(
        document=cipher.fingerprint(enrolment.document_type, enrolment.document_index),
        sealed=None if verifier_key is None else _sealed(enrolment, cipher=cipher, key=verifier_key),
    )


def _sealed(enrolment: Enrolment, *, cipher: DocumentCipher, key: PublicKey) -> str:
    person = {
        "name": enrolment.name,
        "document_type": enrolment.document_type,
        "document_number": cipher.open(enrolment.document_sealed, enrolment_id=enrolment.id),
    }
    sealed: bytes = SealedBox(key).encrypt(json.dumps(person, ensure_ascii=False).encode())
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
